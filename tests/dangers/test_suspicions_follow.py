"""Suspicions follow what judging says: raised, withdrawn with the reason, carried to the clause that took the place."""

from datetime import UTC, datetime, timedelta

import pytest
from make import NOW

from zhiben.dangers.models import Suspicion
from zhiben.dangers.services.suspicions import confirm_suspicion, dismiss_suspicion
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.public import NewFact, judge_enterprise, record_facts

COUNT = "special_ops_uncertified_count"
BEFORE = datetime(2023, 5, 14, 4, tzinfo=UTC)
AFTER = BEFORE + timedelta(days=1)


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def judged(enterprise, now=NOW, **facts):
    """Record facts, judge, and let the consumers read."""
    day = now.date()
    record_facts(enterprise.pk, [NewFact(n, v, day) for n, v in facts.items()], actor=SYSTEM, now=now)
    judge_enterprise(enterprise.pk, day=day, actor=SYSTEM, now=now)
    while run_consumers(now=now):
        pass


def open_ones():
    return [(row.standard, row.clause) for row in Suspicion.unscoped.filter(answer="open").order_by("pk")]


def test_what_judging_finds_is_suspected_once(cast):
    judged(cast.enterprise, **{COUNT: 2})
    judged(cast.enterprise, NOW + timedelta(hours=1))
    assert open_ones() == [("gongmao-2023", "3(2)")]
    row = Suspicion.unscoped.get()
    assert (row.source, row.unit_id) == ("judging", cast.enterprise.registered_site_id)


def test_what_is_no_longer_found_is_withdrawn_with_the_reason(cast):
    judged(cast.enterprise, **{COUNT: 2})
    judged(cast.enterprise, NOW + timedelta(hours=1), **{COUNT: 0})
    row = Suspicion.unscoped.get()
    assert row.answer == "withdrawn"
    assert row.facts["withdrawn"] == {"by_law": False, "facts": [COUNT], "after": "absent"}
    event = history(f"suspicion/{row.pk}")[-1]
    assert (event.code, event.body["facts"]) == ("suspicion:withdrawn", [COUNT])
    with pytest.raises(Conflict):
        confirm_suspicion(row.pk, actor=cast.zhao.actor, now=NOW)


def test_what_is_found_again_is_suspected_again(cast):
    judged(cast.enterprise, **{COUNT: 2})
    judged(cast.enterprise, NOW + timedelta(hours=1), **{COUNT: 0})
    judged(cast.enterprise, NOW + timedelta(hours=2), **{COUNT: 1})
    assert open_ones() == [("gongmao-2023", "3(2)")]
    assert Suspicion.unscoped.count() == 2


def test_what_a_person_answered_stays_answered(cast):
    judged(cast.enterprise, **{COUNT: 2})
    dismiss_suspicion(Suspicion.unscoped.get().pk, "证书已补", actor=cast.zhao.actor, now=NOW)
    judged(cast.enterprise, NOW + timedelta(hours=1))
    judged(cast.enterprise, NOW + timedelta(hours=2), **{COUNT: 0})
    assert Suspicion.unscoped.get().answer == "dismissed"


def test_a_day_of_the_past_that_was_asked_for_raises_nothing(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, BEFORE.date(), fresh_days=9)], actor=SYSTEM, now=NOW)
    judge_enterprise(cast.enterprise.pk, day=AFTER.date(), actor=SYSTEM, now=NOW)
    run_consumers(now=NOW)
    assert Suspicion.unscoped.count() == 0


def test_a_clause_that_goes_on_under_another_edition_takes_its_suspicion_along(cast):
    cast.enterprise.industries_mask = mask_of(["light_industry", "ammonia_refrigeration"])
    cast.enterprise.save()
    freezer = {"quick_freezer_separate_room": False, "quick_freezer_room_workers_count": 10}
    judged(cast.enterprise, BEFORE, **freezer)
    assert open_ones() == [("gongmao-2017", "A2(2)")]
    judged(cast.enterprise, AFTER)
    assert open_ones() == [("gongmao-2023", "12(2)")]
    row = Suspicion.unscoped.get()
    told = history(f"suspicion/{row.pk}")[-1]
    assert (told.code, told.body["clause_before"], told.body["clause"]) == ("suspicion:moved", "A2(2)", "12(2)")


def test_an_element_is_no_danger_by_itself(cast):
    judged(cast.enterprise, datetime(2025, 6, 1, 4, tzinfo=UTC), smoke_control_fault=True)
    assert open_ones() == []


def test_an_edition_held_by_its_header_only_withdraws_nothing(cast):
    cast.enterprise.industries_mask = mask_of(["crowded_places"])
    cast.enterprise.save()
    elements = {
        "travel_distance_ratio": 2, "stair_door_damage_ratio": 1, "smoke_control_fault": True,
        "fire_water_source_missing": True, "fire_power_class_ok": False, "fire_compartment_area_ratio": 2,
    }  # fmt: skip
    judged(cast.enterprise, datetime(2025, 10, 31, 4, tzinfo=UTC), **elements)
    before = open_ones()
    assert {standard for standard, _ in before} == {"fire-2017"}
    judged(cast.enterprise, datetime(2025, 11, 1, 4, tzinfo=UTC))
    assert open_ones() == before
