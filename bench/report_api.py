"""Reports through the API with journal, notices and clocks: 300 a second offered for a while, none lost.

    python bench/report_api.py [RATE] [SECONDS]     # on SQLite; with DATABASE_URL set, on that PostgreSQL

Offered, not answered: each request leaves at its own moment whether or not the ones before were answered, and its time
counts from that moment.
"""

import json
import os
import queue
import re
import socket
import sys
import tempfile
import threading
import time
import uuid

RATE = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
PORT, THREADS, LIMIT_MS = 18103, 48, 60


class Link:
    """One connection that is kept: the client must not eat what the server is measured with."""

    def __init__(self):
        self.socket = None

    def post(self, path, token, body):
        """Send, wait for the whole answer; return whether something was made."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", PORT), timeout=30)
            self.socket.sendall(head.encode() + body)
            answer = self.socket.recv(65536)
            while b"\r\n\r\n" not in answer:
                answer += self._more()
            length = int(re.search(rb"(?i)content-length: (\d+)", answer)[1])
            while len(answer) < answer.index(b"\r\n\r\n") + 4 + length:
                answer += self._more()
            return answer.startswith(b"HTTP/1.1 201")
        except OSError:
            self.socket = None
            return False

    def _more(self):
        if not (more := self.socket.recv(65536)):
            raise ConnectionError
        return more


def offer(targets, rate, seconds):
    """Send reports at their moments; return the times in milliseconds and the uids that were answered with 201."""
    waiting, times, kept, lock = queue.Queue(), [], [], threading.Lock()

    def work():
        link = Link()
        while (job := waiting.get()) is not None:
            moment, token, body = job
            time.sleep(max(0, moment - time.perf_counter()))
            done = link.post("/api/v1/dangers", token, json.dumps(body).encode())
            with lock:
                times.append((time.perf_counter() - moment) * 1000)
                if done:
                    kept.append(body["uid"])

    start = time.perf_counter() + 0.5
    for n in range(rate * seconds):
        token, unit = targets[n % len(targets)]
        body = {
            "uid": str(uuid.uuid4()),
            "unit": unit,
            "description": f"灭火器压力不足（第{uuid.uuid4().hex[:10]}条）",
            "found_on": "2026-11-20",
            "channel": "inspection",
        }
        waiting.put((start + n / rate, token, body))
    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        waiting.put(None)
        thread.start()
    for thread in threads:
        thread.join()
    return times, kept


def main():
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as var:
        os.environ.update(ZHIBEN_VAR=var, ZHIBEN_DEBUG="0", ZHIBEN_LOG_LEVEL="ERROR")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        sys.path.insert(0, "src")
        import _load
        import _population
        from django.core.management import call_command

        _population.ENTERPRISES = 1_000
        _population.setup()
        call_command("collectstatic", verbosity=0, interactive=False)
        from django.db import connection

        from zhiben.dangers.models import Danger
        from zhiben.orgs.models import Unit
        from zhiben.orgs.scope import Scope, scoped

        with scoped(Scope(everything=True)):
            _population.tree()
            tokens = _population.accounts()[::8]  # those of the whole province
            sites = list(Unit.objects.filter(kind="site").values_list("pk", flat=True)[:400])
            targets = [(tokens[n % len(tokens)], sites[n % len(sites)]) for n in range(2_000)]
        vendor = connection.vendor
        connection.close()
        with _load.serving("zhiben.config.wsgi:application", PORT):
            offer(targets, 60, 2)  # warm
            times, kept = offer(targets, RATE, SECONDS)
        found = (
            Danger.unscoped.filter(uid__in=kept[:30_000]).count()
            if vendor != "sqlite"
            else sum(Danger.unscoped.filter(uid__in=kept[at : at + 500]).count() for at in range(0, len(kept), 500))
        )
        times.sort()
        told = {
            "figure": "report through the API", "database": vendor, "offered_per_second": RATE, "offered": RATE * SECONDS,
            "acknowledged": len(kept), "found_in_database": found, "lost": len(kept) - found,
            "p50_ms": round(times[len(times) // 2], 1), "p95_ms": round(times[int(len(times) * 0.95)], 1),
            "p99_ms": round(times[int(len(times) * 0.99)], 1), "limit_p95_ms": LIMIT_MS,
        }  # fmt: skip
        print(json.dumps({**told, "ratio": round(told["p95_ms"] / LIMIT_MS, 2)}))


if __name__ == "__main__":
    main()
