"""What the journal may hold about documents. Recipients may be people: their names are personal."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class DocumentDrafted(Event):
    """A document was drafted; it has no number yet."""

    code = "document:drafted"
    label = Bilingual("拟稿", "Document drafted")
    personal = frozenset({"recipient"})

    document: str
    kind: str
    about: str
    recipient: str = ""


@dataclass(frozen=True)
class DocumentIssued(Event):
    """A document was signed and got its number; `digest` is the SHA-256 of the text that was signed."""

    code = "document:issued"
    label = Bilingual("签发", "Document issued")
    personal = frozenset({"recipient"})

    document: str
    kind: str
    about: str
    number: str
    signer: int
    digest: str
    recipient: str = ""


@dataclass(frozen=True)
class DocumentDiscarded(Event):
    """A draft was given up."""

    code = "document:discarded"
    label = Bilingual("草稿作废", "Draft discarded")
    personal = frozenset({"reason"})

    document: str
    kind: str
    about: str
    reason: str = ""


@dataclass(frozen=True)
class DocumentServed(Event):
    """A document reached somebody, over a channel, on the day of the entry; `proxy_for` names whom they stood for."""

    code = "document:served"
    label = Bilingual("送达", "Document served")
    personal = frozenset({"person", "proxy_for", "note"})

    document: str
    kind: str
    about: str
    channel: str
    person: str = ""
    proxy_for: str = ""
    note: str = ""


@dataclass(frozen=True)
class DocumentWithdrawn(Event):
    """A document that was out was taken back. Its number is not given again."""

    code = "document:withdrawn"
    label = Bilingual("撤回", "Document withdrawn")
    personal = frozenset({"reason"})

    document: str
    kind: str
    about: str
    number: str
    reason: str = ""


@dataclass(frozen=True)
class DocumentsPrinted(Event):
    """Several documents were made into one PDF, for whoever asked."""

    code = "document:printed"
    label = Bilingual("合并打印公文", "Documents printed together")

    documents: int
    sha256: str


@dataclass(frozen=True)
class TemplateChanged(Event):
    """A unit changed a template: a version was written (`since` empty) or put in force from a day."""

    code = "document:template-changed"
    label = Bilingual("公文模板变更", "Template changed")

    unit: int
    kind: str
    template_version: int
    digest: str
    since: str = ""


@dataclass(frozen=True)
class TemplateRetired(Event):
    """A unit has no template of its own of a kind from a day on; what stands above it holds again."""

    code = "document:template-retired"
    label = Bilingual("公文模板停用", "Template retired")

    unit: int
    kind: str
    template_version: int
    until: str


@dataclass(frozen=True)
class OfficeChanged(Event):
    """An office's code in document numbers, or its mark, was set."""

    code = "document:office-changed"
    label = Bilingual("发文机关信息变更", "Office details changed")

    office_code: str
    mark: str
