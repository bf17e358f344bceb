"""Reads of duplicate proposals: only pairs of which the actor may see both, and that can still be merged."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zhiben.dangers.domain.kinds import CLOSED, Channel, Confidentiality, Level, State
from zhiben.dangers.domain.merging import Party, better_kept, objection
from zhiben.dangers.models import Danger, DuplicateProposal
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.alike import alikes_of, wanted_at
from zhiben.dangers.selectors.reading import reach_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Unit
from zhiben.orgs.scope import scope_of, seen

FEW = 3
ENDED = sorted(map(str, CLOSED))


def proposals_for(actor: Actor, *, unit: str = "", batch: str = "") -> QuerySet[DuplicateProposal]:
    """Return the pairs that wait for an answer inside the actor's reach, newest first; below `unit`, of an import."""
    rows = _in_reach(actor).filter(answer="open", first__merged_into__isnull=True, second__merged_into__isnull=True)
    rows = rows.exclude(first__state__in=ENDED, second__state__in=ENDED).exclude(first__state="voided")
    rows = rows.exclude(second__state="voided")
    if unit:
        rows = rows.filter(path__gte=unit, path__lt=path_end(unit))
    if batch:
        rows = rows.filter(Q(first__import_batch=batch) | Q(second__import_batch=batch))
    return rows.order_by("-pk")


def proposals_about(actor: Actor, danger: Danger) -> QuerySet[DuplicateProposal]:
    """Return the pairs that wait with this danger, the likeliest first."""
    return proposals_for(actor).filter(Q(first=danger) | Q(second=danger)).order_by("-score", "-pk")


def proposal_for(actor: Actor, proposal_id: int) -> DuplicateProposal:
    """Return one pair; strangers to either of the two are told that there is none."""
    row = _in_reach(actor).filter(pk=proposal_id).first()
    if row is None:
        raise NotFound("danger:no-such-proposal")
    return row


def proposal_between(actor: Actor, one: int, other: int) -> DuplicateProposal | None:
    """Return what is known of a pair, if anything."""
    first, second = sorted((one, other))
    return _in_reach(actor).filter(first=first, second=second).first()


def known_alike(actor: Actor, unit: Unit, description: str, place: str) -> list[Danger]:
    """Return the open dangers that the actor may see and that may be what somebody is about to tell, likeliest first."""
    channel = Channel.INSPECTION if Mover(actor).is_supervisor else Channel.SELF_CHECK
    wanted = wanted_at(unit, description, place, timezone.localdate(), channel)
    found = [one.danger for one in alikes_of(wanted)]
    rows = reach_of(actor).filter(pk__in=found).exclude(state__in=ENDED).in_bulk()
    return [rows[number] for number in found if number in rows][:FEW]


def _in_reach(actor: Actor) -> QuerySet[DuplicateProposal]:
    rows = DuplicateProposal.unscoped.filter(seen(scope_of(actor, DangerPermission.VIEW)))
    reach = reach_of(actor).values("pk")  # asked for each pair by its number: a province's reach is never listed
    rows = rows.filter(Exists(reach.filter(pk=OuterRef("first"))), Exists(reach.filter(pk=OuterRef("second"))))
    beside = ("unit", "enterprise", "party", "department__unit", "owner_person")
    return rows.select_related(*(f"{side}__{name}" for side in ("first", "second") for name in beside))


def party_of(danger: Danger) -> Party:
    """Describe a danger as a side of a merger."""
    return Party(
        id=danger.pk,
        state=State(danger.state),
        found_on=danger.found_on,
        closed_on=danger.closed_on,
        merged_into=danger.merged_into_id,
        level=Level(danger.level),
        channel=Channel(danger.judged_as),
        due_set_by=danger.due_set_by,
        confidentiality=Confidentiality(danger.confidentiality),
        enterprise=danger.enterprise_id,
        party=danger.party_id,
        township=danger.township_id,
        path=danger.path,
        is_listed=danger.is_listed or danger.is_closure_requested,
        is_stopped=danger.is_stop_ordered,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of two is better kept, and why the other way, or this one, is not open."""

    kept: int
    merged: int
    objection: str | None
    other_way: str | None


def choice_of(one: Party, other: Party) -> Choice:
    """Say which of two to keep."""
    kept = better_kept(one, other)
    keep, merge = (one, other) if kept == one.id else (other, one)
    return Choice(keep.id, merge.id, objection(merge, keep), objection(keep, merge))
