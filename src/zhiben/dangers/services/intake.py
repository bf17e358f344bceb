"""What is told of a danger when it comes in, and what the tree says about the place: read once for a whole batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhiben.dangers.domain.kinds import Channel, Confidentiality, Level, SetBy, State
from zhiben.dangers.domain.sameness import content_key
from zhiben.dangers.permissions import DangerPermission
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import uuid7
from zhiben.law.matters import matter, matter_of
from zhiben.orgs.domain.industries import BIT, mask_of, slugs_of
from zhiben.orgs.models import Engagement, Enterprise, Person, Unit
from zhiben.orgs.public import department_for_matter, valid_on


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDanger:
    """A danger as it is told. Industries, matter and department are worked out where nobody names them."""

    unit_id: int
    description: str
    found_on: date
    channel: Channel
    uid: UUID = field(default_factory=uuid7)
    place_text: str = ""
    found_at: datetime | None = None
    party_id: int | None = None  # engaged at the site and responsible there
    industry: str = ""
    industries: frozenset[str] = frozenset()
    matter: str = ""
    local_level: str = ""
    confidentiality: Confidentiality = Confidentiality.NORMAL
    finder: str = ""
    ref: str = ""
    reward_ref: str = ""
    day_assumed: bool = False
    copy: int = 0  # equal rows that are meant as two dangers


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDanger(NewDanger):
    """A row of a ledger: it may already be under way, or closed."""

    state: State = State.REGISTERED
    level: Level = Level.UNSET
    due_on: date | None = None
    due_set_by: SetBy = SetBy.SELF
    owner_name: str = ""
    closed_on: date | None = None
    batch: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """What a danger takes from an enterprise that answers for it."""

    pk: int
    industry: str
    industries_mask: int
    principal_id: int | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a danger takes from the unit it hangs on; `division` is the code of the county, city or province above."""

    pk: int
    path: str
    province_id: int | None
    city_id: int | None
    county_id: int | None
    township_id: int | None
    division: str
    enterprise: Party | None

    @property
    def enterprise_id(self) -> int | None:
        """The host's number."""
        return self.enterprise.pk if self.enterprise else None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a danger is, who answers for it, and which department watches."""

    unit: Ground
    party: Party | None  # where it is not the host
    industry: str
    mask: int
    matter: str
    department: int | None

    @property
    def responsible(self) -> Party | None:
        """The enterprise that must rectify."""
        return self.party or self.unit.enterprise

    @property
    def place(self) -> Place:
        """Where it is, as far as access goes."""
        party = self.party.pk if self.party else None
        return Place(self.unit.path, self.unit.enterprise_id, party, frozenset(slugs_of(self.mask)), self.matter)


def key_of(new: NewDanger) -> bytes:
    """Return the content key of what is told."""
    return content_key(new.unit_id, new.found_on, new.place_text, new.description, copy=new.copy)


def check_told(new: NewDanger, today: date) -> None:
    """Refuse what cannot be a danger: no words, a day to come, an unknown industry or matter."""
    if not new.description.strip():
        raise Invalid("danger:needs-description", field="description", example="1号车间灭火器过期")
    if new.found_on > today:
        raise Invalid("danger:found-in-the-future", field="found_on", found_on=new.found_on.isoformat())
    unknown = [slug for slug in (*new.industries, *([new.industry] if new.industry else [])) if slug not in BIT]
    if unknown:
        raise Invalid("danger:no-such-industry", field="industries", industries=sorted(unknown))
    if new.matter:
        matter(new.matter)
    if isinstance(new, ImportedDanger) and new.closed_on and not new.found_on <= new.closed_on <= today:
        raise Invalid("danger:closed-out-of-order", field="closed_on", closed_on=new.closed_on.isoformat())


def spots_of(told: Sequence[NewDanger], *, on: date) -> list[Spot]:
    """Return the spot of each danger told, in a handful of queries for all."""
    units, parties, departments = _units({new.unit_id for new in told}), _parties(told), _Departments(on)
    return [_spot(new, units, parties, departments) for new in told]


def _spot(
    new: NewDanger,
    units: Mapping[int, Ground],
    parties: Mapping[int, Party],
    departments: "_Departments",
) -> Spot:
    unit = units.get(new.unit_id)
    if unit is None:
        raise NotFound("unit:not-found", unit=new.unit_id)
    party = parties[new.party_id] if new.party_id and new.party_id != unit.enterprise_id else None
    answers = party or unit.enterprise
    named = new.industries | ({new.industry} if new.industry else set())
    mask = mask_of(named) if named else (answers.industries_mask if answers else 0)
    industry = new.industry or (answers.industry if answers and not named else "") or next(iter(slugs_of(mask)), "")
    about = new.matter or matter_of(new.description, slugs_of(mask))[0]
    return Spot(unit, party, industry, mask, about, departments.for_matter(unit, about))


# Written out, because it stands in the way of every report, and Django takes longer to write it than to ask it.
_GROUNDS = """
select u.id, u.path, u.province_id, u.city_id, u.county_id, u.township_id, coalesce(d.division_code, ''),
  e.id, e.industry, e.industries_mask, e.principal_id
from orgs_unit u
left join orgs_enterprise e on e.id = u.enterprise_id
left join orgs_unit d on d.id = coalesce(u.county_id, u.city_id, u.province_id)
where u.id in ({})
"""


def _units(ids: set[int]) -> dict[int, Ground]:
    with connection.cursor() as cursor:
        cursor.execute(_GROUNDS.format(", ".join(["%s"] * len(ids))), sorted(ids))
        return {row[0]: _ground(*row) for row in cursor.fetchall()}


def have_moved(spots: Sequence[Spot]) -> bool:
    """Tell whether any of these places hangs elsewhere in the tree by now."""
    paths = {spot.unit.pk: spot.unit.path for spot in spots}
    with connection.cursor() as cursor:
        cursor.execute(f"select id, path from orgs_unit where id in ({', '.join(['%s'] * len(paths))})", list(paths))  # noqa: S608 -- marks only
        return dict(cursor.fetchall()) != paths


def _ground(*row: Any) -> Ground:
    """Read a row of the question above; its columns are in the order of the fields."""
    host = row[7:]
    return Ground(*(*row[:7], None if host[0] is None else Party(*host)))


def _parties(told: Sequence[NewDanger]) -> dict[int, Party]:
    """Return the responsible parties named, each engaged at its site on the day found, or its host."""
    pairs = {(new.party_id, new.unit_id, new.found_on) for new in told if new.party_id}
    named = Enterprise.objects.filter(pk__in={pair[0] for pair in pairs}) if pairs else ()
    parties = {one.pk: Party(one.pk, one.industry, one.industries_mask, one.principal_id) for one in named}
    for party, unit, day in sorted(pairs):
        engaged = (
            Engagement.objects.filter(valid_on(day), party=party, site=unit).exists() if party in parties else False
        )
        if not engaged and not Unit.objects.filter(pk=unit, enterprise=party).exists():
            raise Invalid("danger:party-not-engaged", field="party_id", party=party)
    return parties


class _Departments:
    """Which department answers, asked once for each region and matter of a batch."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[tuple[Any, ...], int | None] = {}

    def for_matter(self, unit: Ground, about: str) -> int | None:
        """Return the department that answers for a matter at a unit: no department is at home below the county."""
        key = (unit.province_id, unit.city_id, unit.county_id, about)
        if key not in self._known:
            self._known[key] = department_for_matter(unit.path, about, self.on)
        return self._known[key]


def check_may(actor: Actor, permission: DangerPermission, spot: Spot) -> None:
    """Refuse whoever may not bring dangers in here; strangers are not told that the place exists."""
    if actor.may(permission, spot.place):
        return
    if actor.may(DangerPermission.VIEW, spot.place):
        raise NotAllowed("access:missing-permission", permission=str(permission))
    raise NotFound("unit:not-found", unit=spot.unit.pk)


def owners_named(told: Sequence[NewDanger], spots: Sequence[Spot]) -> dict[tuple[int, str], Person]:
    """Return the people whom ledgers name as owners, by enterprise and name; a name two people bear names nobody."""
    wanted = {
        (spot.responsible.pk, new.owner_name)
        for new, spot in zip(told, spots, strict=True)
        if isinstance(new, ImportedDanger) and new.owner_name and spot.responsible
    }
    names, parties = {name for _, name in wanted}, {party for party, _ in wanted}
    found: dict[tuple[int, str], list[Person]] = {}
    for person in Person.objects.filter(enterprise__in=parties, name__in=names) if wanted else ():
        found.setdefault((person.enterprise_id or 0, person.name), []).append(person)
    return {key: people[0] for key, people in found.items() if len(people) == 1}
