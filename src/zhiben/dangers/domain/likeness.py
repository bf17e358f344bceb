"""How likely two tellings are one danger: a score out of a hundred, and the reasons for it. Never a decision.

Each sign adds or takes points; `docs/algorithms/likeness.md` works an example. A danger found after the other was
signed off is a recurrence, whatever the words: it is no candidate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from zhiben.dangers.domain.places import Spot, agree, differ, shared_name, spot_of, unmarked
from zhiben.law.candidates import CONCEPT, PAIR, SINGLE, TRIPLE, features_of

PROPOSED = 52  # points from which a pair is shown to somebody
WINDOW = 60  # days between the days found, unless the earlier one is still open
SAME_PHOTO = 10  # bits of 64 by which two photos of one thing may differ


class Near(StrEnum):
    """How the places of two tellings lie in the tree."""

    SAME = "same"  # one unit, or one inside the other
    BESIDE = "beside"  # other units of one site
    UNSURE = "unsure"  # one of them names a township only


class Sign(StrEnum):
    """What speaks for or against."""

    WORDS = "words"
    PLACE = "place"
    OTHER_PLACE = "other_place"
    DAYS = "days"
    LONG_AGO = "long_ago"
    CLAUSE = "clause"
    PHOTO = "photo"
    CHANNELS = "channels"
    ONE_ROUND = "one_round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A danger as far as likeness cares."""

    description: str
    found_on: date
    channel: str
    place: str = ""
    closed_on: date | None = None
    clauses: frozenset[str] = frozenset()
    photos: frozenset[int] = frozenset()  # hashes of 64 bits
    owner: str = ""  # the enterprise's name, for tellings that name it in words only


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign, its points, and what it rests on: percent of words, days, clauses, bits."""

    sign: Sign
    points: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_proposed(self) -> bool:
        """Tell whether somebody should look."""
        return self.score >= PROPOSED


def likeness(one: Telling, other: Telling, near: Near) -> Likeness | None:
    """Return how likely two tellings are one danger; None where they cannot be: one ended before the other was found."""
    earlier, later = sorted((one, other), key=lambda telling: telling.found_on)
    if earlier.closed_on is not None and later.found_on > earlier.closed_on:
        return None
    reasons = tuple(_reasons(earlier, later, near))
    return Likeness(max(0, min(100, sum(reason.points for reason in reasons))), reasons)


def _reasons(earlier: Telling, later: Telling, near: Near) -> Iterable[Reason]:
    words = shared_words(earlier.description, later.description)
    yield Reason(Sign.WORDS, words * 7 // 10, {"percent": words})
    yield from _place(earlier, later, near)
    yield from _days(earlier, later)
    if shared := earlier.clauses & later.clauses:
        yield Reason(Sign.CLAUSE, 8, {"clauses": sorted(shared)})
    bits = _nearest(earlier.photos, later.photos)
    if bits is not None and bits <= SAME_PHOTO:
        yield Reason(Sign.PHOTO, 45, {"bits": bits})
    if earlier.channel != later.channel:
        yield Reason(Sign.CHANNELS, 8, {"channels": [earlier.channel, later.channel]})
    elif earlier.found_on == later.found_on and words < 80:
        yield Reason(Sign.ONE_ROUND, -20)


def _place(earlier: Telling, later: Telling, near: Near) -> Iterable[Reason]:
    one, other = _spot(earlier, near), _spot(later, near)
    differing = sorted(differ(one, other))
    if differing or near is Near.BESIDE:
        yield Reason(Sign.OTHER_PLACE, -40, {"marks": differing})
        return
    alike, name = sorted(agree(one, other)), shared_name(one, other)
    if alike or (name is not None and name >= 50):
        yield Reason(Sign.PLACE, 18, {"marks": alike, "percent": name or 0})
    elif name is not None or near is Near.UNSURE:
        yield Reason(Sign.OTHER_PLACE, -40, {"marks": []})


def _spot(telling: Telling, near: Near) -> Spot:
    place = f"{telling.owner} {telling.place}" if near is Near.UNSURE else telling.place
    return _spot_of(place, telling.description)


def _days(earlier: Telling, later: Telling) -> Iterable[Reason]:
    days = (later.found_on - earlier.found_on).days
    if days <= 14:
        yield Reason(Sign.DAYS, 8 if days <= 3 else 4, {"days": days})
    elif days > WINDOW:
        yield Reason(Sign.LONG_AGO, -6, {"days": days})


def _nearest(some: frozenset[int], others: frozenset[int]) -> int | None:
    return min(((one ^ other).bit_count() for one in some for other in others), default=None)


def shared_words(one: str, other: str) -> int:
    """Return how much two descriptions say alike, in percent: half by the whole of both, half by the shorter.

    >>> shared_words("灭火器压力不足", "１号车间灭火器压力不足"), shared_words("灭火器过期", "电梯未检验")
    (100, 0)
    """
    mine, theirs = _features(one), _features(other)
    if not mine or not theirs:
        return 100 if one.strip() == other.strip() else 0
    shared = sum(map(_weight, mine & theirs))
    left, right = sum(map(_weight, mine)), sum(map(_weight, theirs))
    return round(50 * (2 * shared / (left + right) + shared / min(left, right)))


@lru_cache(maxsize=16_384)
def _features(description: str) -> frozenset[str]:
    return frozenset(features_of(unmarked(description)))


@lru_cache(maxsize=16_384)
def _spot_of(place: str, description: str) -> Spot:
    return spot_of(place, description)


def _weight(name: str) -> float:
    return CONCEPT if name.startswith("@") else (SINGLE, PAIR, TRIPLE)[len(name) - 1]
