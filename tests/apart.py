"""Processes of their own, for what is killed or writes at once: forked from the suite's, so that nobody starts anew."""

import contextlib
import io
import os
import signal
import sys
import traceback

from django.db import connections

BROKE = 70


class Child:
    """A real process at work on a database of its own connection; what it prints comes through a pipe."""

    def __init__(self, work, *, database=None, unblock=contextlib.nullcontext) -> None:
        self.code = None
        reads, writes = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reads)
            os._exit(_live(work, database, unblock, writes))
        os.close(writes)
        self.stdout = io.TextIOWrapper(os.fdopen(reads, "rb"), encoding="utf-8")

    def poll(self):
        """Tell how it ended, or None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def kill(self) -> None:
        """End it as hard as can be."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def wait(self) -> int:
        """Wait until it has ended; tell how."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def told(self) -> str:
        """Return all that it prints until it ends, which must be well."""
        text = self.stdout.read()
        assert self.wait() == 0, text
        return text.strip()

    def close(self) -> None:
        """Leave nothing behind."""
        self.kill()
        self.stdout.close()


def _live(work, database, unblock, writes) -> int:
    """Be the child: print into the pipe, connect anew, work; tell how it ended."""
    sys.stdout = io.TextIOWrapper(os.fdopen(writes, "wb", 0), encoding="utf-8", write_through=True)
    try:
        unblock()
        _connect_anew(database)
        return work() or 0
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 -- told to whoever waits
        traceback.print_exc(file=sys.stdout)
        return BROKE


def _connect_anew(database) -> None:
    """Leave the parent's connection alone: whoever closes it here ends its transaction there."""
    connections._inherited = connections["default"]  # type: ignore[attr-defined]  # kept from being closed
    if database is not None:
        connections.settings["default"] = {**connections.settings["default"], "NAME": str(database)}
    connections["default"] = connections.create_connection("default")
