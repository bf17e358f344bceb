"""What the journal holds about the loop: found, judged, moved, overdue, signed off, and what is laid beside it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual

Body = dict[str, Any]


@dataclass(frozen=True)
class DangerFound(Event):
    """A danger was registered: the stock grows by one in `cell` on the day found."""

    code = "danger:found"
    label: ClassVar[Bilingual] = Bilingual("登记", "Registered")
    personal = frozenset({"description", "place", "finder"})

    danger: int
    uid: str
    number: str
    cell: Body
    after: str
    found_on: str
    description: str
    place: str = ""
    finder: str = ""
    confidentiality: str = "normal"
    imported: bool = False
    batch: str = ""
    day_assumed: bool = False


@dataclass(frozen=True)
class DangerImported(Event):
    """A danger entered already closed: counted apart, the stock never held it here. `closed_on` may be assumed."""

    code = "danger:imported"
    label: ClassVar[Bilingual] = Bilingual("导入（已闭环）", "Imported, already closed")
    personal = frozenset({"description", "place", "finder"})

    danger: int
    uid: str
    number: str
    cell: Body
    after: str
    found_on: str
    closed_on: str
    description: str
    place: str = ""
    finder: str = ""
    batch: str = ""
    day_assumed: bool = False


@dataclass(frozen=True)
class DangerStepped(Event):
    """A step of the loop that leaves the stock as it was; `facts` says what was decided with it."""

    code = "danger:stepped"
    label: ClassVar[Bilingual] = Bilingual("办理", "Step taken")
    personal = frozenset({"reason", "report"})

    danger: int
    move: str
    before: str
    after: str
    facts: Body
    reason: str = ""
    report: str = ""


@dataclass(frozen=True)
class DangerReclassified(Event):
    """Level, channel, matter or industry changed: moved out of one cell into another on the day of the change."""

    code = "danger:reclassified"
    label: ClassVar[Bilingual] = Bilingual("重新归类", "Reclassified")
    personal = frozenset({"reason"})

    danger: int
    before_cell: Body
    after_cell: Body
    after: str
    is_open: bool
    overdue: bool
    found_on: str
    reason: str = ""


@dataclass(frozen=True)
class DangerMoved(Event):
    """A danger came to another unit, or its unit to another parent: moved out and in on the day of the change."""

    code = "danger:moved"
    label: ClassVar[Bilingual] = Bilingual("划转", "Moved to another unit")
    personal = frozenset({"reason"})

    danger: int
    before_cell: Body
    after_cell: Body
    after: str
    is_open: bool
    overdue: bool
    found_on: str
    reason: str = ""


@dataclass(frozen=True)
class DangerSignedOff(Event):
    """A danger left the stock: accepted, signed off or passed on review."""

    code = "danger:signed-off"
    label: ClassVar[Bilingual] = Bilingual("销号", "Signed off")
    personal = frozenset({"reason", "report"})

    danger: int
    cell: Body
    move: str
    before: str
    after: str
    found_on: str
    due_on: str | None
    overdue: bool
    self_accepted: bool
    facts: Body
    reason: str = ""
    report: str = ""


@dataclass(frozen=True)
class DangerVoided(Event):
    """A danger turned out not to be one, or its import was withdrawn. `was_open` False: the stock did not hold it."""

    code = "danger:voided"
    label: ClassVar[Bilingual] = Bilingual("认定不属实", "Voided")
    personal = frozenset({"reason"})

    danger: int
    cell: Body
    move: str
    before: str
    after: str
    was_open: bool
    imported_closed: bool
    found_on: str
    overdue: bool
    facts: Body
    reason: str = ""


@dataclass(frozen=True)
class DangerReopened(Event):
    """A closed danger came back into the stock."""

    code = "danger:reopened"
    label: ClassVar[Bilingual] = Bilingual("重新打开", "Reopened")
    personal = frozenset({"reason"})

    danger: int
    cell: Body
    move: str
    before: str
    after: str
    found_on: str
    facts: Body
    reason: str = ""


@dataclass(frozen=True)
class DangerOverdue(Event):
    """The limit passed without rectification; takes effect on the day after it. Once for each limit."""

    code = "danger:overdue"
    label: ClassVar[Bilingual] = Bilingual("超期", "Overdue")

    danger: int
    cell: Body
    due_on: str
    set_by: str
    found_on: str


@dataclass(frozen=True)
class DangerNoLongerOverdue(Event):
    """An overdue danger was closed, or its limit moved ahead of the day."""

    code = "danger:no-longer-overdue"
    label: ClassVar[Bilingual] = Bilingual("不再超期", "No longer overdue")

    danger: int
    cell: Body
    because: str
    found_on: str


@dataclass(frozen=True)
class DangerFlagged(Event):
    """A flag beside the state went up or down."""

    code = "danger:flagged"
    label: ClassVar[Bilingual] = Bilingual("标记", "Flagged")
    personal = frozenset({"reason"})

    danger: int
    flag: str
    up: bool
    reason: str = ""


@dataclass(frozen=True)
class ClauseAnswered(Event):
    """A person chose or rejected a candidate clause."""

    code = "danger:clause-answered"
    label: ClassVar[Bilingual] = Bilingual("认定疑似条款", "Candidate clause answered")

    danger: int
    standard: str
    clause: str
    answer: str


@dataclass(frozen=True)
class EvidenceAdded(Event):
    """Kept files were laid beside a danger."""

    code = "danger:evidence-added"
    label: ClassVar[Bilingual] = Bilingual("补充佐证", "Evidence added")

    danger: int
    files: list[Body]
