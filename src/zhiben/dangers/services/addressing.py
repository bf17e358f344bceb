"""Whom the law wants told of a major danger: the heads, the workers' congress, the supervising department."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import Role
from zhiben.dangers.models import Danger, Participant
from zhiben.notices.public import Addressee, Couriers
from zhiben.orgs.domain.kinds import PostKind
from zhiben.orgs.models import Department, Enterprise, Person
from zhiben.orgs.public import department_for_matter, people_holding

PRINCIPAL, CONTROLLER, DELEGATE, OFFICER = "principal", "controller", "delegate", "officer"
MOST = 50  # people of one department
MOST_WORKERS = 5_000


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody whom the law wants told is not known here."""

    role: str
    enterprise: Enterprise | None = None


def addressees_of(danger: Danger, now: datetime, *, with_department: bool = True) -> list[Addressee]:
    """Return everybody to be told, each once, with all roles they have; heads are told as heads."""
    found: dict[int, Addressee] = {}
    for party in parties_of(danger):
        for role, person in ((PRINCIPAL, party.principal_id), (CONTROLLER, party.controller_id)):
            if person is not None:
                known = found.get(person, Addressee(person))
                found[person] = Addressee(person, tuple(dict.fromkeys((*known.roles, role))))
        for delegate in people_holding(PostKind.WORKER_DELEGATE, enterprise=party.pk, on=china_day(now)):
            found.setdefault(delegate.pk, Addressee(delegate.pk, (DELEGATE,), f"congress:{party.pk}"))
    department = supervisor_of(danger, now) if with_department else None
    if department is not None:
        for officer in people_of(department.pk):
            circle = f"department:{department.pk}"
            found.setdefault(officer, Addressee(officer, (OFFICER,), circle, may_be_visited=False))
    return list(found.values())


def gaps_of(danger: Danger, now: datetime) -> list[Gap]:
    """Return whom the law wants told and nobody here is recorded as."""
    gaps: list[Gap] = []
    for party in parties_of(danger):
        held = {PRINCIPAL: party.principal_id, CONTROLLER: party.controller_id}
        gaps += [Gap(role, party) for role, person in held.items() if person is None]
        if not people_holding(PostKind.WORKER_DELEGATE, enterprise=party.pk, on=china_day(now)):
            gaps.append(Gap(DELEGATE, party))
    department = supervisor_of(danger, now)
    return gaps if department and people_of(department.pk) else [*gaps, Gap(OFFICER)]


def couriers_of(danger: Danger, now: datetime) -> Couriers | None:
    """Return who goes there: the officer of the danger, else whoever of the supervising department takes it on."""
    department = supervisor_of(danger, now)
    if department is None:
        return None
    officers = Participant.objects.filter(
        danger=danger, role__in=[Role.OFFICER, Role.CONFIRMER], is_current=True, person__department=department
    )
    newest = officers.order_by("-at", "-pk").values_list("person_id", flat=True).first()
    return Couriers(department.pk, newest)


def supervisor_of(danger: Danger, now: datetime) -> Department | None:
    """Return the supervising department: the danger's own, else the one that answers for its matter there."""
    if danger.department is not None:
        return danger.department
    found = department_for_matter(danger.path, danger.matter, china_day(now))
    return Department.objects.filter(pk=found).first() if found is not None else None


def parties_of(danger: Danger) -> list[Enterprise]:
    """Return the responsible party and the host, where that is another one."""
    wanted = {party for party in (danger.party_id, danger.enterprise_id) if party is not None}
    return list(Enterprise.objects.filter(pk__in=wanted).order_by("pk"))


def people_of(department_id: int | None) -> list[int]:
    """Return the people of a department."""
    if department_id is None:
        return []
    with connection.cursor() as cursor:  # written out: every report asks it while others wait to write
        cursor.execute(
            "select id from orgs_person where department_id = %s order by id limit %s", [department_id, MOST]
        )
        return [number for (number,) in cursor.fetchall()]


def workers_of(danger: Danger) -> Iterable[int]:
    """Return the people of the responsible parties who can look into the program: the workers who are told results."""
    rows = Person.objects.filter(enterprise__in=parties_of(danger), account__is_active=True).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:MOST_WORKERS])
