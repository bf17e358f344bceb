"""What the journal holds about suspicions."""

from dataclasses import dataclass
from typing import ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class SuspicionRaised(Event):
    """Judging or a sensor made a danger likely."""

    code = "suspicion:raised"
    label: ClassVar[Bilingual] = Bilingual("发现疑似隐患", "Suspicion raised")
    personal = frozenset({"text"})

    suspicion: int
    standard: str
    clause: str
    source: str
    text: str = ""


@dataclass(frozen=True)
class SuspicionAnswered(Event):
    """A person confirmed a suspicion as a danger, or dismissed it."""

    code = "suspicion:answered"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患已处理", "Suspicion answered")
    personal = frozenset({"reason"})

    suspicion: int
    answer: str
    danger: int | None
    reason: str = ""


@dataclass(frozen=True)
class SuspicionWithdrawn(Event):
    """Judging no longer finds what it had made likely: by another law, or by these facts."""

    code = "suspicion:withdrawn"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患已撤回", "Suspicion withdrawn")

    suspicion: int
    standard: str
    clause: str
    by_law: bool
    facts: list[str]


@dataclass(frozen=True)
class SuspicionMoved(Event):
    """A suspicion stands under the clause that took the old one's place."""

    code = "suspicion:moved"
    label: ClassVar[Bilingual] = Bilingual("疑似隐患随新版条款", "Suspicion under another clause")

    suspicion: int
    standard_before: str
    clause_before: str
    standard: str
    clause: str


@dataclass(frozen=True)
class SuspicionKept(Event):
    """Facts that a suspicion rests on changed; judged again, it stands all the same."""

    code = "suspicion:kept"
    label: ClassVar[Bilingual] = Bilingual("重新判定后疑似仍成立", "Suspicion stands after judging again")

    suspicion: int
    standard: str
    clause: str
    facts: list[str]


@dataclass(frozen=True)
class PopulationJudged(Event):
    """All enterprises of a part of the tree were judged: what came of it."""

    code = "population:judged"
    label: ClassVar[Bilingual] = Bilingual("批量判定", "A part of the tree judged")

    unit: int
    enterprises: int
    raised: int
    kept: int
    withdrawn: int
    asked: int


@dataclass(frozen=True)
class JudgingPlanned(Event):
    """A part of the tree is to be judged every so many nights, or no longer."""

    code = "population:planned"
    label: ClassVar[Bilingual] = Bilingual("设定定期判定", "Judging planned")

    unit: int
    days: int | None
    asks: bool
