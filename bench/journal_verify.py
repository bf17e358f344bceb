"""Entries a second that `journal verify` reads and checks, personal values included; at least 100,000 are wanted."""

import json
import sys
import time

import _journal

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
LIMIT = 100_000


def main():
    with _journal.database() as kind:
        from zhiben.journal.public import verify

        event = _journal.lamp_event()
        for start in range(0, ENTRIES, 500):
            _journal.write(_journal.lines(event, start, 500))
        verify()  # warm
        times = []
        for _ in range(3):
            start = time.perf_counter()
            report = verify()
            times.append(time.perf_counter() - start)
        assert (report.entries, report.broken) == (ENTRIES, []), report
        rate = ENTRIES / sorted(times)[1]
        told = {"figure": "journal verify", "database": kind, "entries": ENTRIES, "entries_per_second": round(rate)}
        print(json.dumps({**told, "limit": LIMIT, "ratio": round(rate / LIMIT, 2)}))
        return 0 if rate >= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
