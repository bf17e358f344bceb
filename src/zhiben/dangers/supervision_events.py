"""What the journal holds about the rules of regions, the rungs of the ladder and what is published of listings."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual

Body = dict[str, Any]


@dataclass(frozen=True)
class RulesDrafted(Event):
    """A region wrote down its own rules; they hold nothing yet."""

    code = "rules:drafted"
    label: ClassVar[Bilingual] = Bilingual("起草地区规则", "Rules of a region drafted")

    rules: int
    kind: str
    unit: int
    draft: int
    template: str
    basis: str
    body: Body


@dataclass(frozen=True)
class RulesSwitchedOn(Event):
    """A region's rules hold from a day; of a ladder with what it would have sent in the year before."""

    code = "rules:switched-on"
    label: ClassVar[Bilingual] = Bilingual("启用地区规则", "Rules of a region switched on")

    rules: int
    kind: str
    unit: int
    since: str
    body: Body
    simulated: Body


@dataclass(frozen=True)
class RulesSwitchedOff(Event):
    """A region's rules hold no more from a day on."""

    code = "rules:switched-off"
    label: ClassVar[Bilingual] = Bilingual("停用地区规则", "Rules of a region switched off")
    personal = frozenset({"reason"})

    rules: int
    kind: str
    unit: int
    until: str
    reason: str = ""


@dataclass(frozen=True)
class RungRaised(Event):
    """A rung of the ladder became due; its document stands as a draft."""

    code = "ladder:raised"
    label: ClassVar[Bilingual] = Bilingual("督办文书待签发", "Rung of the ladder due")

    danger: int
    rung: str
    since: str
    due_on: str
    rules: int
    document: str


@dataclass(frozen=True)
class RungIssued(Event):
    """A rung was issued: signed, numbered, to a recipient."""

    code = "ladder:issued"
    label: ClassVar[Bilingual] = Bilingual("督办文书已签发", "Rung of the ladder issued")

    danger: int
    rung: str
    number: str
    recipient: str
    document: str


@dataclass(frozen=True)
class RungSkipped(Event):
    """A rung was left out, with the reason."""

    code = "ladder:skipped"
    label: ClassVar[Bilingual] = Bilingual("督办阶梯跳级", "Rung of the ladder skipped")
    personal = frozenset({"reason"})

    danger: int
    rung: str
    reason: str = ""


@dataclass(frozen=True)
class RungMoot(Event):
    """A drafted rung came to nothing: the danger was no longer late."""

    code = "ladder:moot"
    label: ClassVar[Bilingual] = Bilingual("督办文书不再需要", "Rung of the ladder no longer needed")

    danger: int
    rung: str


@dataclass(frozen=True)
class PublicationDrafted(Event):
    """What the public may read of a listing or its removal was written down; nobody can read it yet."""

    code = "publication:drafted"
    label: ClassVar[Bilingual] = Bilingual("起草公示", "Publication drafted")

    danger: int
    publication: int
    kind: str
    removed: int  # pieces of personal data taken out


@dataclass(frozen=True)
class PublicationReleased(Event):
    """A second person released a publication: everybody can read it."""

    code = "publication:released"
    label: ClassVar[Bilingual] = Bilingual("发布公示", "Published")

    danger: int
    publication: int
    kind: str
    text: str


@dataclass(frozen=True)
class PublicationWithdrawn(Event):
    """A publication, or its draft, was taken back."""

    code = "publication:withdrawn"
    label: ClassVar[Bilingual] = Bilingual("撤回公示", "Publication withdrawn")
    personal = frozenset({"reason"})

    danger: int
    publication: int
    kind: str
    was_public: bool
    reason: str = ""
