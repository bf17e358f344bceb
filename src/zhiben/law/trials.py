"""Law as it might be: editions in force on a day, with a draft, a coming edition or a changed value put in.

    tried = trial(day, drafts=[standard])              a draft takes the place of the edition it names or follows
    tried = trial(day, changes=["gongmao-2023/3(2)/special_ops_uncertified_count=3"])
    tried.turned                                       -> pairs of editions: as in force, as it would be

A change names an edition, a clause and what of it: a fact (the number it is compared with), `rule`, `whole`; of a
composite `at_least`. Nothing of the packs is touched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import rules
from zhiben.law.because import Because, because
from zhiben.law.facts import fact
from zhiben.law.likening import difference, follows
from zhiben.law.rule_reader import parse
from zhiben.law.standards import Clause, Composite, Standard, editions_on, standard

Refs = tuple[str | None, str | None]  # of a clause as in force, and of what takes its place
EXAMPLE = "gongmao-2023/3(2)/special_ops_uncertified_count=3"
_SIGNS = r"(?:>=|<=|==|>|<)"
_NUMBER = r"\d+(?:\.\d+)?"
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Turn:
    """An edition in force and what would hold instead. None: nothing held before, or nothing would."""

    before: Standard | None
    after: Standard | None

    def clauses(self) -> tuple[Refs, ...]:
        """Return the references side by side, composites by their names; elements are no hazard alone."""
        old, new = _refs(self.before), _refs(self.after)
        becomes = {ref: ref for ref in old if ref in new and ref.startswith("composite:")}
        if self.before is not None and self.after is not None:
            becomes |= difference(self.before, self.after).becomes
        pairs: list[Refs] = [(ref, becomes.get(ref) if becomes.get(ref) in new else None) for ref in old]
        taken = {ref for _, ref in pairs}
        return (*pairs, *((None, ref) for ref in new if ref not in taken))


@dataclass(frozen=True, slots=True)
class Trial:
    """What would hold otherwise."""

    day: date
    turned: tuple[Turn, ...]

    @property
    def before(self) -> tuple[Standard, ...]:
        """Return the editions in force that something takes the place of."""
        return tuple(one.before for one in self.turned if one.before is not None)

    @property
    def after(self) -> tuple[Standard, ...]:
        """Return what would hold in their place."""
        return tuple(one.after for one in self.turned if one.after is not None)


def trial(
    day: date,
    *,
    drafts: Iterable[Standard] = (),
    changes: Sequence[str] = (),
    holding: Iterable[Standard] | None = None,
) -> Trial:
    """Put drafts and changed values among the editions in force on a day: those of the packs, or `holding`."""
    holding = tuple(editions_on(day) if holding is None else holding)
    turned: dict[str, Turn] = {}
    for draft in drafts:
        replaced = [one for one in holding if _takes_the_place(draft, one)]
        taken = {turn.before.id for turn in turned.values() if turn.before is not None}
        for id_ in [draft.id, *(one.id for one in replaced)]:
            if id_ in turned or id_ in taken:
                raise Invalid("trial:twice", field="pack", value=id_)
        turned[draft.id] = _turn(replaced[0] if replaced else None, draft)
        for one in replaced[1:]:
            turned[one.id] = Turn(one, None)
    for id_, changed in _changed(changes).items():
        if id_ in turned:
            raise Invalid("trial:twice", field="set", value=id_)
        turned[id_] = Turn(next((one for one in holding if one.id == id_), None), changed)
    if not turned:
        raise Invalid("trial:nothing", field="set", example=EXAMPLE)
    return Trial(day, tuple(turned.values()))


def _turn(before: Standard | None, draft: Standard) -> Turn:
    """Put a draft in an edition's place; of a region's edition it has the reach."""
    return Turn(before, replace(draft, region=before.region) if before is not None and before.region else draft)


def _takes_the_place(draft: Standard, one: Standard) -> bool:
    if one.region:
        return draft.id in (one.id, one.family)
    return draft.id == one.id or draft.family == one.family or follows(one, draft)


def _refs(known: Standard | None) -> tuple[str, ...]:
    if known is None:
        return ()
    return (*(each.ref for each in known.clauses if not each.is_element), *(each.ref for each in known.composites))


def _changed(changes: Sequence[str]) -> dict[str, Standard]:
    """Return the editions that the changes name, each with all of its changes."""
    made: dict[str, Standard] = {}
    for text in changes:
        way, sign, value = text.partition("=")
        id_, _, rest = way.strip().partition("/")
        ref, _, part = rest.rpartition("/")
        if not (sign and ref and part and value.strip()):
            raise Invalid("trial:unreadable", field="set", value=text[:200], example=EXAMPLE)
        known = made.get(id_) or standard(id_)
        made[known.id] = _with(known, ref, part, value.strip())
    return made


def _with(known: Standard, ref: str, part: str, value: str) -> Standard:
    each = next((one for one in known.clauses if one.ref == ref), None)
    if each is not None:
        new = _clause_with(each, part, value)
        return replace(known, clauses=tuple(new if one is each else one for one in known.clauses))
    composite = next((one for one in known.composites if one.ref == ref), None)
    if composite is None:
        raise NotFound("clause:unknown", field="clause", standard=known.id, clause=ref, near=list(_refs(known))[:5])
    joined = _composite_with(composite, part, value)
    return replace(known, composites=tuple(joined if one is composite else one for one in known.composites))


def _clause_with(each: Clause, part: str, value: str) -> Clause:
    if part == "whole":
        if value not in _TRUTHS:
            raise _unfit(part, value, because("须为 true 或 false", "needs true or false"), "true")
        return replace(each, is_whole=_TRUTHS[value])
    if part == "rule":
        return _ruled(each, value)
    if each.rule is None or part not in each.facts:
        reason = because(f"本条所用的是：{'、'.join(each.facts) or '现场查看'}", f"the clause asks for {_asked(each)}")
        raise _unfit(part, value, reason, each.facts[0] if each.facts else "rule")
    return _ruled(each, _rule_with(each.rule, part, value))


def _rule_with(rule: str, name: str, value: str) -> str:
    """Return a rule in which a fact is compared with another number; it must be compared with one, and once."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or number < 0:
        raise _unfit(name, value, because("须为不小于 0 的数", "needs a number of zero or more"), "3")
    after = re.compile(rf"(\b{re.escape(name)}\b\s*{_SIGNS}\s*){_NUMBER}(?![\w.*])")
    before = re.compile(rf"(?<![\w.*]){_NUMBER}(\s*{_SIGNS}\s*\b{re.escape(name)}\b)")
    if len(after.findall(rule)) + len(before.findall(rule)) != 1:
        reason = because(
            f"规则中没有与单个数比较一次：{rule}", f"it is not compared with one number, once, in the rule: {rule}"
        )
        raise _unfit(name, value, reason, "rule=…")
    written = f"{number:f}"
    return before.sub(lambda found: written + found[1], after.sub(lambda found: found[1] + written, rule))


def _ruled(each: Clause, rule: str) -> Clause:
    """Return a clause with another rule; refuse one that cannot be read, or that asks for what nobody knows."""
    node = parse(rule)
    if rules.kind(node, lambda name: fact(name).kind) != "truth":
        raise _unfit("rule", rule, because("规则的结果不是真假值", "is neither true nor false"), each.rule or "")
    return replace(each, rule=rule, facts=rules.names(node))


def _composite_with(composite: Composite, part: str, value: str) -> Composite:
    most = min(len(count.refs) for count in composite.counts)
    if part != "at_least" or not value.isascii() or not value.isdigit() or not 1 <= int(value) <= most:
        reason = because(f"综合判定只能改 at_least，1 至 {most}", f"of a composite only at_least changes, 1 to {most}")
        raise _unfit(part, value, reason, "at_least=2")
    first, *rest = composite.counts
    return replace(composite, counts=(replace(first, at_least=int(value)), *rest))


def _asked(each: Clause) -> str:
    return ", ".join(each.facts) or "an on-site look"


def _unfit(field: str, value: str, reason: Because, example: str) -> Invalid:
    return Invalid("trial:unfit", field=field, value=value[:200], reason=reason, example=example)
