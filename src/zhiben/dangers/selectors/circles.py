"""Whom something is shared with: the people of one's own department, or of one's own enterprise."""

from typing import TypedDict

from django.db.models import Q

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid
from zhiben.orgs.models import Person


class Circle(TypedDict):
    """The columns that say with whom something is shared."""

    department_id: int | None
    enterprise_id: int | None


NOBODY: Circle = {"department_id": None, "enterprise_id": None}


def known_to(actor: Actor) -> Q:
    """Return the condition for what is the actor's own or shared in the same department or enterprise."""
    me = Person.objects.filter(pk=actor.person or 0)
    shared = Q(department__in=me.exclude(department=None).values("department"))
    shared |= Q(enterprise__in=me.exclude(enterprise=None).values("enterprise"))
    return Q(account=actor.id or 0) | (shared & Q(account__is_active=True))


def circle_of(actor: Actor) -> Circle:
    """Return with whom the actor shares; refuse where there is nobody."""
    person = Person.objects.filter(pk=actor.person or 0).first()
    if person is None or not (person.department_id or person.enterprise_id):
        raise Invalid("filter:no-colleagues", field="is_shared")
    if person.department_id:
        return {"department_id": person.department_id, "enterprise_id": None}
    return {"department_id": None, "enterprise_id": person.enterprise_id}


def chain_of_circle(department_id: int | None, enterprise_id: int | None) -> str:
    """Return the chain of the journal for what is shared, or kept for oneself."""
    if enterprise_id:
        return f"enterprise:{enterprise_id}"
    return f"department:{department_id}" if department_id else "system"
