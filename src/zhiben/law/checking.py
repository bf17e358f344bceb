"""The checks that every pack must pass: schema, rules that parse over known facts, references that exist."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

import jsonschema

from zhiben.kernel.errors import Refusal
from zhiben.law import rules, store
from zhiben.law.because import Because, because
from zhiben.law.facts import fact, industries, vocabulary
from zhiben.law.instruments import instruments
from zhiben.law.judge import Determination, judge
from zhiben.law.parameters import Parameter, parameters
from zhiben.law.rule_reader import parse
from zhiben.law.sentences import sentence
from zhiben.law.standards import Standard, standards
from zhiben.law.tables import part_of
from zhiben.law.values import range_of, samples


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a pack, and where."""

    pack: str
    at: str
    reason: str


def problems() -> tuple[Problem, ...]:
    """Check every pack; return all that is wrong. What is broken at one stage is not looked at in the next."""
    return (
        tuple(_schema_problems())
        or (*_standard_problems(), *_word_problems(), *_parameter_problems())
        or tuple(_example_problems())
    )


def _schema_problems() -> Iterator[Problem]:
    schemas = {path.stem: schema_of(path.stem) for path in (store.PACKS / "schema").glob("*.json")}
    for name, written in store.packs_read().items():
        schema = schemas.get(name.partition("/")[0])
        if schema is None:
            yield Problem(name, "", f"has no schema in packs/schema/{name.partition('/')[0]}.json")
            continue
        for broken in jsonschema.Draft202012Validator(schema).iter_errors(written):
            yield Problem(name, "/".join(str(step) for step in broken.absolute_path), broken.message[:200])


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """Return the schema of a kind of pack."""
    found: dict[str, Any] = json.loads((store.PACKS / "schema" / f"{kind}.json").read_text("utf-8"))
    return found


def _standard_problems() -> Iterator[Problem]:
    for name, written in store.documents("standards").items():
        known = standards()[name]
        if known.id != name:
            yield Problem(f"standards/{name}", "id", "differs from the name of the file")
        for at, reason in edition_problems(known, written):
            yield Problem(f"standards/{name}", at, reason)


Found = Iterator[tuple[str, Because]]  # the field, or the clause's reference; and why


def edition_problems(known: Standard, written: store.Document) -> Found:
    """Return what is wrong with an edition that keeps to the schema: its days, clauses and what it refers to."""
    yield from _date_problems(known)
    yield from _clause_problems(known)
    yield from _reference_problems(known, written.get("groups", ()))


def _date_problems(known: Standard) -> Found:
    if known.effective and known.repealed and known.repealed <= known.effective:
        yield "repealed", because("不晚于 effective", "does not follow `effective`")
    for later in known.superseded_by:
        if later in standards() and known.repealed != standards()[later].effective:
            yield "repealed", because(f"不是 {later} 的施行日", f"is not the first day of {later}")


def _clause_problems(known: Standard) -> Found:
    refs = [each.ref for each in known.clauses]
    for ref in {ref for ref in refs if refs.count(ref) > 1}:
        yield ref, because("编号重复", "stands twice")
    for each in known.clauses:
        if each.rule is None:
            continue
        try:
            node = parse(each.rule)
            if rules.kind(node, lambda name: fact(name).kind) != "truth":
                yield each.ref, because("规则的结果不是真假值", "its rule is neither true nor false")
            for name in rules.names(node):  # refuses a fact that is multiplied by itself
                samples([node], dict.fromkeys(rules.names(node), 1), name, range_of(name))
        except Refusal as refusal:
            yield each.ref, because(sentence(refusal, "zh"), sentence(refusal, "en"))
            continue
        if set(rules.names(node)) != set(each.facts):
            asked = ", ".join(rules.names(node))
            yield (
                each.ref,
                because(f"facts 与规则所用事实不一致：{asked}", f"`facts` are not those of the rule: {asked}"),
            )


def _reference_problems(known: Standard, groups: Sequence[Mapping[str, Any]]) -> Found:
    refs = {each.ref for each in known.clauses}
    labels = {each.group.label.zh for each in known.clauses if each.group}
    later = {known.expected_successor.id} if known.expected_successor else set[str]()
    linked = {*known.supersedes, *known.superseded_by, *known.companions, *later}
    for other in sorted((linked | ({known.supplements} if known.supplements else set())) - set(standards())):
        yield "supersedes", because(f"没有标准 {other}", f"no standard {other}")
    for slug in sorted(known.industries - set(industries())):
        yield "industries", because(f"没有行业 {slug}", f"no industry {slug}")
    for composite in known.composites:
        for count in composite.counts:
            if set(count.refs) - refs or not 1 <= count.at_least <= len(count.refs):
                yield composite.ref, because("所计条款不存在", "counts clauses that are not there")
    for group in groups:
        if group["zh"] not in labels or set(group.get("industries", ())) - set(industries()):
            reason = because(
                f"{group['zh']}：没有这一组的条款，或没有这个行业",
                f"{group['zh']}: no clause of this group, or no such industry",
            )
            yield "groups", reason


def _example_problems() -> Iterator[Problem]:
    """Judge the examples that a standard carries."""
    for name, written in store.documents("standards").items():
        for at, reason in example_problems(written, partial(judge, name)):
            yield Problem(f"standards/{name}", at, reason)


Judging = Callable[[Mapping[str, object], date], Determination]


def example_problems(written: store.Document, judged: Judging) -> Found:
    """Judge the examples of an edition; return those that answer otherwise than they say."""
    for at, example in enumerate(written.get("examples", ())):
        try:
            found = judged(example["facts"], store.day(example["day"]))
        except Refusal as refusal:
            yield f"examples/{at}/facts", because(sentence(refusal, "zh"), sentence(refusal, "en"))
            continue
        verdicts = {each.clause: each.verdict for each in found.clauses}
        wanted = example["verdicts"] | ({"": example["verdict"]} if "verdict" in example else {})
        for ref, verdict in wanted.items():
            answered = verdicts.get(ref) if ref else found.verdict
            if answered != verdict:
                said = because(f"应为 {verdict}，实为 {answered}", f"{verdict} expected, {answered} found")
                yield f"examples/{at}/{ref}", said


def _word_problems() -> Iterator[Problem]:
    written = store.documents("")
    if len(vocabulary()) != len(written["facts"]):
        yield Problem("facts", "name", "a fact stands twice")
    used = {name for known in standards().values() for each in known.clauses for name in each.facts}
    for name in sorted(set(vocabulary()) - used):
        yield Problem("facts", name, "no rule asks for it")
    for each in industries().values():
        for wider in sorted(each.within - set(industries())):
            yield Problem("industries", each.slug, f"no industry {wider}")


def _parameter_problems() -> Iterator[Problem]:
    for name, written in store.documents("parameters").items():
        known = parameters()[written["id"]]
        for dated in known.history:
            if dated.source.instrument not in instruments():
                yield Problem(f"parameters/{name}", "source", f"no instrument {dated.source.instrument}")
        for reason in _history_problems(known, written["examples"]):
            yield Problem(f"parameters/{name}", "values", reason)
    if len(parameters()) != len(store.documents("parameters")):
        yield Problem("parameters", "id", "an id stands twice")


def _history_problems(known: Parameter, examples: list[dict[str, Any]]) -> Iterator[str]:
    for earlier, later in zip(known.history, known.history[1:], strict=False):
        if later.period.since is None or later.period.overlaps(earlier.period):
            yield "values overlap or do not ascend"
    for example in examples:
        found = known.on(store.day(example["day"]))
        value = part_of(None if found is None else found.value, example.get("at", ""))
        if value != example["value"]:
            yield f"the example of {example['day']} does not hold"
