"""What a comment may say, whom it names, and how long its author may take it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from zhiben.kernel.errors import Invalid

LONGEST = 4000
MENTIONED = 20  # people in one comment


def clean_comment(text: str) -> str:
    """Return a comment as it is kept; refuse an empty one, one that is too long, and what no database can hold."""
    tidy = text.replace("\r\n", "\n").strip()
    if not tidy:
        raise Invalid("comment:needs-text", field="text")
    if len(tidy) > LONGEST or "\x00" in tidy:
        raise Invalid("comment:unusable-text", field="text", longest=LONGEST)
    return tidy


def named_in(text: str, people: Mapping[int, str]) -> set[int]:
    """Return whom a text names after an @; of two who bear one name neither, because nobody can tell which.

    >>> sorted(named_in("@王安 请看 @李检查", {1: "王安", 2: "李检查", 3: "赵"}))
    [1, 2]
    """
    at_signs = [at + 1 for at, sign in enumerate(text) if sign == "@"]
    found: set[int] = set()
    for start in at_signs:
        names = {name for name in people.values() if name and text.startswith(name, start)}
        longest = max(names, key=len, default="")
        bearers = [person for person, name in people.items() if name == longest]
        found |= set(bearers) if longest and len(bearers) == 1 else set()
    return found


def may_change(at: datetime, now: datetime, minutes: int) -> bool:
    """Tell whether a comment is fresh enough for its author to change it."""
    return now < at + timedelta(minutes=minutes)
