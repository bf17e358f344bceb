"""Looking standards and clauses up by words, in Chinese and English.

Every word typed must be there: in the clause, its group or the facts it asks for, or in the title or number of its
standard. Full-width signs, capitals and spaces within Chinese do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries, vocabulary
from zhiben.law.standards import Clause, Standard, standards

LONGEST = 200  # characters of a question that are looked at
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A standard that was found by its own words, or by those of some of its clauses."""

    standard: Standard
    by_itself: bool
    clauses: tuple[Clause, ...]


def folded(text: str) -> str:
    """Return a text as it is compared: half-width forms, small letters, spaces as one.

    >>> folded("ＧＢ　１８２１８（Ａ）")
    'gb 18218(a)'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that were typed, folded."""
    return tuple(dict.fromkeys(folded(text[:LONGEST]).split(" "))) if text.strip() else ()


def search(text: str, among: Iterable[Standard]) -> list[Found]:
    """Return the standards of which all words speak, and their clauses in which at least one word stands."""
    wanted = words_of(text)
    found = []
    for known in among:
        head, clauses = _heard(known)
        rest = [word for word in wanted if word not in head]
        fitting = tuple(
            each
            for each, said in zip(known.clauses, clauses, strict=True)
            if any(word in said for word in wanted) and all(word in said for word in rest)
        )
        if not rest or fitting:
            found.append(Found(known, not rest, fitting))
    return found


def _heard(known: Standard) -> tuple[str, tuple[str, ...]]:
    """Return what is said of a standard itself, and clause by clause, folded; those of the packs are folded once."""
    return _of_packs(known.id) if standards().get(known.id) is known else _folded(known)


@cache
def _of_packs(id_: str) -> tuple[str, tuple[str, ...]]:
    return _folded(standards()[id_])


def _folded(known: Standard) -> tuple[str, tuple[str, ...]]:
    held = industries()
    fields = [text for slug in sorted(known.industries) if slug in held for text in _both(held[slug].label)]
    head = [known.id, *_both(known.number), *_both(known.title), *_both(known.issuer), *fields]
    return _joined(head), tuple(_joined(_said(each)) for each in known.clauses)


def _said(each: Clause) -> list[str]:
    facts = [text for name in each.facts if name in vocabulary() for text in (name, *_both(vocabulary()[name].label))]
    group = list(_both(each.group.label)) if each.group else []
    return [each.ref, *_both(each.summary), *group, *facts]


def _both(told: Bilingual) -> tuple[str, str]:
    return told.zh, told.en


def _joined(texts: Iterable[str]) -> str:
    return folded("\n".join(texts))
