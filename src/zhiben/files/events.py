"""What the journal may hold about files."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class FileKept(Event):
    """A file was kept on a thing; journalled by the room whose thing it is. Names are people's own words."""

    code = "file:kept"
    label = Bilingual("文件已保存", "File kept")
    personal = frozenset({"name"})

    file: str
    sha256: str
    size: int
    type: str
    purpose: str = ""
    name: str = ""


@dataclass(frozen=True)
class FileShredded(Event):
    """The content of a file was removed for good; its hash stays."""

    code = "file:shredded"
    label = Bilingual("文件已销毁", "File shredded")
    personal = frozenset({"reason"})

    file: str
    sha256: str
    reason: str = ""
