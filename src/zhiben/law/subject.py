"""What is known about the enterprise that is judged: facts, on-site looks, and what kind of enterprise it is.

A fact file is one object. Besides the names of the vocabulary it may hold

- `industries`, `groups`, `place`: a text or a list of texts; clauses that do not apply to them are left out;
- `seen:<standard>/<clause>`: what an on-site look found, for a clause that needs one: true, the hazard is there;
  false, somebody looked at all that the clause names and it is not.

`null` means unknown, like leaving the name out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from zhiben.kernel.errors import Invalid
from zhiben.law.because import because
from zhiben.law.facts import GROUPS, INDUSTRIES, PLACE, RESERVED, SEEN, read, read_texts, read_truth, widened
from zhiben.law.rules import Value
from zhiben.law.standards import Clause, Standard, clause, standards


@dataclass(frozen=True, slots=True)
class Subject:
    """Facts read and checked. None in a reserved one: not given, so nothing is left out for it."""

    facts: Mapping[str, Value | None]
    seen: Mapping[str, bool | None]  # by the name seen:<standard>/<clause>
    industries: frozenset[str] | None = None  # with those they lie within
    groups: frozenset[str] | None = None
    places: frozenset[str] | None = None

    def is_bound_by(self, known: Standard) -> bool:
        """Tell whether a standard speaks to these industries at all."""
        return self.industries is None or known.is_cross_cutting or bool(known.industries & self.industries)

    def applies(self, known: Standard, each: Clause) -> bool:
        """Tell whether a clause applies. Groups and places of other standards say nothing about this one."""
        group, groups, places = each.group, self.groups_in(known), self.places_in(known)
        if not self.is_bound_by(known) or group is None:
            return self.is_bound_by(known)
        if self.industries is not None and group.industries and not group.industries & self.industries:
            return False
        if places and group.places and not group.places & places:
            return False
        return not groups or group.is_general or bool({group.label.zh, group.label.en} & groups)

    def places_in(self, known: Standard) -> frozenset[str]:
        """Return the given places that this standard distinguishes."""
        return self.places & places_of(known) if self.places else frozenset()

    def groups_in(self, known: Standard) -> frozenset[str]:
        """Return the given groups that this standard has."""
        return self.groups & groups_of(known) if self.groups else frozenset()


def subject_of(given: Mapping[str, object]) -> Subject:
    """Read the facts of one enterprise; refuse the first that cannot be used, naming it, the reason and an example."""
    facts = {name: read(name, value) for name, value in given.items() if name not in RESERVED and not _is_look(name)}
    looks = {name: read_truth(name, value) for name, value in given.items() if _is_look(name)}
    for name in looks:
        _check_look(name)
    slugs = read_texts(INDUSTRIES, given.get(INDUSTRIES))
    places = read_texts(PLACE, given.get(PLACE))
    groups = read_texts(GROUPS, given.get(GROUPS))
    for name, texts, known in ((PLACE, places, _places()), (GROUPS, groups, _groups())):
        for text in sorted((texts or frozenset()) - known):
            near = get_close_matches(text, known, n=3) or sorted(known)[:3]
            raise Invalid(
                "facts:wrong-value",
                field=name,
                reason=because("没有标准使用这个值", "no standard knows it"),
                value=text,
                example=near,
            )
    return Subject(facts, looks, None if slugs is None else widened(slugs), groups, places)


def places_of(known: Standard) -> frozenset[str]:
    """Return the places that a standard distinguishes."""
    by_group = {place for each in known.clauses if each.group for place in each.group.places}
    return frozenset(by_group.union(*(composite.places for composite in known.composites)))


def groups_of(known: Standard) -> frozenset[str]:
    """Return the names of a standard's groups, in both languages."""
    labels = [each.group.label for each in known.clauses if each.group]
    return frozenset({label.zh for label in labels} | {label.en for label in labels})


@cache
def _places() -> frozenset[str]:
    return frozenset().union(*(places_of(known) for known in standards().values()))


@cache
def _groups() -> frozenset[str]:
    return frozenset().union(*(groups_of(known) for known in standards().values()))


def _is_look(name: str) -> bool:
    return name.startswith(SEEN)


def _check_look(name: str) -> None:
    named, _, ref = name.removeprefix(SEEN).partition("/")
    if clause(named, ref).rule is not None:
        reason = because("本条由事实判定，不由现场查看判定", "this clause is judged by its facts, not by a look")
        raise Invalid("facts:not-a-look", field=name, reason=reason, example=clause(named, ref).facts[0])
