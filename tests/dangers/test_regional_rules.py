"""A region writes its ladder down, simulates it, switches it on and off."""

from datetime import timedelta

import pytest
from dangers.ladders import BODY, LATE, at, drafted, late, span_of, switched_on
from make import DAY, NOW

from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import OverdueSpan, RegionalRules
from zhiben.dangers.selectors.regional import rules_for
from zhiben.dangers.selectors.simulation import shown, simulate, year_before
from zhiben.dangers.services.regional import draft_rules, switch_off, switch_on
from zhiben.journal.selectors.reading import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def holding(path, day=DAY):
    return rules_for(RulesKind.LADDER, [path], day)[path]


def test_off_by_default(cast):
    assert holding(cast.site.path) is None
    drafted(cast)
    assert holding(cast.site.path) is None


def test_the_nearest_region_rules(cast):
    ours = switched_on(cast)
    theirs = switched_on(cast, unit=cast.tree.city)
    assert holding(cast.site.path) == ours
    assert holding(cast.other_enterprise.path) == theirs


def test_only_who_may_set_rules_of_the_region_writes_them(cast):
    with pytest.raises(NotAllowed):
        drafted(cast, by=cast.li)
    with pytest.raises(NotAllowed):
        drafted(cast, unit=cast.tree.city)
    rules = drafted(cast)
    with pytest.raises(NotFound):
        switch_on(rules.pk, DAY, version=1, actor=cast.zhang.actor, now=NOW)


def test_a_site_is_no_region(cast):
    with pytest.raises(Invalid, match="rules:not-a-region"):
        draft_rules(RulesKind.LADDER, cast.site, BODY, template="default", basis="", actor=SYSTEM, now=NOW)


def test_a_draft_changed_since_it_was_simulated_is_simulated_again(cast):
    rules = drafted(cast)
    drafted(cast)
    with pytest.raises(Conflict, match="rules:already-changed"):
        switch_on(rules.pk, DAY, version=rules.version, actor=cast.zhao.actor, now=NOW)
    assert switch_on(rules.pk, DAY, version=rules.version + 1, actor=cast.zhao.actor, now=NOW).since == DAY


def test_rules_begin_today_or_later_and_only_once(cast):
    rules = drafted(cast)
    with pytest.raises(Invalid, match="rules:begins-in-the-past"):
        switch_on(rules.pk, DAY - timedelta(1), version=1, actor=cast.zhao.actor, now=NOW)
    switch_on(rules.pk, DAY, version=1, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="rules:already-on"):
        switch_on(rules.pk, DAY, version=1, actor=cast.zhao.actor, now=NOW)


def test_new_rules_end_the_former_ones_on_their_first_day(cast):
    first = switched_on(cast)
    second = switched_on(cast, since=DAY + timedelta(30))
    first.refresh_from_db()
    assert first.until == second.since
    assert holding(cast.site.path, DAY + timedelta(29)) == first
    assert holding(cast.site.path, DAY + timedelta(30)) == second
    third = switched_on(cast, since=DAY + timedelta(10))
    second.refresh_from_db()
    assert second.until == second.since
    assert holding(cast.site.path, DAY + timedelta(31)) == third


def test_switching_off_needs_a_reason(cast):
    rules = switched_on(cast)
    with pytest.raises(Invalid, match="rules:reason-needed"):
        switch_off(rules.pk, DAY, reason=" ", actor=cast.zhao.actor, now=NOW)
    switch_off(rules.pk, DAY + timedelta(5), reason="改由市里统一", actor=cast.zhao.actor, now=NOW)
    assert holding(cast.site.path, DAY + timedelta(5)) is None
    with pytest.raises(Conflict, match="rules:not-on"):
        switch_off(rules.pk, DAY + timedelta(9), reason="再停", actor=cast.zhao.actor, now=NOW)


def test_the_journal_keeps_what_the_year_before_would_have_brought(cast):
    late(cast)
    rules = drafted(cast, now=at(LATE + timedelta(20)))
    day = LATE + timedelta(20)
    switch_on(rules.pk, day, version=rules.version, actor=cast.zhao.actor, now=at(day))
    told = history(f"unit/{cast.tree.county.pk}")[-1]
    assert told.code == "rules:switched-on"
    assert told.body["simulated"] == {"letter": 1, "circular": 0, "interview": 0, "exposure": 0, "dangers": 1}


def test_switching_on_has_every_late_danger_of_the_region_looked_at(cast):
    danger = late(cast)
    OverdueSpan.objects.update(next_at=None)
    now = at(LATE + timedelta(1))
    switched_on(cast, since=LATE + timedelta(1), now=now)
    assert span_of(danger).next_at == now


def simulated(rules, today, **more):
    return simulate(rules, *year_before(today), today=today, **more)


def test_simulation_writes_nothing_and_says_when_and_to_whom(cast):
    danger = late(cast)
    rules, today = drafted(cast), LATE + timedelta(40)
    before = RegionalRules.objects.count(), list(OverdueSpan.objects.values())
    found = simulated(rules, today)
    assert [(row.rung, row.day) for row in found.rows] == [
        (Rung.LETTER, LATE + timedelta(15)), (Rung.CIRCULAR, LATE + timedelta(30)),
    ]  # fmt: skip
    assert found.counts.cells[cast.tree.township.pk, Rung.LETTER, f"{LATE + timedelta(15):%Y-%m}"] == 1
    assert [row.danger.pk for row in shown(found.rows)] == [danger.pk, danger.pk]
    assert (RegionalRules.objects.count(), list(OverdueSpan.objects.values())) == before


def test_simulation_is_narrowed_to_a_unit_below(cast):
    late(cast)
    rules, today = drafted(cast), LATE + timedelta(40)
    assert len(simulated(rules, today, within=cast.tree.township).rows) == 2
    assert simulated(rules, today, within=cast.tree.other_township).rows == []


def test_a_lower_regions_own_rules_are_left_to_it(cast):
    late(cast)
    city = draft_rules(
        RulesKind.LADDER, cast.tree.city, BODY, template="default", basis="", actor=SYSTEM, now=NOW
    )  # fmt: skip
    today = LATE + timedelta(40)
    assert len(simulated(city, today).rows) == 2
    switched_on(cast)
    assert simulated(city, today).rows == []
