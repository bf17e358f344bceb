"""What the journal may hold: every entry is one of the declared event classes. Unregistered is an error, never silence."""

from dataclasses import dataclass
from typing import Any, ClassVar

REGISTRY: dict[str, type["Event"]] = {}


@dataclass(frozen=True)
class Event:
    """Base of journal events.

    Declare `code` (`thing:past`), `version` of its fields, and name in `personal` the fields that hold personal data
    or free text: they stand in the chain only as salted hashes and can be shredded. Fields hold text, whole numbers,
    truth values, None, and lists or dicts of these (canonical JSON profile: no floats); dates as ISO text.
    """

    code: ClassVar[str] = ""
    version: ClassVar[int] = 1
    personal: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.code and REGISTRY.setdefault(cls.code, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"two journal events share the code {cls.code!r}")
