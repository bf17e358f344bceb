"""What a channel gets and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in its receiver's language. `key` is the same at every repetition, so that doubles can be told."""

    key: str
    name: str
    email: str
    title: str
    body: str
    made_at: datetime
    phone: str = ""
    link: str = ""  # the page of what it is about, for those who may open it


class Skipped(Exception):  # noqa: N818 -- an answer, not an error
    """The letter cannot go this way, now or later; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Delayed(Exception):  # noqa: N818 -- an answer, not an error
    """The letter could not go this time; worth another try. Its text is shown to people: no keys, no addresses."""


class Channel(Protocol):
    """A way out. `send` returns the provider's id of the letter, or raises Skipped or Delayed; it may be repeated."""

    name: str
    label: Bilingual

    def lacks(self) -> str:
        """Name the setting without which nothing can be sent this way; nothing: it is ready."""
        ...

    def parts(self, letter: Letter) -> int:
        """Count what is paid for: how many messages the provider makes of a letter."""
        ...

    def send(self, letter: Letter) -> str:
        """Hand the letter over."""
        ...
