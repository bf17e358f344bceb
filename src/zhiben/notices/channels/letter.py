"""What a channel gets and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in its receiver's language. `key` is the same at every repetition, so that doubles can be told."""

    key: str
    name: str
    email: str
    title: str
    body: str
    made_at: datetime


class Skipped(Exception):  # noqa: N818 -- an answer, not an error
    """The letter cannot go this way, now or later; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Delayed(Exception):  # noqa: N818 -- an answer, not an error
    """The letter could not go this time; worth another try."""


class Channel(Protocol):
    """A way out. `send` returns the provider's id of the letter, or raises Skipped or Delayed; it may be repeated."""

    name: str

    def send(self, letter: Letter) -> str:
        """Hand the letter over."""
        ...
