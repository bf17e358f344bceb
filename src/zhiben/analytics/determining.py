"""What the standards in force say of a whole population: every clause over every enterprise, on planes of bits.

    determined = determine(population)
    determined.counts()              -> for each clause how many it is present at, absent from, unknown of
    determined.deciding(clause)      -> by fact, the enterprises at which it was one of those that settled the answer

Equal to judging each enterprise alone, reasons included; a test holds both to each other.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add, and_, or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiben.analytics.columns import Bits, Column, Population
from zhiben.law.facts import industries
from zhiben.law.judge import covers
from zhiben.law.population import MILLIONTHS, Asked, Compiled, Leaf, Linear, OneOf, Two, compiled, leaves_of
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import evaluate, names
from zhiben.law.standards import Clause, Composite, Standard, editions_on
from zhiben.law.standards import edition as edition_named
from zhiben.law.subject import places_of
from zhiben.orgs.domain.industries import BIT

BLOCK = 2**17  # enterprises whose values stay in a core's cache while every bound is compared; eight of them a byte


@dataclass(frozen=True, slots=True)
class Judged:
    """One clause over a population: where it applies, where the hazard is, where it is ruled out."""

    standard: Standard
    clause: str
    is_element: bool
    applies: Bits
    present: Bits
    absent: Bits
    rule: str | None = None  # the deciding facts are asked of it
    look: str = ""

    @property
    def unknown(self) -> Bits:
        """Where it applies and cannot be judged yet."""
        return self.applies & ~(self.present | self.absent)

    def verdict_at(self, position: int) -> str | None:
        """Return what the clause answers at one enterprise; None where it does not apply."""
        if not _bit(self.applies, position):
            return None
        if _bit(self.present, position):
            return "present"
        return "absent" if _bit(self.absent, position) else "unknown"

    def count(self) -> dict[str, Any]:
        """Return the three counts as the command tells them."""
        told: dict[str, Any] = {
            "standard": self.standard.id,
            "clause": self.clause,
            "present": ones(self.present),
            "absent": ones(self.absent),
            "unknown": ones(self.unknown),
        }
        return told | ({"element": True} if self.is_element else {})


@dataclass
class Determined:
    """Every clause that binds somebody of the population."""

    population: Population
    clauses: list[Judged]
    asked: "Asking" = field(repr=False)

    def counts(self) -> list[dict[str, Any]]:
        """Return for each clause at how many enterprises it is present, absent, unknown."""
        return [judged.count() for judged in self.clauses]

    def deciding(self, judged: Judged) -> dict[str, Bits]:
        """Return by fact where it settled the answer; a composite's answer is its elements'."""
        if judged.look:
            return {judged.look: judged.present | judged.absent}
        if judged.rule is None:
            return {}
        return {name: plane & judged.applies for name, plane in self.asked.deciding(judged.rule).items()}

    def told(self, judged: Judged) -> "Told":
        """Return a clause enterprise by enterprise; bit *n* of a mask is the rule's fact *n*."""
        size = self.population.size
        facts = names(parse(judged.rule)) if judged.rule else (judged.look,) if judged.look else ()
        deciding, masks = self.deciding(judged), np.zeros(size, dtype=np.uint32)
        for bit, name in enumerate(facts):
            masks |= unpacked(deciding[name], size).astype(np.uint32) << bit
        applies, absent, present = (
            unpacked(each, size).astype(np.int8) for each in (judged.applies, judged.absent, judged.present)
        )
        return Told(applies - 1 + absent + 2 * present, masks, facts)


@dataclass(frozen=True, slots=True)
class Told:
    """One clause enterprise by enterprise: -1 where it does not apply, else unknown, absent or present; and masks."""

    verdicts: NDArray[np.int8]
    masks: NDArray[np.uint32]
    facts: tuple[str, ...]

    def at(self, position: int) -> dict[str, Any]:
        """Return the verdict at one enterprise, and the facts that settled it."""
        mask = int(self.masks[position])
        deciding = [name for bit, name in enumerate(self.facts) if mask >> bit & 1]
        return {"verdict": _VERDICTS[self.verdicts[position]], "facts": deciding}


_VERDICTS = ("unknown", "absent", "present")


def determine(
    population: Population, *, only: Sequence[str] = (), editions: Iterable[Standard] | None = None
) -> Determined:
    """Judge a population by the standards in force on its day: those of each enterprise's industries, or `only` these."""
    asked = Asking(population)
    held = chosen(population.day, only) if editions is None or only else list(editions)
    asked.prepare(each.rule for known in held for each in known.clauses if each.rule)
    clauses = [judged for known in held for judged in _standard(asked, known)]
    return Determined(population, [judged for judged in clauses if judged.applies.any()], asked)


def chosen(day: date, only: Sequence[str] = ()) -> list[Standard]:
    """Return the editions in force on a day; of those named `only`, the one of that day."""
    return [edition_named(id_, day) for id_ in only] if only else list(editions_on(day))


def facts_of(editions: Iterable[Standard]) -> list[str]:
    """Return the facts that rules and on-site looks of these editions ask for."""
    clauses = [each for known in editions for each in known.clauses]
    asked = [names(parse(each.rule)) if each.rule else (each.seen,) for each in clauses]
    return sorted({name for some in asked for name in some})


def _standard(asked: "Asking", known: Standard) -> Iterator[Judged]:
    bound = asked.of_industries(known.industries) & asked.within(known.region)
    single = [_clause(asked, known, each, bound) for each in known.clauses]
    yield from single
    if known.composites:
        yield from _composites(asked, known, {each.clause: each for each in single}, bound)


def _clause(asked: "Asking", known: Standard, each: Clause, bound: Bits) -> Judged:
    group = each.group
    applies = bound & asked.of_industries(group.industries) if group and group.industries else bound
    two = asked.look(each.seen) if each.rule is None else asked.rule(each.rule)
    ruled_out = two.false & applies if covers(known, each) else asked.nowhere
    look = each.seen if each.rule is None else ""
    return Judged(known, each.ref, each.is_element, applies, two.true & applies, ruled_out, each.rule, look)


def _composites(asked: "Asking", known: Standard, single: Mapping[str, Judged], bound: Bits) -> Iterator[Judged]:
    """Join elements: enough present, or not enough even if all that are open were. Where depends on a place not told."""
    size = asked.population.size
    planes = {each.ref: _composite(asked, each, single) for each in known.composites}
    apply = {
        each.ref: bound
        & reduce(or_, [single[ref].applies for count in each.counts for ref in count.refs if ref in single])
        for each in known.composites
    }
    many = sum(
        (unpacked(apply[each.ref], size).astype(np.int16) for each in known.composites), np.zeros(size, np.int16)
    )
    everywhere = [
        reduce(
            or_,
            [planes[each.ref].true & apply[each.ref] for each in known.composites if place in each.places],
            asked.nowhere,
        )
        for place in places_of(known)
    ]
    held_anywhere = reduce(and_, everywhere) if everywhere else asked.everywhere
    needs_place = packed(many > 1) & ~held_anywhere
    for each in known.composites:
        two, applies = planes[each.ref], apply[each.ref]
        yield Judged(known, each.ref, False, applies, two.true & applies & ~needs_place, two.false & applies)


def _composite(asked: "Asking", each: Composite, single: Mapping[str, Judged]) -> Two:
    size, true, false = asked.population.size, asked.everywhere, asked.nowhere
    for count in each.counts:
        there, still_open = np.zeros(size, np.int16), np.zeros(size, np.int16)
        for ref in count.refs:
            element = single.get(ref)
            there += unpacked(element.present, size) if element else 0
            still_open += unpacked(~(element.present | element.absent), size) if element else 1  # one left out is open
        true = true & packed(there >= count.at_least)
        false = false | packed(there + still_open < count.at_least)
    return Two(true, false)


class Asking:
    """What was asked of a population: every leaf once, every rule once."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.everywhere = packed(np.ones(population.size, dtype=np.bool_))
        self.nowhere = np.zeros_like(self.everywhere)
        self._leaves: dict[Leaf, Two] = {}
        self._rules: dict[str, Two] = {}
        self._known: dict[str, Bits] = {}
        self._industries: dict[frozenset[str], Bits] = {}

    def prepare(self, rules: Iterable[str]) -> None:
        """Ask every leaf of these rules, on all cores: what takes longest is reading the columns, so each is read once."""
        made = {text: one for text in rules if (one := compiled(text))}
        alike: dict[tuple[str, ...], list[Leaf]] = {}
        for leaf in leaves_of(made):
            if leaf not in self._leaves:
                alike.setdefault(leaf.names, []).append(leaf)
        held = sorted({name for names_ in alike for name in names_ if name in self.population.columns})
        if self.population.size <= BLOCK:
            _ = [*map(self.known, held), *map(self._ask, alike.values())]
            return
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            list(pool.map(self.known, held))
            list(pool.map(self._ask, alike.values()))

    def of_industries(self, slugs: frozenset[str]) -> Bits:
        """Return who has one of these industries, or one that lies within them."""
        if slugs not in self._industries:
            bits = sum(BIT[slug] for slug, one in industries().items() if slugs & ({slug} | one.within))
            self._industries[slugs] = packed((self.population.industries & np.uint64(bits)) != 0)
        return self._industries[slugs]

    def within(self, path: str) -> Bits:
        """Return who is registered in a part of the tree; everybody where none is named."""
        if not path:
            return self.everywhere
        return packed(np.array([each.startswith(path) for each in self.population.paths], dtype=np.bool_))

    def look(self, name: str) -> Two:
        """Return what on-site looks found."""
        return self.leaf(Asked(name))

    def rule(self, text: str) -> Two:
        """Return where a rule holds, and where it does not."""
        if text not in self._rules:
            made = compiled(text)
            self._rules[text] = made.verdict(self._planes(made)) if made else self._row_by_row(text)
        return self._rules[text]

    def deciding(self, text: str) -> dict[str, Bits]:
        """Return by fact where it is one of those that settled a rule's answer."""
        made = compiled(text)
        if made and made.is_plain:
            self._rules[text], deciding = made.settled(self._planes(made))
            return deciding
        node, facts = parse(text), names(parse(text))
        alike, of = self._alike(facts)
        told = [explain(node, self._facts(row, facts)).deciding for row in alike]
        return {name: packed(np.array([name in each for each in told], dtype=np.bool_)[of]) for name in facts}

    def leaf(self, leaf: Leaf) -> Two:
        """Return where a leaf is true and where false."""
        if leaf not in self._leaves:
            self._ask([leaf])
        return self._leaves[leaf]

    def known(self, name: str) -> Bits:
        """Return where a fact is known."""
        if name not in self._known:
            self._known[name] = packed(self.population.columns[name].known)
        return self._known[name]

    def _planes(self, made: Compiled) -> list[Two]:
        return [self.leaf(leaf) for leaf in made.leaves]

    def _ask(self, leaves: Sequence[Leaf]) -> None:
        """Ask leaves of the same facts: every one of a block of values while it is at hand."""
        held = [self.population.columns.get(name) for name in leaves[0].names]
        columns = [column for column in held if column is not None]
        if len(columns) < len(held):
            self._leaves |= dict.fromkeys(leaves, Two(self.nowhere, self.nowhere))
            return
        planes = [np.empty_like(self.nowhere) for _ in leaves]
        for rows, octets in _blocks(self.population.size):
            values = [column.values[rows] for column in columns]
            for leaf, plane in zip(leaves, planes, strict=True):
                plane[octets] = packed(_answers(leaf, values, columns[0].texts))
        known = reduce(and_, [self.known(name) for name in leaves[0].names])
        for leaf, plane in zip(leaves, planes, strict=True):
            true = plane & known
            self._leaves[leaf] = Two(true, known ^ true)

    def _row_by_row(self, text: str) -> Two:
        """Ask a rule that columns cannot answer of each enterprise; of those whose facts are alike, once."""
        node, facts = parse(text), names(parse(text))
        alike, of = self._alike(facts)
        told = [evaluate(node, self._facts(row, facts)) for row in alike]
        true, false = (np.array([each is wanted for each in told], dtype=np.bool_)[of] for wanted in (True, False))
        return Two(packed(true), packed(false))

    def _alike(self, facts: Sequence[str]) -> tuple[Sequence[int], NDArray[np.intp]]:
        """Return one position of each kind of enterprise as far as these facts go, and each enterprise's kind."""
        held = [name for name in facts if name in self.population.columns]
        if not self.population.size or not held:
            return ([0] if self.population.size else []), np.zeros(self.population.size, dtype=np.intp)
        known = {name: unpacked(self.known(name), self.population.size).astype(np.int64) for name in held}
        values = [self.population.columns[name].values.astype(np.int64) * known[name] for name in held]
        table = np.stack([*values, *known.values()], axis=1)
        _, rows, of = np.unique(table, axis=0, return_index=True, return_inverse=True)
        return rows.tolist(), of.reshape(-1)

    def _facts(self, row: int, facts: Sequence[str]) -> dict[str, Any]:
        columns = self.population.columns
        return {
            name: value_at(columns[name], row) if name in columns and _bit(self.known(name), row) else None
            for name in facts
        }


def value_at(column: Column, row: int) -> Any:
    """Return a value as the law reads it."""
    value = column.values[row].item()
    if column.kind == "number":
        return Fraction(value, MILLIONTHS)
    return column.texts[value] if column.kind == "text" else value


def _blocks(size: int) -> Iterator[tuple[slice, slice]]:
    """Yield positions some at a time, and the bytes of a plane that they are."""
    for start in range(0, size, BLOCK):
        yield slice(start, start + BLOCK), slice(start // 8, (start + BLOCK) // 8)


def _answers(leaf: Leaf, values: Sequence[NDArray[Any]], texts: Sequence[str]) -> NDArray[np.bool_]:
    match leaf:
        case Asked():
            return values[0]
        case OneOf(_, among):
            return np.isin(values[0], [at for at, text in enumerate(texts) if text in among])
        case Linear(terms, sign, bound):
            total = values[0] if [times for _, times in terms] == [1] else _total(terms, values)
            answer: NDArray[np.bool_] = _COMPARED[sign](total, bound)
            return answer


def _total(terms: Sequence[tuple[str, int]], values: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    return reduce(add, [each.astype(np.int64) * times for (_, times), each in zip(terms, values, strict=True)])


_COMPARED: Mapping[str, Any] = {
    ">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal, "==": np.equal,
}  # fmt: skip


def packed(truths: NDArray[np.bool_]) -> Bits:
    """Return truths as a plane."""
    return np.packbits(truths)


def unpacked(plane: Bits, size: int) -> NDArray[np.uint8]:
    """Return a plane as noughts and ones, one an enterprise."""
    return np.unpackbits(plane, count=size)


def _bit(plane: Bits, position: int) -> int:
    return int(plane[position >> 3]) >> (7 - (position & 7)) & 1


def ones(plane: Bits) -> int:
    """Count the bits of a plane; those beyond the last enterprise are never set in what applies."""
    whole = len(plane) // 8 * 8
    words, rest = plane[:whole].view(np.uint64), plane[whole:]
    return int(np.bitwise_count(words).sum(dtype=np.int64) + np.bitwise_count(rest).sum(dtype=np.int64))
