"""`zhiben law check` finds what is wrong with a pack; every kind of fault is planted once."""

import copy

import pytest

from zhiben.law import checking, facts, parameters, standards, store, subject
from zhiben.law.checking import problems

CACHES = (
    store.documents, standards._of_packs, standards.standards, facts.vocabulary, facts.industries,
    parameters.parameters, subject._places, subject._groups,
)  # fmt: skip


@pytest.fixture
def plant(monkeypatch):
    """Check a copy of the packs in which something was changed."""

    def forget():
        for cached in CACHES:
            cached.cache_clear()

    def check(change):
        shipped, schemas_hold = store.load(), checking._schema_problems
        packs = copy.deepcopy(shipped)
        change(packs)

        def of_what_was_changed():
            """That the schemas hold for what is shipped is said by the last test, once."""
            with monkeypatch.context() as only:
                changed = {name: pack for name, pack in packs.items() if pack != shipped.get(name)}
                only.setattr(store, "packs_read", lambda: changed)
                return list(schemas_hold())

        monkeypatch.setattr(checking, "_schema_problems", of_what_was_changed)
        monkeypatch.setattr(store, "packs_read", lambda: packs)
        forget()
        return [(each.pack, each.at, each.reason) for each in problems()]

    yield check
    monkeypatch.undo()
    forget()


def _standard(packs, name="gas-2023"):
    return packs[f"standards/{name}"]


def _clause(packs, ref="5(1)", name="gas-2023"):
    return next(each for each in _standard(packs, name)["clauses"] if each["ref"] == ref)


def _set(where, **values):
    return lambda packs: where(packs).update(values)


def _twice(packs):
    _standard(packs)["clauses"].append(copy.deepcopy(_clause(packs)))


def _fact_twice(packs):
    packs["facts"].append(copy.deepcopy(packs["facts"][0]))


def _spare_fact(packs):
    packs["facts"].append({"name": "spare", "unit": "m", "zh": "备", "en": "spare"})


def _overlap(packs):
    values = packs["parameters/deadlines/recheck-days"]["values"]
    values.append({**values[0], "since": "2030-01-01"})


def _id_twice(packs):
    packs["parameters/twin"] = copy.deepcopy(packs["parameters/deadlines/recheck-days"])


@pytest.mark.parametrize(
    ("change", "pack", "said"),
    [
        (_set(_standard, colour="red"), "standards/gas-2023", "colour"),
        (_set(_clause, whole=None), "standards/gas-2023", "clauses"),
        (_set(lambda packs: packs, nowhere={}), "nowhere", "no schema"),
        (_set(_standard, id="gas-2024"), "standards/gas-2023", "name of the file"),
        (_set(_standard, repealed="2000-01-01"), "standards/gas-2023", "does not follow"),
        (_set(lambda p: _standard(p, "coal-2020"), repealed="2026-07-02"), "standards/coal-2020", "not the first day"),
        (_twice, "standards/gas-2023", "twice"),
        (_set(_clause, rule="tank_monitor_missing_count >"), "standards/gas-2023", "cannot be read at character"),
        (_set(_clause, rule="tank_monitor_missing_count"), "standards/gas-2023", "neither true nor false"),
        (_set(_clause, rule="no_such > 0"), "standards/gas-2023", "no fact called"),
        (_set(_clause, rule="tank_monitor_missing_count == 'x'"), "standards/gas-2023", "mixes kinds"),
        (_set(_clause, rule="tank_monitor_missing_count > 0"), "standards/gas-2023", "not those of the rule"),
        (_set(_standard, supplements="nothing"), "standards/gas-2023", "no standard nothing"),
        (_set(_standard, industries=["moon"]), "standards/gas-2023", "no industry moon"),
        (_set(lambda p: _standard(p, "fire-2017")["composite_rules"][0], at_least=12), "standards/fire-2017", "counts clauses"),
        (_set(lambda p: _standard(p, "fire-2017")["composite_rules"][0], refs=["9.9"]), "standards/fire-2017", "counts clauses"),
        (_set(_standard, groups=[{"zh": "无"}]), "standards/gas-2023", "no clause of this group"),
        (_set(lambda p: _standard(p, "gas-2023")["examples"][0]["verdicts"], **{"5(1)": "present"}), "standards/gas-2023", "expected"),
        (_set(lambda p: _standard(p, "gas-2023")["examples"][0]["verdicts"], no="present"), "standards/gas-2023", "None found"),
        (_fact_twice, "facts", "twice"),
        (_spare_fact, "facts", "no rule asks"),
        (_set(lambda p: p["industries"][0], within=["moon"]), "industries", "no industry moon"),
        (_overlap, "parameters/deadlines/recheck-days", "overlap"),
        (_set(lambda p: p["parameters/deadlines/recheck-days"]["examples"][0], value=99), "parameters/deadlines/recheck-days", "does not hold"),
        (_set(lambda p: p["parameters/deadlines/recheck-days"]["values"][0]["source"], instrument="cn/none"), "parameters/deadlines/recheck-days", "no instrument"),
        (_id_twice, "parameters", "twice"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(plant, change, pack, said):
    assert [found for found in plant(change) if found[0] == pack and said in " ".join(found)]


def test_the_untouched_packs_are_clean():
    assert problems() == ()
