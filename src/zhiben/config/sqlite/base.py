"""Django's SQLite backend; whoever wants to write stands in a queue of short naps.

SQLite lets one write at a time, and whoever comes second looks again after 1, 2, 5, 10, … 100 ms: on a busy server the
file lies idle while everybody sleeps. A lock on a file beside the database is asked for every half millisecond
instead. It only orders the waiting: SQLite's own lock still decides, and a process that dies leaves the queue with it.
"""

import fcntl
import time
from pathlib import Path
from typing import IO, Any

from django.db.backends.sqlite3 import base

NAP = 0.0005  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; between BEGIN IMMEDIATE and the end of its transaction it holds the queue's lock."""

    _queue: IO[bytes] | None = None  # one for each connection; closed with it
    _holds = False

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # of Django's backend, not in its stubs
        except BaseException:  # also of Ctrl-C: who has not begun must not keep others waiting
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()
            if self._queue is not None:
                self._queue.close()
                self._queue = None

    def _stand_in_line(self) -> None:
        """Wait for the lock as long as SQLite would wait; then let SQLite itself say that the file is locked."""
        if self._holds or self.is_in_memory_db():
            return
        if self._queue is None:
            self._queue = _opened(f"{self.settings_dict['NAME']}-queue")
        end = time.monotonic() + float(_options(self).get("timeout", 5))
        while self._queue is not None and not self._holds and time.monotonic() < end:
            try:
                fcntl.flock(self._queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._holds = True
            except BlockingIOError:
                time.sleep(NAP)

    def _leave(self) -> None:
        if self._holds and self._queue is not None:
            self._holds = False
            fcntl.flock(self._queue, fcntl.LOCK_UN)


def _opened(path: str) -> IO[bytes] | None:
    """Open the queue's file; where none can be made, SQLite's own waiting has to do."""
    try:
        return Path(path).open("ab")
    except OSError:
        return None


def _options(connection: DatabaseWrapper) -> dict[str, Any]:
    options: dict[str, Any] = connection.settings_dict["OPTIONS"]
    return options
