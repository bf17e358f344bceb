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
