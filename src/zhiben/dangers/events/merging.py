"""What the journal holds about dangers told twice."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual

Body = dict[str, Any]


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
