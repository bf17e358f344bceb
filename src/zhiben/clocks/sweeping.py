"""Rows past their moment: each is claimed by conditional update, and claim and effect commit together.

So two workers never do it twice and a killed one loses nothing: what did not commit is still past its moment.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import OperationalError, models, transaction
from django.db.models import F

from zhiben.clocks.models import PoisonRow

M = TypeVar("M", bound=models.Model)

BATCH = 10  # rows a transaction: few, so that nobody waits long for the writer
POISON_PAUSE = timedelta(hours=1)

log = logging.getLogger(__name__)


def sweep_rows(
    name: str,
    rows: "models.QuerySet[M]",
    *,
    claim: Callable[[M], Mapping[str, Any]],
    effect: Callable[[Sequence[M]], None],
    now: datetime,
    column: str = "next_at",
    limit: int = 500,
    batch: int = BATCH,
) -> int:
    """Take the earliest `rows` whose `column` has passed; return how many this worker moved.

    `claim(row)` gives the columns to write; `column` must be among them and move on (None: nothing more to wait for).
    `effect(won)` does what is due for the rows won, in the same transaction, with one journal call at most.
    A row that breaks is pushed an hour ahead and shown by `health`; the others go on.
    """
    due = rows.filter(**{f"{column}__lte": now}).order_by(column)[:limit]
    found = sorted(due, key=lambda row: row.pk)  # one order for all workers: no deadlocks
    turn = _Turn(name, column, claim, effect, now)
    return sum(turn.take(found[start : start + batch]) for start in range(0, len(found), batch))


@dataclass(frozen=True, slots=True)
class _Turn(Generic[M]):
    """One run of one sweep."""

    name: str
    column: str
    claim: Callable[[M], Mapping[str, Any]]
    effect: Callable[[Sequence[M]], None]
    now: datetime

    def take(self, part: Sequence[M]) -> int:
        """Claim and do a few rows in one transaction; when that breaks, one at a time."""
        try:
            return self._try(part)
        except OperationalError:  # the database, not the row: a lock, a deadlock, a lost connection; next time
            raise
        except Exception as error:
            if len(part) > 1:
                return sum(self.take([row]) for row in part)
            log.exception("sweep %s: %s breaks", self.name, _label(part[0]))
            self._push_ahead(part[0], error)
            return 0

    def _try(self, part: Sequence[M]) -> int:
        """Claim, then do what is due for those won."""
        with transaction.atomic():
            won = [row for row in part if self._move(row, self.claim(row))]
            if won:
                self.effect(won)
                PoisonRow.objects.filter(sweep=self.name, row__in=[_label(row) for row in won]).delete()
        return len(won)

    def _move(self, row: M, columns: Mapping[str, Any]) -> bool:
        """Write a row's new columns if its moment still stands as it was read."""
        seen = {"pk": row.pk, self.column: getattr(row, self.column)}
        return bool(type(row)._base_manager.filter(**seen).update(**columns))  # noqa: SLF001 -- Django's own name

    @transaction.atomic
    def _push_ahead(self, row: M, error: Exception) -> None:
        """Let the row wait an hour and be seen meanwhile."""
        if not self._move(row, {self.column: self.now + POISON_PAUSE}):
            return
        shown = f"{type(error).__name__}: {error}"[:2000]
        first = {"error": shown, "first_at": self.now, "last_at": self.now}
        found, made = PoisonRow.objects.get_or_create(sweep=self.name, row=_label(row), defaults=first)
        if not made:
            PoisonRow.objects.filter(pk=found.pk).update(error=shown, last_at=self.now, times=F("times") + 1)


def _label(row: models.Model) -> str:
    """Name a row for people who look for it."""
    return f"{row._meta.label}/{row.pk}"  # noqa: SLF001 -- Django's own name
