"""What is told of a danger when it comes in, and what the tree says about the place: read once for a whole batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhiben.dangers.domain.kinds import Channel, Confidentiality, Level, SetBy, State
from zhiben.dangers.domain.sameness import content_key
from zhiben.dangers.permissions import DangerPermission
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import uuid7
from zhiben.law.matters import matter, matter_of
from zhiben.orgs.domain.industries import BIT, mask_of, slugs_of
from zhiben.orgs.models import Department, Engagement, Enterprise, Person, Unit
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
class Spot:
    """Where a danger is, who answers for it, and which department watches."""

    unit: Unit
    party: Enterprise | None  # where it is not the host
    industry: str
    mask: int
    matter: str
    department: Department | None
    division: str

    @property
    def responsible(self) -> Enterprise | None:
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
    units = _units({new.unit_id for new in told})
    parties = _parties(told)
    codes = _division_codes(units.values())
    departments = _Departments(on)
    return [_spot(new, units, parties, codes, departments) for new in told]


def _spot(
    new: NewDanger,
    units: Mapping[int, Unit],
    parties: Mapping[int, Enterprise],
    codes: Mapping[int, str],
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
    division = codes.get(unit.county_id or unit.city_id or unit.province_id or 0, "")
    return Spot(unit, party, industry, mask, about, departments.for_matter(unit, about), division)


def _units(ids: set[int]) -> dict[int, Unit]:
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=ids).select_related("enterprise")}


def _parties(told: Sequence[NewDanger]) -> dict[int, Enterprise]:
    """Return the responsible parties named, each engaged at its site on the day found, or its host."""
    pairs = {(new.party_id, new.unit_id, new.found_on) for new in told if new.party_id}
    parties = {party.pk: party for party in Enterprise.objects.filter(pk__in={pair[0] for pair in pairs})}
    for party, unit, day in sorted(pairs):
        engaged = (
            Engagement.objects.filter(valid_on(day), party=party, site=unit).exists() if party in parties else False
        )
        if not engaged and not Unit.objects.filter(pk=unit, enterprise=party).exists():
            raise Invalid("danger:party-not-engaged", field="party_id", party=party)
    return parties


def _division_codes(units: Iterable[Unit]) -> dict[int, str]:
    wanted = {pk for unit in units for pk in (unit.county_id or unit.city_id or unit.province_id,) if pk}
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "division_code"))


class _Departments:
    """Which department answers, asked once for each region and matter of a batch."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[tuple[Any, ...], Department | None] = {}

    def for_matter(self, unit: Unit, about: str) -> Department | None:
        """Return the department that answers for a matter at a unit: no department is at home below the county."""
        key = (unit.province_id, unit.city_id, unit.county_id, about)
        if key not in self._known:
            self._known[key] = department_for_matter(unit, about, self.on)
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
