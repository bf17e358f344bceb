"""Writes of departments, jurisdictions, people and posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.orgs import events
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.models import Appointment, Department, Enterprise, Jurisdiction, Person, Post, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.parties import person_for
from zhiben.orgs.selectors.units import unit_for, unit_place
from zhiben.orgs.services.parties import enterprise_to_edit
from zhiben.orgs.services.units import check_period, clean_name, iso, unit_line, unit_to_edit
from zhiben.orgs.tree import NATION_PATH


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


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """What may be corrected about a department."""

    name: str
    matters: tuple[str, ...] = ()  # none: the general one
    parent: int | None = None
    until: date | None = None


@transaction.atomic
def edit_department(department_id: int, facts: DepartmentFacts, *, actor: Actor, now: datetime) -> Department:
    """Correct a department: its name, its matters, the one above it, its end."""
    department = department_to_edit(department_id, actor)
    check_period(department.since, facts.until)
    _check_above(department, facts.parent)
    wanted: dict[str, Any] = {
        "name": clean_name(facts.name),
        "matters": sorted(facts.matters),
        "parent_id": facts.parent,
        "until": facts.until,
    }
    after = {column: value for column, value in wanted.items() if getattr(department, column) != value}
    if not after:
        return department
    before = {column: getattr(department, column) for column in after}
    if not Department.objects.filter(pk=department.pk, **before).update(**after):
        raise Conflict("unit:changed-meanwhile", unit=department.name)
    event = events.DepartmentEdited(_told(before), _told(after))
    day = timezone.localtime(now).date()
    line = Line(event, f"department/{department.pk}", f"department:{department.pk}", day)
    record([line], actor=actor, now=now)
    return Department.objects.get(pk=department.pk)


def department_to_edit(department_id: int, actor: Actor) -> Department:
    """Return a department whose home unit the actor may change."""
    department = Department.objects.select_related("unit").filter(pk=department_id).first()
    if department is None:
        raise NotFound("department:not-found", department=department_id)
    unit_to_edit(department.unit_id, actor)
    return department


def _check_above(department: Department, parent_id: int | None) -> None:
    """Refuse a department above that does not exist or stands below this one."""
    seen, above = {department.pk}, parent_id
    while above is not None:
        found = Department.objects.filter(pk=above).first()
        if found is None or found.pk in seen:
            raise Invalid("department:above-itself", field="parent", department=department.name)
        seen.add(found.pk)
        above = found.parent_id


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}


@transaction.atomic
def set_jurisdiction(
    keeper_id: int, name: str, unit_ids: Sequence[int], *, since: date | None = None, until: date | None = None,
    actor: Actor, now: datetime,
) -> Jurisdiction:  # fmt: skip
    """Lay down a named set of subtrees; the actor may edit each of them."""
    keeper, units = unit_to_edit(keeper_id, actor), [unit_to_edit(unit_id, actor) for unit_id in unit_ids]
    if not units:
        raise Invalid("jurisdiction:empty", field="units")
    check_period(since, until)
    zone = Jurisdiction.objects.create(name=clean_name(name), unit=keeper, since=since, until=until)
    zone.units.set(units)
    event = events.JurisdictionSet(zone.name, keeper.pk, [unit.pk for unit in units])
    day = since or timezone.localtime(now).date()
    record([Line(event, f"jurisdiction/{zone.pk}", "system", day)], actor=actor, now=now)
    return zone


@transaction.atomic
def edit_jurisdiction(
    zone_id: int, name: str, unit_ids: Sequence[int], *, until: date | None = None, actor: Actor, now: datetime
) -> Jurisdiction:
    """Lay a jurisdiction down anew; the actor may edit its keeper, and each unit that joins or leaves it."""
    zone = Jurisdiction.objects.select_for_update().filter(pk=zone_id).first()
    if zone is None:
        raise NotFound("jurisdiction:not-found", jurisdiction=zone_id)
    unit_to_edit(zone.unit_id, actor)
    held = set(zone.units.values_list("pk", flat=True))
    for unit_id in held ^ set(unit_ids):
        unit_to_edit(unit_id, actor)
    if not unit_ids:
        raise Invalid("jurisdiction:empty", field="units")
    check_period(zone.since, until)
    tidy = clean_name(name)
    Jurisdiction.objects.filter(pk=zone.pk).update(name=tidy, until=until)
    zone.units.set(unit_ids)
    event = events.JurisdictionEdited(tidy, sorted(held), sorted(unit_ids), iso(until))
    day = timezone.localtime(now).date()
    record([Line(event, f"jurisdiction/{zone.pk}", "system", day)], actor=actor, now=now)
    return Jurisdiction.objects.get(pk=zone.pk)


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


@transaction.atomic
def edit_person(person_id: int, *, name: str, phone: str, email: str, actor: Actor, now: datetime) -> Person:
    """Correct a person's name and how they are reached."""
    person = person_to_edit(person_id, actor)
    wanted = {"name": clean_name(name)[:100], "phone": phone.strip()[:30], "email": email.strip()}
    after = {column: value for column, value in wanted.items() if getattr(person, column) != value}
    if not after:
        return person
    before = {column: getattr(person, column) for column in after}
    if not Person.objects.filter(pk=person.pk, **before).update(**after):
        raise Conflict("unit:changed-meanwhile", unit=person.name)
    event = events.PersonEdited(wanted["name"], sorted(after))
    line = Line(event, f"person/{person.pk}", _chain_of(person), timezone.localtime(now).date())
    record([line], actor=actor, now=now)
    return Person.objects.get(pk=person.pk)


def person_to_edit(person_id: int, actor: Actor) -> Person:
    """Return a person whom the actor may change: of an enterprise or a department in their charge."""
    person = person_for(actor, person_id)
    if person.is_forgotten:
        raise Conflict("person:forgotten", person=person_id)
    _check_home(person.enterprise_id, person.department_id, actor)
    return person


def _check_home(enterprise_id: int | None, department_id: int | None, actor: Actor) -> None:
    if enterprise_id is not None:
        enterprise_to_edit(enterprise_id, actor)
    elif department_id is not None:
        unit_to_edit(Department.objects.select_related("unit").get(pk=department_id).unit_id, actor)
    else:
        require(actor, OrgsPermission.EDIT_ACCOUNT, Place(NATION_PATH))


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
    require(actor, _who_appoints(unit), unit_place(unit))
    check_period(since, until)
    person = Person.objects.filter(pk=person_id).first()
    if person is None or (unit.enterprise_id and person.enterprise_id != unit.enterprise_id):
        raise Invalid("person:not-of-this-enterprise", field="person", person=person_id)
    post = Post.objects.filter(unit=unit, kind=kind).order_by("pk").first()  # merged units may bring two
    post = post or Post.objects.create(unit=unit, kind=kind, name=name or kind.value)
    appointment = Appointment.objects.create(post=post, person=person, since=since, until=until)
    if unit.enterprise_id and kind in {PostKind.PRINCIPAL, PostKind.CONTROLLER} and until is None:
        Enterprise.objects.filter(pk=unit.enterprise_id).update(**{kind.value: person})
    event = events.PersonAppointed(person.pk, kind.value, unit.pk, since.isoformat(), iso(until))
    record([unit_line(event, unit, since)], actor=actor, now=now)
    return appointment


@transaction.atomic
def end_appointment(appointment_id: int, *, until: date, actor: Actor, now: datetime) -> Appointment:
    """Let somebody no longer hold a post from a day on; on the enterprise the name stays until another is appointed."""
    held = Appointment.objects.select_related("post__unit__enterprise").filter(pk=appointment_id).first()
    if held is None or not actor.may(_who_appoints(held.post.unit), unit_place(held.post.unit)):
        raise NotFound("person:not-found", appointment=appointment_id)
    check_period(held.since, until)
    Appointment.objects.filter(pk=held.pk).update(until=until)
    held.until = until
    event = events.AppointmentEnded(held.person_id, held.post.kind, held.post.unit_id, until.isoformat())
    record([unit_line(event, held.post.unit, until)], actor=actor, now=now)
    return held


def _who_appoints(unit: Unit) -> OrgsPermission:
    return OrgsPermission.EDIT_ENTERPRISE if unit.enterprise_id else OrgsPermission.EDIT_UNIT
