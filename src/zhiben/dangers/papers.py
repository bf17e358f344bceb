"""The official documents of a hidden danger. Their facts are gathered in `services/papers`."""

from zhiben.dangers.papers_supervision import KINDS as OF_LADDER
from zhiben.documents.public import DocumentKind, register_kind
from zhiben.kernel.bilingual import Bilingual

DANGER = ("danger_number", "description", "place", "found_on", "level", "responsible")

RECTIFY = DocumentKind(
    "order:rectify",
    Bilingual("责令限期整改指令书", "Order to rectify by a limit"),
    "dangers/rectify",
    (*DANGER, "basis", "due_on"),
)
TRANSFER = DocumentKind(
    "letter:transfer", Bilingual("隐患移交函", "Letter of transfer"), "dangers/transfer", (*DANGER, "matter", "reason")
)
KINDS = (RECTIFY, TRANSFER, *OF_LADDER.values())

for kind in KINDS:
    register_kind(kind)
