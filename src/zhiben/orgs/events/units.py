"""What the journal holds about the tree and its reorganisation."""

from dataclasses import dataclass
from typing import Any

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class DivisionsImported(Event):
    """A table of divisions came in; the renamed and recoded ones have entries of their own."""

    code = "division:imported"
    label = Bilingual("导入行政区划", "Divisions imported")

    sha256: str
    under: str
    read: int
    made: int
    renamed: int
    recoded: int


@dataclass(frozen=True)
class UnitAdded(Event):
    """A unit was added to the tree."""

    code = "unit:added"
    label = Bilingual("新增单位", "Unit added")

    kind: str
    name: str
    path: str
    division_code: str = ""


@dataclass(frozen=True)
class UnitRenamed(Event):
    """A unit bears another name; the former one stays as an alias."""

    code = "unit:renamed"
    label = Bilingual("单位更名", "Unit renamed")

    before: str
    after: str


@dataclass(frozen=True)
class UnitRecoded(Event):
    """A unit bears another division code; the former one stays as an alias."""

    code = "unit:recoded"
    label = Bilingual("区划代码变更", "Unit recoded")

    before: str
    after: str


@dataclass(frozen=True)
class UnitEnded(Event):
    """A unit stands no longer from a day on."""

    code = "unit:ended"
    label = Bilingual("单位撤销", "Unit ended")

    until: str
    into: int | None = None


@dataclass(frozen=True)
class UnitMoved(Event):
    """A subtree hangs on another parent; both paths are valid until `unit:move-finished`."""

    code = "unit:moved"
    label = Bilingual("单位划转", "Unit moved")

    from_parent: int
    to_parent: int
    old_path: str
    new_path: str


@dataclass(frozen=True)
class UnitMoveFinished(Event):
    """All rows of a moved subtree bear the new path; the old one is no longer valid."""

    code = "unit:move-finished"
    label = Bilingual("单位划转完成", "Unit move finished")

    old_path: str
    new_path: str
    rows: int


@dataclass(frozen=True)
class UnitHandedOn(Event):
    """Records of one table that hung on one unit itself hang on another from a day on."""

    code = "unit:handed-on"
    label = Bilingual("移交单位名下记录", "Records handed on")

    from_unit: int
    to_unit: int
    table: str  # "dangers.Danger.unit"
    rows: int


@dataclass(frozen=True)
class UnitRevived(Event):
    """A unit that had ended stands again: its end was taken back."""

    code = "unit:revived"
    label = Bilingual("单位恢复", "Unit revived")


@dataclass(frozen=True)
class GrantCarried(Event):
    """A role holds at another unit, because its own was merged or split."""

    code = "role:carried"
    label = Bilingual("授权随单位调整", "Grant carried on")

    grant: int
    role: str
    from_place: str
    to_place: str


@dataclass(frozen=True)
class ReorganisationPlanned(Event):
    """A split, a merger or a move of units was planned for a day."""

    code = "reorganisation:planned"
    label = Bilingual("拟定区划调整", "Reorganisation planned")
    personal = frozenset({"reason"})

    kind: str
    on: str
    moves: list[list[int]]
    ends: list[list[int]]
    receivers: list[dict[str, Any]]
    reason: str = ""


@dataclass(frozen=True)
class ReorganisationAgreed(Event):
    """Who grants roles agreed that some grants reach further afterwards."""

    code = "reorganisation:agreed"
    label = Bilingual("同意授权范围扩大", "Wider grants agreed to")

    grants: list[int]


@dataclass(frozen=True)
class ReorganisationCancelled(Event):
    """A planned reorganisation will not happen."""

    code = "reorganisation:cancelled"
    label = Bilingual("取消区划调整", "Reorganisation cancelled")

    kind: str


@dataclass(frozen=True)
class ReorganisationResumed(Event):
    """A reorganisation that had been refused on its way goes on."""

    code = "reorganisation:resumed"
    label = Bilingual("继续区划调整", "Reorganisation resumed")

    problem: str


@dataclass(frozen=True)
class ReorganisationDone(Event):
    """Everything that a reorganisation moves hangs where it belongs."""

    code = "reorganisation:done"
    label = Bilingual("区划调整完成", "Reorganisation done")

    kind: str
    units: int
    rows: int
