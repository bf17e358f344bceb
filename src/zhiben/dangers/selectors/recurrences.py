"""Repeats: what came back, and how much of what is found came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.recurrence import COUNTED, RecurrenceState
from zhiben.dangers.domain.wilson import Share
from zhiben.dangers.models import Danger, Recurrence
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import keepers_of, members_of
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.scope import scope_of, seen

YEAR = timedelta(days=365)
VIEWS: Mapping[str, Q] = {
    "proposed": Q(state=RecurrenceState.PROPOSED),
    "counted": Q(state__in=sorted(map(str, COUNTED))),
}


@dataclass(frozen=True, slots=True)
class Repeats:
    """Of the dangers found since a day, how many came back from an earlier one; and how many more are proposed."""

    since: date
    share: Share
    proposed: int


def recurrences_for(
    actor: Actor, *, view: str = "", path: str = "", enterprise: int | None = None
) -> QuerySet[Recurrence]:
    """Return the links inside the actor's reach, newest first."""
    rows = Recurrence.unscoped.filter(seen(scope_of(actor, DangerPermission.VIEW)), VIEWS.get(view, Q()))
    if path:
        rows = rows.filter(path__gte=path, path__lt=path_end(path))
    if enterprise is not None:
        rows = rows.filter(Q(enterprise=enterprise) | Q(party=enterprise))
    return rows.select_related("danger", "earlier", "unit", "enterprise").order_by("-found_on", "-pk")


def recurrence_for(actor: Actor, recurrence_id: int) -> Recurrence:
    """Return one link; strangers are told that there is none."""
    row = recurrences_for(actor).filter(pk=recurrence_id).first()
    if row is None:
        raise NotFound("recurrence:not-found")
    return row


def recurrences_of(danger: Danger) -> list[Recurrence]:
    """Return the links of a danger that the actor was shown, and of what was merged into it, to earlier and later ones."""
    family = members_of(danger)
    rows = Recurrence.unscoped.filter(Q(danger__in=family) | Q(earlier__in=family))
    rows = rows.exclude(danger__in=family, earlier__in=family)
    said_no = sorted(map(str, {RecurrenceState.DISMISSED, RecurrenceState.DROPPED}))
    return list(rows.exclude(state__in=said_no).select_related("danger", "earlier").order_by("found_on", "pk"))


def repeats_of(actor: Actor, enterprise: int, today: date) -> Repeats:
    """Return how much of what was found at an enterprise within a year came back."""
    since = today - YEAR
    mine = Q(enterprise=enterprise) | Q(party=enterprise)
    found = reach_of(actor).filter(mine, found_on__gt=since).exclude(state=State.VOIDED)
    links = recurrences_for(actor, enterprise=enterprise).filter(found_on__gt=since)
    back = found.filter(pk__in=_returned(links.filter(VIEWS["counted"]))).count()
    return Repeats(since, Share(back, found.count()), links.filter(VIEWS["proposed"]).count())


def repeats_in(actor: Actor, since: date, *, path: str) -> int:
    """Count the dangers of a subtree found since a day that came back; the found ones are counted by the tallies."""
    links = recurrences_for(actor, view="counted", path=path).filter(found_on__gte=since)
    mine = links.filter(danger__merged_into__isnull=True).order_by().values("danger").distinct()
    merged = links.filter(danger__merged_into__isnull=False).order_by().values_list("danger", flat=True)
    keepers = set(keepers_of(merged.distinct()).values())
    stand_in = Danger.unscoped.filter(pk__in=keepers, found_on__gte=since).exclude(state=State.VOIDED)
    return mine.count() + stand_in.exclude(pk__in=mine).count()


def _returned(links: QuerySet[Recurrence]) -> set[int]:
    """Return the dangers that came back, each as the one it goes on as."""
    return set(keepers_of(set(links.order_by().values_list("danger", flat=True))).values())
