"""The newest survey, cut to what an actor may see: who is present, absent, unknown, clause by clause."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.scope import scope_of
from zhiben.standards.models import Survey, SurveyClause
from zhiben.standards.permissions import DeterminationPermission

Bits = NDArray[np.uint8]
VERDICTS = ("present", "unknown", "absent", "not-applicable")


@dataclass(frozen=True, slots=True)
class Counted:
    """One clause over those the actor may see."""

    standard: str
    clause: str
    is_element: bool
    applies: Bits
    present: Bits
    absent: Bits

    @property
    def unknown(self) -> Bits:
        """Where it applies and cannot be judged yet."""
        return self.applies & ~(self.present | self.absent)

    def plane(self, verdict: str) -> Bits:
        """Return where a verdict stands."""
        return {"present": self.present, "unknown": self.unknown, "absent": self.absent}[verdict]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey as one actor sees it. `inside` marks the positions that are theirs; every plane is cut to it."""

    survey: Survey
    numbers: NDArray[np.int64]
    inside: Bits
    clauses: tuple[Counted, ...] = field(default=())

    @property
    def size(self) -> int:
        """How many enterprises the actor sees in it."""
        return ones(self.inside)

    def ids(self, plane: Bits) -> list[int]:
        """Return the enterprises of a plane, by number."""
        at = np.unpackbits(plane & self.inside, count=len(self.numbers)).astype(np.bool_)
        return [int(number) for number in self.numbers[at]]


def surveyed_for(actor: Actor, *, unit: Unit | None = None, **only: Any) -> Surveyed | None:
    """Return the newest survey as far as the actor may see determinations, in a part of the tree; None: none yet.

    `only` narrows which clauses are read: `standard="gongmao-2023"`, `clause="3(2)"`.
    """
    survey = Survey.objects.order_by("-pk").first()
    if survey is None:
        return None
    numbers = np.frombuffer(zlib.decompress(bytes(survey.members)), dtype="<i8")
    mine = np.fromiter(judged_within(actor, unit).values_list("pk", flat=True).iterator(5_000), dtype=np.int64)
    inside = np.packbits(np.isin(numbers, mine))
    rows = SurveyClause.objects.filter(survey=survey, **only).order_by("pk")
    return Surveyed(survey, numbers, inside, tuple(_cut(rows, inside)))


def judged_within(actor: Actor, unit: Unit | None = None) -> QuerySet[Enterprise]:
    """Return the enterprises whose determinations an actor may see: the same reach as those rows have."""
    scope = scope_of(actor, DeterminationPermission.VIEW)
    condition = Q() if scope.everything else Q(pk__in=[])
    for grant in scope.grants:
        if grant.matters:  # a determination belongs to no matter
            continue
        where = Q(pk__in=[])
        if grant.path is not None:
            where |= Q(path__gte=grant.path, path__lt=path_end(grant.path))
        if grant.enterprise is not None:
            where |= Q(pk=grant.enterprise)
        if grant.industries:
            where &= Q(industries_mask__overlaps=mask_of(grant.industries))
        condition |= where
    found = Enterprise.objects.filter(condition)
    return found.filter(path__gte=unit.path, path__lt=path_end(unit.path)) if unit else found


def _cut(rows: QuerySet[SurveyClause], inside: Bits) -> Iterator[Counted]:
    for row in rows.iterator(200):
        planes = np.frombuffer(zlib.decompress(bytes(row.planes)), dtype=np.uint8).reshape(3, -1) & inside
        if planes[0].any():
            yield Counted(row.standard, row.clause, row.is_element, planes[0], planes[1], planes[2])


@dataclass(frozen=True, slots=True)
class StandardCounted:
    """One standard over those the actor may see; an enterprise counts once, where it is worst."""

    standard: str
    applies: Bits
    present: Bits
    unknown: Bits
    absent: Bits
    judged: int  # answers present or absent, over clauses and enterprises
    asked: int  # how many answers there could be
    clauses: tuple[Counted, ...]


def by_standard(clauses: tuple[Counted, ...]) -> list[StandardCounted]:
    """Join clauses to standards, the worst first: most enterprises with the hazard, then with something unknown."""
    grouped: dict[str, list[Counted]] = {}
    for each in clauses:
        grouped.setdefault(each.standard, []).append(each)
    found = [_joined(name, part) for name, part in grouped.items()]
    return sorted(found, key=lambda one: (-ones(one.present), -ones(one.unknown), one.standard))


def _joined(name: str, part: list[Counted]) -> StandardCounted:
    whole = [each for each in part if not each.is_element] or part
    applies = reduce(or_, [each.applies for each in whole])
    present = reduce(or_, [each.present for each in whole])
    unknown = reduce(or_, [each.unknown for each in whole])
    single = [each for each in part if not each.clause.startswith("composite:")]
    return StandardCounted(
        name,
        applies,
        present,
        unknown & ~present,
        applies & ~present & ~unknown,
        judged=sum(ones(each.present) + ones(each.absent) for each in single),
        asked=sum(ones(each.applies) for each in single),
        clauses=tuple(part),
    )


def counts(each: Counted | StandardCounted, inside: Bits | None = None) -> Mapping[str, int]:
    """Return how many are present, unknown, absent, and not spoken to where `inside` is given."""
    told = {"present": ones(each.present), "unknown": ones(each.unknown), "absent": ones(each.absent)}
    return told if inside is None else told | {"not-applicable": ones(inside & ~each.applies)}


def ones(plane: Bits) -> int:
    """Count the bits of a plane."""
    return int(np.bitwise_count(plane).sum(dtype=np.int64))
