"""Which dangers may be the same as one that is told: few are read, by index, and those are scored.

Of the same enterprise: found within the window, or still open whatever their age. Reports that name no enterprise are
compared within their township, where they share a candidate clause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhiben.dangers.domain.kinds import Confidentiality, State
from zhiben.dangers.domain.likeness import WINDOW, Likeness, Near, Telling, likeness
from zhiben.dangers.models import CandidateClause, Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.files.public import looks_of
from zhiben.law.candidates import candidates
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.public import regional_editions

MOST = 200  # rows of each kind that are scored: the newest
BEST = 5
Clauses = frozenset[tuple[str, str]]


class Row(NamedTuple):
    """What is read of a danger to compare it, by the names of its columns."""

    id: int
    description: str
    place_text: str
    found_on: date
    closed_on: date | None
    channel: str
    path: str
    enterprise_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is told: the likes of this are looked for."""

    description: str
    place: str
    found_on: date
    channel: str
    path: str
    enterprise: int | None
    township: int | None
    unit: int
    clauses: Clauses
    danger: int | None = None  # its own number, where it is on record already
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A danger on record that may be the same, and why."""

    danger: int
    likeness: Likeness


def wanted_of(danger: Danger) -> Wanted:
    """Describe a danger on record."""
    clauses = danger.candidates.exclude(answer="rejected").values_list("standard", "clause")
    return Wanted(
        description=danger.description,
        place=danger.place_text,
        found_on=danger.found_on,
        channel=danger.channel,
        path=danger.path,
        enterprise=danger.enterprise_id,
        township=danger.township_id,
        unit=danger.unit_id,
        clauses=frozenset(clauses),
        danger=danger.pk,
        closed_on=danger.closed_on,
    )


def wanted_at(unit: Unit, description: str, place: str, found_on: date, channel: str) -> Wanted:
    """Describe what somebody is about to tell."""
    mask = unit.enterprise.industries_mask if unit.enterprise else 0
    own = [known for known in regional_editions() if unit.path.startswith(known.region)]
    found = candidates(description, slugs_of(mask), found_on, also=own)
    return Wanted(
        description=description,
        place=place,
        found_on=found_on,
        channel=channel,
        path=unit.path,
        enterprise=unit.enterprise_id,
        township=unit.pk if unit.kind == UnitKind.TOWNSHIP else unit.township_id,
        unit=unit.pk,
        clauses=frozenset((one.clause.standard, one.clause.ref) for one in found),
    )


def alikes_of(wanted: Wanted, *, most: int = BEST) -> list[Alike]:
    """Return the likeliest dangers that reach the score of a proposal, best first."""
    read = (Row._make(row) for arm in _arms(wanted) for row in arm.values_list(*Row._fields)[:MOST])
    rows = {row.id: row for row in read if row.id != wanted.danger}
    scored = _scored(wanted, list(rows.values()))
    likely = [Alike(number, found) for number, found in scored if found.is_proposed]
    return sorted(likely, key=lambda one: (-one.likeness.score, -one.danger))[:most]


def likeness_of(one: Danger, other: Danger) -> Likeness | None:
    """Return how likely two dangers on record are one, whether or not they were looked for; None where they cannot be."""
    wanted, row = wanted_of(one), Row(*(getattr(other, name) for name in Row._fields))
    return next((found for _, found in _scored(wanted, [row])), None)


def _arms(wanted: Wanted) -> Iterable[QuerySet[Danger]]:
    """Return the reads: each begins with equality on an indexed column and goes from the newest back."""
    rows = Danger.unscoped.exclude(state=State.VOIDED).exclude(confidentiality=Confidentiality.SEALED)
    lasted = Q(closed_on__isnull=True) | Q(closed_on__gte=wanted.found_on)  # what ended before would be a recurrence
    rows = rows.filter(lasted).order_by("-found_on", "-pk")
    since, until = (wanted.found_on + timedelta(days=sign * WINDOW) for sign in (-1, 1))
    near = rows.filter(found_on__gte=since, found_on__lte=until)
    if wanted.enterprise is not None:
        own = Q(enterprise_id=wanted.enterprise)
        yield near.filter(own)
        yield rows.filter(own, closed_on__isnull=True, found_on__lt=since)
        if wanted.township is not None and wanted.clauses:
            yield near.filter(_under(wanted.clauses), township_id=wanted.township, enterprise__isnull=True)
    elif wanted.township is not None and wanted.clauses:
        yield near.filter(_under(wanted.clauses), township_id=wanted.township)
    else:
        yield near.filter(unit_id=wanted.unit)


def _under(clauses: Clauses) -> Exists:
    """Ask for dangers whose words may fall under one of these clauses."""
    either = Q(pk__in=[])
    for standard, clause in sorted(clauses):
        either |= Q(standard=standard, clause=clause)
    return Exists(CandidateClause.objects.filter(either, danger=OuterRef("pk")))


def _scored(wanted: Wanted, rows: Sequence[Row]) -> Iterable[tuple[int, Likeness]]:
    ids = [row.id for row in rows]
    clauses, looks, names = _clauses(ids), _looks(wanted, ids), _names(rows, wanted)
    sites = _sites(wanted.enterprise)
    mine = _telling(wanted, looks.get(wanted.danger or 0, frozenset()), names.get(wanted.enterprise, ""))
    for row in rows:
        near = _near(wanted, row, sites)
        if near is None:
            continue
        theirs = Telling(
            description=row.description,
            place=row.place_text,
            found_on=row.found_on,
            closed_on=row.closed_on,
            channel=row.channel,
            clauses=clauses.get(row.id, frozenset()),
            photos=looks.get(row.id, frozenset()),
            owner=names.get(row.enterprise_id, ""),
        )
        found = likeness(mine, theirs, near)
        if found is not None:
            yield row.id, found


def _telling(wanted: Wanted, photos: frozenset[int], owner: str) -> Telling:
    return Telling(
        description=wanted.description,
        place=wanted.place,
        found_on=wanted.found_on,
        closed_on=wanted.closed_on,
        channel=wanted.channel,
        clauses=frozenset(f"{standard}/{clause}" for standard, clause in wanted.clauses),
        photos=photos,
        owner=owner,
    )


def _near(wanted: Wanted, row: Row, sites: Sequence[str]) -> Near | None:
    """Return how two places lie; None for two sites of one enterprise, which are never one place."""
    path = row.path
    if wanted.enterprise is None or row.enterprise_id is None:
        return Near.UNSURE
    if path.startswith(wanted.path) or wanted.path.startswith(path):
        return Near.SAME
    shared = any(path.startswith(site) and wanted.path.startswith(site) for site in sites)
    return Near.BESIDE if shared else None


def _sites(enterprise: int | None) -> list[str]:
    if enterprise is None:
        return []
    return list(Unit.objects.filter(enterprise=enterprise, kind=UnitKind.SITE).values_list("path", flat=True))


def _clauses(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = CandidateClause.objects.filter(danger__in=ids).exclude(answer="rejected")
    for danger, standard, clause in rows.values_list("danger_id", "standard", "clause"):
        found.setdefault(danger, set()).add(f"{standard}/{clause}")
    return {danger: frozenset(names) for danger, names in found.items()}


def _looks(wanted: Wanted, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Return how photos look, if there is one to compare with."""
    if wanted.danger is None:
        return {}
    by_subject = {subject_of(number): number for number in (*ids, wanted.danger)}
    with scoped(Scope(everything=True)):  # compared, never shown
        own = looks_of([subject_of(wanted.danger)])
        found = looks_of(by_subject) if own else {}
    return {by_subject[subject]: looks for subject, looks in found.items()}


def _names(rows: Iterable[Row], wanted: Wanted) -> dict[int | None, str]:
    """Return the names of enterprises, where one side knows none and can only name it in words."""
    either = {row.enterprise_id for row in rows} | {wanted.enterprise}
    known = {number for number in either if number is not None}
    return dict(Enterprise.objects.filter(pk__in=known).values_list("pk", "name")) if None in either else {}
