"""Who watches a danger, and whether the actor does."""

from datetime import datetime

from django.db.models import Q

from zhiben.dangers.models import Danger, Watch
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import members_of, roots_of
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Account
from zhiben.orgs.public import actor_of

MOST = 200  # watchers of one danger that are told


def watchers_of(danger: Danger, *, now: datetime) -> set[int]:
    """Return the persons who watch a danger, what was merged into it, or its parties, as far as they may still see it."""
    parties = {danger.enterprise_id, danger.party_id} - {None}
    rows = Watch.objects.filter(Q(danger__in=members_of(danger)) | Q(enterprise__in=parties)).order_by("since")
    people = list(dict.fromkeys(rows.values_list("person_id", flat=True)))[:MOST]
    accounts = Account.objects.filter(person__in=people, is_active=True).select_related("person")
    actors = [actor_of(account, now=now) for account in accounts]
    return {actor.person for actor in actors if actor.person and actor.may(DangerPermission.VIEW, danger.place)}


def is_watched(actor: Actor, *, danger: int | None = None, enterprise: int | None = None) -> bool:
    """Tell whether the actor watches this danger, or this enterprise."""
    mine = Watch.objects.filter(person=actor.person or 0)
    if danger is not None:
        return mine.filter(danger__in=roots_of([danger])).exists()
    return mine.filter(enterprise=enterprise).exists()
