"""Lists, counts, and what waits for somebody today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhiben.dangers.domain.filters import ALL, Filters, Order
from zhiben.dangers.domain.kinds import OPEN, Level, State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.rights import DangerPermission
from zhiben.dangers.listing import Key, Page, Row, count_of, page_of
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Person

SHOWN = 10
COUNTED = 1000


def dangers_for(
    actor: Actor,
    filters: Filters = ALL,
    *,
    after: Key | None = None,
    limit: int = 50,
    order: Order = Order.NEWEST,
) -> Page:
    """Return a page of what the actor may see, newest first unless another order is asked for."""
    return page_of(actor, DangerPermission.VIEW, filters, after=after, limit=limit, order=order)


def count_dangers_for(actor: Actor, filters: Filters = ALL, *, at_most: int = COUNTED) -> int:
    """Count what the actor may see, up to `at_most`."""
    return count_of(actor, DangerPermission.VIEW, filters, at_most=at_most)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one kind of step: how many (up to a thousand), the first of them, and the list behind."""

    name: str
    move: Move | None
    count: int
    rows: Sequence[Row]
    filters: Filters

    @property
    def is_more(self) -> bool:
        """Tell whether there may be more than were counted."""
        return self.count >= COUNTED


@dataclass(frozen=True, slots=True)
class _Ask:
    name: str
    move: Move | None
    permission: DangerPermission
    filters: Filters


def work_today(actor: Actor) -> list[Waiting]:
    """Return what waits for the actor, worst first: overdue of one's own, then each step one may take; no empty ones."""
    found = (_waiting(actor, ask) for ask in _asks(actor) if actor.has(ask.permission))
    return [waiting for waiting in found if waiting.count]


def _waiting(actor: Actor, ask: _Ask) -> Waiting:
    count = count_of(actor, ask.permission, ask.filters, at_most=COUNTED)
    rows = page_of(actor, ask.permission, ask.filters, limit=SHOWN).rows if count else ()
    return Waiting(ask.name, ask.move, count, rows, ask.filters)


def _asks(actor: Actor) -> Iterator[_Ask]:
    """Say what to look for: a supervisor's questions are those of the department, an enterprise's its own."""
    right = DangerPermission
    open_now = Filters(states=OPEN)
    department = _department_of(actor)
    if actor.person is not None:
        mine = replace(open_now, owner=actor.person)
        yield _Ask("overdue-mine", None, right.VIEW, replace(mine, overdue=True))
        rectifying = Filters(states=frozenset({State.RECTIFYING}), owner=actor.person)
        yield _Ask("rectify", Move.SUBMIT, right.RECTIFY, rectifying)
    if department is not None:
        received = Filters(states=frozenset({State.TRANSFERRED}), transferred_to=department)
        yield _Ask("receive", Move.RECEIVE, right.TRANSFER, received)
    own = Filters(department=department) if department is not None else ALL
    yield _Ask("confirm", Move.CONFIRM, right.CONFIRM, replace(own, states=frozenset({State.REGISTERED})))
    yield _Ask("assign", Move.ASSIGN, right.ASSIGN, replace(own, states=frozenset({State.CONFIRMED})))
    waiting = replace(own, states=frozenset({State.AWAITING_ACCEPTANCE}))
    if department is not None:
        yield _Ask("sign-off", Move.SIGN_OFF, right.SIGN_OFF, waiting)
    else:
        yield _Ask("accept", Move.ACCEPT, right.ACCEPT, replace(waiting, level=Level.GENERAL))
    yield _Ask("overdue", None, right.ASSIGN, replace(own, states=OPEN, overdue=True))


def _department_of(actor: Actor) -> int | None:
    if actor.person is None:
        return None
    return Person.objects.filter(pk=actor.person).values_list("department_id", flat=True).first()
