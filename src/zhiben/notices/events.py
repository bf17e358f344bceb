"""What the journal may hold about notices."""

from dataclasses import dataclass
from typing import Any, ClassVar

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class NoticeReceived(Event):
    """A person, or somebody for them, said that they got a notice."""

    code = "notice:received"
    version = 2  # 1: without proxy_name and relation
    label = Bilingual("通知已签收", "Notice received")
    personal = frozenset({"note", "proxy_name"})

    kind: str
    person: int
    channel: str
    proxy_by: int | None = None
    note: str = ""
    proxy_name: str = ""
    relation: str = ""


@dataclass(frozen=True)
class NoticeWentOn(Event):
    """Nobody had read a notice in time: it goes over the next channels of its route."""

    code = "notice:went-on"
    label = Bilingual("通知未读，转下一渠道", "Notice unread, next channel used")

    kind: str
    person: int
    channels: list[str]


@dataclass(frozen=True)
class HandOverAsked(Event):
    """No channel reached a person: a department is asked to hand the notice over in person."""

    code = "hand-over:asked"
    label = Bilingual("通知未读，转上门送达", "Notice unread, to be handed over in person")

    kind: str
    person: int
    department: int
    officer: int | None


@dataclass(frozen=True)
class HandOverTried(Event):
    """Somebody went there with a notice and met nobody who could take it."""

    code = "hand-over:tried"
    label = Bilingual("上门送达未遇", "Nobody met to take the notice")
    personal = frozenset({"note"})

    person: int
    department: int
    note: str = ""


@dataclass(frozen=True)
class SlipPrinted(Event):
    """A notice was printed with a code by which its reader confirms it."""

    code = "notice:printed"
    label = Bilingual("打印通知（带回执码）", "Notice printed with a code")

    kind: str
    person: int
    until: str


@dataclass(frozen=True)
class DeliveryRetried(Event):
    """A delivery that was given up or skipped is tried anew."""

    code = "notice:retried"
    label = Bilingual("重新发送通知", "Delivery of a notice tried anew")

    delivery: int
    channel: str


@dataclass(frozen=True)
class PreferencesSet(Event):
    """A person chose how notices reach them."""

    code = "notice:preferences-set"
    label = Bilingual("设置通知方式", "Chose how notices come")

    person: int


@dataclass(frozen=True)
class ChannelSet(Event):
    """A channel was switched, or its price changed."""

    code = "channel:set"
    label = Bilingual("设置通知渠道", "Channel set")

    name: str
    is_on: bool
    price: int


@dataclass(frozen=True)
class RouteSet(Event):
    """The route of a kind of notice was changed; `legs` are channels with hours."""

    code = "route:set"
    label: ClassVar[Bilingual] = Bilingual("设置送达顺序", "Route of notices set")

    kind: str
    legs: list[Any]
