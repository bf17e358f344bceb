"""What the journal holds about statutory forms and bulletins."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class FormAnswered(Event):
    """A number that no record tells was filled into a form, or taken back (`value` None)."""

    code = "form:answered"
    label: ClassVar[Bilingual] = Bilingual("填报数据", "Number filled in")
    personal = frozenset({"source"})

    holder: str
    cycle: str
    cell: str
    value: int | None
    source: str = ""


@dataclass(frozen=True)
class FormLocked(Event):
    """A form was locked, first or anew as a later version; `total` are its figures, `digest` stands for all rows."""

    code = "form:locked"
    label: ClassVar[Bilingual] = Bilingual("报表锁定", "Form locked")
    personal = frozenset({"reason"})

    form: int
    holder: str
    cycle: str
    number: int  # of the version: 1, then one more with every restatement
    total: dict[str, Any]
    digest: str
    reason: str = ""


@dataclass(frozen=True)
class BulletinScheduled(Event):
    """A bulletin is drafted by itself on a day of the week or the month; `day` None: no longer."""

    code = "bulletin:scheduled"
    label: ClassVar[Bilingual] = Bilingual("设定定期简报", "Bulletin scheduled")

    unit: int
    department: int
    kind: str
    day: int | None
