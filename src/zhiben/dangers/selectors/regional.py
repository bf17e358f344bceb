"""A region's own rules: which hold where, nearest region first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.ladder import LadderRules, read_rules
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import RegionalRules
from zhiben.dangers.permissions import DangerPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import ancestors, path_end
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place


def standing_from(day: date) -> Q:
    """Return the condition for rules switched on that hold on a day, or will."""
    return Q(since__isnull=False) & (Q(until__isnull=True) | Q(until__gt=day))


def rules_for(kind: RulesKind, paths: Collection[str], day: date) -> Mapping[str, RegionalRules | None]:
    """Return for each path the rules of the nearest region that hold on a day; else those that will, the first first."""
    above = {path: ancestors(path) for path in set(paths)}
    wanted = {each for each_above in above.values() for each in each_above}
    rows = RegionalRules.objects.filter(standing_from(day), kind=kind, unit__path__in=wanted)
    by_path: dict[str, list[RegionalRules]] = {}
    for row in rows.select_related("unit").order_by("since", "pk"):
        by_path.setdefault(row.unit.path, []).append(row)
    return {path: _nearest(each_above, by_path) for path, each_above in above.items()}


def _nearest(above: Sequence[str], by_path: Mapping[str, list[RegionalRules]]) -> RegionalRules | None:
    return next((by_path[path][0] for path in reversed(above) if path in by_path), None)


def ladder_of(rules: RegionalRules) -> LadderRules:
    """Read the ladder that rules describe."""
    return read_rules(rules.body)


def own_below(kind: RulesKind, unit: Unit, day: date) -> list[str]:
    """Return the paths below a region that have rules of their own: its rules do not reach there."""
    inside = {"unit__path__gt": unit.path, "unit__path__lt": path_end(unit.path)}
    rows = RegionalRules.objects.filter(standing_from(day), kind=kind, **inside)
    return list(rows.values_list("unit__path", flat=True))


def rules_of_unit(kind: RulesKind, unit: Unit) -> QuerySet[RegionalRules]:
    """Return what a region wrote down, newest first, the draft before all."""
    rows = RegionalRules.objects.filter(kind=kind, unit=unit).select_related("account__person", "unit")
    return rows.order_by("-pk")


def rules_by_id(actor: Actor, rules_id: int) -> RegionalRules:
    """Return rules that the actor may set; else answer as if they did not exist."""
    row = RegionalRules.objects.filter(pk=rules_id).select_related("unit").first()
    if row is None or not actor.may(DangerPermission.RULES, unit_place(row.unit)):
        raise NotFound("rules:not-found")
    return row


def regions_with_rules(kind: RulesKind, units: Iterable[Unit], day: date) -> Mapping[int, RegionalRules]:
    """Return the rules that hold, or will, by the region that set them."""
    rows = RegionalRules.objects.filter(standing_from(day), kind=kind, unit__in=list(units))
    return {row.unit_id: row for row in rows.order_by("-since")}
