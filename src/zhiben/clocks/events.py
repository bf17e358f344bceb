"""What the journal may hold about the clock."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class DeadlineSet(Event):
    """A deadline was set or moved; journalled by the room whose subject it is."""

    code = "deadline:set"
    label = Bilingual("期限已设定", "Deadline set")
    personal = frozenset({"reason"})

    kind: str
    day: str
    set_by: str
    order: str = ""
    clause: str = ""
    reason: str = ""


@dataclass(frozen=True)
class JobCancelled(Event):
    """A person stopped a job."""

    code = "job:cancelled"
    label = Bilingual("任务已取消", "Job cancelled")

    kind: str


@dataclass(frozen=True)
class JobRetried(Event):
    """A person let a stopped job go on."""

    code = "job:retried"
    label = Bilingual("任务已重试", "Job retried")

    kind: str
