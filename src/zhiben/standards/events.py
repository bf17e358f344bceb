"""What the standards room writes into the journal."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class FactsRecorded(Event):
    """Values of facts were recorded: `name` and `value` of each; numbers that are not whole stand as text."""

    code: ClassVar[str] = "fact:recorded"
    label: ClassVar[Bilingual] = Bilingual("记录事实", "Facts recorded")
    personal: ClassVar[frozenset[str]] = frozenset({"source_text"})

    enterprise: int
    values: list[dict[str, Any]]
    source: str
    source_text: str = ""


@dataclass(frozen=True)
class FactsAsked(Event):
    """Somebody was asked to fetch facts."""

    code: ClassVar[str] = "fact:asked"
    label: ClassVar[Bilingual] = Bilingual("请求补充事实", "Facts asked for")

    enterprise: int
    names: list[str]


@dataclass(frozen=True)
class FactsNoLongerAsked(Event):
    """Nothing waits for these facts any more: other facts settled it, or it no longer applies."""

    code: ClassVar[str] = "fact:no-longer-asked"
    label: ClassVar[Bilingual] = Bilingual("不再请求补充事实", "Facts no longer asked for")

    enterprise: int
    names: list[str]


@dataclass(frozen=True)
class DeterminationMade(Event):
    """An enterprise was judged by a standard."""

    code: ClassVar[str] = "determination:made"
    label: ClassVar[Bilingual] = Bilingual("作出判定", "Determination made")

    enterprise: int
    standard: str
    edition: str
    verdict: str
    present: list[str]
    unknown: int


@dataclass(frozen=True)
class VerdictsChanged(Event):
    """What a standard says of an enterprise changed: each clause with its verdict before and after, and why."""

    code: ClassVar[str] = "determination:changed"
    label: ClassVar[Bilingual] = Bilingual("判定结论变化", "Verdicts changed")

    enterprise: int
    determination: int | None  # None: the standard no longer holds and none follows
    replaced: int
    standard_before: str
    standard: str
    verdict_before: str
    verdict: str
    changes: list[dict[str, Any]]  # clause_before, clause, before, after, by_law, facts
    moved: list[dict[str, str]]  # clauses still present under another edition or reference


@dataclass(frozen=True)
class PackDrafted(Event):
    """A draft of a region's pack was written, or written anew."""

    code: ClassVar[str] = "pack:drafted"
    label: ClassVar[Bilingual] = Bilingual("起草地区数据包", "Regional pack drafted")

    pack: str
    number: int
    digest: str
    problems: int


@dataclass(frozen=True)
class PackSubmitted(Event):
    """A draft was put to review."""

    code: ClassVar[str] = "pack:submitted"
    label: ClassVar[Bilingual] = Bilingual("地区数据包提交审核", "Regional pack put to review")

    pack: str
    number: int
    digest: str


@dataclass(frozen=True)
class PackReviewed(Event):
    """Somebody who did not write it reviewed a text: passed it, or sent it back."""

    code: ClassVar[str] = "pack:reviewed"
    label: ClassVar[Bilingual] = Bilingual("审核地区数据包", "Regional pack reviewed")
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    pack: str
    number: int
    digest: str
    is_passed: bool
    words: str = ""


@dataclass(frozen=True)
class PackAdopted(Event):
    """A reviewed text was adopted for a region from a day on."""

    code: ClassVar[str] = "pack:adopted"
    label: ClassVar[Bilingual] = Bilingual("采用地区数据包", "Regional pack adopted")

    pack: str
    number: int
    digest: str
    unit: int
    since: str
    reviewers: list[int]


@dataclass(frozen=True)
class PackWithdrawn(Event):
    """An adopted version holds no more from a day on."""

    code: ClassVar[str] = "pack:withdrawn"
    label: ClassVar[Bilingual] = Bilingual("停用地区数据包", "Regional pack withdrawn")
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    pack: str
    number: int
    until: str
    reason: str


@dataclass(frozen=True)
class GuideWritten(Event):
    """A region told how to look at a clause; the words stand here, version by version."""

    code: ClassVar[str] = "clause:guided"
    label: ClassVar[Bilingual] = Bilingual("编写条款查看指引", "Guide to a clause written")

    unit: int
    standard: str
    clause: str
    zh: str
    en: str
    files: list[str]


@dataclass(frozen=True)
class LinkMade(Event):
    """Somebody said that a text speaks of a clause."""

    code: ClassVar[str] = "clause:linked"
    label: ClassVar[Bilingual] = Bilingual("关联文字与条款", "Text linked to a clause")
    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    link: int
    unit: int
    standard: str
    clause: str
    kind: str
    text: str


@dataclass(frozen=True)
class LinkConfirmed(Event):
    """Somebody confirmed a link; by the second person it is verified."""

    code: ClassVar[str] = "clause:confirmed"
    label: ClassVar[Bilingual] = Bilingual("核对条款关联", "Link to a clause confirmed")

    link: int
    standard: str
    clause: str
    is_verified: bool


@dataclass(frozen=True)
class LinkWithdrawn(Event):
    """A link turned out wrong."""

    code: ClassVar[str] = "clause:unlinked"
    label: ClassVar[Bilingual] = Bilingual("撤销条款关联", "Link to a clause withdrawn")
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    link: int
    standard: str
    clause: str
    reason: str
