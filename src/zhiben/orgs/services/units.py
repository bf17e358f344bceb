"""Writes of the tree: adding, renaming, recoding."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhiben.journal.public import Event, Line, record
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.orgs.domain.divisions import padded
from zhiben.orgs.domain.kinds import RANK, UnitKind
from zhiben.orgs.events import UnitAdded, UnitEnded, UnitRecoded, UnitRenamed
from zhiben.orgs.models import Unit, UnitAlias
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.units import unit_for, unit_place
from zhiben.orgs.tree import grow


def unit_line(event: Event, unit: Unit, day: date) -> Line:
    """Return a journal line about a unit: on its enterprise's chain, else on the system's."""
    chain = f"enterprise:{unit.enterprise_id}" if unit.enterprise_id else "system"
    return Line(event, f"unit/{unit.pk}", chain, day)


@transaction.atomic
def add_unit(
    parent_id: int, kind: UnitKind, name: str, *, division_code: str = "", since: date | None = None,
    actor: Actor, now: datetime,
) -> Unit:  # fmt: skip
    """Add a region, grid, workshop, team or post below a unit (sites: `add_site`)."""
    parent = unit_to_build_on(parent_id, actor)
    check_below(kind, parent)
    if kind in {UnitKind.NATION, UnitKind.SITE}:
        raise Invalid("unit:kind-not-added-here", field="kind", kind=kind)
    code = _free_code(division_code, kind) if division_code else ""
    unit = grow(parent, kind, clean_name(name), division_code=code, since=since, enterprise_id=parent.enterprise_id)
    event = UnitAdded(kind.value, unit.name, unit.path, code)
    record([unit_line(event, unit, since or timezone.localtime(now).date())], actor=actor, now=now)
    return unit


@transaction.atomic
def rename_unit(unit_id: int, name: str, *, on: date | None = None, actor: Actor, now: datetime) -> Unit:
    """Give a unit another name from a day on; the former one stays as an alias."""
    unit, after, day = unit_to_edit(unit_id, actor), clean_name(name), on or timezone.localtime(now).date()
    before = unit.name
    if after == before:
        return unit
    if not Unit.objects.filter(pk=unit.pk, name=before).update(name=after):
        raise Conflict("unit:changed-meanwhile", unit=before)
    UnitAlias.objects.create(unit=unit, name=before, since=_alias_since(unit), until=day)
    unit.name = after
    record([unit_line(UnitRenamed(before, after), unit, day)], actor=actor, now=now)
    return unit


@transaction.atomic
def recode_unit(unit_id: int, division_code: str, *, on: date | None = None, actor: Actor, now: datetime) -> Unit:
    """Give a region another division code from a day on; the former one keeps leading to it."""
    unit, day = unit_to_edit(unit_id, actor), on or timezone.localtime(now).date()
    before, after = unit.division_code, _free_code(division_code, UnitKind(unit.kind), besides=unit.pk)
    if after == before:
        return unit
    if not Unit.objects.filter(pk=unit.pk, division_code=before).update(division_code=after):
        raise Conflict("unit:changed-meanwhile", unit=unit.name)
    UnitAlias.objects.create(unit=unit, name=unit.name, division_code=before, since=_alias_since(unit), until=day)
    unit.division_code = after
    record([unit_line(UnitRecoded(before, after), unit, day)], actor=actor, now=now)
    return unit


@transaction.atomic
def end_unit(unit_id: int, *, until: date, actor: Actor, now: datetime) -> Unit:
    """Let a unit stand no longer from a day on; its records stay with it. Units below it end, or move, first."""
    unit = unit_to_build_on(unit_id, actor)
    check_period(unit.since, until)
    if unit.parent_id is None:
        raise Invalid("unit:kind-not-added-here", field="kind", kind=unit.kind)
    if unit.children.filter(Q(until=None) | Q(until__gt=until)).exists():
        raise Conflict("unit:still-has-units", unit=unit.name)
    if not Unit.objects.filter(pk=unit.pk, until=None).update(until=until):
        raise Conflict("unit:changed-meanwhile", unit=unit.name)
    unit.until = until
    record([unit_line(UnitEnded(until.isoformat()), unit, until)], actor=actor, now=now)
    return unit


def unit_to_build_on(unit_id: int, actor: Actor) -> Unit:
    """Return a unit that the actor may add to or end: of the tree, or inside their own enterprise."""
    unit = unit_for(actor, unit_id)
    inside = unit.enterprise_id is not None and actor.may(OrgsPermission.EDIT_ENTERPRISE, unit_place(unit))
    if not inside:
        require(actor, OrgsPermission.EDIT_UNIT, unit_place(unit))
    return unit


def unit_to_edit(unit_id: int, actor: Actor) -> Unit:
    """Return a unit that the actor may change."""
    unit = unit_for(actor, unit_id)
    require(actor, OrgsPermission.EDIT_UNIT, unit_place(unit))
    return unit


def check_below(kind: UnitKind, parent: Unit) -> None:
    """Refuse a unit that would hang on one of its own level or below it."""
    if RANK[kind] <= RANK[UnitKind(parent.kind)]:
        raise Invalid("unit:wrong-level", kind=kind, parent_kind=parent.kind, parent=parent.name)


def clean_name(name: str) -> str:
    """Return a name fit to store; refuse an empty or overlong one."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 200 or not tidy.isprintable():
        raise Invalid("unit:name-unusable", field="name", value=name[:200])
    return tidy


def _free_code(code: str, kind: UnitKind, besides: int | None = None) -> str:
    full = padded(code.strip())
    if full is None:
        raise Invalid("division-code:malformed", field="division_code", value=code, example="510104")
    taken = Unit.objects.filter(division_code=full, kind=kind, until=None).first()
    if taken and taken.pk != besides:
        raise Conflict("unit:code-taken", field="division_code", value=full, by=taken.name)
    return full


def _alias_since(unit: Unit) -> date | None:
    """Return the day from which the name and code a unit now bears were borne."""
    last = unit.aliases.exclude(until=None).order_by("-until").values_list("until", flat=True).first()
    return last or unit.since


def check_period(since: date | None, until: date | None) -> None:
    """Refuse a period without days: since ≤ day < until."""
    if since and until and until <= since:
        raise Invalid("period:ends-before-it-begins", field="until", since=since, until=until)


def iso(day: date | None) -> str | None:
    """Write a day or a moment for the journal."""
    return day.isoformat() if day else None
