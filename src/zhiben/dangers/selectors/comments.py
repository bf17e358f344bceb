"""Comments of a danger, and who may be named in one."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from zhiben.dangers.models import Comment, Danger, Participant
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import danger_for, reach_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Account, Person
from zhiben.orgs.public import actor_of

SHOWN = 200
OFFERED = 10
LOOKED_AT = 200


def comments_of(actor: Actor, danger_id: int) -> Sequence[Comment]:
    """Return the newest comments of a danger that the actor may see, oldest first."""
    danger = danger_for(actor, danger_id)
    rows = Comment.objects.filter(danger=danger).select_related("person", "account")
    return list(rows.prefetch_related("mentions__person").order_by("-at", "-pk")[:SHOWN])[::-1]


def comment_for(actor: Actor, comment_id: int) -> Comment:
    """Return a comment of a danger that the actor may see; else answer as if it did not exist."""
    found = Comment.objects.filter(pk=comment_id, danger__in=reach_of(actor)).select_related("person").first()
    if found is None:
        raise NotFound("comment:not-found")
    return found


def mentionable(actor: Actor, danger: Danger, text: str = "") -> QuerySet[Person]:
    """Return the people around a danger: of its parties, its departments and one's own, and whoever had to do with it."""
    parties = {danger.enterprise_id, danger.party_id} - {None}
    mine = Mover(actor).department
    departments = {danger.department_id, danger.transferred_to_id, mine.pk if mine else None} - {None}
    around = Q(enterprise__in=parties) | Q(department__in=departments)
    around |= Q(pk__in=Participant.objects.filter(danger=danger, person__isnull=False).values("person"))
    people = Person.objects.filter(around, is_forgotten=False, account__is_active=True).exclude(pk=actor.person or 0)
    people = people.select_related("enterprise", "department")
    return (people.filter(name__icontains=text) if text else people).order_by("name", "pk")


def who_may_see(people: Iterable[Person], danger: Danger, *, limit: int, now: datetime) -> list[Person]:
    """Return those of some people who may see a danger: nobody else is named, so that nobody is found out."""
    found: list[Person] = []
    listed = list(people)
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=listed, is_active=True)}
    for person in listed:
        account = accounts.get(person.pk)
        if account and actor_of(account, now=now).may(DangerPermission.VIEW, danger.place):
            found.append(person)
            if len(found) == limit:
                break
    return found


def people_to_mention(actor: Actor, danger_id: int, text: str, *, now: datetime) -> list[Person]:
    """Offer whom to name after an @."""
    danger = danger_for(actor, danger_id)
    return who_may_see(mentionable(actor, danger, text.strip()[:40])[:LOOKED_AT], danger, limit=OFFERED, now=now)
