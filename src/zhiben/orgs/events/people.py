"""What the journal holds about people and their posts."""

from dataclasses import dataclass

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class PersonAdded(Event):
    """A person was entered."""

    code = "person:added"
    label = Bilingual("新增人员", "Person added")
    personal = frozenset({"name"})

    name: str
    enterprise: int | None
    department: int | None


@dataclass(frozen=True)
class PersonEdited(Event):
    """A person's name or how they are reached changed; phone and e-mail are never journalled."""

    code = "person:edited"
    label = Bilingual("人员信息变更", "Person edited")
    personal = frozenset({"name"})

    name: str
    changed: list[str]


@dataclass(frozen=True)
class PersonForgotten(Event):
    """A person's name and how they were reached were destroyed; what they did stays, without a name."""

    code = "person:forgotten"
    label = Bilingual("销毁个人信息", "Personal data destroyed")
    personal = frozenset({"reason"})

    person: int
    account: int | None
    reason: str = ""


@dataclass(frozen=True)
class PersonAppointed(Event):
    """A person holds a post from a day on."""

    code = "person:appointed"
    label = Bilingual("人员任职", "Person appointed")

    person: int
    post: str
    unit: int
    since: str
    until: str | None


@dataclass(frozen=True)
class AppointmentEnded(Event):
    """A person no longer holds a post from a day on."""

    code = "person:appointment-ended"
    label = Bilingual("人员离任", "Appointment ended")

    person: int
    post: str
    unit: int
    until: str
