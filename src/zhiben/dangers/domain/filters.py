"""What a list of dangers may be narrowed to."""

from dataclasses import dataclass
from datetime import date

from zhiben.dangers.domain.kinds import OPEN, Channel, Level, State

EMPTY = frozenset[State]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Narrowings of a list; None and empty narrow nothing."""

    states: frozenset[State] = EMPTY
    level: Level | None = None
    channel: Channel | None = None
    matter: str = ""
    industry: str = ""
    unit: str = ""  # path of a subtree
    enterprise: int | None = None  # host or responsible party
    department: int | None = None
    transferred_to: int | None = None
    owner: int | None = None
    overdue: bool | None = None
    flag: str = ""  # one of Flag
    batch: str = ""
    found_since: date | None = None
    found_until: date | None = None  # first day no longer wanted
    text: str = ""


ALL = Filters()
STILL_OPEN = Filters(states=OPEN)
