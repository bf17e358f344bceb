"""Key inspection items: what to look at where no determination standard speaks.

They are no clauses: nothing is judged by them, and none of them is a major hidden danger by itself.
"""

from dataclasses import dataclass
from datetime import date

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.periods import Period
from zhiben.law import store


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One thing to look at, in the words of who listed it; `look`: how to look at it."""

    ref: str
    summary: Bilingual
    look: Bilingual | None
    verify: bool


@dataclass(frozen=True, slots=True)
class KeyList:
    """A region's list of key inspection items as one adoption of it makes it."""

    id: str
    title: Bilingual
    issuer: Bilingual
    document: str
    industries: frozenset[str]
    confidence: str
    is_proposal: bool
    items: tuple[KeyItem, ...]
    effective: date | None = None
    repealed: date | None = None
    region: str = ""
    document_en: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether this list holds on a day."""
        return self.effective is not None and day in Period(self.effective, self.repealed)

    @property
    def number(self) -> Bilingual:
        """The number of its document; in English as it is written where nothing else is."""
        return Bilingual(self.document, self.document_en or self.document)


def read(written: store.Document) -> KeyList:
    """Return the list that a document describes, which keeps to the schema."""
    return KeyList(
        id=written["id"],
        title=Bilingual.of(written["title"]),
        issuer=Bilingual.of(written["issuer"]),
        document=written["document"],
        document_en=written.get("document_en", ""),
        industries=frozenset(written["industries"]),
        confidence=written["confidence"],
        is_proposal=written.get("proposal", False),
        items=tuple(
            KeyItem(
                each["ref"],
                Bilingual.of(each["summary"]),
                Bilingual.of(each["look"]) if "look" in each else None,
                each.get("verify", False),
            )
            for each in written["items"]
        ),
    )
