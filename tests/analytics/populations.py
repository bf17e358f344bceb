"""Random populations for the tests of columns, snapshots and engines."""

import random
from datetime import date, timedelta
from fractions import Fraction

from zhiben.analytics.columns import Member
from zhiben.analytics.held import Held
from zhiben.analytics.packed import pack
from zhiben.analytics.shards import Row
from zhiben.law.facts import INDUSTRIES, vocabulary
from zhiben.law.judge import judge_all
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.standards import facts_asked
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import BIT, slugs_of

TODAY = date(2026, 11, 20)
BOUNDARIES = (
    "0", "1", "2", "3", "4", "25", "0.3", "0.5", "0.74", "0.740001", "0.739999", "1000", "10", "1.1", "0.98", "30",
)  # fmt: skip
UNFIT = (float("nan"), float("inf"), 0.0000001, 10**11)  # no number, no bound, too fine, too much


def value_of(name, draw, *, unfit=0.0):
    """A value of a fact: boundaries of rules, zero, and sometimes what no column can hold."""
    if name.startswith("seen:"):
        return draw.random() < 0.5
    known = vocabulary()[name]
    if known.kind == "truth":
        return draw.random() < 0.5
    if known.kind == "text":
        return draw.choice(known.choices)
    if known.between:
        return draw.randint(*known.between)
    if draw.random() < unfit:
        return draw.choice(UNFIT)
    value = draw.choice(BOUNDARIES)
    return int(Fraction(value)) if known.unit == "count" else float(value)


def member_of(number, draw, *, unfit=0.0):
    """An enterprise of a few industries that knows none, some or all of what it is asked; some of it stale."""
    slugs = draw.sample(sorted(BIT), draw.choice([0, 1, 1, 2, 3]))
    asked = sorted(facts_asked(slugs, TODAY)) if slugs else []
    facts = {}
    for name in draw.sample(asked, int(len(asked) * draw.choice([0, 0.3, 0.9, 1]))):
        old = draw.random() < 0.1
        day = TODAY - timedelta(days=400 if old else draw.randint(0, 30))
        facts[name] = Held(value_of(name, draw, unfit=unfit), day, day + timedelta(days=90), "person")
    return Member(number, f"/1/{number // 7 % 3}/{number}/", sum(BIT[slug] for slug in slugs), facts)


def members_of(count, seed, *, unfit=0.0, apart=1):
    """A population; `apart` spreads the numbers of its enterprises over shards."""
    draw = random.Random(seed)
    return [member_of(1 + number * apart, draw, unfit=unfit) for number in range(count)]


def subject(member, *, day=TODAY):
    """What the single-case evaluator is given of an enterprise: what is stale or fits no column is unknown."""
    fresh = {name: held.value for name, held in member.facts.items() if held.day <= day < held.until}
    known = {name: value for name, value in fresh.items() if not isinstance(value, float | int) or value not in UNFIT}
    return subject_of({**known, INDUSTRIES: list(slugs_of(member.industries))})


def alone(member, *, day=TODAY):
    """What judging one enterprise alone says: by standard and clause the verdict and the facts that settled it."""
    given = subject(member, day=day)
    told = {}
    for one in judge_all(given, day):
        clauses = {each.ref: each for each in one.standard.clauses}
        for each in one.clauses:
            verdict = str(each.verdict)
            told[one.standard.id, each.clause] = (verdict, _deciding(clauses.get(each.clause), verdict, given))
    return told


def _deciding(clause, verdict, given):
    if clause is None:  # a composite: its answer is its elements'
        return frozenset()
    if clause.rule is None:
        return frozenset({clause.seen} if verdict != "unknown" else ())
    return frozenset(explain(parse(clause.rule), given.facts).deciding)


class Rows:
    """Packed rows held in memory, as a source of snapshots."""

    def __init__(self, members, *, position=1):
        self.numbers, self.position, self.mark = {}, position, "mark"
        self.changes = {}
        self.held = {}
        self.put(members, position=position)

    def put(self, members, *, position):
        """Take newer values of enterprises."""
        for member in members:
            packed = pack(member.facts, self.word)
            self.held[member.enterprise] = Row(member.enterprise, member.path, member.industries, packed)
            self.changes[member.enterprise] = position
        self.position = position

    def word(self, text):
        return self.numbers.setdefault(text, len(self.numbers) + 1)

    def words(self):
        return {number: text for text, number in self.numbers.items()}

    def rows(self):
        return (self.held[number] for number in sorted(self.held))

    def rows_of(self, numbers):
        return (self.held[number] for number in numbers if number in self.held)

    def changed(self, since):
        return sorted(number for number, position in self.changes.items() if position > since)
