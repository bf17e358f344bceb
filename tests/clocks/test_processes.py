"""Real processes: workers killed at random moments, and `zhiben serve` with its two children."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from zhiben.config import command

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

pytestmark = pytest.mark.server


@pytest.mark.usefixtures("django_db_setup")  # so that it runs on PostgreSQL too
def test_no_promise_is_lost_and_none_kept_twice_when_workers_are_killed():
    command = [sys.executable, str(ROOT / "scripts/faults.py"), "--kills", "10", "--seed", "7"]
    ran = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = json.loads(ran.stdout)
    assert (found["kills"], found["lost"], found["twice"], found["open"]) == (10, 0, 0, 0)
    assert found["effects_found"] == found["effects_journalled"] == found["effects_wanted"] == 900
    assert found["database"] == ("postgresql" if os.environ["DATABASE_URL"].startswith("postgres") else "sqlite")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=90):  # on a busy machine a process takes its time to start
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid):
    """Whether the process is there and more than a name that nobody has asked for."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_who_served_is_ended_when_serving_is_killed(tmp_path):
    """Children that sleep: what they are is told by the test below."""
    script = "from zhiben.clocks.serving import Serving; import sys; c = [sys.executable, '-c', 'import time; time.sleep(600)']; Serving(c, c).run()"
    serving = subprocess.Popen([sys.executable, "-c", script], env=ENVIRONMENT)
    started = wait_for(lambda: len(children(serving.pid)) == 3 and children(serving.pid))
    os.kill(serving.pid, signal.SIGKILL)
    serving.wait()
    wait_for(lambda: not any(runs(pid) for pid in started))


def test_serve_answers_works_starts_a_dead_worker_again_and_ends_politely(tmp_path, pristine, child):
    environment = ENVIRONMENT | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'served.sqlite3'}", "ZHIBEN_VAR": str(tmp_path), "ZHIBEN_WEB_WORKERS": "1",
    }  # fmt: skip
    zhiben = [sys.executable, "-m", "zhiben"]
    refused = subprocess.run([*zhiben, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, "zhiben migrate" in refused.stderr) == (1, True)
    shutil.copy(pristine, tmp_path / "served.sqlite3")
    port = free_port()
    serving = subprocess.Popen([*zhiben, "serve", "--port", str(port)], env=environment, stderr=subprocess.PIPE)

    def get(path):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
        except OSError:
            return None

    def healthy():
        asked = child(lambda: command.run(["zhiben", "health", "--json"]), tmp_path / "served.sqlite3")
        return json.loads(asked.stdout.read())["workers"]

    def worker():
        found = [
            pid for pid in children(serving.pid) if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]
        return found[0] if found else None

    try:
        assert wait_for(lambda: get("/healthz")) == b"ok"
        wait_for(healthy)
        first = worker()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: worker() not in {None, first})
        guard, web, work = children(serving.pid)
        serving.terminate()
        assert serving.wait(30) == 0
        assert get("/healthz") is None
        for pid in (guard, web, work):
            assert not Path(f"/proc/{pid}").exists()
    finally:
        if serving.poll() is None:  # the test failed: take the children along
            serving.terminate()
        serving.communicate(timeout=40)
