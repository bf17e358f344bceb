"""What the journal may hold: every entry is one of the declared event classes. Unregistered is an error, never silence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar

from zhiben.kernel.bilingual import Bilingual

REGISTRY: dict[str, type["Event"]] = {}
ACTOR_LABEL = "actor_label"  # the personal field every entry may have beside those of its event

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,28}:[a-z0-9_-]{1,30}")
_SUBJECT = re.compile(r"[a-z][a-z0-9_-]{0,28}/[0-9A-Za-z_.:/-]{1,90}")
_FIELDS: dict[type["Event"], tuple[str, ...]] = {}
_CHAIN = re.compile(r"system|(enterprise|department):[0-9]{1,19}")


@dataclass(frozen=True)
class Event:
    """Base of journal events.

    Declare `code` (`thing:past`), `version` of its fields, the `label` people read, and name in `personal` the fields
    that hold personal data or free text: they stand in the chain only as salted hashes and can be shredded. Fields
    hold text, whole numbers, truth values, None, and lists or dicts of these (canonical JSON profile: no floats);
    dates as ISO text. The docstring says when it is written. No `slots`: they rebuild the class and register it twice.
    """

    code: ClassVar[str] = ""
    version: ClassVar[int] = 1
    label: ClassVar[Bilingual] = Bilingual("", "")
    personal: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.code:
            return
        if not _CODE.fullmatch(cls.code):
            raise TypeError(f"{cls.code!r} is not written `thing:past`")
        known = REGISTRY.setdefault(cls.code, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two journal events share the code {cls.code!r}")


@dataclass(frozen=True, slots=True)
class Line:
    """One event to record: what it is about, on which chain, and the day it took effect."""

    event: Event
    subject: str  # "danger/<id>"
    chain: str  # "enterprise:<id>" | "department:<id>" | "system"
    on: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry as its readers get it: personal fields hold their values again, or None where they were shredded."""

    position: int  # among the batches consumers read; 0: not asked for
    chain: str
    seq: int
    at: datetime
    on: date
    code: str
    version: int
    subject: str
    actor: int | None  # account number; None: the system
    body: Mapping[str, Any]
    actor_label: str | None = None
    shredded: frozenset[str] = field(default=frozenset())


def fields_of(kind: type[Event]) -> tuple[str, ...]:
    """Return the names of an event's fields, having checked its declaration the first time."""
    known = _FIELDS.get(kind)
    if known is not None:
        return known
    names = tuple(f.name for f in fields(kind))
    if REGISTRY.get(kind.code) is not kind:
        raise TypeError(f"{kind.__qualname__} is not a registered journal event")
    if ACTOR_LABEL in names:
        raise TypeError(f"{kind.__qualname__}: the name {ACTOR_LABEL!r} is the journal's own")
    if strange := kind.personal - set(names):
        raise TypeError(f"{kind.__qualname__} calls personal what is no field of it: {sorted(strange)}")
    _FIELDS[kind] = names
    return names


def check_line(line: Line) -> None:
    """Refuse a line whose names could not be told apart in the chain, or whose day is none."""
    fields_of(type(line.event))
    if not _SUBJECT.fullmatch(line.subject):
        raise ValueError(f"{line.subject!r} is not a subject such as danger/12")
    if not _CHAIN.fullmatch(line.chain):
        raise ValueError(f"{line.chain!r} is not a chain such as enterprise:12, department:3 or system")
    if type(line.on) is not date:
        raise TypeError(f"the day an event took effect is a date, not {line.on!r}")


def label_of(code: str) -> Bilingual:
    """Return what people read for an event's code; the code itself where the event is no longer declared."""
    kind = REGISTRY.get(code)
    return kind.label if kind and kind.label.zh else Bilingual(code, code)


@dataclass(frozen=True)
class PersonalShredded(Event):
    """Personal values of the subject's entries were destroyed: `count` of them on this chain."""

    code = "personal:shredded"
    label = Bilingual("个人信息已销毁", "Personal data destroyed")

    count: int
