"""The form of one step for many dangers: that of the step, without what only one danger could answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.steps import STEPS
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.offers import Offer
from zhiben.dangers.web.forms import Choices, MoveForm, choices_for_all
from zhiben.kernel.actor import Actor


def offer_of(move: Move) -> Offer:
    """Return a step as a button without a danger."""
    step = next(step for step in STEPS if step.move is move)
    return Offer(step.move, step.label, step.style, step.order, step.needs, step.needs, ())


class BulkForm(MoveForm):
    """One step of many dangers."""

    def __init__(self, move: Move, people: Choices, *, data: Any = None) -> None:
        super().__init__(offer_of(move), Danger(), people, data=data)
        self.file_asks = []  # a file belongs to one danger


def form_for(actor: Actor, dangers: Sequence[Danger], move: Move, *, today: date, data: Any = None) -> BulkForm:
    """Return the form of a step, offering whom and what any of the dangers may go to."""
    return BulkForm(move, choices_for_all(actor, dangers, [offer_of(move)], today=today), data=data)
