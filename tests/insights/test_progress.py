"""Who moved: the pace, its reasons, and the order of the ranking."""

from hypothesis import given
from hypothesis import strategies as st

from zhiben.insights.domain.progress import Because, Pace, Ranked, Standing, backward, forward, reason_words

counts = st.integers(0, 50)
standings = st.builds(
    lambda before, came, other, off, late_before, late: Standing(
        open_before=before, came=came, went_otherwise=other, signed_off=off,
        open_after=max(before + came - other - off, 0), overdue_before=late_before, overdue=late,
    ),
    counts, counts, counts, counts, counts, counts,
)  # fmt: skip


def standing(**facts):
    plain = dict.fromkeys(Standing.__dataclass_fields__, 0)
    return Standing(**plain | facts)


@given(standings)
def test_the_pace_never_speaks_against_the_overdue(one):
    if one.overdue > one.overdue_before:
        assert one.pace is Pace.BEHIND
    if one.pace is Pace.AHEAD:
        assert one.overdue <= one.overdue_before
        assert one.signed_off or one.overdue < one.overdue_before
    if one.pace is Pace.STILL:
        assert (one.signed_off, one.overdue) == (0, one.overdue_before)


@given(st.lists(standings, max_size=8))
def test_nobody_stands_in_both_lists(some):
    ranked = [Ranked(str(number), one) for number, one in enumerate(some)]
    ahead, behind = forward(ranked, 99), backward(ranked, 99)
    assert not {one.name for one in ahead} & {one.name for one in behind}
    assert [one.standing.rank for one in ahead] == sorted(one.standing.rank for one in ahead)


def test_fewer_overdue_weighs_more_than_a_larger_share():
    few = Ranked("few", standing(open_before=10, signed_off=1, open_after=9, overdue_before=4, overdue=2))
    share = Ranked("share", standing(open_before=10, signed_off=9, open_after=1))
    assert [one.name for one in forward([share, few], 5)] == ["few", "share"]


def test_the_reasons_name_the_numbers():
    one = standing(open_before=20, came=2, signed_off=9, open_after=13, overdue_before=7, overdue=4)
    assert [because for because, _ in one.reasons] == [Because.OVERDUE_FEWER, Because.CLEARED]
    assert reason_words(one).en == "overdue 7 → 4; 9 of 22 signed off (40 %)"
    assert reason_words(standing(open_after=3, open_before=3)).zh == "未销号 3 项，本期无一销号"
