"""Web server and worker as two children of one process that passes signals on and ends when they have ended."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 30.0  # seconds a child may take to end politely
RESTART_PAUSE = 2.0
# Reads who is alive until we close the pipe, or are no more; then asks the last who were told of to end.
GUARD = 'while read -r pids; do last=$pids; done; [ -z "$last" ] || kill -TERM $last'

log = logging.getLogger(__name__)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return how the web server is started: processes of one thread each, which write best on SQLite."""
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--workers", str(workers), "--blocking-threads", "1"]
    options += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"]
    where = ["--host", host, "--port", str(port)]
    return [sys.executable, "-m", "granian", *options, *where, "zhiben.config.wsgi:application"]


def work_command() -> list[str]:
    """Return how the worker is started."""
    return [sys.executable, "-m", "zhiben", "work"]


class Guard:
    """A shell that ends the children should we be killed: a killed process passes no signal on."""

    def __init__(self) -> None:
        reads, self._pipe = os.pipe()
        self._shell = subprocess.Popen(["/bin/sh", "-c", GUARD], stdin=reads, start_new_session=True)
        os.close(reads)

    def watch(self, *children: "subprocess.Popen[bytes] | None") -> None:
        """Tell who is alive."""
        with suppress(BrokenPipeError):  # somebody ended the guard: serving goes on without
            os.write(self._pipe, " ".join(str(child.pid) for child in children if child).encode() + b"\n")

    def dismiss(self) -> None:
        """Nobody is alive any more."""
        self.watch()
        os.close(self._pipe)
        self._shell.wait()


@dataclass(slots=True)
class Serving:
    """The children. The web server's end is the end of all; a worker that dies is started again."""

    web: Sequence[str]
    worker: Sequence[str] | None
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Serve until asked to stop; return the web server's exit code."""
        guard = Guard()
        web = _start(self.web)
        worker = _start(self.worker) if self.worker else None
        guard.watch(worker, web)
        try:
            while web.poll() is None and not self.stop.wait(0.2):
                if self.worker and worker and worker.poll() is not None:
                    log.error("the worker ended with %s; starting another", worker.returncode)
                    guard.watch(web)
                    self.stop.wait(RESTART_PAUSE)
                    worker = _start(self.worker) if not self.stop.is_set() else None
                    guard.watch(worker, web)
        finally:
            asked = self.stop.is_set()
            _end([child for child in (worker, web) if child])
            guard.dismiss()
        return 0 if asked else web.returncode


def stop_on_signals(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT ask for a polite end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a child in its own session: the terminal's Ctrl-C reaches us alone, and we pass it on once."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(command, env=environment, start_new_session=True)


def _end(children: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Ask children to end, wait, then make them."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
