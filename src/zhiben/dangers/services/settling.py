"""What several moves settle: level, owner, limit, the officers on the spot."""

from datetime import date

from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.kinds import Level, Role, SetBy
from zhiben.dangers.models import Extension
from zhiben.dangers.services import listings
from zhiben.dangers.services.case import Case, Change
from zhiben.dangers.services.clocking import owed
from zhiben.kernel.errors import Invalid
from zhiben.orgs.models import Department, Person, Unit


def given_level(case: Case) -> Level:
    """Return the level given with the step."""
    if case.given.level is None:
        raise Invalid("danger:needs-level", field="level")
    return Level(case.given.level)


def given_due(case: Case) -> date:
    """Return the day given with the step."""
    if case.given.due_on is None:
        raise Invalid("danger:needs-due-on", field="due_on")
    return case.given.due_on


def set_level(case: Case, level: Level) -> None:
    """Give the danger its level; a major one must be reported promptly and needs a treatment plan."""
    was = case.danger.level
    case.write(level=str(level), local_level=case.given.local_level)
    case.facts |= {"level": str(level), "was_level": str(was)}
    if level is not Level.MAJOR:
        case.stop(Clock.REPORT, Clock.PLAN)
    elif was != Level.MAJOR:
        start_major_clocks(case)


def start_major_clocks(case: Case) -> None:
    """Start what a major danger owes at once: the report and the plan."""
    for clock in (Clock.REPORT, Clock.PLAN):
        case.start(owed(clock, case.danger, case.today, case.standing.habits))


def set_owner(case: Case) -> None:
    """Make somebody of the responsible or the host enterprise answer for the rectification."""
    if case.given.owner is None:
        return
    person = Person.objects.filter(pk=case.given.owner).first()
    allowed = {case.danger.enterprise_id, case.danger.party_id} - {None}
    if person is None or (allowed and person.enterprise_id not in allowed):
        raise Invalid("danger:owner-not-of-the-enterprise", field="owner", owner=case.given.owner)
    if case.given.owner_unit is not None and not is_on_site(case, case.given.owner_unit):
        raise Invalid("danger:workshop-not-on-site", field="owner_unit", workshop=case.given.owner_unit)
    case.retire(Role.OWNER)
    case.involve(Role.OWNER, person=person.pk)
    case.write(owner_person_id=person.pk, owner_unit_id=case.given.owner_unit, owner_text="")
    case.facts["owner"] = person.pk


def set_limit(case: Case, day: date, set_by: SetBy) -> None:
    """Set the limit to rectify; an order is named by its document."""
    case.write(due_on=day, due_set_by=str(set_by))
    case.start(Promise(Clock.RECTIFY, day, set_by, case.given.order))
    case.facts |= {"due_on": day.isoformat(), "due_set_by": str(set_by)}
    listings.follow_limit(case, day)


def setter(case: Case) -> SetBy:
    """Tell an order from one's own promise: who belongs to a department orders."""
    return SetBy.ORDER if case.standing.is_supervisor and not case.actor.is_system else SetBy.SELF


def involve_officers(case: Case) -> None:
    """Put the officers on the spot on record: people of departments."""
    officers = sorted(set(case.given.officers))
    if Person.objects.filter(pk__in=officers, department__isnull=False).count() != len(officers):
        raise Invalid("danger:officers-unknown", field="officers", officers=officers)
    for person in officers:
        case.involve(Role.OFFICER, person=person)
    case.facts |= {"officers": officers, "on_site": case.given.on_site}


def drop_extension(case: Case) -> None:
    """Let a pending request for more time go: the danger went on before an answer came."""
    if case.standing.extension_pending:
        pending = {"danger": case.danger, "is_granted__isnull": True, "is_moot": False}
        case.changes.append(Change(Extension, pending, {"is_moot": True}))


def receiving_department(case: Case) -> Department:
    """Return the department given with the step."""
    target = Department.objects.filter(pk=case.given.department or 0).first()
    if target is None:
        raise Invalid("danger:no-such-department", field="department")
    return target


def is_on_site(case: Case, unit_id: int) -> bool:
    """Tell whether a workshop lies on the danger's site or belongs to the same enterprise."""
    unit = Unit.objects.filter(pk=unit_id).first()
    same = unit is not None and unit.enterprise_id is not None and unit.enterprise_id == case.danger.enterprise_id
    return unit is not None and (same or unit.path.startswith(case.danger.path))
