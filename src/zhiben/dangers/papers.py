"""The official documents of a hidden danger. Their facts are gathered in `selectors/paper_facts`."""

from zhiben.dangers.papers_supervision import KINDS as OF_LADDER
from zhiben.documents.public import DocumentKind, register_kind
from zhiben.kernel.bilingual import Bilingual

DANGER = ("danger_number", "description", "place", "found_on", "level", "responsible")
CLEARED = (*DANGER, "report", "acceptors", "closed_on")
STOPPED = (*DANGER, "stop_number", "extent", "scope", "ordered_on", "assessor", "assessed_on", "conclusion")
LISTED = (*DANGER, "authority", "order", "listed_on", "limit_on")
PUBLISHED = (
    "published_party", "published_place", "published_text", "authority", "order", "listed_on", "limit_on", "ended_on",
    "released_on",
)  # fmt: skip


def _kind(code: str, zh: str, en: str, *fields: str) -> DocumentKind:
    return DocumentKind(code, Bilingual(zh, en), f"dangers/{code.partition(':')[2]}", fields)


KINDS = (
    _kind("order:rectify", "责令限期整改指令书", "Order to rectify by a limit", *DANGER, "basis", "due_on"),
    _kind(
        "order:stop", "责令停产整治决定书", "Order to stop production",
        *DANGER, "basis", "due_on", "extent", "scope", "stop_reason", "ordered_on",
    ),
    _kind(
        "notice:major", "重大事故隐患告知书", "Notice of a major hidden danger",
        *DANGER, "basis", "due_on", "department", "told", "roles", "is_stopped",
    ),
    _kind("notice:listing", "挂牌督办通知书", "Notice of listed supervision", *LISTED, "basis", "listing_reason", "ask_until"),
    DocumentKind(
        "application:extension", Bilingual("整改延期申请书", "Application for an extension"), "dangers/extension-asked",
        (*DANGER, "due_on", "wanted", "reason", "asked_on"),
    ),
    _kind(
        "reply:extension", "整改延期答复书", "Answer to an application for an extension",
        *DANGER, "due_on", "wanted", "reason", "asked_on", "granted", "refused", "answered_on", "answer",
    ),
    DocumentKind(
        "application:resume", Bilingual("恢复生产申请书", "Application to resume production"), "dangers/resume-asked",
        (*STOPPED, "report"),
    ),
    _kind(
        "notice:resumption", "恢复生产通知书", "Notice of resumption",
        *STOPPED, "applied_on", "reviewed_on", "outcome", "acceptors",
    ),
    DocumentKind(
        "letter:closure", Bilingual("提请关闭函", "Letter asking for closure"), "dangers/closure-asked",
        (*DANGER, "ground", "closure_reason", "requested_on"),
    ),
    _kind(
        "notice:closure", "关闭决定告知书", "Notice of the decision to close",
        *DANGER, "ground", "requested_on", "decision", "decided_on",
    ),
    _kind(
        "record:listing-review", "挂牌督办现场复查记录", "Record of the review of a listing",
        *LISTED, "review", "reviewed_on", "acceptors", "evidence",
    ),
    _kind(
        "notice:delisting", "摘牌通知书", "Notice of removal from the list",
        *LISTED, "review", "reviewed_on", "ended_on", "end_reason",
    ),
    _kind("notice:unlisting", "撤销挂牌通知书", "Notice that a listing is withdrawn", *LISTED, "ended_on", "end_reason"),
    DocumentKind(
        "publication:listing", Bilingual("挂牌督办公示", "Publication of a listing"), "dangers/published-listing", PUBLISHED
    ),
    DocumentKind(
        "publication:removal", Bilingual("摘牌公示", "Publication of a removal"), "dangers/published-removal", PUBLISHED
    ),
    _kind("record:acceptance", "隐患整改验收记录", "Record of acceptance", *CLEARED, "due_on", "owner", "evidence"),
    _kind("notice:sign-off", "隐患销号通知", "Notice of sign-off", *CLEARED),
    _kind("letter:transfer", "隐患移交函", "Letter of transfer", *DANGER, "matter", "reason"),
    *OF_LADDER.values(),
)  # fmt: skip

for kind in KINDS:
    register_kind(kind)
