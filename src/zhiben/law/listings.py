"""Listed supervision as regions practise it: templates with their clocks, each a value of law or a setting that says so.

There is no national rule for hidden dangers, so a region adopts a template and may change its numbers. What a template
leaves out is as in the default.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Self

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.calendar import Calendar, official
from zhiben.law.parameters import Source, parameter

DEFAULT = "default"
MONTHS = 12


class Authority(StrEnum):
    """Who lists: each level has its own longest limit."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class ListingClock(StrEnum):
    """What a clock of listed supervision waits for."""

    REPORT = "report"  # the listing is told to the office above
    PUBLISH = "publish"
    LIMIT = "limit"
    EXTENSION_ASK = "extension_ask"
    EXTENSION_ANSWER = "extension_answer"
    REVIEW = "review"
    PUBLISH_REMOVAL = "publish_removal"


class Span(StrEnum):
    """In what a clock counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Term:
    """One clock: its number, in what it counts, and what sets it."""

    kind: ListingClock
    value: int
    span: Span
    before: bool  # counts backwards from a day
    source: Source | None  # the clause that sets the number; None for a setting
    verify: bool
    template: str

    def day(self, start: date, calendar: Calendar | None = None) -> date:
        """Return the day that the clock sets when started on `start`.

        >>> terms_of("qingdao", Authority.COUNTY, date(2026, 2, 10))[ListingClock.PUBLISH].day(date(2026, 2, 9))
        datetime.date(2026, 2, 14)
        """
        value = -self.value if self.before else self.value
        if self.span is Span.WORKING_DAY:
            return (calendar or official()).add_workdays(start, value).day
        return start + timedelta(days=value) if self.span is Span.DAY else _months(start, value)

    def write(self) -> dict[str, Any]:
        """Write the clock down, to be kept with what runs under it."""
        source = self.source and {"instrument": self.source.instrument, "clause": self.source.clause}
        return {**{name: getattr(self, name) for name in _PLAIN}, "kind": str(self.kind), "span": str(self.span),
                "source": source}  # fmt: skip

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """Read a clock that was written down.

        >>> term = terms_of("hubei", Authority.CITY, date(2026, 2, 10))[ListingClock.REVIEW]
        >>> Term.read(term.write()) == term
        True
        """
        source = Source(**written["source"]) if written["source"] else None
        plain = {name: written[name] for name in _PLAIN}
        return cls(kind=ListingClock(written["kind"]), span=Span(written["span"]), source=source, **plain)


_PLAIN = ("value", "before", "verify", "template")
Terms = Mapping[ListingClock, Term]


@dataclass(frozen=True, slots=True)
class Template:
    """A local practice, under the name a person reads."""

    name: str
    title: Bilingual
    region: str | None
    at_least_a_quarter: int


def template(name: str) -> Template:
    """Return a template; refuse an unknown name."""
    try:
        return templates()[name]
    except KeyError:
        raise NotFound("listing:no-template", name=name, near=list(templates())) from None


@cache
def templates() -> Mapping[str, Template]:
    """Return the shipped templates by name, the default first."""
    packs = store.documents("listings")
    names = [DEFAULT, *sorted(set(packs) - {DEFAULT})]
    told = {name: packs[name] for name in names}
    return {
        name: Template(name, Bilingual.of(pack["title"]), pack["region"], pack["at_least_a_quarter"])
        for name, pack in told.items()
    }


def terms_of(name: str, authority: Authority, day: date) -> Terms:
    """Return the clocks of a template on a day for a level of the listing authority: its own ones, else the default's.

    Within a template a clock of the authority's level goes before the general one.
    """
    template(name)
    found: dict[ListingClock, Term] = {}
    for each in dict.fromkeys((DEFAULT, name)):
        rows = store.documents("listings")[each]["clocks"]
        general = [row for row in rows if "authority" not in row]
        own = [row for row in rows if row.get("authority") == authority]
        found |= {term.kind: term for row in (*general, *own) if (term := _term(row, each, day))}
    return found


def _term(row: Mapping[str, Any], name: str, day: date) -> Term | None:
    kind, before = ListingClock(row["kind"]), row.get("before", False)
    if "parameter" in row:
        known = parameter(row["parameter"])
        dated = known.on(day)
        if dated is None:
            return None
        return Term(kind, dated.value, Span(known.unit), before, dated.source, dated.verify, name)
    source = Source(**row["source"]) if "source" in row else None
    return Term(kind, row["values"][0], Span(row["unit"]), before, source, row.get("verify", False), name)


def _months(start: date, months: int) -> date:
    """Return the same day some months on, or the last one of a shorter month."""
    index = start.year * MONTHS + start.month - 1 + months
    year, month = divmod(index, MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
