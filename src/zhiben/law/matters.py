"""The supervised matters, and which of them a danger most likely belongs to: a proposal that a person confirms."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.facts import industries as known

KEYWORD, INDUSTRY, ANYBODY, HINT = 3, 2, 1, 1

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Matter:
    """A field of supervision with a procedure and departments of its own."""

    slug: str
    title: Bilingual
    industries: frozenset[str]
    keywords: tuple[str, ...]
    hints: tuple[str, ...]
    is_sectoral: bool  # only for its own industries

    def weigh(self, text: str, industries: Collection[str]) -> int:
        """Weigh what speaks for this matter; a word inside a longer one that was counted does not count again."""
        common = self.industries.intersection(industries)
        if self.is_sectoral and industries and not common:
            return 0
        usual = max((ANYBODY if known()[slug].is_cross_cutting else INDUSTRY for slug in common), default=0)
        return KEYWORD * _hits(self.keywords, text) + HINT * _hits(self.hints, text) + usual


@cache
def matters() -> Mapping[str, Matter]:
    """Return all matters by slug, in the order of the pack."""
    return {
        row["slug"]: Matter(
            row["slug"],
            Bilingual.of(row["title"]),
            frozenset(row["industries"]),
            tuple(row["keywords"]),
            tuple(row["hints"]),
            row.get("sectoral", False),
        )
        for row in store.documents("")["matters"]["matters"]
    }


def matter(slug: str) -> Matter:
    """Return one matter; refuse an unknown slug."""
    try:
        return matters()[slug]
    except KeyError:
        raise NotFound("matter:unknown", matter=slug) from None


def default_matter() -> str:
    """Return the slug that holds where nothing speaks for another."""
    slug: str = store.documents("")["matters"]["default"]
    return slug


def matter_of(text: str, industries: Collection[str] = ()) -> tuple[str, int]:
    """Return the likeliest matter of a danger and its weight; the default with 0 where nothing speaks for any.

    >>> matter_of("灭火器过期")
    ('fire', 3)
    """
    return _matter_of(_read(_NUMBER.sub("0", text)), frozenset(industries))  # no word of the pack bears a number


@lru_cache(maxsize=8192)
def _matter_of(read: str, industries: frozenset[str]) -> tuple[str, int]:
    weights = {slug: found.weigh(read, industries) for slug, found in matters().items()}
    best = max(weights, key=lambda slug: weights[slug])  # the earlier one of the pack wins a tie
    return (best, weights[best]) if weights[best] > 0 else (default_matter(), 0)


def _read(text: str) -> str:
    for word, instead in store.documents("")["matters"]["reads"].items():
        text = text.replace(word, instead)
    return text


def _hits(words: tuple[str, ...], text: str) -> int:
    found = [word for word in words if word in text]
    return sum(not any(word != other and word in other for other in found) for word in found)
