"""Which rung is due on which day: from a danger's days and a region's rules, without a database."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.dangers.domain import effect
from zhiben.dangers.domain.effect import Wait, effect_of
from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.ladder import Due, Hold, Interval, Rung, Track, climb, next_due, read_rules
from zhiben.kernel.errors import Invalid
from zhiben.law.ladders import ladder_template

DAY = date(2026, 3, 2)
RULES = read_rules(ladder_template("default").body)  # general 15, 30, 45, –; major 3, 10, 20, 40; progress 7


def after(days):
    return DAY + timedelta(days)


def due(track, settled=(), since=DAY, until=None, rules=RULES):
    return next_due(track, rules, settled, since=since, until=until)


def climbed(track):
    return [(each.rung, (each.day - DAY).days) for each in climb(track, RULES, DAY, after(400))]


def test_rungs_follow_each_other_on_their_days():
    assert climbed(Track(DAY)) == [(Rung.LETTER, 15), (Rung.CIRCULAR, 30), (Rung.INTERVIEW, 45)]
    assert [days for _, days in climbed(Track(DAY, level=Level.MAJOR))] == [3, 10, 20, 40]


def test_a_danger_without_a_level_climbs_no_ladder():
    assert climbed(Track(DAY, level=Level.UNSET)) == []


def test_nothing_is_due_on_the_day_it_stopped_being_late():
    assert due(Track(DAY, after(16))) == Due(Rung.LETTER, after(15))
    assert due(Track(DAY, after(15))) is None


def test_who_was_late_before_the_rules_began_starts_with_the_first_rung_on_their_first_day():
    old = Track(DAY - timedelta(200))
    assert climbed(old) == [(Rung.LETTER, 0), (Rung.CIRCULAR, 15), (Rung.INTERVIEW, 30)]


def test_a_rung_issued_late_leaves_the_days_until_the_next_one():
    assert due(Track(DAY), [(Rung.LETTER, after(25))]) == Due(Rung.CIRCULAR, after(40))


def test_progress_holds_the_next_rung_off():
    assert due(Track(DAY, progress=(after(10),))) == Due(Rung.LETTER, after(17))
    assert due(Track(DAY, progress=(after(10), after(16)))) == Due(Rung.LETTER, after(23))
    assert due(Track(DAY, progress=(after(2),))) == Due(Rung.LETTER, after(15))


def test_days_awaiting_acceptance_do_not_count_and_carry_no_rung():
    returned = Track(DAY, holds=(Interval(after(5), after(12)),))
    assert due(returned) == Due(Rung.LETTER, after(22))
    assert due(Track(DAY, holds=(Interval(after(5), None),))) is None
    assert due(Track(DAY, holds=(Interval(after(15), after(20)),))) == Due(Rung.LETTER, after(20))


def test_a_stop_order_holds_only_where_the_rules_say_so():
    stopped = Track(DAY, holds=(Interval(after(1), None, Hold.STOPPED),))
    strict = read_rules({**ladder_template("default").body, "stop_holds": False})
    assert due(stopped) is None
    assert due(stopped, rules=strict) == Due(Rung.LETTER, after(15))


def test_rules_that_ended_raise_nothing():
    assert due(Track(DAY), until=after(15)) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rungs": [{"rung": "letter", "general": None, "major": None}]}, "ladder:no-rungs"),
        ({"rungs": [{"rung": "letter", "general": 9, "major": 9}, {"rung": "circular", "general": 9, "major": 10}]}, "ladder:days-not-ascending"),
        ({"rungs": [{"rung": "letter", "general": -1, "major": 9}]}, "ladder:days-out-of-range"),
        ({"progress_days": 366}, "ladder:days-out-of-range"),
    ],
)  # fmt: skip
def test_rules_that_cannot_hold_are_refused(change, code):
    with pytest.raises(Invalid, match=code):
        read_rules({**ladder_template("default").body, **change})


HOLDS = st.lists(
    st.builds(
        lambda at, days: Interval(after(at), after(at + days)),
        st.integers(-20, 80),
        st.integers(1, 30),
    ),
    max_size=4,
)


@given(HOLDS, st.lists(st.integers(-10, 90), max_size=4), st.integers(-5, 40))
def test_the_day_is_the_first_one_that_a_search_day_by_day_finds(holds, progress, starts):
    track = Track(DAY, holds=tuple(holds), progress=tuple(map(after, progress)))

    def held(day):
        return any(hold.since <= day < hold.until for hold in holds)

    def searched():
        counted = 0
        for n in range(600):
            day = after(n)
            fresh = any(after(on) <= day < after(on + 7) for on in progress)
            if counted >= 15 and n >= starts and not held(day) and not fresh:
                return day
            counted += not held(day)
        return None

    assert due(track, since=after(starts)) == Due(Rung.LETTER, searched())


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(effect).failed == 0


def test_small_groups_are_withheld():
    assert effect_of([Wait(3, has_ended=True)] * 4).is_withheld
    assert effect_of([Wait(3, has_ended=True)] * 5).median == 3


def test_waits_that_still_last_count_as_longer():
    ended, lasting = Wait(10, has_ended=True), Wait(30, has_ended=False)
    assert effect_of([ended] * 5 + [lasting] * 2).median == 10
    assert effect_of([ended] * 2 + [lasting] * 5).median is None
