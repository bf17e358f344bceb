"""What to ask some enterprises for: of each the missing facts that settle most clauses, most decisive first.

Only clauses that apply by industry and group are weighed, so nothing is asked that does not concern the enterprise.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhiben.analytics.public import Member
from zhiben.law.asking import ASKED, asking
from zhiben.law.standards import Standard
from zhiben.standards.looking import subject_among
from zhiben.standards.regional import editions_in_force

ALL = 100_000


@dataclass(frozen=True, slots=True)
class Missing:
    """What one enterprise is to be asked for, and every fact that could settle anything of it."""

    ask: tuple[tuple[str, tuple[str, ...]], ...]  # a fact, and the clauses ("<standard> <ref>") that wait for it
    open: frozenset[str]


def missing_among(members: Iterable[Member], day: date, *, limit: int = ASKED) -> dict[int, Missing]:
    """Return what each of these enterprises is to be asked for; those of like industries and facts are weighed once."""
    regional = [known for known in editions_in_force(day) if known.region]
    weighed: dict[Hashable, Missing] = {}
    told: dict[int, Missing] = {}
    for member in members:
        also = [known for known in regional if member.path.startswith(known.region)]
        kind = _kind(member, day, also)
        if kind not in weighed:
            weighed[kind] = _missing(member, day, limit, also)
        told[member.enterprise] = weighed[kind]
    return told


def _kind(member: Member, day: date, also: Sequence[Standard]) -> Hashable:
    fresh = {(name, repr(held.value)) for name, held in member.facts.items() if held.day <= day < held.until}
    return member.industries, frozenset(fresh), tuple(known.id for known in also)


def _missing(member: Member, day: date, limit: int, also: Sequence[Standard]) -> Missing:
    questions = asking(subject_among(member, day), day, limit=ALL, also=also).questions
    ask = tuple((one.fact, tuple(f"{id_} {ref}" for id_, ref in one.waiting)) for one in questions[:limit])
    return Missing(ask, frozenset(one.fact for one in questions))
