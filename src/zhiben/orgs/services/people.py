"""Writes of departments, jurisdictions, people and posts."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs import events
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.models import Appointment, Department, Enterprise, Jurisdiction, Person, Post, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.units import unit_for, unit_place
from zhiben.orgs.services.parties import check_period, enterprise_to_edit
from zhiben.orgs.services.units import clean_name, iso, unit_line, unit_to_edit
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
    post, _ = Post.objects.get_or_create(unit=unit, kind=kind, defaults={"name": name or kind.value})
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
