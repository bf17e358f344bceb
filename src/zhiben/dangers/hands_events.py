"""What the journal holds about the tools of daily work: saved filters, comments, kept measures."""

from dataclasses import dataclass
from typing import ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class FilterSaved(Event):
    """Somebody put a filter of the list of dangers by, or changed its name or who shares it."""

    code = "filter:saved"
    label: ClassVar[Bilingual] = Bilingual("保存常用筛选", "Filter saved")
    personal = frozenset({"name", "query"})

    filter: int
    shared: bool
    name: str
    query: str


@dataclass(frozen=True)
class FilterRemoved(Event):
    """Somebody threw a saved filter away."""

    code = "filter:removed"
    label: ClassVar[Bilingual] = Bilingual("删除常用筛选", "Saved filter removed")

    filter: int


@dataclass(frozen=True)
class CommentAdded(Event):
    """Somebody said something about a danger."""

    code = "comment:added"
    label: ClassVar[Bilingual] = Bilingual("评论", "Comment")
    personal = frozenset({"text"})

    comment: int
    danger: int
    mentions: list[int]
    text: str


@dataclass(frozen=True)
class CommentEdited(Event):
    """The author changed a comment within the time for it."""

    code = "comment:edited"
    label: ClassVar[Bilingual] = Bilingual("修改评论", "Comment changed")
    personal = frozenset({"text"})

    comment: int
    danger: int
    mentions: list[int]
    text: str


@dataclass(frozen=True)
class CommentRemoved(Event):
    """The author took a comment back within the time for it; what it said stands with its earlier entries."""

    code = "comment:removed"
    label: ClassVar[Bilingual] = Bilingual("删除评论", "Comment removed")

    comment: int
    danger: int


@dataclass(frozen=True)
class MeasureKept(Event):
    """Somebody kept the measures of a plan to use them again."""

    code = "measure:kept"
    label: ClassVar[Bilingual] = Bilingual("保存整改措施模板", "Measures kept")
    personal = frozenset({"name", "text"})

    measure: int
    danger: int
    shared: bool
    name: str
    text: str


@dataclass(frozen=True)
class MeasureRemoved(Event):
    """Somebody threw kept measures away."""

    code = "measure:removed"
    label: ClassVar[Bilingual] = Bilingual("删除整改措施模板", "Kept measures removed")

    measure: int
