"""Load by wrk on loopback: random targets from a file, the figures it prints as a dictionary."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from zhiben.clocks.serving import web_command

BENCH = Path(__file__).parent
SCRIPT = """
local targets = {}
for line in io.lines(os.getenv("TARGETS")) do
  local head, path = line:match("^(%S+)%s+(.*)$")
  targets[#targets + 1] = {head, path}
end
math.randomseed(os.time())
request = function()
  local t = targets[math.random(#targets)]
  local headers = {}
  headers[os.getenv("HEADER")] = (os.getenv("PREFIX") or "") .. t[1]
  return wrk.format("GET", t[2], headers)
end
done = function(summary, latency, requests)
  io.write(string.format('RESULT {"requests": %d, "seconds": %.3f, "errors": %d, "p50": %.2f, "p95": %.2f, "p99": %.2f}\\n',
    summary.requests, summary.duration / 1e6, summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.timeout, latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
"""


@contextmanager
def serving(application, port, env=None):
    """Run an application as `zhiben serve` does, with two workers; stop it by its own id."""
    path = f"{BENCH.parent / 'src'}:{BENCH}"
    environment = {**os.environ, "PYTHONPATH": path, **(env or {})}
    command = [*web_command("127.0.0.1", port, 2)[:-1], application]
    process = subprocess.Popen(command, env=environment)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/none", timeout=1)
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(40)


def load(url, targets, *, header="Authorization", prefix="Bearer ", seconds=10, warm=8, connections=16):
    """Offer random targets (pairs of header value and path); return what wrk says, in milliseconds.

    Warm is who planned every kind of statement often enough to keep its plan: on PostgreSQL that takes some seconds.
    """
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory() as folder:
        script, file = Path(folder) / "random.lua", Path(folder) / "targets"
        script.write_text(SCRIPT)
        file.write_text("".join(f"{value} {path}\n" for value, path in targets))
        env = {**os.environ, "TARGETS": str(file), "HEADER": header, "PREFIX": prefix}

        def run(duration):
            command = ["wrk", "-t1", f"-c{connections}", f"-d{duration}s", "-s", str(script), url]
            out = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
            told = next(line for line in out.splitlines() if line.startswith("RESULT "))
            return json.loads(told.removeprefix("RESULT "))

        run(warm)
        found = run(seconds)
    return {**found, "per_second": round(found["requests"] / found["seconds"], 1)}
