"""How likely two tellings are one danger: the seeded pairs, and each sign by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alike import DAY, measured, pairs, score, telling
from hypothesis import given
from hypothesis import strategies as st

from zhiben.dangers.domain.likeness import PROPOSED, Near, Sign, likeness, shared_words
from zhiben.dangers.domain.places import differ, spot_of


@pytest.mark.parametrize(("half", "precision", "recall"), [("tuned", 95, 90), ("unseen", 90, 80)])
def test_what_is_proposed_among_the_seeded_pairs_is_mostly_right_and_mostly_all(half, precision, recall):
    told = measured(half, PROPOSED)
    print(half, {name: told[name] for name in ("pairs", "same", "precision", "recall")})
    for points, pair in told["wrong"]:
        print("  missed" if pair["same"] else "  wrongly proposed", points, pair["a"], "/", pair["b"])
    assert told["precision"] >= precision
    assert told["recall"] >= recall


def test_the_seeded_pairs_are_many_and_hard_on_both_sides():
    every = [*pairs("tuned"), *pairs("unseen")]
    assert len(every) >= 150
    assert 70 <= sum(pair["same"] for pair in every) <= len(every) - 70
    kinds = {pair["kind"] for pair in every if not pair["same"]}
    assert kinds >= {"other-place", "other-workshop", "other-site", "other-thing", "recurrence", "unsure", "photo"}


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_what_came_back_after_its_sign_off_is_never_proposed(half):
    assert not any(score(pair) for pair in pairs(half) if pair["kind"] == "recurrence")


def signs(one, other, near=Near.SAME):
    return {reason.sign for reason in likeness(one, other, near).reasons}


def test_every_sign_stands_among_the_reasons():
    one = telling("s|1号车间|灭火器压力不足", DAY, photos=frozenset({0b1010}))
    other = telling("i|一车间|灭火器失压", DAY + timedelta(2), photos=frozenset({0b1011}))
    assert signs(one, other) >= {Sign.WORDS, Sign.PLACE, Sign.DAYS, Sign.PHOTO, Sign.CHANNELS}
    assert Sign.OTHER_PLACE in signs(one, replace(other, place="二车间"))
    assert Sign.OTHER_PLACE in signs(one, other, Near.BESIDE)
    assert Sign.LONG_AGO in signs(one, replace(other, found_on=DAY + timedelta(100)))
    assert Sign.ONE_ROUND in signs(one, replace(one, description="配电箱未关门"))


def test_numbers_are_one_however_written():
    for place in ("3号车间", "３＃车间", "三车间", "第三车间"):
        assert not list(differ(spot_of(place), spot_of("3号车间"))), place
    assert list(differ(spot_of("十二层"), spot_of("2层"))) == ["floor"]
    assert list(differ(spot_of("V-101"), spot_of("v203"))) == ["tag"]
    assert list(differ(spot_of("仓库", "7号配电箱未关"), spot_of("仓库", "8号配电箱未关"))) == ["machine"]


def test_the_example_of_the_documentation_holds():
    one = telling("s|1号车间东侧|灭火器压力不足", DAY)
    other = telling("i|一车间东面|灭火器指针在红区，失压", DAY + timedelta(2))
    assert likeness(one, other, Near.SAME).score == 74
    assert likeness(one, replace(other, place="二车间东面"), Near.SAME).score == 16


words = st.text(st.sampled_from("灭火器过期车间配电箱门未关积灰1２三号楼东侧 ，abc"), max_size=20)


@given(st.tuples(words, words), st.tuples(words, words), st.integers(0, 400), st.sampled_from(list(Near)))
def test_likeness_does_not_depend_on_who_is_named_first(here, there, days, near):
    a, b = here[1], there[1]
    one = telling(f"s|{here[0]}|{a}", DAY)
    other = telling(f"i|{there[0]}|{b}", DAY + timedelta(days))
    told, back = likeness(one, other, near), likeness(other, one, near)
    assert told is not None
    assert back is not None
    assert told.score == back.score
    assert 0 <= told.score <= 100
    assert shared_words(a, b) == shared_words(b, a)


@given(words.filter(str.strip), words)
def test_a_telling_and_its_copy_share_all_words_or_have_none(text, place):
    one = telling(f"s|{place}|{text}", DAY)
    again = likeness(one, replace(one, channel="inspection"), Near.SAME)
    assert again is not None
    assert shared_words(text, text) == 100
    assert Sign.OTHER_PLACE not in {reason.sign for reason in again.reasons}
