"""What the journal holds about repeats, look-backs, samples and candidates for treating as an accident."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.events import Event
from zhiben.kernel.bilingual import Bilingual

Body = dict[str, Any]


@dataclass(frozen=True)
class RecurrenceFound(Event):
    """A danger shares place and more with one signed off before: linked by the rule, proposed, or no longer either."""

    code = "recurrence:found"
    label: ClassVar[Bilingual] = Bilingual("疑似重复发生", "May have come back")

    danger: int
    earlier: int
    state: str
    ties: list[str]


@dataclass(frozen=True)
class RecurrenceAnswered(Event):
    """A person said whether a danger came back."""

    code = "recurrence:answered"
    label: ClassVar[Bilingual] = Bilingual("认定是否重复发生", "Said whether it came back")
    personal = frozenset({"reason"})

    danger: int
    earlier: int
    state: str
    reason: str = ""


@dataclass(frozen=True)
class AsAccidentRaised(Event):
    """The record suggests a reason to treat a major danger as an accident; a candidate, no verdict."""

    code = "as-accident:raised"
    label: ClassVar[Bilingual] = Bilingual("提出视同事故线索", "Candidate for treating as an accident raised")

    danger: int
    candidate: int
    ground: str
    facts: Body


@dataclass(frozen=True)
class AsAccidentAnswered(Event):
    """A person confirmed or dismissed such a candidate."""

    code = "as-accident:answered"
    label: ClassVar[Bilingual] = Bilingual("视同事故线索已认定", "Candidate for treating as an accident answered")
    personal = frozenset({"reason"})

    danger: int
    candidate: int
    ground: str
    answer: str
    reason: str = ""


@dataclass(frozen=True)
class LookbackDone(Event):
    """Somebody looked again at what was signed off: it holds, it came back, or it could not be checked."""

    code = "lookback:done"
    label: ClassVar[Bilingual] = Bilingual("回头看", "Looked back")
    personal = frozenset({"words"})

    danger: int
    lookback: int
    result: str
    due_on: str
    files: list[str]
    again_on: str | None = None
    words: str = ""


@dataclass(frozen=True)
class LookbackOverdue(Event):
    """The day of a look-back passed and nobody went."""

    code = "lookback:overdue"
    label: ClassVar[Bilingual] = Bilingual("回头看超期", "Look-back overdue")

    danger: int
    lookback: int
    due_on: str


@dataclass(frozen=True)
class SampleSeeded(Event):
    """Seed and population of a sample, told before anything is drawn."""

    code = "sample:seeded"
    label: ClassVar[Bilingual] = Bilingual("抽样种子和总体已公布", "Seed and population of a sample told")

    sample: int
    unit: int
    department: int | None
    population: str
    since: str
    until: str
    percent: int
    seed: str
    frame_size: int
    frame_hash: str
    method: str


@dataclass(frozen=True)
class SampleDrawn(Event):
    """The dangers drawn: those whose ranks under the seed are smallest."""

    code = "sample:drawn"
    label: ClassVar[Bilingual] = Bilingual("抽样完成", "Sample drawn")

    sample: int
    size: int
    uids: list[str]
