"""Planning a split, a merger or a move of units: checked, agreed to, cancelled, resumed. The carrying out: `carrying`."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from zhiben.journal.public import Event, Line, record
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.kernel.ids import ancestors, path_end
from zhiben.kernel.periods import CHINA, local_day
from zhiben.orgs.domain.divisions import padded
from zhiben.orgs.domain.kinds import REGIONS, UnitKind
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind, ReorganisationState
from zhiben.orgs.events import (
    ReorganisationAgreed,
    ReorganisationCancelled,
    ReorganisationPlanned,
    ReorganisationResumed,
)
from zhiben.orgs.holders import unit_holders
from zhiben.orgs.models import HandedOn, Reorganisation, Unit
from zhiben.orgs.paths import path_holders
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.reorganising import (
    check_nothing_crosses,
    reorganisation_for,
    units_of,
    wider_grants,
)
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.services.units import check_below, clean_name, unit_to_edit
from zhiben.orgs.tree import NATION_ID

REACH = timedelta(days=366)  # how far back or ahead a reorganisation may take effect
MERGED = tuple(kind for kind in REGIONS if kind is not UnitKind.NATION)


@transaction.atomic
def plan_reorganisation(
    plan: Plan, *, on: date, reason: str = "", undoes: int | None = None, actor: Actor, now: datetime
) -> Reorganisation:
    """Plan a split, a merger or a move from a day on; the worker carries it out from that day, step by step.

    Two plans at once queue up here, so that the second sees the first.
    """
    Unit.objects.select_for_update().get(pk=NATION_ID)
    plan, units = check_plan(plan, on=on, actor=actor, now=now)
    wider = wider_grants(plan, units)
    state = ReorganisationState.AWAITING if wider else ReorganisationState.WAITING
    row = Reorganisation.objects.create(
        kind=plan.kind, state=state, on=on, reason=reason.strip()[:300], plan=plan.write(), undoes_id=undoes,
        path=units[plan.roots[0]].path, next_at=None if wider else _dawn(on, now), total=_size(plan, units),
        planned_by_id=actor.id, planned_at=now,
    )  # fmt: skip
    receivers = [{"unit": one.unit, "name": one.name, "kind": one.kind} for one in plan.receivers]
    event = ReorganisationPlanned(
        plan.kind, on.isoformat(), [list(one) for one in plan.moves], [list(one) for one in plan.ends], receivers,
        row.reason,
    )  # fmt: skip
    _record(event, row, actor, now, on=local_day(now))
    return row


def check_plan(plan: Plan, *, on: date, actor: Actor, now: datetime) -> tuple[Plan, dict[int, Unit]]:
    """Refuse a plan that cannot be carried out; return it with the names it was planned under, and its units."""
    units = units_of(plan)
    for number in (*plan.roots, *plan.grounds, *plan.revives):
        unit_to_edit(number, actor)
    if not plan.roots:
        raise Invalid("reorganisation:nothing-moves")
    if abs(on - local_day(now)) > REACH:
        raise Invalid("reorganisation:too-far", field="on", days=REACH.days)
    for unit in units.values():
        if unit.since and on < unit.since:
            raise Invalid("reorganisation:before-it-stood", field="on", unit=unit.name, since=unit.since)
        if unit.until is not None and unit.pk not in plan.revives:
            raise Conflict("reorganisation:has-ended", unit=unit.name, until=unit.until)
    for receiver in plan.receivers:
        _check_receiver(receiver, plan, units)
    _check_moves(plan, units)
    _check_ends(plan, units)
    check_nothing_crosses(plan, units)
    named = {str(number): unit.name for number, unit in units.items()}
    tidy = tuple(replace(one, name=clean_name(one.name)) if one.is_new else one for one in plan.receivers)
    return replace(plan, receivers=tidy, names=named), units


def _check_receiver(receiver: Receiver, plan: Plan, units: dict[int, Unit]) -> None:
    """Refuse a receiver that does not stand, or cannot be made where it shall."""
    if receiver.unit is not None:
        if receiver.unit in plan.roots:
            raise Invalid("reorganisation:into-itself", unit=units[receiver.unit].name)
        return
    parent = units[receiver.parent or 0]
    clean_name(receiver.name)
    check_below(UnitKind(receiver.kind), parent)
    if parent.pk in plan.roots:
        raise Invalid("reorganisation:into-itself", unit=parent.name)
    if receiver.division_code:
        code = padded(receiver.division_code)
        if code is None:
            raise Invalid(
                "division-code:malformed", field="division_code", value=receiver.division_code, example="510104"
            )
        taken = Unit.objects.filter(division_code=code, kind=receiver.kind, until=None).first()
        if taken is not None and taken.pk not in {unit for unit, _ in plan.ends}:
            raise Conflict("unit:code-taken", field="division_code", value=code, by=taken.name)


def _check_moves(plan: Plan, units: dict[int, Unit]) -> None:
    """Refuse what would hang on its own level, a lower one, or below itself."""
    for number, at in plan.moves:
        unit, receiver = units[number], plan.receivers[at]
        target = units[receiver.unit] if receiver.unit is not None else units[receiver.parent or 0]
        if unit.parent_id is None or unit.path in ancestors(target.path):
            raise Invalid("unit:move-into-itself", unit=unit.name, parent=target.name)
        if receiver.unit is not None:
            if unit.parent_id == receiver.unit:
                raise Conflict("unit:already-there", unit=unit.name, parent=target.name)
            check_below(UnitKind(unit.kind), target)
        elif UnitKind(unit.kind) == receiver.kind:
            raise Invalid("unit:wrong-level", kind=unit.kind, parent_kind=receiver.kind, parent=receiver.name)


def _check_ends(plan: Plan, units: dict[int, Unit]) -> None:
    """Refuse an end that is no region's, or whose heir is of another level or lies inside it."""
    for number, at in plan.ends:
        unit, receiver = units[number], plan.receivers[at]
        heir = units.get(receiver.unit or receiver.parent or 0)
        kind = heir.kind if heir and receiver.unit else receiver.kind
        if unit.kind not in MERGED:
            raise Invalid("reorganisation:not-a-region", unit=unit.name)
        if kind != unit.kind:
            raise Invalid(
                "reorganisation:different-level",
                unit=unit.name,
                heir=heir.name if receiver.unit and heir else receiver.name,
            )
        if heir is not None and heir.path.startswith(unit.path):
            raise Invalid("unit:move-into-itself", unit=unit.name, parent=heir.name)


def _dawn(on: date, now: datetime) -> datetime:
    """Return when to begin: at the first moment of the day in China, or at once."""
    return max(now, datetime.combine(on, time(0), tzinfo=CHINA))


def _size(plan: Plan, units: dict[int, Unit]) -> int:
    """Count the rows that will change: units, and rows that keep paths, in every subtree; and what ended units hold."""
    total = 0
    for number, _ in plan.moves:
        inside = {"gte": units[number].path, "lt": path_end(units[number].path)}
        total += Unit.objects.filter(path__gte=inside["gte"], path__lt=inside["lt"]).count() * 2
        for holder in path_holders():
            total += holder.rows().filter(**{f"{holder.path}__{name}": value for name, value in inside.items()}).count()
    for number, _ in plan.ends:
        total += sum(holder.rows_of(units[number]).count() for holder in unit_holders())
    return total


@transaction.atomic
def agree_to_reorganisation(number: int, *, actor: Actor, now: datetime) -> Reorganisation:
    """Let grants reach further, as somebody who grants roles there and did not plan it (三员分立)."""
    row = reorganisation_for(actor, number)
    plan = Plan.read(row.plan)
    wider = wider_grants(plan, units_of(plan))
    for one in wider:
        require(actor, OrgsPermission.GRANT_ROLE, unit_place(one.heir))
    if actor.id is not None and actor.id == row.planned_by_id:
        raise NotAllowed("reorganisation:agreed-by-another")
    waiting = {"state": ReorganisationState.WAITING, "agreed_by_id": actor.id, "next_at": _dawn(row.on, now)}
    if not Reorganisation.objects.filter(pk=row.pk, state=ReorganisationState.AWAITING).update(**waiting):
        raise Conflict("reorganisation:not-open-to-that")
    _record(ReorganisationAgreed([one.grant.pk for one in wider]), row, actor, now)
    return Reorganisation.objects.get(pk=row.pk)


@transaction.atomic
def cancel_reorganisation(number: int, *, actor: Actor, now: datetime) -> Reorganisation:
    """Take a plan back before it began."""
    row = _to_edit(number, actor)
    before = [ReorganisationState.AWAITING, ReorganisationState.WAITING]
    ended = {"state": ReorganisationState.CANCELLED, "next_at": None, "finished_at": now, "undoes": None}
    if not Reorganisation.objects.filter(pk=row.pk, state__in=before).update(**ended):
        raise Conflict("reorganisation:not-open-to-that")
    _record(ReorganisationCancelled(row.kind), row, actor, now)
    return Reorganisation.objects.get(pk=row.pk)


@transaction.atomic
def resume_reorganisation(number: int, *, actor: Actor, now: datetime) -> Reorganisation:
    """Let a reorganisation that was refused on its way go on from where it stood."""
    row = _to_edit(number, actor)
    going = {"state": ReorganisationState.RUNNING, "next_at": now, "problem": "", "problem_facts": {}}
    if not Reorganisation.objects.filter(pk=row.pk, state=ReorganisationState.STUCK).update(**going):
        raise Conflict("reorganisation:not-open-to-that")
    _record(ReorganisationResumed(row.problem), row, actor, now)
    return Reorganisation.objects.get(pk=row.pk)


def undoing(row: Reorganisation) -> Plan:
    """Return the plan that takes a finished reorganisation back: another move, with what was handed on returned."""
    if row.state != ReorganisationState.DONE:
        raise Conflict("reorganisation:not-done")
    if Reorganisation.objects.filter(undoes=row).exclude(state=ReorganisationState.CANCELLED).exists():
        raise Conflict("reorganisation:undone-already")
    plan = Plan.read(row.plan)
    back = [(int(unit), int(parent)) for unit, parent in row.moved]
    former = list(dict.fromkeys([*(parent for _, parent in back), *(unit for unit, _ in plan.ends)]))
    ended = tuple(unit for unit, _ in plan.ends)
    places = {parent: at for at, parent in enumerate(former)}
    standing = dict(Unit.objects.filter(pk__in=[unit for unit, _ in back]).values_list("pk", "parent_id"))
    moves = tuple((unit, places[parent]) for unit, parent in back if standing.get(unit) != parent)
    makes = sorted(int(unit) for unit in row.made.values())
    heir = places[ended[0]] if ended else (places[back[0][1]] if back else 0)
    kind = {
        ReorganisationKind.MERGE: ReorganisationKind.SPLIT,
        ReorganisationKind.SPLIT: ReorganisationKind.MERGE,
    }.get(ReorganisationKind(row.kind), ReorganisationKind.MOVE)
    return Plan(
        kind, tuple(Receiver(unit=parent) for parent in former), moves=moves,
        ends=tuple((unit, heir) for unit in makes), revives=ended,
        returns=row.pk if HandedOn.objects.filter(reorganisation=row).exists() else None,
    )  # fmt: skip


def _to_edit(number: int, actor: Actor) -> Reorganisation:
    row = reorganisation_for(actor, number)
    for unit in Unit.objects.filter(pk__in=Plan.read(row.plan).roots).select_related("enterprise"):
        require(actor, OrgsPermission.EDIT_UNIT, unit_place(unit))
    return row


def _record(event: Event, row: Reorganisation, actor: Actor, now: datetime, *, on: date | None = None) -> None:
    record([Line(event, f"reorganisation/{row.pk}", "system", on or local_day(now))], actor=actor, now=now)
