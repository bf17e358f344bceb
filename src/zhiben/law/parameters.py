"""A legal value over time: what the law said on a given day, and where it says so."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Self

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import Period
from zhiben.law import collecting, store
from zhiben.law.because import because

Basis = Literal["law", "practice", "setting"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: the instrument and its clause (text, never a number)."""

    instrument: str
    clause: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One value and its days: since ≤ day < until. `verify` marks what is still to be checked against the text."""

    value: Any  # a number, a text or a table, as the pack has it
    period: Period
    source: Source
    confidence: str  # high, medium, low
    verify: bool = False

    @classmethod
    def of(cls, written: store.Document) -> Self:
        """Read one entry of `values`."""
        return cls(
            value=written["value"],
            period=Period(_day(written["since"]), _day(written.get("until"))),
            source=Source(**written["source"]),
            confidence=written["confidence"],
            verify=written.get("verify", False),
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of law with its whole history, ascending and without overlaps (the pack check holds it to that).

    `basis` tells law from what is only common practice or a setting of this program.
    """

    id: str
    title: Bilingual
    unit: str
    history: tuple[Dated, ...]
    basis: Basis = "law"
    notes: Bilingual | None = None

    def on(self, day: date) -> Dated | None:
        """Return what was in force on `day`, with its source; None where nothing was. An explanation cites it."""
        found = next((dated for dated in self.history if day in dated.period), None)
        if found is not None:
            collecting.used(self, found)
        return found

    def latest(self) -> Dated:
        """Return the value that stands last, for what has no day of its own."""
        collecting.used(self, self.history[-1])
        return self.history[-1]

    def in_force(self, day: date) -> Dated:
        """Return what was in force on `day`; refuse where nothing was."""
        found = self.on(day)
        if found is None:
            raise self._not_in_force(day)
        return found

    def _not_in_force(self, day: date) -> NotFound:
        held, title = self._held(), because(self.title.zh, self.title.en)
        last = self.history[-1].period
        return NotFound(
            "parameter:not-in-force",
            field="on",
            parameter=self.id,
            day=day.isoformat(),
            title=title,
            held=held,
            reason=because(
                f"当日没有有效的值；收录的期间：{held}", f"no value was in force; values are held for {held}"
            ),
            example=str(last.since or last.until),
        )

    def _held(self) -> str:
        """Tell the days on which there is a value, such as `2010-07-01 – 2026-06-01`; open where there is no end."""
        first, last = self.history[0].period.since, self.history[-1].period.until
        return f"{first or ''} – {last or ''}".strip()


def parameter(id: str) -> Parameter:  # noqa: A002 -- the word the packs use
    """Return one parameter by its id, such as `cn/danger/recheck-days`; refuse an unknown id."""
    found = parameters().get(id)
    if found is None:
        raise NotFound("parameter:unknown", parameter=id)
    return found


@cache
def parameters() -> dict[str, Parameter]:
    """Return all parameters by id: one for every file below `packs/parameters/`."""
    return {written["id"]: parameter_of(written) for written in store.documents("parameters").values()}


def parameter_of(written: store.Document) -> Parameter:
    """Read one parameter pack."""
    history = tuple(Dated.of(entry) for entry in written["values"])
    notes = Bilingual.of(written["notes"]) if "notes" in written else None
    basis = written.get("basis", "law")
    return Parameter(written["id"], Bilingual.of(written["title"]), written["unit"], history, basis, notes)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
