"""Reads of reorganisations: what a plan touches, which grants reach further, which plans cross it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.reorganising import UNFINISHED, Plan, overlaps
from zhiben.orgs.models import Jurisdiction, Reorganisation, RoleGrant, Unit, UnitMove
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.scope import scope_of


def reorganisations_for(actor: Actor) -> QuerySet[Reorganisation]:
    """Return the reorganisations planned inside the actor's reach of the tree, or where they grant roles; newest first."""
    condition = Q(pk__in=[])
    for permission in (OrgsPermission.EDIT_UNIT, OrgsPermission.GRANT_ROLE):
        scope = scope_of(actor, permission)
        if scope.everything:
            return Reorganisation.objects.order_by("-pk")
        for grant in scope.grants:
            if grant.path is not None:
                condition |= Q(path__gte=grant.path, path__lt=path_end(grant.path))
    return Reorganisation.objects.filter(condition).order_by("-pk")


def reorganisation_for(actor: Actor, number: int) -> Reorganisation:
    """Return one reorganisation, or refuse as if there were none."""
    found = reorganisations_for(actor).filter(pk=number).select_related("undoes", "planned_by", "agreed_by").first()
    if found is None:
        raise NotFound("reorganisation:not-found", reorganisation=number)
    return found


def units_of(plan: Plan) -> dict[int, Unit]:
    """Return every unit that a plan names, by number."""
    named = {*plan.roots, *plan.grounds, *plan.revives, *(unit for unit, _ in plan.shares)}
    return Unit.objects.select_related("enterprise").in_bulk(named)


def check_nothing_crosses(plan: Plan, units: dict[int, Unit], *, besides: int | None = None) -> None:
    """Refuse a plan whose subtrees another one under way takes apart, or that takes apart what another stands on."""
    roots, grounds = _paths(plan.roots, units), _paths(plan.grounds, units)
    for other in Reorganisation.objects.filter(state__in=UNFINISHED).exclude(pk=besides or 0):
        theirs = Plan.read(other.plan)
        there = Unit.objects.in_bulk({*theirs.roots, *theirs.grounds})
        their_roots, their_grounds = _paths(theirs.roots, there), _paths(theirs.grounds, there)
        crosses = any(overlaps(one, two) for one in roots for two in their_roots)
        crosses |= any(ground.startswith(root) for ground in grounds for root in their_roots)
        crosses |= any(ground.startswith(root) for ground in their_grounds for root in roots)
        if crosses:
            raise Conflict("reorganisation:crosses-another", other=other.pk)
    for move in UnitMove.objects.filter(finished_at=None).exclude(reorganisation=besides or 0).select_related("unit"):
        if any(overlaps(one, path) for one in roots for path in (move.old_path, move.new_path)):
            raise Conflict("unit:being-moved", unit=move.unit.name)


def _paths(numbers: Iterable[int], units: dict[int, Unit]) -> list[str]:
    return [units[number].path for number in numbers if number in units]


@dataclass(frozen=True, slots=True)
class Wider:
    """A grant that reaches further after a reorganisation: at an ended unit, or in a jurisdiction that holds one."""

    grant: RoleGrant
    unit: Unit  # where it holds now
    heir: Unit  # a unit that had a territory of its own before


def wider_grants(plan: Plan, units: dict[int, Unit]) -> list[Wider]:
    """Return the grants that would reach more than before, because an ended unit's heir had a territory of its own."""
    found: list[Wider] = []
    for ended, number in plan.ends:
        receiver = plan.receivers[number]
        if receiver.unit is None or receiver.unit in plan.revives:
            continue  # made, or made again, of what came from units like this one
        zones = Jurisdiction.objects.filter(units=ended).exclude(units=receiver.unit)
        at_it = RoleGrant.objects.filter(Q(unit=ended) | Q(jurisdiction__in=zones.values("pk")))
        rows = at_it.select_related("account__person", "role", "unit", "jurisdiction").order_by("pk")
        heir = units[receiver.unit]
        found += [Wider(grant, units[ended], heir) for grant in rows if not _holds_already(grant, heir)]
    return found


def _holds_already(grant: RoleGrant, heir: Unit) -> bool:
    """Tell whether the account holds the same role over the heir anyway."""
    same = RoleGrant.objects.filter(
        account=grant.account_id, role=grant.role_id, unit__isnull=False, industries=grant.industries,
        matters=grant.matters, until=None,
    ).exclude(pk=grant.pk).select_related("unit")  # fmt: skip
    return any(one.unit is not None and heir.path.startswith(one.unit.path) for one in same)


def unfinished_at(unit: Unit) -> list[Reorganisation]:
    """Return the reorganisations under way that concern a unit or something below or above it."""
    rows = Reorganisation.objects.filter(state__in=UNFINISHED).order_by("pk")
    return [row for row in rows if any(overlaps(unit.path, path) for path in _told(row))]


def _told(row: Reorganisation) -> Sequence[str]:
    plan = Plan.read(row.plan)
    return _paths(plan.roots, Unit.objects.in_bulk(plan.roots))
