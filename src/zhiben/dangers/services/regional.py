"""A region sets its own rules: written down as a draft, switched on from a day, switched off with a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.ladder import read_rules
from zhiben.dangers.domain.standing_rules import RulesKind, read_terms
from zhiben.dangers.models import OverdueSpan, RegionalRules
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.regional import rules_by_id, rules_of_unit
from zhiben.dangers.selectors.simulation import simulate, year_before
from zhiben.dangers.supervision_events import RulesDrafted, RulesSwitchedOff, RulesSwitchedOn
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import path_end
from zhiben.law.ladders import ladder_template
from zhiben.law.listings import template as listing_template
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place

REGIONS = frozenset({UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP})


@transaction.atomic
def draft_rules(
    kind: RulesKind,
    unit: Unit,
    body: Mapping[str, Any],
    *,
    template: str,
    basis: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> RegionalRules:
    """Write a region's draft, or write it anew; `version` is what the actor was looking at."""
    require(actor, DangerPermission.RULES, unit_place(unit))
    if UnitKind(unit.kind) not in REGIONS:
        raise Invalid("rules:not-a-region", field="unit")
    _check(kind, body, template)
    told = {"template": template, "basis": basis.strip()[:200], "body": dict(body), "at": now, "account_id": actor.id}
    held = rules_of_unit(kind, unit).filter(since__isnull=True).first()
    if held is None:
        row = _first(kind, unit, told)
    else:
        seen = RegionalRules.objects.filter(pk=held.pk, since__isnull=True, version=version or held.version)
        if not seen.update(**told, version=F("version") + 1):
            raise Conflict("rules:already-changed")
        row = RegionalRules.objects.get(pk=held.pk)
    event = RulesDrafted(row.pk, str(kind), unit.pk, row.version, template, row.basis, row.body)
    _record(row, event, china_day(now), actor=actor, now=now)
    return row


def _first(kind: RulesKind, unit: Unit, told: Mapping[str, Any]) -> RegionalRules:
    try:
        with transaction.atomic():
            return RegionalRules.objects.create(kind=kind, unit=unit, **told)
    except IntegrityError:  # somebody wrote the region's draft in the same moment
        raise Conflict("rules:already-changed") from None


def _check(kind: RulesKind, body: Mapping[str, Any], template: str) -> None:
    if kind is RulesKind.LADDER:
        ladder_template(template)
        read_rules(body)
    else:
        listing_template(template)
        read_terms(body)


@transaction.atomic
def switch_on(rules_id: int, since: date, *, version: int, actor: Actor, now: datetime) -> RegionalRules:
    """Let a draft hold from a day on, in place of what held; what it would have sent in the year before is kept with it.

    `version` is the draft that was looked at, simulated: one changed since must be simulated again.
    """
    row, today = rules_by_id(actor, rules_id), china_day(now)
    if since < today:
        raise Invalid("rules:begins-in-the-past", field="since")
    if row.since is not None:
        raise Conflict("rules:already-on")
    told = simulate(row, *year_before(today), today=today).counts.as_json() if row.kind == RulesKind.LADDER else {}
    _end_others(row, since)
    draft = RegionalRules.objects.filter(pk=row.pk, since__isnull=True, version=version)
    if not draft.update(since=since):
        raise Conflict("rules:already-changed")
    row.since = since
    _wake(row, now)
    event = RulesSwitchedOn(row.pk, row.kind, row.unit_id, since.isoformat(), row.body, told)
    _record(row, event, since, actor=actor, now=now)
    return row


def _end_others(row: RegionalRules, since: date) -> None:
    """Let the region's former rules end where the new ones begin; one that would begin later never does."""
    others = RegionalRules.objects.filter(kind=row.kind, unit=row.unit_id, since__isnull=False).exclude(pk=row.pk)
    others.filter(since__gte=since, until__isnull=True).update(until=F("since"))
    others.filter(until__isnull=True).update(until=since)
    others.filter(since__lt=since, until__gt=since).update(until=since)


@transaction.atomic
def switch_off(rules_id: int, until: date, *, reason: str, actor: Actor, now: datetime) -> RegionalRules:
    """Let rules hold no more from a day on."""
    row, today = rules_by_id(actor, rules_id), china_day(now)
    if not reason.strip():
        raise Invalid("rules:reason-needed", field="reason")
    if until < today:
        raise Invalid("rules:ends-in-the-past", field="until")
    if row.since is None or row.until is not None:
        raise Conflict("rules:not-on")
    last = max(until, row.since)
    if not RegionalRules.objects.filter(pk=row.pk, until__isnull=True).update(until=last):
        raise Conflict("rules:already-changed")
    row.until = last
    _wake(row, now)
    event = RulesSwitchedOff(row.pk, row.kind, row.unit_id, last.isoformat(), reason.strip())
    _record(row, event, last, actor=actor, now=now)
    return row


def _wake(row: RegionalRules, now: datetime) -> None:
    """Have the ladder look again at whatever stands past its limit in the region."""
    if row.kind == RulesKind.LADDER:
        path = row.unit.path
        inside = {"danger__path__gte": path, "danger__path__lt": path_end(path)}
        OverdueSpan.objects.filter(until__isnull=True, **inside).update(next_at=now)


def _record(row: RegionalRules, event: Event, on: date, *, actor: Actor, now: datetime) -> None:
    journal.record([Line(event, f"unit/{row.unit_id}", "system", on)], actor=actor, now=now)
