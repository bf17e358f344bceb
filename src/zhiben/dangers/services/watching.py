"""Choosing to be told of a danger, or of all dangers of an enterprise."""

from datetime import datetime

from django.db import transaction

from zhiben.dangers.models import Watch
from zhiben.dangers.selectors.family import roots_of
from zhiben.dangers.selectors.reading import danger_for
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid
from zhiben.orgs.public import enterprise_for


@transaction.atomic
def watch(
    *, danger: int | None = None, enterprise: int | None = None, on: bool = True, actor: Actor, now: datetime
) -> None:
    """Begin or cease to watch one thing that the actor may see; said twice it is the same.

    A watch laid on a danger that was merged holds for the one it goes on as; ceasing there ends it too.
    """
    if actor.person is None:
        raise Invalid("danger:watch-needs-person")
    if danger is not None:
        thing = {"danger_id": danger_for(actor, danger).pk}
    elif enterprise is not None:
        thing = {"enterprise_id": enterprise_for(actor, enterprise).pk}
    else:
        raise TypeError("name a danger or an enterprise")
    if on:
        Watch.objects.get_or_create(person_id=actor.person, **thing, defaults={"since": now})
        return
    mine = Watch.objects.filter(person_id=actor.person)
    mine.filter(danger__in=roots_of([danger])).delete() if danger is not None else mine.filter(**thing).delete()
