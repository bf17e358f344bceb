"""What the journal holds about hidden dangers.

Events that change the open stock carry the whole `cell` (see `domain.cell`), so that whoever counts needs no look-up:
found, reopened, signed off, voided, reclassified and moved (before → after), overdue and no longer overdue. Every
event of the loop carries `after`, the state it leaves: replaying a danger's events gives its state.
"""

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
class DangerMerged(Event):
    """A danger was one that stood already: it left the stock, counted as voided, on the day of the merger."""

    code = "danger:merged"
    label: ClassVar[Bilingual] = Bilingual("合并到另一条隐患", "Merged into another")
    personal = frozenset({"reason"})

    danger: int
    into: int
    into_number: str
    cell: Body
    before: str
    after: str
    found_on: str
    reason: str = ""


@dataclass(frozen=True)
class DangerUnmerged(Event):
    """A merger was taken back: from its own day on the stock is as if it had not been."""

    code = "danger:unmerged"
    label: ClassVar[Bilingual] = Bilingual("撤销合并", "Merger taken back")
    personal = frozenset({"reason"})

    danger: int
    into: int
    into_number: str
    cell: Body
    before: str
    after: str
    found_on: str
    reason: str = ""


@dataclass(frozen=True)
class DangerTookIn(Event):
    """Another danger was merged into this one, which stands as it stood; `out` True: it was taken out again."""

    code = "danger:took-in"
    label: ClassVar[Bilingual] = Bilingual("并入另一条隐患", "Another was merged into this one")
    personal = frozenset({"reason"})

    danger: int
    merged: int
    merged_number: str
    out: bool
    reason: str = ""


@dataclass(frozen=True)
class DangerToldApart(Event):
    """Somebody said of two dangers that they are not the same."""

    code = "danger:told-apart"
    label: ClassVar[Bilingual] = Bilingual("确认不是同一隐患", "Said not to be the same")
    personal = frozenset({"reason"})

    danger: int
    other: int
    other_number: str
    reason: str = ""


@dataclass(frozen=True)
class SourceAdded(Event):
    """Somebody told of a danger that stood already: their telling was laid to its sources."""

    code = "danger:source-added"
    label: ClassVar[Bilingual] = Bilingual("追加来源", "Told again")
    personal = frozenset({"text", "place", "finder"})

    danger: int
    source: int
    channel: str
    text: str = ""
    place: str = ""
    finder: str = ""
    ref: str = ""
    reward_ref: str = ""


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


@dataclass(frozen=True)
class RecurrenceFound(Event):
    """A danger shares place and more with one signed off before: linked by the rule, proposed, or no longer either."""

    code = "recurrence:found"
    label: ClassVar[Bilingual] = Bilingual("疑似重复发生", "May have come back")

    danger: int
    earlier: int
    state: str
    ties: list[str]


@dataclass(frozen=True)
class RecurrenceAnswered(Event):
    """A person said whether a danger came back."""

    code = "recurrence:answered"
    label: ClassVar[Bilingual] = Bilingual("认定是否重复发生", "Said whether it came back")
    personal = frozenset({"reason"})

    danger: int
    earlier: int
    state: str
    reason: str = ""


@dataclass(frozen=True)
class AsAccidentRaised(Event):
    """The record suggests a reason to treat a major danger as an accident; a candidate, no verdict."""

    code = "as-accident:raised"
    label: ClassVar[Bilingual] = Bilingual("提出视同事故线索", "Candidate for treating as an accident raised")

    danger: int
    candidate: int
    ground: str
    facts: Body


@dataclass(frozen=True)
class AsAccidentAnswered(Event):
    """A person confirmed or dismissed such a candidate."""

    code = "as-accident:answered"
    label: ClassVar[Bilingual] = Bilingual("视同事故线索已认定", "Candidate for treating as an accident answered")
    personal = frozenset({"reason"})

    danger: int
    candidate: int
    ground: str
    answer: str
    reason: str = ""


@dataclass(frozen=True)
class LookbackDone(Event):
    """Somebody looked again at what was signed off: it holds, it came back, or it could not be checked."""

    code = "lookback:done"
    label: ClassVar[Bilingual] = Bilingual("回头看", "Looked back")
    personal = frozenset({"words"})

    danger: int
    lookback: int
    result: str
    due_on: str
    files: list[str]
    again_on: str | None = None
    words: str = ""


@dataclass(frozen=True)
class LookbackOverdue(Event):
    """The day of a look-back passed and nobody went."""

    code = "lookback:overdue"
    label: ClassVar[Bilingual] = Bilingual("回头看超期", "Look-back overdue")

    danger: int
    lookback: int
    due_on: str


@dataclass(frozen=True)
class SampleSeeded(Event):
    """Seed and population of a sample, told before anything is drawn."""

    code = "sample:seeded"
    label: ClassVar[Bilingual] = Bilingual("抽样种子和总体已公布", "Seed and population of a sample told")

    sample: int
    unit: int
    department: int | None
    population: str
    since: str
    until: str
    percent: int
    seed: str
    frame_size: int
    frame_hash: str
    method: str


@dataclass(frozen=True)
class SampleDrawn(Event):
    """The dangers drawn: those whose ranks under the seed are smallest."""

    code = "sample:drawn"
    label: ClassVar[Bilingual] = Bilingual("抽样完成", "Sample drawn")

    sample: int
    size: int
    uids: list[str]


@dataclass(frozen=True)
class SuspicionRaised(Event):
    """Judging or a sensor made a danger likely."""

    code = "suspicion:raised"
    label: ClassVar[Bilingual] = Bilingual("发现疑似隐患", "Suspicion raised")
    personal = frozenset({"text"})

    suspicion: int
    standard: str
    clause: str
    source: str
    text: str = ""


@dataclass(frozen=True)
class SuspicionAnswered(Event):
    """A person confirmed a suspicion as a danger, or dismissed it."""

    code = "suspicion:answered"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患已处理", "Suspicion answered")
    personal = frozenset({"reason"})

    suspicion: int
    answer: str
    danger: int | None
    reason: str = ""


@dataclass(frozen=True)
class SuspicionWithdrawn(Event):
    """Judging no longer finds what it had made likely: by another law, or by these facts."""

    code = "suspicion:withdrawn"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患已撤回", "Suspicion withdrawn")

    suspicion: int
    standard: str
    clause: str
    by_law: bool
    facts: list[str]


@dataclass(frozen=True)
class SuspicionMoved(Event):
    """A suspicion stands under the clause that took the old one's place."""

    code = "suspicion:moved"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患随新版条款", "Suspicion under another clause")

    suspicion: int
    standard_before: str
    clause_before: str
    standard: str
    clause: str
