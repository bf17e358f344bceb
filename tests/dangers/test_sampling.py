"""A sample that anybody can draw again: the seed first, then the order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, NOW
from stories import awaiting, fresh, photo, rectifying, signed_off, step
from test_lookback import CAME_BACK, HOLDS, NOT_CHECKED, look

from zhiben.dangers.domain.sampling import Population, drawn, frame_hash, rank, size_of
from zhiben.dangers.domain.wilson import Share
from zhiben.dangers.models import Lookback, Sample
from zhiben.dangers.selectors.samples import sample_for, sample_result, samples_for
from zhiben.dangers.services.sampling import draw_sample, plan_samples, seed_sample, sweep_samples
from zhiben.journal.public import run_consumers
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

UIDS = [f"00000000-0000-7000-8000-{number:012d}" for number in range(1, 9)]
TOMORROW = DAY + timedelta(1)


def self_accepted(cast, description):
    cast.enterprise.employees = 2
    cast.enterprise.save()
    danger = rectifying(cast, description=description)
    danger = step(danger, "submit", cast.gong, report="已换", proofs=(photo(danger, "photo_before"), photo(danger)))
    return step(danger, "self_accept", cast.wang)


def seeded(cast, percent=100, by=None, population=Population.SELF_ACCEPTED, until=TOMORROW):
    path = cast.tree.county.path
    return seed_sample(path, population, DAY, until, percent, actor=(by or cast.zhao).actor, now=NOW)


def test_the_worked_example_of_the_docs():
    assert [uid[-1] for uid in drawn(UIDS, "example", 3)] == ["1", "7", "6"]
    assert rank("example", UIDS[0]).startswith("6a310a2d46e9")


@given(st.sets(st.uuids().map(str), max_size=60), st.text(max_size=20), st.integers(1, 100))
def test_a_draw_depends_on_nothing_but_population_seed_and_share(uids, seed, percent):
    size = size_of(len(uids), percent)
    found = drawn(uids, seed, size)
    assert found == drawn(sorted(uids, reverse=True), seed, size)
    assert len(set(found)) == len(found) == size
    assert set(found) <= uids
    rest = uids - set(found)
    assert all(rank(seed, inside) < rank(seed, outside) for inside in found for outside in rest)
    assert frame_hash(uids) == frame_hash(sorted(uids))


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilsons_interval_holds_the_share_and_stays_inside_nought_and_one(hits, misses):
    share = Share(hits, hits + misses)
    if not share.of:
        assert (share.share, share.interval) == (None, None)
        return
    low, high = share.interval
    assert 0 <= low <= share.share <= high <= 1
    assert high - low > 0


def test_wilson_against_published_values():
    low, high = Share(81, 263).interval  # Newcombe 1998, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = Share(0, 20).interval
    assert (low, round(high, 4)) == (0.0, 0.1611)


def test_seed_and_population_stand_in_the_journal_before_the_draw(cast):
    dangers = [self_accepted(cast, f"隐患{n}") for n in range(4)]
    sample = seeded(cast, percent=50)
    assert [entry.code for entry in history(f"sample/{sample.pk}")] == ["sample:seeded"]
    assert Lookback.unscoped.count() == 0
    draw_sample(sample.pk, actor=cast.zhao.actor, now=NOW)
    told = history(f"sample/{sample.pk}")
    assert [entry.code for entry in told] == ["sample:seeded", "sample:drawn"]
    uids = [str(danger.uid) for danger in dangers]
    assert told[0].body["frame_hash"] == frame_hash(uids)
    assert told[1].body["uids"] == drawn(uids, told[0].body["seed"], 2)
    tasks = Lookback.unscoped.filter(sample=sample)
    assert {str(task.danger.uid) for task in tasks} == set(told[1].body["uids"])
    assert {task.due_on for task in tasks} == {DAY + timedelta(30)}
    with pytest.raises(Conflict, match="sample:already-drawn"):
        draw_sample(sample.pk, actor=cast.zhao.actor, now=NOW)


def test_only_what_was_accepted_by_oneself_here_and_in_these_days_is_drawn_from(cast):
    mine = self_accepted(cast, "自验")
    signed_off(cast, "general", description="他验")
    assert seeded(cast).frame == [str(mine.uid)]
    with pytest.raises(Invalid, match="nothing-to-draw"):
        seed_sample(
            cast.tree.other_county.path, Population.SELF_ACCEPTED, DAY, TOMORROW, 10, actor=cast.zhang.actor, now=NOW
        )
    with pytest.raises(Invalid, match="days-ahead"):
        seeded(cast, until=DAY + timedelta(2))
    with pytest.raises(Invalid, match="percent"):
        seeded(cast, percent=0)
    with pytest.raises(Invalid, match="days-out-of-order"):
        seeded(cast, until=DAY)


def test_only_supervisors_who_may_draw_do_and_strangers_find_none(cast):
    self_accepted(cast, "自验")
    with pytest.raises(NotAllowed):
        seeded(cast, by=cast.wang)
    with pytest.raises(NotAllowed):
        seeded(cast, by=cast.li)
    sample = seeded(cast)
    assert not samples_for(cast.wang.actor)
    with pytest.raises(NotFound):
        sample_for(cast.zhang.actor, sample.pk)


def test_a_seed_left_undrawn_is_drawn_by_the_clock_once(cast):
    self_accepted(cast, "自验")
    seeded(cast)
    assert sweep_samples(NOW) == 0
    later = NOW + timedelta(minutes=2)
    assert sweep_samples(later) == 1
    assert sweep_samples(later) == 0
    assert Lookback.unscoped.count() == 1


def test_the_share_that_did_not_hold_is_counted_for_each_unit(cast):
    for n in range(4):
        self_accepted(cast, f"隐患{n}")
    sample = seeded(cast)
    draw_sample(sample.pk, actor=cast.zhao.actor, now=NOW)
    first, second, third, _ = Lookback.unscoped.order_by("pk")
    look(cast, first, HOLDS)
    look(cast, second, CAME_BACK)
    look(cast, third, NOT_CHECKED)
    result = sample_result(cast.zhao.actor, sample.pk)
    whole = result.whole
    assert (whole.drawn, whole.held, whole.came_back, whole.open) == (4, 1, 1, 2)  # the third is planned again
    assert (whole.share.hits, whole.share.of) == (1, 2)
    assert [(one.unit.pk, one.drawn) for one in result.units] == [(cast.tree.township.pk, 4)]
    assert fresh(second.danger_id).state == "confirmed"


def test_every_month_a_share_of_the_general_ones_is_drawn_by_itself(cast):
    danger = signed_off(cast, "general")
    signed_off(cast, "general", description="护栏缺失")
    signed_off(cast, description="重大的")
    run_consumers(now=NOW)
    planned = Sample.unscoped.get()
    assert (planned.state, planned.department, planned.since, planned.until) == (
        "planned",
        danger.department,
        DAY.replace(day=1),
        DAY.replace(month=4, day=1),
    )
    assert not samples_for(cast.zhao.actor)
    assert sweep_samples(NOW) == 0
    april = NOW + timedelta(days=31)
    assert sweep_samples(april) == 1
    assert sweep_samples(april + timedelta(minutes=2)) == 1
    planned.refresh_from_db()
    assert (planned.state, len(planned.frame), planned.size) == ("drawn", 2, 1)
    assert Lookback.unscoped.filter(sample=planned).count() == 1
    assert [entry.code for entry in history(f"sample/{planned.pk}")] == ["sample:seeded", "sample:drawn"]


def test_a_month_is_planned_once_however_often_it_is_told(cast):
    signed_off(cast, "general")
    awaiting(cast, description="未销号")
    run_consumers(now=NOW)
    plan_samples([], NOW)
    signed_off(cast, "general", description="护栏缺失")
    run_consumers(now=NOW)
    assert Sample.unscoped.count() == 1
