"""What a list of dangers may be narrowed to."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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
    owner_name: str = ""  # part of the name of a person, or of whom a ledger names
    overdue: bool | None = None
    flag: str = ""  # one of Flag
    batch: str = ""
    found_since: date | None = None
    found_until: date | None = None  # first day no longer wanted
    closed_since: date | None = None
    closed_until: date | None = None  # likewise
    lasted_from: int | None = None  # days from finding to the end, or to today where it is open: at least
    lasted_to: int | None = None  # at most
    text: str = ""


def params_of(filters: Filters) -> list[tuple[str, str]]:
    """Return the parameters under which the list of dangers is narrowed alike.

    >>> params_of(Filters(states=OPEN, overdue=True))
    [('state', 'open'), ('overdue', '1')]
    """
    states = ["open"] if filters.states == OPEN else sorted(map(str, filters.states))
    plain = {name: getattr(filters, name) for name in PLAIN}
    days = {
        "found_from": filters.found_since,
        "found_to": _day_before(filters.found_until),
        "closed_from": filters.closed_since,
        "closed_to": _day_before(filters.closed_until),
    }
    late = [] if filters.overdue is None else [("overdue", "1" if filters.overdue else "0")]
    lasted = {name: getattr(filters, name) for name in ("lasted_from", "lasted_to")}
    late += [(name, str(days)) for name, days in lasted.items() if days is not None]
    words = {"q": filters.text, "owner": filters.owner_name or plain["owner"]}
    told = [(name, str(value)) for name, value in {**plain, **days, **words}.items() if value]
    return [*(("state", state) for state in states), *late, *told]


PLAIN = (
    "level",
    "channel",
    "matter",
    "industry",
    "flag",
    "unit",
    "enterprise",
    "owner",
    "department",
    "transferred_to",
)


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


class Order(StrEnum):
    """How a list is sorted; those without a limit stand in no list sorted by it."""

    NEWEST = "-found_on"
    OLDEST = "found_on"
    DUE_FIRST = "due_on"
    DUE_LAST = "-due_on"

    @property
    def column(self) -> str:
        """The column sorted by; the row's number decides between equals."""
        return self.value.removeprefix("-")

    @property
    def direction(self) -> str:
        """Up or down, for both."""
        return "desc" if self.value.startswith("-") else "asc"


ALL = Filters()
STILL_OPEN = Filters(states=OPEN)
