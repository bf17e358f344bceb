"""Transactions and entries a second that one writer records; the limit is 300 reports a second."""

import json
import time

import _journal

LIMIT = 300


def main():
    with _journal.database() as kind:
        event = _journal.lamp_event()
        rates = {}
        for size, seconds in ((1, 4), (500, 4)):
            _journal.write(_journal.lines(event, 0, size))
            done, start = 0, time.perf_counter()
            while time.perf_counter() - start < seconds:
                _journal.write(_journal.lines(event, done, size))
                done += size
            rates[size] = done / (time.perf_counter() - start)
        told = {"figure": "journal write", "database": kind, "writers": 1}
        told |= {"transactions_per_second": round(rates[1]), "entries_per_second_in_batches_of_500": round(rates[500])}
        print(json.dumps({**told, "limit": LIMIT, "ratio": round(rates[1] / LIMIT, 2)}))
        return 0 if rates[1] >= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
