"""Notices that must be handed over in person: the tasks of a department and its officers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from zhiben.kernel.actor import Actor
from zhiben.notices.domain.kinds import KINDS, write
from zhiben.notices.models import HandOver
from zhiben.notices.permissions import NoticePermission
from zhiben.orgs.models import Person


@dataclass(frozen=True, slots=True)
class Task:
    """A notice to be handed over."""

    message: UUID
    person: str
    enterprise: str
    title: str
    body: str
    since: datetime
    tries: int
    url: str


def hand_overs_for(actor: Actor, *, language: str, limit: int = 20) -> list[Task]:
    """Return what the actor is asked to hand over, or anybody of their department, oldest first."""
    rows = _mine(actor).select_related("message__person__enterprise").order_by("opened_at", "pk")
    return [_task(row, language) for row in rows[:limit]]


def count_hand_overs_for(actor: Actor) -> int:
    """Return how many notices the actor is asked to hand over."""
    return _mine(actor).count()


def _mine(actor: Actor) -> "QuerySet[HandOver]":
    """Return the open tasks of an officer: their own, nobody's, and those of colleagues who left the department."""
    if actor.person is None or not actor.has(NoticePermission.DELIVER):
        return HandOver.objects.none()
    home = Person.objects.filter(pk=actor.person).values_list("department_id", flat=True).first()
    if home is None:
        return HandOver.objects.none()
    mine = Q(officer=actor.person) | Q(officer__isnull=True) | ~Q(officer__department=home)
    return HandOver.objects.filter(mine, department=home, closed_at=None)


def _task(row: HandOver, language: str) -> Task:
    message, kind = row.message, KINDS.get(row.message.kind)
    title, body = write(kind, message.facts, language) if kind else (message.kind, "")
    home = message.person.enterprise
    url = _page(kind.hand_over if kind else "", message.subject, message.pk)
    return Task(message.pk, message.person.name, home.name if home else "", title, body, row.opened_at, row.tries, url)


def _page(name: str, subject: str, message: UUID) -> str:
    try:
        return reverse(name, args=[subject.partition("/")[2], message]) if name else ""
    except NoReverseMatch:
        return ""
