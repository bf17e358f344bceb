"""What one step of the loop is, and the states that steps begin from."""

from dataclasses import dataclass

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import Role, State
from zhiben.dangers.domain.moves import Move, Need
from zhiben.dangers.domain.rights import DangerPermission
from zhiben.kernel.bilingual import Bilingual

REGISTERED, CONFIRMED, RECTIFYING = State.REGISTERED, State.CONFIRMED, State.RECTIFYING
AWAITING, SIGNED_OFF = State.AWAITING_ACCEPTANCE, State.SIGNED_OFF
TRANSFERRED, VOIDED = State.TRANSFERRED, State.VOIDED
WORKING = (CONFIRMED, RECTIFYING, AWAITING)
UNSETTLED = (REGISTERED, CONFIRMED, RECTIFYING)
ALL_OPEN = (REGISTERED, CONFIRMED, RECTIFYING, AWAITING, TRANSFERRED)
EVERY = tuple(Clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the loop: from where, to where (None: stays), who may, what it needs, which clocks it touches.

    `guards` name functions of `guards.py`; `excludes` are the roles whose holder may not take the step.
    """

    move: Move
    sources: tuple[State, ...]
    target: State | None
    permission: DangerPermission
    or_permission: DangerPermission | None = None
    label: Bilingual
    style: str  # primary | secondary | danger
    order: int
    needs: tuple[Need, ...] = ()
    needs_if_major: tuple[Need, ...] = ()
    guards: tuple[str, ...] = ()
    excludes: tuple[Role, ...] = ()
    sets: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()

    def after(self, state: State) -> State:
        """Return where the danger stands after this step from `state`."""
        return state if self.target is None else self.target
