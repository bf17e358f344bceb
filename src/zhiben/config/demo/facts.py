"""Facts of some example enterprises, and what the standards in force say of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from zhiben.config.demo.cast import Party, Step
from zhiben.kernel.periods import local_day
from zhiben.law.facts import vocabulary
from zhiben.law.standards import clauses_in_force
from zhiben.standards.public import NewFact, ask_for_facts, judge_enterprise, record_facts

MOST = 14
ODDS = (*(0,) * 20, 1, 2)  # most counts of what is missing are zero


def record(parties: Sequence[Party], random: Random, *, now: datetime, step: Step) -> None:
    """Record what is known of each, judge it, and ask for the first fact that is missing."""
    for party in parties:
        day = local_day(now) - timedelta(days=random.randint(1, 120))
        facts = [NewFact(name, _value(name, random), day, source_text="企业自报") for name in _asked(party, now)]
        if facts:
            record_facts(party.enterprise.pk, facts, actor=party.manager, now=now)
            made = judge_enterprise(party.enterprise.pk, day=local_day(now), actor=party.manager, now=now)
            missing = {
                c["missing"][0]: [f"{row.standard} {c['clause']}"] for row in made for c in row.clauses if _asks(c)
            }
            wanted = dict(list(missing.items())[:2])
            if wanted:
                ask_for_facts(party.enterprise.pk, wanted, actor=party.head, now=now)
        step(1)


def _asks(clause: dict[str, list[str]]) -> bool:
    return bool(clause["missing"]) and clause["missing"][0] in vocabulary()


def _asked(party: Party, now: datetime) -> list[str]:
    names = [n for clause in clauses_in_force(party.kind.industries, local_day(now)) for n in clause.facts]
    counts = [name for name in dict.fromkeys(names) if vocabulary()[name].unit in {"count", "boolean"}]
    return counts[:MOST]


def _value(name: str, random: Random) -> int | bool:
    if vocabulary()[name].unit == "count":
        return random.choice(ODDS)
    return name.endswith(("_valid", "_system", "_exists")) and random.random() < 0.98
