"""Why a rule answers as it does: the facts that settled it, or the facts to fetch."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhiben.law.rules import Every, Node, Not, Some, Value, evaluate, names

Facts = Mapping[str, Value | None]
Costs = dict[str, int]  # by fact: how many facts must be fetched, this one among them, to settle the answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule's answer. `deciding` settled it and none of them can be spared; `missing` could, most useful first."""

    truth: bool | None
    deciding: tuple[str, ...]
    missing: tuple[str, ...]


def explain(node: Node, facts: Facts) -> Outcome:
    """Evaluate a rule and say what decided, or what is missing."""
    truth = evaluate(node, facts)
    if truth is None:
        return Outcome(None, (), _missing(node, facts))
    return Outcome(truth, _spared(node, facts, truth, _deciding(node, facts, truth=truth)), ())


def _deciding(node: Node, facts: Facts, *, truth: bool) -> tuple[str, ...]:
    """Return facts that suffice: of an `or` that holds its cheapest part, of one that does not all parts."""
    match node:
        case Not(part):
            return _deciding(part, facts, truth=not truth)
        case Every(parts) | Some(parts):
            settled = [_deciding(part, facts, truth=truth) for part in parts if evaluate(part, facts) is truth]
            if truth is isinstance(node, Some):
                return min(settled, key=len)
            return tuple(dict.fromkeys(name for each in settled for name in each))
        case _:
            return tuple(name for name in names(node) if facts.get(name) is not None)


def _spared(node: Node, facts: Facts, truth: bool, deciding: tuple[str, ...]) -> tuple[str, ...]:  # noqa: FBT001
    """Drop each fact without which the answer still stands (a fact may occur twice in a rule)."""
    kept = list(deciding)
    for name in deciding:
        rest = [other for other in kept if other != name]
        if evaluate(node, {other: facts[other] for other in rest}) is truth:
            kept = rest
    return tuple(kept)


def _missing(node: Node, facts: Facts) -> tuple[str, ...]:
    """Return the unknown facts that could change the answer: first those that need the fewest others beside them."""
    to_true, to_false = costs(node, facts)
    return tuple(sorted(to_true, key=lambda name: (min(to_true[name], to_false[name]), to_true[name])))


def costs(node: Node, facts: Facts) -> tuple[Costs, Costs]:
    """Return for each open fact the smallest number of facts, with it, that make the rule true, and false."""
    match node:
        case Not(part):
            to_true, to_false = costs(part, facts)
            return to_false, to_true
        case Every(parts) | Some(parts):
            open_ = [costs(part, facts) for part in parts if evaluate(part, facts) is None]
            if isinstance(node, Some):
                return _one_of([each[0] for each in open_]), _all_of([each[1] for each in open_])
            return _all_of([each[0] for each in open_]), _one_of([each[1] for each in open_])
        case _:
            unknown = [name for name in names(node) if facts.get(name) is None]
            return dict.fromkeys(unknown, len(unknown)), dict.fromkeys(unknown, len(unknown))


def _one_of(parts: list[Costs]) -> Costs:
    joined: Costs = {}
    for part in parts:
        for name, cost in part.items():
            joined[name] = min(cost, joined.get(name, cost))
    return joined


def _all_of(parts: list[Costs]) -> Costs:
    least = [min(part.values()) for part in parts]
    return _one_of(
        [{name: sum(least) - low + cost for name, cost in part.items()} for part, low in zip(parts, least, strict=True)]
    )
