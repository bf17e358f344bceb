"""What the journal holds about the tools of daily work: saved filters."""

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
