"""Kinds of notices: their texts in both languages, filled with facts when they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from string import Formatter
from typing import Any

from zhiben.kernel.bilingual import Bilingual

KINDS: dict[str, "NoticeKind"] = {}


class DeliveryState(StrEnum):
    """Where one delivery over one channel stands."""

    WAITING = "waiting"
    HELD = "held"  # waits for the daily digest
    SENT = "sent"
    BUNDLED = "bundled"  # went out as a part of a digest
    SKIPPED = "skipped"  # cannot be sent this way: no address
    FAILED = "failed"  # given up after its tries


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice. Placeholders are named; a fact may itself be `{"zh": …, "en": …}`.

    `page` names the page of the subject (`dangers:detail`), which takes the subject's id; `hand_over` the page on which
    somebody notes that they handed it over, which takes the subject's id and the message's. What needs a receipt goes
    the way of its `route`; what is urgent does not wait for the end of quiet hours.
    """

    name: str  # `thing:past`
    title: Bilingual
    body: Bilingual
    needs_receipt: bool = False  # whoever got it must say so
    page: str = ""
    is_urgent: bool = False
    hand_over: str = ""
    general: Bilingual | None = None  # what such notices are called, where the title has placeholders

    @property
    def called(self) -> Bilingual:
        """What notices of this kind are called, whatever they are about."""
        return self.general or self.title

    @property
    def placeholders(self) -> frozenset[str]:
        """The facts that the texts name."""
        texts = (self.title.zh, self.title.en, self.body.zh, self.body.en)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


def register_notice(kind: NoticeKind) -> NoticeKind:
    """Make a kind known; two under one name, or texts that name different facts, are a mistake."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise TypeError(f"two kinds of notice share the name {kind.name!r}")
    for text in (kind.title, kind.body):
        if _names(text.zh) != _names(text.en):
            raise TypeError(f"the two languages of {kind.name!r} name different facts")
    return kind


def write(kind: NoticeKind, facts: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Return title and body in a language; a fact that is missing shows as a dash, never as an error.

    >>> kind = NoticeKind("tea:ready", Bilingual("茶好了", "Tea"), Bilingual("{what}好了", "{what} is ready"))
    >>> write(kind, {"what": {"zh": "绿茶", "en": "Green tea"}}, "en")
    ('Tea', 'Green tea is ready')
    """
    told = _Told({name: _in(language, value) for name, value in facts.items()})
    return kind.title(language).format_map(told), kind.body(language).format_map(told)


class _Told(dict[str, str]):
    """Facts as text."""

    def __missing__(self, key: str) -> str:
        return "—"


def _in(language: str, value: object) -> str:
    """Return a fact as text of a language."""
    if isinstance(value, Mapping) and "zh" in value:
        return Bilingual.of(dict(value))(language)
    return "—" if value is None else str(value)


def _names(text: str) -> set[str]:
    """Return the placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


DIGEST = register_notice(
    NoticeKind(
        "notice:digest", Bilingual("{day}通知汇总", "Your notices of {day}"), Bilingual("共{count}条", "{count} in all")
    )
).name
TEST = register_notice(
    NoticeKind(
        "notice:test",
        Bilingual("治本测试消息", "Test message of Zhiben"),
        Bilingual("收到本消息，说明此渠道可用。", "If you read this, the channel works."),
        is_urgent=True,
    )
).name
OWN = frozenset({DIGEST, TEST})  # of this room itself: nobody chooses about them


WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)


def wait_after(tries: int) -> timedelta | None:
    """Return how long to wait after the `tries`-th failed sending; None: give up.

    >>> str(wait_after(1)), wait_after(8)
    ('0:01:00', None)
    """
    return WAITS[tries - 1] if tries <= len(WAITS) else None
