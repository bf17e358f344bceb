"""Which steps are open on a danger to this actor, and why the others are not: what a page makes buttons of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.guards import Standing, lacking, needs_of, objections
from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.loop import moves_from, step_of
from zhiben.dangers.domain.moves import NOTHING, Move, Need
from zhiben.dangers.domain.step import Step
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.standing import Mover, standings_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a button: what it asks for, what of it is still to be given, and the refusals that stand against it."""

    move: Move
    label: Bilingual
    style: str
    order: int
    needs: tuple[Need, ...]
    to_give: tuple[Need, ...]
    reasons: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Nothing but what the form asks for stands against it."""
        return not self.reasons


def may_take(actor: Actor, step: Step, danger: Danger) -> bool:
    """Tell whether the actor holds a permission that the step asks for, at the danger's place."""
    allowed = (step.permission, step.or_permission)
    return any(actor.may(str(permission), danger.place) for permission in allowed if permission)


def moves_for(actor: Actor, danger: Danger, *, now: datetime) -> list[Offer]:
    """Return the steps the actor's permissions allow, open ones first."""
    return moves_for_all(actor, [danger], now=now)[danger.pk]


def moves_for_all(actor: Actor, dangers: Sequence[Danger], *, now: datetime) -> Mapping[int, list[Offer]]:
    """Return the steps for each of several dangers, in as many queries as for one."""
    standings = standings_of(dangers, Mover(actor), today=china_day(now))
    return {danger.pk: _offers(actor, danger, standings[danger.pk]) for danger in dangers}


def _offers(actor: Actor, danger: Danger, standing: Standing) -> list[Offer]:
    steps = [step_of(standing.state, move) for move in moves_from(standing.state)]
    offers = [_offer(step, standing) for step in steps if may_take(actor, step, danger)]
    return sorted(offers, key=lambda offer: (not offer.is_open, offer.order))


def _offer(step: Step, standing: Standing) -> Offer:
    level = Level(standing.level)
    return Offer(
        step.move,
        step.label,
        step.style,
        step.order,
        needs_of(step, level),
        tuple(lacking(step, standing, NOTHING)),
        tuple(objection.code for objection in objections(step, standing)),
    )
