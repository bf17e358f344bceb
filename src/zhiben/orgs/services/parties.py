"""Writes of enterprises, sites, engagements, departments, jurisdictions, people and posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.law.codes import is_credit_code, normal_code
from zhiben.orgs import events
from zhiben.orgs.domain.industries import BIT, mask_of
from zhiben.orgs.domain.kinds import RANK, EngagementRole, PostKind, UnitKind
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.models import (
    Appointment,
    Department,
    Engagement,
    Enterprise,
    Jurisdiction,
    Person,
    Post,
    Unit,
)
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.parties import enterprise_for, enterprise_place
from zhiben.orgs.selectors.units import unit_for, unit_place
from zhiben.orgs.services.units import clean_name, iso, unit_line, unit_to_edit
from zhiben.orgs.tree import reserve_ids, sprout


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """What is known of an enterprise when it is entered; its registered site is made with it."""

    name: str
    unit: int  # township, village or grid that the registered site hangs on
    credit_code: str = ""
    industries: tuple[str, ...] = ()  # the main one first
    employees: int | None = None
    address: str = ""
    since: date | None = None
    is_example: bool = False


def register_enterprise(enterprise: NewEnterprise, *, actor: Actor, now: datetime) -> Enterprise:
    """Enter one enterprise; see `register_enterprises`."""
    return register_enterprises([enterprise], actor=actor, now=now)[0]


@transaction.atomic
def register_enterprises(enterprises: Sequence[NewEnterprise], *, actor: Actor, now: datetime) -> list[Enterprise]:
    """Enter enterprises with their registered sites; one that cannot be entered keeps all of them out."""
    homes = {unit_id: unit_for(actor, unit_id) for unit_id in {new.unit for new in enterprises}}
    for new in enterprises:
        _check_site_parent(homes[new.unit])
        place = Place(homes[new.unit].path, industries=frozenset(new.industries))
        require(actor, OrgsPermission.EDIT_ENTERPRISE, place)
    rows = [_enterprise(new) for new in enterprises]
    _check_codes_free(rows)
    try:
        with transaction.atomic():
            Enterprise.objects.bulk_create(rows)
    except IntegrityError as problem:  # somebody entered the same code at the same moment
        raise Conflict("enterprise:code-taken") from problem
    _lay_out(rows, enterprises, homes)
    day = timezone.localtime(now).date()
    record([_registered(row, new, day) for row, new in zip(rows, enterprises, strict=True)], actor=actor, now=now)
    return rows


def _enterprise(new: NewEnterprise) -> Enterprise:
    if unknown := sorted(set(new.industries) - set(BIT)):
        raise Invalid("enterprise:industry-unknown", field="industries", value=", ".join(unknown))
    name = clean_name(new.name)
    if not plain_name(name):
        raise Invalid("unit:name-unusable", field="name", value=name)
    return Enterprise(
        name=name,
        plain_name=plain_name(name)[:200],
        credit_code=checked_credit_code(new.credit_code) if new.credit_code else None,
        industry=new.industries[0] if new.industries else "",
        industries_mask=mask_of(new.industries),
        employees=new.employees,
        since=new.since,
        is_example=new.is_example,
    )


def checked_credit_code(text: str) -> str:
    """Return a credit code as printed; refuse one whose form or last character is wrong (GB 32100-2015)."""
    code = normal_code(text)
    if not is_credit_code(code):
        raise Invalid(
            "enterprise:credit-code-wrong", field="credit_code", value=text[:40], example="91350100M000100Y43"
        )
    return code


def _check_codes_free(rows: Sequence[Enterprise]) -> None:
    codes = [row.credit_code for row in rows if row.credit_code]
    repeated = {code for code in codes if codes.count(code) > 1} if len(set(codes)) < len(codes) else set()
    taken: set[str | None] = {*repeated} or set(
        Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code", flat=True)
    )
    if taken:
        raise Conflict("enterprise:code-taken", field="credit_code", value=min(filter(None, taken)))


def _lay_out(rows: Sequence[Enterprise], enterprises: Sequence[NewEnterprise], homes: dict[int, Unit]) -> None:
    """Give each enterprise its registered site."""
    sites = []
    for number, row, new in zip(reserve_ids(len(rows)), rows, enterprises, strict=True):
        site = sprout(
            homes[new.unit], number, UnitKind.SITE, row.name,
            enterprise_id=row.pk, address=new.address, since=new.since,
        )  # fmt: skip
        row.registered_site, row.path = site, site.path
        sites.append(site)
    Unit.objects.bulk_create(sites)
    Enterprise.objects.bulk_update(rows, ["registered_site", "path"], batch_size=200)


def _registered(row: Enterprise, new: NewEnterprise, day: date) -> Line:
    event = events.EnterpriseRegistered(
        name=row.name,
        credit_code=row.credit_code or "",
        site=row.registered_site_id or 0,
        unit=new.unit,
        industries=list(new.industries),
        is_example=row.is_example,
    )
    return Line(event, f"enterprise/{row.pk}", f"enterprise:{row.pk}", day)


@transaction.atomic
def add_site(
    enterprise_id: int, unit_id: int, name: str, *, address: str = "", since: date | None = None,
    actor: Actor, now: datetime,
) -> Unit:  # fmt: skip
    """Give an enterprise one more site, on a unit that the actor may also see."""
    enterprise, home = enterprise_to_edit(enterprise_id, actor), _place_to_use(unit_id, actor)
    _check_site_parent(home)
    site = sprout(
        home, reserve_ids(1)[0], UnitKind.SITE, clean_name(name),
        enterprise_id=enterprise.pk, address=address, since=since,
    )  # fmt: skip
    site.save(force_insert=True)
    event = events.SiteAdded(site.pk, site.name, home.pk)
    day = since or timezone.localtime(now).date()
    record([Line(event, f"enterprise/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)], actor=actor, now=now)
    return site


def _place_to_use(unit_id: int, actor: Actor) -> Unit:
    """Return a unit to build on. Regions are public: an enterprise may open a site in the next county."""
    unit = Unit.objects.filter(pk=unit_id, enterprise=None).first()
    return unit or unit_for(actor, unit_id)


def _check_site_parent(unit: Unit) -> None:
    if not RANK[UnitKind.COUNTY] <= RANK[UnitKind(unit.kind)] <= RANK[UnitKind.GRID]:
        raise Invalid("site:wrong-place", field="unit", kind=unit.kind, unit=unit.name)


@transaction.atomic
def engage(
    party_id: int, site_id: int, role: EngagementRole, *, since: date, until: date | None = None, note: str = "",
    actor: Actor, now: datetime,
) -> Engagement:  # fmt: skip
    """Put a contractor, tenant or project on somebody else's site; the site's enterprise, or those above it, say so."""
    site = unit_for(actor, site_id)
    if site.enterprise_id is None or site.kind != UnitKind.SITE:
        raise Invalid("engagement:not-a-site", field="site", unit=site.name)
    require(actor, OrgsPermission.EDIT_ENTERPRISE, unit_place(site))
    party = Enterprise.objects.filter(pk=party_id).first()
    if party is None or party.pk == site.enterprise_id:
        raise Invalid("engagement:not-another-party", field="party", party=party_id)
    _check_period(since, until)
    engagement = Engagement.objects.create(party=party, site=site, role=role, note=note, since=since, until=until)
    event = events.EngagementMade(party.pk, site.pk, role.value, since.isoformat(), iso(until))
    record([unit_line(event, site, since)], actor=actor, now=now)
    return engagement


@transaction.atomic
def add_department(
    unit_id: int, name: str, *, matters: Sequence[str] = (), parent_id: int | None = None, since: date | None = None,
    actor: Actor, now: datetime,
) -> Department:  # fmt: skip
    """Enter a supervising department at its home unit; without matters it is the general one there."""
    unit = unit_to_edit(unit_id, actor)
    department = Department.objects.create(
        name=clean_name(name), unit=unit, path=unit.path, matters=sorted(matters), parent_id=parent_id, since=since
    )
    event = events.DepartmentAdded(department.name, unit.pk, sorted(matters))
    line = Line(event, f"department/{department.pk}", f"department:{department.pk}", timezone.localtime(now).date())
    record([line], actor=actor, now=now)
    return department


@transaction.atomic
def set_jurisdiction(
    keeper_id: int, name: str, unit_ids: Sequence[int], *, since: date | None = None, until: date | None = None,
    actor: Actor, now: datetime,
) -> Jurisdiction:  # fmt: skip
    """Lay down a named set of subtrees; the actor may edit each of them."""
    keeper, units = unit_to_edit(keeper_id, actor), [unit_to_edit(unit_id, actor) for unit_id in unit_ids]
    if not units:
        raise Invalid("jurisdiction:empty", field="units")
    _check_period(since, until)
    zone = Jurisdiction.objects.create(name=clean_name(name), unit=keeper, since=since, until=until)
    zone.units.set(units)
    event = events.JurisdictionSet(zone.name, keeper.pk, [unit.pk for unit in units])
    day = since or timezone.localtime(now).date()
    record([Line(event, f"jurisdiction/{zone.pk}", "system", day)], actor=actor, now=now)
    return zone


@transaction.atomic
def add_person(
    name: str, *, enterprise_id: int | None = None, department_id: int | None = None, phone: str = "", email: str = "",
    actor: Actor, now: datetime,
) -> Person:  # fmt: skip
    """Enter a person of an enterprise or a department."""
    _check_home(enterprise_id, department_id, actor)
    person = Person.objects.create(
        name=clean_name(name)[:100], enterprise_id=enterprise_id, department_id=department_id, phone=phone, email=email
    )
    event = events.PersonAdded(person.name, enterprise_id, department_id)
    chain = _chain_of(person)
    record([Line(event, f"person/{person.pk}", chain, timezone.localtime(now).date())], actor=actor, now=now)
    return person


def _check_home(enterprise_id: int | None, department_id: int | None, actor: Actor) -> None:
    if enterprise_id is not None:
        enterprise_to_edit(enterprise_id, actor)
    elif department_id is not None:
        unit_to_edit(Department.objects.select_related("unit").get(pk=department_id).unit_id, actor)
    else:
        require(actor, OrgsPermission.EDIT_ACCOUNT, Place("/1/"))


def _chain_of(person: Person) -> str:
    if person.enterprise_id:
        return f"enterprise:{person.enterprise_id}"
    return f"department:{person.department_id}" if person.department_id else "system"


@transaction.atomic
def appoint(
    person_id: int, kind: PostKind, unit_id: int, *, name: str = "", since: date, until: date | None = None,
    actor: Actor, now: datetime,
) -> Appointment:  # fmt: skip
    """Let a person hold a post in a unit. Principal and actual controller stand on the enterprise too."""
    unit = unit_for(actor, unit_id)
    permission = OrgsPermission.EDIT_ENTERPRISE if unit.enterprise_id else OrgsPermission.EDIT_UNIT
    require(actor, permission, unit_place(unit))
    _check_period(since, until)
    person = Person.objects.filter(pk=person_id).first()
    if person is None or (unit.enterprise_id and person.enterprise_id != unit.enterprise_id):
        raise Invalid("person:not-of-this-enterprise", field="person", person=person_id)
    post, _ = Post.objects.get_or_create(unit=unit, kind=kind, defaults={"name": name or kind.value})
    appointment = Appointment.objects.create(post=post, person=person, since=since, until=until)
    if unit.enterprise_id and kind in {PostKind.PRINCIPAL, PostKind.CONTROLLER} and until is None:
        Enterprise.objects.filter(pk=unit.enterprise_id).update(**{kind.value: person})
    event = events.PersonAppointed(person.pk, kind.value, unit.pk, since.isoformat(), iso(until))
    record([unit_line(event, unit, since)], actor=actor, now=now)
    return appointment


def enterprise_to_edit(enterprise_id: int, actor: Actor) -> Enterprise:
    """Return an enterprise that the actor may change."""
    enterprise = enterprise_for(actor, enterprise_id)
    require(actor, OrgsPermission.EDIT_ENTERPRISE, enterprise_place(enterprise))
    return enterprise


def _check_period(since: date | None, until: date | None) -> None:
    if since and until and until <= since:
        raise Invalid("period:ends-before-it-begins", field="until", since=since, until=until)
