"""What the standards in force say of some enterprises: the clauses that are present, each with the facts that settled it.

Judged on columns, as `zhiben standards determine` does; an enterprise with a value that fits no column is judged alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhiben.analytics.public import Determined, Held, Judged, Member, Population, determine, population, unpacked
from zhiben.law.facts import INDUSTRIES, SEEN, vocabulary
from zhiben.law.judge import Determination as Judgement
from zhiben.law.judge import Verdict, judge_all
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.standards import Composite, Standard, held
from zhiben.law.subject import Subject, subject_of
from zhiben.orgs.domain.industries import slugs_of
from zhiben.standards.members import members_among
from zhiben.standards.models import Determination
from zhiben.standards.regional import editions_at, editions_in_force

Case = tuple[str, str]  # an edition, and the reference of one of its clauses
Grounds = Mapping[str, dict[str, Any]]  # by fact: its value, the day it held, where it comes from


@dataclass(frozen=True)
class Looked:
    """Some enterprises judged on a day. Elements of a composite are no hazard alone and are left out."""

    day: date
    enterprises: tuple[int, ...]
    present: Mapping[int, Mapping[Case, Grounds]]  # by enterprise
    verdicts: Mapping[tuple[int, Case], str] = field(repr=False)  # of the cases asked for that apply
    members: Mapping[int, Member] = field(repr=False)

    def fresh(self, enterprise: int, name: str) -> Held | None:
        """Return the value of a fact that counts on the day."""
        held = self.members[enterprise].facts.get(name)
        return held if held is not None and held.day <= self.day < held.until else None


def look(
    enterprises: Sequence[int],
    *,
    day: date,
    cases: Mapping[int, Sequence[Case]] | None = None,
    only: Sequence[str] = (),
) -> Looked:
    """Judge these enterprises; `cases` names clauses whose verdict is wanted whatever it is."""
    found = {one.enterprise: one for one in members_among(enterprises, day=day)}
    together, alone = _parted(found, day)
    determined = determine(together, only=only, editions=editions_in_force(day))
    present: dict[int, dict[Case, Grounds]] = {number: {} for number in found}
    for enterprise, case, names in present_in(determined):
        present[enterprise][case] = grounds(names, found[enterprise].facts)
    verdicts = _verdicts(determined, cases or {})
    for number, judged in alone.items():
        present[number], told = _alone(found[number], judged)
        verdicts |= {(number, case): told[case] for case in (cases or {}).get(number, ()) if case in told}
    return Looked(day, tuple(found), present, verdicts, found)


def _parted(found: Mapping[int, Member], day: date) -> tuple[Population, dict[int, "Alone"]]:
    """Lay out in columns whom columns can hold; judge the others alone."""
    held = population(found.values(), day)
    alone = {}
    for number, member in found.items() if held.unfit else ():
        if any(name in held.unfit and name in vocabulary() for name in member.facts):
            subject = subject_among(member, day)
            alone[number] = Alone(subject, judge_all(subject, day, also=editions_at(member.path, day)))
    return population([one for number, one in found.items() if number not in alone], day) if alone else held, alone


@dataclass(frozen=True, slots=True)
class Alone:
    """One enterprise judged by itself."""

    subject: Subject
    judged: tuple[Judgement, ...]


def grounds(names: Sequence[str], facts: Mapping[str, Held]) -> Grounds:
    """Return the facts that settled a clause as they are kept with what follows from it."""
    return {
        name: {"value": held.value, "day": held.day.isoformat(), "source": held.source}
        for name in names
        if (held := facts.get(name)) is not None
    }


def grounds_of(enterprise_id: int, standard: str, refs: Sequence[str]) -> dict[str, Grounds]:
    """Return by clause the facts that settled it when the enterprise was last judged by an edition."""
    rows = Determination.unscoped.filter(enterprise_id=enterprise_id, standard=standard, until=None)
    row, known = rows.order_by("-day", "-pk").first(), held(standard)
    if row is None or known is None:
        return {}
    fresh = {name: fact for name, fact in row.facts.items() if fact["fresh"]}
    subject = subject_of({name: fact["value"] for name, fact in fresh.items()})
    verdicts = {each["clause"]: Verdict(each["verdict"]) for each in row.clauses}
    told: dict[str, Grounds] = {}
    for ref in refs:
        names = _deciding(known, ref, subject, verdicts)
        told[ref] = {name: {part: fresh[name][part] for part in ("value", "day", "source")} for name in names}
    return told


def standing_among(enterprises: Sequence[int]) -> set[tuple[int, str]]:
    """Return which of these enterprises have a determination that nothing replaced, and by which edition."""
    rows = Determination.unscoped.filter(enterprise_id__in=enterprises, until=None)
    return set(rows.values_list("enterprise_id", "standard"))


def subject_among(member: Member, day: date) -> Subject:
    """Return an enterprise as judging reads it: its fresh facts and its industries."""
    known = vocabulary()
    fresh = {
        name: held.value
        for name, held in member.facts.items()
        if held.day <= day < held.until and (name in known or name.startswith(SEEN))
    }
    return subject_of({**fresh, INDUSTRIES: list(slugs_of(member.industries))})


# together, on columns ---------------------------------------------------------------------------------------------------


def present_in(determined: Determined) -> Iterator[tuple[int, Case, tuple[str, ...]]]:
    """Give every hazard that is there, with the names of the facts that settled it."""
    numbers = determined.population.enterprises.tolist()
    elements = _Elements(determined)
    for judged in determined.clauses:
        rows = unpacked(judged.present, len(numbers)).nonzero()[0].tolist()
        if judged.is_element or not rows:
            continue
        case = (judged.standard.id, judged.clause)
        composite = next((each for each in judged.standard.composites if each.ref == judged.clause), None)
        told = elements.told(judged) if composite is None else None
        for row in rows:
            yield (
                numbers[row],
                case,
                told[row] if told is not None else elements.joined(judged.standard, composite, row),
            )


class _Elements:
    """The deciding facts of clauses, row by row; those of an element are read once for all composites it counts in."""

    def __init__(self, determined: Determined) -> None:
        self.determined = determined
        self.size = determined.population.size
        self.by_case = {(judged.standard.id, judged.clause): judged for judged in determined.clauses}
        self.kept: dict[Case, dict[int, tuple[str, ...]]] = {}

    def told(self, judged: Judged) -> dict[int, tuple[str, ...]]:
        """Return by row the facts that make a clause present."""
        case = (judged.standard.id, judged.clause)
        if case not in self.kept:
            told = self.determined.told(judged)
            rows = unpacked(judged.present, self.size).nonzero()[0].tolist()
            self.kept[case] = {row: tuple(told.at(row)["facts"]) for row in rows}
        return self.kept[case]

    def joined(self, known: Standard, composite: Composite | None, row: int) -> tuple[str, ...]:
        """Return the facts of the elements that are present in one row."""
        refs = [ref for count in composite.counts for ref in count.refs] if composite else []
        parts = [self.by_case[known.id, ref] for ref in refs if (known.id, ref) in self.by_case]
        return tuple(dict.fromkeys(name for part in parts for name in self.told(part).get(row, ())))


def _verdicts(determined: Determined, wanted: Mapping[int, Sequence[Case]]) -> dict[tuple[int, Case], str]:
    """Return what the clauses asked for answer, where they apply."""
    row_of = {number: row for row, number in enumerate(determined.population.enterprises.tolist())}
    by_case = {(judged.standard.id, judged.clause): judged for judged in determined.clauses}
    return {
        (enterprise, case): told
        for enterprise, cases in wanted.items()
        for case in cases
        if enterprise in row_of and case in by_case and (told := by_case[case].verdict_at(row_of[enterprise]))
    }


# alone, where a value fits no column ----------------------------------------------------------------------------------


def _alone(member: Member, one: Alone) -> tuple[dict[Case, Grounds], dict[Case, str]]:
    each_of = [(judged, each) for judged in one.judged for each in judged.clauses]
    present = {
        (judged.standard.id, each.clause): grounds(_settled_by(judged, each.clause, one.subject), member.facts)
        for judged, each in each_of
        if each.verdict is Verdict.PRESENT and not each.is_element
    }
    return present, {(judged.standard.id, each.clause): each.verdict.value for judged, each in each_of}


def _settled_by(judged: Judgement, ref: str, subject: Subject) -> tuple[str, ...]:
    return _deciding(judged.standard, ref, subject, {each.clause: each.verdict for each in judged.clauses})


def _deciding(known: Standard, ref: str, subject: Subject, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    """Return the facts that make a clause present; of a composite those of its elements that are."""
    each = next((one for one in known.clauses if one.ref == ref), None)
    if each is not None:
        return explain(parse(each.rule), subject.facts).deciding if each.rule else (each.seen,)
    composite = next((one for one in known.composites if one.ref == ref), None)
    refs = [part for count in composite.counts for part in count.refs] if composite else []
    there = [part for part in dict.fromkeys(refs) if verdicts.get(part) is Verdict.PRESENT]
    return tuple(dict.fromkeys(name for part in there for name in _deciding(known, part, subject, verdicts)))
