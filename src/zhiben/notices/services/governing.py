"""Channels and routes of this installation: switched, priced and put in order by whoever looks after the program."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.notices.channels import CHANNELS
from zhiben.notices.domain.kinds import TEST
from zhiben.notices.domain.route import Leg, check_route
from zhiben.notices.events import ChannelSet, RouteSet
from zhiben.notices.models import ChannelSetting, RouteSetting
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.settings import channels, routed_kinds
from zhiben.notices.services.telling import notify
from zhiben.orgs.tree import NATION_PATH

DEAREST = 100_000  # thousandths of a yuan: a hundred yuan a message is a slip of the pen


@transaction.atomic
def set_channel(name: str, *, is_on: bool, price: int, version: int, actor: Actor, now: datetime) -> None:
    """Switch a channel and set what a message over it costs; what went out before keeps its price."""
    _may_manage(actor)
    state = channels().get(name)
    if state is None:
        raise NotFound("channel:not-found")
    if name == "program" and not is_on:
        raise Conflict("channel:always-on")
    if is_on and state.lacks:
        raise Conflict("channel:not-ready", setting=state.lacks)
    if not 0 <= price <= DEAREST:
        raise Invalid("channel:bad-price", field="price")
    _write(ChannelSetting, {"name": name}, {"is_on": is_on, "price": price}, version)
    _record(ChannelSet(name, is_on, price), f"channel/{name}", actor, now)


@transaction.atomic
def set_route(kind: str, legs: Sequence[Leg], *, version: int, actor: Actor, now: datetime) -> None:
    """Put the channels of a kind of notice in order; notices under way go on along the new route."""
    _may_manage(actor)
    if kind not in {one.name for one in routed_kinds()}:
        raise NotFound("notice:no-such-kind")
    kept = [[leg.channel, leg.after] for leg in check_route(legs, frozenset(CHANNELS))]
    _write(RouteSetting, {"kind": kind}, {"legs": kept}, version)
    _record(RouteSet(kind, kept), f"route/{kind}", actor, now)


@transaction.atomic
def send_test(name: str, *, actor: Actor, now: datetime) -> None:
    """Send the actor a message over one channel, as any other goes out: its delivery shows what came of it."""
    _may_manage(actor)
    if name not in CHANNELS:
        raise NotFound("channel:not-found")
    if actor.person is None:
        raise Conflict("channel:no-person")
    key = f"test:{name}:{now.isoformat()}"
    notify([actor.person], TEST, subject=f"channel/{name}", key=key, facts={}, now=now, channels=(name,))


def _may_manage(actor: Actor) -> None:
    """Channels belong to the whole installation: the right must hold at the root."""
    require(actor, NoticePermission.MANAGE, Place(NATION_PATH))


def _write(
    table: type[ChannelSetting | RouteSetting], which: dict[str, Any], columns: dict[str, Any], version: int
) -> None:
    """Write a setting if nobody was faster; version 0 says that there was none."""
    rows: Any = table.objects
    if version == 0:
        _row, done = rows.get_or_create(**which, defaults={**columns, "version": 1})
    else:
        done = rows.filter(**which, version=version).update(**columns, version=version + 1)
    if not done:
        raise Conflict("channel:already-changed")


def _record(event: Event, subject: str, actor: Actor, now: datetime) -> None:
    journal.record([Line(event, subject, "system", local_day(now))], actor=actor, now=now)
