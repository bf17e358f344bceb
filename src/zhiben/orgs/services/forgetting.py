"""The right to erasure: a person's name and how they are reached are destroyed; what they did stays without a name."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from zhiben.journal.public import Line, forget_pages, record, shred_lines
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from zhiben.kernel.periods import local_day
from zhiben.orgs.events import PersonForgotten
from zhiben.orgs.forgetting import keepers
from zhiben.orgs.models import Account, ApiToken, Appointment, Enterprise, Person
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.parties import enterprise_place, person_for, valid_on
from zhiben.orgs.tree import NATION_PATH


@transaction.atomic
def forget_person(person_id: int, *, name: str, reason: str, actor: Actor, now: datetime) -> Person:
    """Destroy a person's personal data for good. `name` is typed by who does it, so that nobody hits the wrong one."""
    person = person_to_forget(person_id, actor)
    if name.strip() != person.name:
        raise Invalid("person:name-does-not-match", field="name")
    if not reason.strip():
        raise Invalid("person:reason-missing", field="reason")
    if objections := objections_to_forgetting(person, now=now):
        raise objections[0]
    account = Account.objects.filter(person=person).first()
    words = [subject for keeper in keepers() for subject in keeper.subjects(person.pk)]
    for keeper in keepers():
        keeper.forget(person.pk)
    emptied = {"name": f"#{person.pk}", "phone": "", "email": "", "is_forgotten": True}
    if not Person.objects.filter(pk=person.pk, is_forgotten=False).update(**emptied):
        raise Conflict("person:forgotten", person=person_id)
    lines = [line for subject in [f"person/{person.pk}", *words] for line in shred_lines(subject, now=now)]
    if account:
        _empty_account(account, now)
        lines += shred_lines(f"account/{account.pk}", now=now)
    event = PersonForgotten(person.pk, account.pk if account else None, reason.strip())
    record([*lines, Line(event, f"person/{person.pk}", "system", local_day(now))], actor=actor, now=now)
    transaction.on_commit(forget_pages)
    return Person.objects.get(pk=person.pk)


def person_to_forget(person_id: int, actor: Actor) -> Person:
    """Return a person whose data the actor may destroy; one's own are destroyed by somebody else."""
    person = person_for(actor, person_id)
    require(actor, OrgsPermission.FORGET_PERSON, place_of_person(person))
    if actor.person == person.pk:
        raise NotAllowed("person:not-oneself")
    if person.is_forgotten:
        raise Conflict("person:forgotten", person=person_id)
    return person


def place_of_person(person: Person) -> Place:
    """Return where a person is, as far as access goes: with their enterprise, their department, or the whole tree."""
    if person.enterprise:
        return enterprise_place(person.enterprise)
    return Place(person.department.path if person.department else NATION_PATH)


def objections_to_forgetting(person: Person, *, now: datetime) -> list[Refusal]:
    """Return what has to be settled first: posts still held, and what other rooms object."""
    found: list[Refusal] = []
    held = Appointment.objects.filter(valid_on(local_day(now)), person=person).count()
    named = Enterprise.objects.filter(Q(principal=person) | Q(controller=person)).count()
    if held or named:
        found.append(Conflict("person:still-in-post", posts=max(held, named)))
    for keeper in keepers():
        try:
            keeper.check(person.pk)
        except Refusal as objection:
            found.append(objection)
    return found


def _empty_account(account: Account, now: datetime) -> None:
    """Let the login end without a trace of who bore it."""
    account.set_unusable_password()
    account.username, account.email = f"forgotten-{account.pk}", ""
    account.first_name = account.last_name = ""
    account.is_active = False
    account.save()
    Authenticator.objects.filter(user=account).delete()
    ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=now)
