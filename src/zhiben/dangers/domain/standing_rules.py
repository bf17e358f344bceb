"""What a region may decide for itself: the days of its ladder, the terms of its listed supervision."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from zhiben.kernel.errors import Invalid
from zhiben.law.listings import Authority, ListingClock, Span, Term, Terms, terms_of

LONGEST = {Span.DAY: 1000, Span.WORKING_DAY: 500, Span.MONTH: 36}


class RulesKind(StrEnum):
    """What the rules are about."""

    LADDER = "ladder"
    LISTING = "listing"


def read_terms(body: Mapping[str, Any]) -> Mapping[ListingClock, Mapping[Authority, int]]:
    """Read the numbers that a region changed against its template: by clock, and by level of authority."""
    found = {
        ListingClock(kind): {Authority(level): int(value) for level, value in levels.items()}
        for kind, levels in body.get("changed", {}).items()
    }
    for kind, levels in found.items():
        if any(not 1 <= value <= max(LONGEST.values()) for value in levels.values()):
            raise Invalid("listing:term-out-of-range", field=str(kind), most=max(LONGEST.values()))
    return found


def regional_terms(template: str, body: Mapping[str, Any], authority: Authority, day: date) -> Terms:
    """Return the clocks that hold: the region's own numbers (a setting of the region) over those of its template."""
    terms = dict(terms_of(template, authority, day))
    for kind, levels in read_terms(body).items():
        known = terms.get(kind)
        if known and authority in levels and levels[authority] != known.value:
            terms[kind] = Term(kind, levels[authority], known.span, known.before, None, verify=False, template="own")
    return terms
