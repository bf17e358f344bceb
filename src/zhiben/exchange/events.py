"""What the journal tells of imports and exports."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class ImportStarted(Event):
    """Somebody let the good rows of a ledger be written."""

    code = "import:started"
    label = Bilingual("台账导入已开始", "Import started")
    personal = frozenset({"name"})

    file: str
    sha256: str
    read: int
    accepted: int
    repeated: int
    rejected: int
    name: str = ""


@dataclass(frozen=True)
class ImportFinished(Event):
    """All accepted rows of a ledger are written."""

    code = "import:finished"
    label = Bilingual("台账导入已完成", "Import finished")

    written: int
    repeated: int
    rejected: int


@dataclass(frozen=True)
class ImportVoided(Event):
    """An import was taken back; dangers that had moved on stayed."""

    code = "import:voided"
    label = Bilingual("台账导入已作废", "Import voided")
    personal = frozenset({"reason"})

    withdrawn: int
    kept: int
    reason: str = ""


@dataclass(frozen=True)
class ExportMade(Event):
    """Somebody took a list out of the program."""

    code = "export:made"
    label = Bilingual("列表已导出", "List exported")

    form: str
    rows: int
    query: str = ""
    list: str = "dangers"
