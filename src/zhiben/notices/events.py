"""What the journal may hold about notices."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class NoticeReceived(Event):
    """A person, or somebody for them, said that they got a notice."""

    code = "notice:received"
    label = Bilingual("通知已签收", "Notice received")
    personal = frozenset({"note"})

    kind: str
    person: int
    channel: str
    proxy_by: int | None = None
    note: str = ""
