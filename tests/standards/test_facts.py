"""Facts of an enterprise: recorded, asked for, read back."""

from datetime import date, timedelta

import pytest
from make import DAY, NOW

from zhiben.journal.public import history
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.public import (
    FactSource,
    NewFact,
    ask_for_facts,
    facts_of,
    push_derived,
    record_facts,
    requests_of,
)

COUNT = "special_ops_uncertified_count"


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def record(cast, player, *facts):
    return record_facts(cast.enterprise.pk, facts, actor=player.actor, now=NOW)


def test_a_recorded_value_is_read_back_with_its_day_and_source(cast):
    record(cast, cast.wang, NewFact(COUNT, 2, DAY, source_text="台账"))
    known = facts_of(cast.wang.actor, cast.enterprise.pk, day=DAY)[COUNT]
    assert (known.value, known.day, known.source, known.source_text) == (2, DAY, FactSource.PERSON, "台账")
    (entry,) = history(f"enterprise/{cast.enterprise.pk}")
    assert (entry.code, entry.body["values"]) == ("fact:recorded", [{"name": COUNT, "value": 2}])


def test_an_older_value_recorded_later_does_not_win(cast):
    record(cast, cast.wang, NewFact(COUNT, 0, DAY))
    record(cast, cast.wang, NewFact(COUNT, 3, DAY - timedelta(days=10)))
    known = facts_of(cast.wang.actor, cast.enterprise.pk, day=DAY)
    assert known[COUNT].value == 0
    assert facts_of(cast.wang.actor, cast.enterprise.pk, day=DAY - timedelta(days=1))[COUNT].value == 3


def test_a_stranger_cannot_tell_the_enterprise_exists(cast):
    with pytest.raises(NotFound):
        record(cast, cast.zhang, NewFact(COUNT, 2, DAY))
    record(cast, cast.wang, NewFact(COUNT, 2, DAY))
    assert facts_of(cast.zhang.actor, cast.enterprise.pk, day=DAY) == {}


def test_a_viewer_may_not_record(cast):
    with pytest.raises(NotAllowed):
        record(cast, cast.su, NewFact(COUNT, 2, DAY))


@pytest.mark.parametrize(
    "bad",
    [
        NewFact("no_such_fact", 1, DAY),
        NewFact(COUNT, "two", DAY),
        NewFact(COUNT, -1, DAY),
        NewFact(COUNT, None, DAY),
        NewFact(COUNT, 1, DAY + timedelta(days=1)),
        NewFact("industries", ["coal_mine"], DAY),
    ],
    ids=lambda fact: f"{fact.name}={fact.value}",
)
def test_what_cannot_be_a_fact_is_refused_and_nothing_is_kept(cast, bad):
    with pytest.raises((Invalid, NotFound)):
        record(cast, cast.wang, NewFact(COUNT, 1, DAY), bad)
    assert facts_of(cast.wang.actor, cast.enterprise.pk, day=DAY) == {}


def test_asking_twice_is_asking_once_and_an_answer_closes_the_request(cast):
    ask = {COUNT: ["gongmao-2023 3(2)"]}
    assert ask_for_facts(cast.enterprise.pk, ask, actor=cast.li.actor, now=NOW) == [COUNT]
    assert ask_for_facts(cast.enterprise.pk, ask, actor=cast.zhao.actor, now=NOW) == []
    assert [r.name for r in requests_of(cast.wang.actor, cast.enterprise.pk)] == [COUNT]
    record(cast, cast.wang, NewFact(COUNT, 0, DAY))
    assert requests_of(cast.wang.actor, cast.enterprise.pk) == []


def test_a_room_pushes_what_it_knows_and_it_goes_stale_by_itself(cast):
    push_derived(cast.enterprise.pk, [NewFact(COUNT, 1, DAY, FactSource.DERIVED, "certificates")], now=NOW)
    known = facts_of(cast.wang.actor, cast.enterprise.pk, day=DAY + timedelta(days=30))[COUNT]
    assert known.is_fresh(DAY + timedelta(days=6))
    assert not known.is_fresh(DAY + timedelta(days=7))
    assert known.fresh_until == date(2026, 3, 9)
