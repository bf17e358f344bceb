"""Keeping filters of the list of dangers: under a name, for oneself or for colleagues, as the one a list opens with."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import QueryDict

from zhiben.dangers.hands_events import FilterRemoved, FilterSaved
from zhiben.dangers.models import DefaultFilter, SavedFilter
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.asking import canonical
from zhiben.dangers.selectors.circles import NOBODY, chain_of_circle, circle_of
from zhiben.dangers.selectors.saved_filters import filter_for, own_filter
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.kernel.periods import local_day

MOST = 50  # of one account
LONGEST = 60


@transaction.atomic
def save_filter(
    name: str, query: str, *, is_shared: bool = False, is_default: bool = False, actor: Actor, now: datetime
) -> SavedFilter:
    """Keep the parameters of a list under a name; what the list would not understand is refused."""
    if actor.id is None or not actor.has(DangerPermission.VIEW):
        raise NotAllowed("access:missing-permission", permission=str(DangerPermission.VIEW))
    wanted = canonical(QueryDict(query), actor)
    if not wanted:
        raise Invalid("filter:nothing-chosen", field="query")
    if SavedFilter.objects.filter(account=actor.id).count() >= MOST:
        raise Conflict("filter:too-many", most=MOST)
    circle = circle_of(actor) if is_shared else NOBODY
    try:
        with transaction.atomic():
            kept = SavedFilter.objects.create(
                account_id=actor.id, name=_clean(name), query=wanted.urlencode(), at=now, **circle
            )
    except IntegrityError:
        raise Conflict("filter:name-taken", field="name", name=name) from None
    if is_default:
        DefaultFilter.objects.update_or_create(account_id=actor.id or 0, defaults={"filter": kept})
    _journal(kept, _saved(kept), actor=actor, now=now)
    return kept


@transaction.atomic
def change_filter(
    filter_id: int, *, name: str | None = None, is_shared: bool | None = None, actor: Actor, now: datetime
) -> SavedFilter:
    """Rename a filter of one's own, share it or cease to; what is left out stays."""
    kept = own_filter(actor, filter_id)
    columns: dict[str, object] = {} if name is None else {"name": _clean(name)}
    if is_shared is not None and is_shared != kept.is_shared:
        columns |= circle_of(actor) if is_shared else NOBODY
    if all(getattr(kept, column) == value for column, value in columns.items()):
        return kept  # said twice it is the same
    try:
        with transaction.atomic():
            if not SavedFilter.objects.filter(pk=kept.pk, name=kept.name).update(**columns):
                raise Conflict("filter:changed-meanwhile")
    except IntegrityError:
        raise Conflict("filter:name-taken", field="name", name=name) from None
    kept.refresh_from_db()
    _journal(kept, _saved(kept), actor=actor, now=now)
    return kept


@transaction.atomic
def remove_filter(filter_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw a filter of one's own away; lists that opened with it open whole again."""
    kept = own_filter(actor, filter_id)
    if not SavedFilter.objects.filter(pk=kept.pk).delete()[0]:
        raise Conflict("filter:changed-meanwhile")
    _journal(kept, FilterRemoved(filter_id), actor=actor, now=now, number=filter_id)


@transaction.atomic
def set_default_filter(filter_id: int | None, *, actor: Actor) -> None:
    """Open one's list with a filter, or with none. A bookmark: nothing about a record changes."""
    if filter_id is None:
        DefaultFilter.objects.filter(account=actor.id or 0).delete()
        return
    kept = filter_for(actor, filter_id)
    DefaultFilter.objects.update_or_create(account_id=actor.id or 0, defaults={"filter": kept})


def _clean(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("filter:needs-name", field="name")
    if len(tidy) > LONGEST or not tidy.isprintable():
        raise Invalid("filter:unusable-name", field="name", longest=LONGEST)
    return tidy


def _saved(kept: SavedFilter) -> Event:
    return FilterSaved(kept.pk, kept.is_shared, kept.name, kept.query)


def _journal(kept: SavedFilter, event: Event, *, actor: Actor, now: datetime, number: int | None = None) -> None:
    chain = chain_of_circle(kept.department_id, kept.enterprise_id)
    journal.record([Line(event, f"filter/{number or kept.pk}", chain, local_day(now))], actor=actor, now=now)
