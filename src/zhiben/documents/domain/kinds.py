"""The kinds of documents that rooms draft, and where a document stands."""

import re
from dataclasses import dataclass
from enum import StrEnum

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound

KINDS: dict[str, "DocumentKind"] = {}
# Known of every document without its kind naming them.
COMMON = ("number", "recipient", "office", "signer", "signed_on", "drafted_on", "enterprise", "unit")

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,18}:[a-z0-9_-]{1,20}")
_FIELD = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


class DocumentState(StrEnum):
    """Where a document stands. It has a number from `issued` on, and keeps it."""

    DRAFT = "draft"
    ISSUED = "issued"
    SERVED = "served"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"  # it was out and holds no more; its number stays its own


class ServiceChannel(StrEnum):
    """How a document came to whom it is for."""

    HAND = "hand"
    LEFT = "left"
    POST = "post"
    ENTRUSTED = "entrusted"
    EMAIL = "email"
    PROGRAM = "program"
    QR = "qr"
    ANNOUNCEMENT = "announcement"


CHANNEL_WORDS = {
    ServiceChannel.HAND: Bilingual("直接送达", "by hand"),
    ServiceChannel.LEFT: Bilingual("留置送达", "left on the premises"),
    ServiceChannel.POST: Bilingual("邮寄送达", "by post"),
    ServiceChannel.ENTRUSTED: Bilingual("委托送达", "through an entrusted body"),
    ServiceChannel.EMAIL: Bilingual("电子邮件送达", "by e-mail"),
    ServiceChannel.PROGRAM: Bilingual("系统内送达", "in the program"),
    ServiceChannel.QR: Bilingual("扫码签收", "signed for by code"),
    ServiceChannel.ANNOUNCEMENT: Bilingual("公告送达", "by public announcement"),
}
OUT = frozenset({DocumentState.ISSUED, DocumentState.SERVED})  # signed, numbered and holding
NUMBERED = OUT | {DocumentState.WITHDRAWN}
STATE_WORDS = {
    DocumentState.DRAFT: Bilingual("草稿", "draft"),
    DocumentState.ISSUED: Bilingual("已签发", "issued"),
    DocumentState.SERVED: Bilingual("已送达", "served"),
    DocumentState.DISCARDED: Bilingual("已作废", "discarded"),
    DocumentState.WITHDRAWN: Bilingual("已撤回", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind: `template` is `<room>/<name>`, read from that room's folder `wording`; `fields` are what it may say.

    A field that is a list of rows names what a row holds as `rows.day`, `rows.place`.
    """

    code: str
    title: Bilingual
    template: str
    fields: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        """Every name that a template of this kind may use."""
        return frozenset(self.fields) | frozenset(COMMON)

    @property
    def given(self) -> frozenset[str]:
        """The names that whoever drafts gives; rows by the name of their list."""
        return frozenset(name.partition(".")[0] for name in self.fields)


def register_kind(kind: DocumentKind) -> None:
    """Let documents of this kind be drafted; two kinds under one code, or an impossible name, are our bug."""
    if not _CODE.fullmatch(kind.code) or any(not _FIELD.fullmatch(name) for name in kind.fields):
        raise TypeError(f"{kind.code!r} or one of its fields is not written as names of documents are")
    if taken := kind.given & set(COMMON):
        raise TypeError(f"{kind.code}: {sorted(taken)} are known of every document")
    if KINDS.setdefault(kind.code, kind) != kind:
        raise TypeError(f"two kinds of documents share the code {kind.code!r}")


def kind_of(code: str) -> DocumentKind:
    """Return a kind by its code."""
    found = KINDS.get(code)
    if found is None:
        raise NotFound("document:unknown-kind", kind=code)
    return found


def document_title(code: str) -> Bilingual | None:
    """Return what a kind of document is called; None where there is no such kind."""
    return found.title if (found := KINDS.get(code)) else None
