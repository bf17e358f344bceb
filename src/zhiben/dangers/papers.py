"""The official documents of a hidden danger. Their facts are gathered in `selectors/papers`."""

from zhiben.dangers.papers_supervision import KINDS as OF_LADDER
from zhiben.documents.public import DocumentKind, register_kind
from zhiben.kernel.bilingual import Bilingual

DANGER = ("danger_number", "description", "place", "found_on", "level", "responsible")
CLEARED = (*DANGER, "report", "acceptors", "closed_on")

RECTIFY = DocumentKind(
    "order:rectify",
    Bilingual("责令限期整改指令书", "Order to rectify by a limit"),
    "dangers/rectify",
    (*DANGER, "basis", "due_on"),
)
STOP = DocumentKind(
    "order:stop",
    Bilingual("责令停产整治决定书", "Order to stop production"),
    "dangers/stop",
    (*DANGER, "basis", "due_on", "extent", "scope", "stop_reason", "ordered_on"),
)
ACCEPTANCE = DocumentKind(
    "record:acceptance",
    Bilingual("隐患整改验收记录", "Record of acceptance"),
    "dangers/acceptance",
    (*CLEARED, "due_on", "owner", "evidence"),
)
SIGN_OFF = DocumentKind("notice:sign-off", Bilingual("隐患销号通知", "Notice of sign-off"), "dangers/sign-off", CLEARED)
TRANSFER = DocumentKind(
    "letter:transfer", Bilingual("隐患移交函", "Letter of transfer"), "dangers/transfer", (*DANGER, "matter", "reason")
)
KINDS = (RECTIFY, STOP, ACCEPTANCE, SIGN_OFF, TRANSFER, *OF_LADDER.values())

for kind in KINDS:
    register_kind(kind)
