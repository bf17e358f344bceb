"""A population judged at once is judged as each of its enterprises is judged alone, to the last bit."""

from datetime import timedelta

import numpy as np
import pytest
from populations import TODAY, members_of, subject

from zhiben.analytics import determining
from zhiben.analytics.columns import Member, population
from zhiben.analytics.determining import determine, ones, unpacked
from zhiben.analytics.held import Held
from zhiben.law.facts import vocabulary
from zhiben.law.judge import judge_all
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import names
from zhiben.law.standards import standards


@pytest.fixture(scope="module")
def members():
    return members_of(120, 20261120)


@pytest.fixture(scope="module")
def determined(members):
    return determine(population(members, TODAY))


def test_every_enterprise_is_judged_as_it_is_alone(members, determined):
    size, told = len(members), {}
    for judged in determined.clauses:
        present, absent, applies = (unpacked(each, size) for each in (judged.present, judged.absent, judged.applies))
        for at in applies.nonzero()[0].tolist():
            verdict = "present" if present[at] else "absent" if absent[at] else "unknown"
            told[at, judged.standard.id, judged.clause] = verdict
    alone = {
        (at, one.standard.id, each.clause): str(each.verdict)
        for at, member in enumerate(members)
        for one in judge_all(subject(member), TODAY)
        for each in one.clauses
    }
    assert len(alone) > 2_000
    assert set(alone.values()) == {"present", "absent", "unknown"}
    assert told == alone


def test_the_facts_that_decided_are_those_of_each_enterprise_alone(members, determined):
    compared = 0
    for judged in determined.clauses:
        if judged.rule is None:
            continue
        node, applies = parse(judged.rule), unpacked(judged.applies, len(members))
        told = {name: unpacked(plane, len(members)) for name, plane in determined.deciding(judged).items()}
        for at in applies.nonzero()[0].tolist():
            alone = set(explain(node, subject(members[at]).facts).deciding)
            assert {name for name, plane in told.items() if plane[at]} == alone
            compared += bool(alone)
    assert compared > 500


def test_blocks_and_cores_change_nothing(members, determined, monkeypatch):
    monkeypatch.setattr(determining, "BLOCK", 16)
    in_blocks = determine(population(members, TODAY))
    assert in_blocks.counts() == determined.counts()
    for one, other in zip(in_blocks.clauses, determined.clauses, strict=True):
        for name in ("applies", "present", "absent"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
        told, before = in_blocks.deciding(one), determined.deciding(other)
        assert told.keys() == before.keys()
        assert all(np.array_equal(plane, before[name]) for name, plane in told.items())


@pytest.mark.parametrize("octets", [0, 1, 7, 8, 9, 16, 31])
def test_bits_are_counted_whatever_the_length_of_a_plane(octets):
    plane = np.arange(octets, dtype=np.uint8) * 37
    assert ones(plane) == int(np.unpackbits(plane).sum())


def test_a_mask_has_a_bit_for_each_fact_of_the_rule_in_its_order(members, determined):
    judged = next(each for each in determined.clauses if each.rule and ones(each.present) and " or " in each.rule)
    at = int(unpacked(judged.present, len(members)).nonzero()[0][0])
    alone = explain(parse(judged.rule), subject(members[at]).facts).deciding
    told = determined.told(judged)
    assert told.facts == names(parse(judged.rule))
    assert told.at(at) == {"verdict": "present", "facts": [name for name in told.facts if name in alone]}


def test_counts_add_up_to_those_it_applies_to(determined):
    for told, judged in zip(determined.counts(), determined.clauses, strict=True):
        assert told["present"] + told["absent"] + told["unknown"] == ones(judged.applies) > 0


def test_nobody_is_judged_by_nothing():
    assert determine(population([], TODAY)).counts() == []


def test_a_value_that_no_column_can_hold_is_unknown_and_told():
    name = next(
        name
        for name, each in vocabulary().items()
        if each.kind == "number" and not each.between and each.unit != "count"
    )
    held = Held(0.0000001, TODAY, TODAY + timedelta(days=9), "person")
    assert population([Member(1, "/1/", 1, {name: held})], TODAY).unfit == {name: 1}


def test_only_the_standards_named_are_judged_by(members):
    some = next(known.id for known in standards().values() if known.in_force(TODAY) and known.clauses)
    found = determine(population(members, TODAY), only=[some])
    assert {judged.standard.id for judged in found.clauses} <= {some}
