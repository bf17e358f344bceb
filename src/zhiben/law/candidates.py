"""CandidateClause clauses for a danger, by the words of its description: scored, never a verdict.

A text becomes features: single characters, overlapping pairs and triples, and concepts (words that mean much the same).
The order of clauses is BM25 over these. The score told is how much of what the text says the clause says too, weighed by
rarity, in percent. `docs/algorithms/candidates.md` works an example.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import log

from zhiben.law import store
from zhiben.law.facts import widened
from zhiben.law.standards import Clause, Standard, binds, editions_on, standard

K1, B = 0.9, 0.5  # BM25: how soon a repeated feature saturates, how much long clauses are marked down
SINGLE, PAIR, TRIPLE, CONCEPT = 0.5, 1.0, 0.7, 3.0  # weights of features
HEADING = 0.5  # what stands only in the heading over a clause counts half
LONGEST = 1000  # characters of a description that are read
LEAST = 3  # candidates under this percentage are not told

_NUMBER = re.compile(r"\d+")
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class CandidateClause:
    """A clause that may be meant, how much of the text it covers (0 to 100), and the words that speak for it."""

    clause: Clause
    score: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    words: re.Pattern[str]  # every word of a concept
    concepts: Mapping[str, tuple[str, ...]]  # the concepts of each word
    generic: re.Pattern[str]
    generic_words: frozenset[str]
    generic_signs: frozenset[str]


class Index:
    """The clauses of some editions, ready to be asked."""

    def __init__(self, editions: Iterable[Standard]) -> None:
        self.editions = tuple(editions)
        self.clauses = tuple(clause for known in self.editions for clause in known.clauses)
        counted = [_clause_features(clause) for clause in self.clauses]
        self._rarity = _rarities(counted)
        self._unseen = log(1 + 2 * len(counted)) / 2  # what no clause says counts as half a rarest feature
        self._postings = _postings(counted, self._rarity)
        self._features = tuple(frozenset(features) for features in counted)

    def allowed(self, industries: frozenset[str]) -> frozenset[int]:
        """Return the places of the clauses that bind these industries, those of cross-cutting standards among them."""
        open_to = {known.id for known in self.editions if known.is_cross_cutting or known.industries & industries}
        return frozenset(
            at for at, each in enumerate(self.clauses) if each.standard in open_to and binds(each, industries)
        )

    def ask(self, text: str, allowed: frozenset[int] | None, most: int) -> list[CandidateClause]:
        """Return the best clauses for a text, best first; `allowed` are places in `clauses`, None means all."""
        wanted = features_of(text)
        weighed: dict[int, float] = {}
        for name in wanted:
            for at, weight in self._postings.get(name, ()):
                weighed[at] = weighed.get(at, 0.0) + weight
        places = weighed if allowed is None else [at for at in weighed if at in allowed]
        best = sorted(places, key=lambda at: (-weighed[at], at))[:most]
        values = {name: _weight(name) * self._rarity.get(name, self._unseen) for name in wanted}
        whole = sum(values.values())
        plain = normal(text[:LONGEST])
        told = (self._candidate(at, wanted, values, whole, plain) for at in best)
        return [candidate for candidate in told if candidate.score >= LEAST]

    def _candidate(
        self, at: int, wanted: Mapping[str, str], values: Mapping[str, float], whole: float, plain: str
    ) -> CandidateClause:
        clause = self._features[at]
        shared = [name for name in wanted if name in clause]
        score = round(100 * sum(values[name] for name in shared) / whole)
        return CandidateClause(self.clauses[at], score, _runs(plain, {wanted[n] for n in shared if len(n) > 1}))


def candidates(
    description: str, industries: Collection[str], day: date, *, most: int = 5, also: Iterable[Standard] = ()
) -> list[CandidateClause]:
    """Return the clauses in force on `day` that a danger's description may mean, best first; never a verdict.

    Industries narrow the choice to the standards that bind the enterprise and to those that bind everybody; without
    any, all standards in force are searched. `also`: editions beside those of the packs, as for judging.
    """
    editions = (*_editions(day), *(known.id for known in also if known.in_force(day)))
    return list(_asked(without_numbers(normal(description[:LONGEST])), editions, frozenset(industries), most))


def without_numbers(plain: str) -> str:
    """Return a text by which its answer is remembered: ledgers repeat each other up to the number of the thing.

    Numbers say nothing here, unless a word of the vocabulary bears one.

    >>> without_numbers("12号配电箱") == without_numbers("7号配电箱"), without_numbers("220v电线")
    (True, '220v电线')
    """
    return plain if _numbered().search(plain) else _NUMBER.sub("0", plain)


@lru_cache(maxsize=8192)
def _asked(plain: str, editions: tuple[str, ...], industries: frozenset[str], most: int) -> tuple[CandidateClause, ...]:
    allowed = _allowed(editions, industries) if industries else None
    return tuple(_index(editions).ask(plain, allowed, most))


def features_of(text: str) -> dict[str, str]:
    """Return the features of a text, each with the word of the text behind it."""
    plain = normal(text[:LONGEST])
    found = {f"@{name}": word for name, word in _concepts_in(plain).items()}
    for run in _RUN.findall(plain):
        for size in (2, 3):
            found |= {piece: piece for piece in _pieces(run, size) if not _is_generic(piece)}
    for run in _RUN.findall(_vocabulary().generic.sub(" ", plain)):
        found |= {sign: sign for sign in run if not sign.isascii() and not _is_generic(sign)}
    return found


def normal(text: str) -> str:
    """Return a text in half-width forms and lower case, so that `ＣＯ` and `CO` are one."""
    return unicodedata.normalize("NFKC", text).lower()


@cache
def _clause_features(clause: Clause) -> dict[str, float]:
    heading = clause.group.label.zh if clause.group else ""
    return dict.fromkeys(features_of(heading), HEADING) | dict.fromkeys(features_of(clause.summary.zh), 1.0)


def _rarities(counted: list[dict[str, float]]) -> dict[str, float]:
    found_in: dict[str, int] = {}
    for features in counted:
        for name in features:
            found_in[name] = found_in.get(name, 0) + 1
    size = len(counted)
    return {name: log(1 + (size - times + 0.5) / (times + 0.5)) for name, times in found_in.items()}


def _postings(counted: list[dict[str, float]], rarity: Mapping[str, float]) -> dict[str, list[tuple[int, float]]]:
    """Return for every feature the clauses that have it, with what it adds to their order."""
    mean = sum(map(len, counted)) / max(1, len(counted))
    postings: dict[str, list[tuple[int, float]]] = {}
    for at, features in enumerate(counted):
        damped = K1 * (1 - B + B * len(features) / mean)
        for name, times in features.items():
            told = times * (K1 + 1) / (times + damped)
            postings.setdefault(name, []).append((at, told * _weight(name) * rarity[name]))
    return postings


def _weight(name: str) -> float:
    if name.startswith("@"):
        return CONCEPT
    return (SINGLE, PAIR, TRIPLE)[len(name) - 1]


def _runs(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the longest stretches of the text that the words cover together, in the order they are read.

    >>> _runs("承包单位未统一协调管理", {"统一协", "一协调", "承包"})
    ('承包', '统一协调')
    """
    covered = [False] * len(text)
    for word in words:
        at = text.find(word)
        while at >= 0:
            covered[at : at + len(word)] = [True] * len(word)
            at = text.find(word, at + 1)
    marked = "".join(sign if is_covered else " " for sign, is_covered in zip(text, covered, strict=True))
    return tuple(dict.fromkeys(marked.split()))


def _pieces(run: str, size: int) -> Iterable[str]:
    return (run[at : at + size] for at in range(len(run) - size + 1))


def _is_generic(piece: str) -> bool:
    known = _vocabulary()
    return piece in known.generic_words or known.generic_signs.issuperset(piece)


def _concepts_in(text: str) -> dict[str, str]:
    """Return the concepts of a text with their words; where words overlap, the first and longest counts."""
    known = _vocabulary()
    found: dict[str, str] = {}
    for word in known.words.findall(text):
        for name in known.concepts[word]:
            found.setdefault(name, word)
    return found


@cache
def _numbered() -> re.Pattern[str]:
    """Return the pattern of the words that bear a number."""
    words = [word for word in _vocabulary().concepts if _NUMBER.search(word)]
    return _any_of(words) if words else re.compile(r"(?!)")


@cache
def _vocabulary() -> _Vocabulary:
    written = store.documents("")["candidates"]
    concepts: dict[str, tuple[str, ...]] = {}
    for name, words in written["concepts"].items():
        for word in map(normal, words):
            concepts[word] = (*concepts.get(word, ()), name)
    generic = frozenset(written["generic_words"])
    return _Vocabulary(_any_of(concepts), concepts, _any_of(generic), generic, frozenset(written["generic_signs"]))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds these words, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=512)
def _editions(day: date) -> tuple[str, ...]:
    return tuple(known.id for known in editions_on(day))


@lru_cache(maxsize=16)
def _index(editions: tuple[str, ...]) -> Index:
    return Index(standard(id_) for id_ in editions)


@lru_cache(maxsize=1024)
def _allowed(editions: tuple[str, ...], industries: frozenset[str]) -> frozenset[int]:
    return _index(editions).allowed(widened(industries))
