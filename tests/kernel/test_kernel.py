"""The kernel: three-valued logic, periods, ids, actors, exact numbers."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.kernel.actor import Actor, Grant, Permission, Place, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotAllowed, Refusal
from zhiben.kernel.ids import ancestors, path_end, segment, uuid7
from zhiben.kernel.logic import all_of, any_of, negated
from zhiben.kernel.periods import Period
from zhiben.kernel.quantities import exact


class Perm(Permission):
    VIEW = "danger:view"


@pytest.mark.parametrize(("a", "b"), list(product([True, False, None], repeat=2)))
def test_unknown_settles_only_what_either_answer_would_settle(a, b):
    worlds = [(x, y) for x in ([True, False] if a is None else [a]) for y in ([True, False] if b is None else [b])]
    ands, ors = {x and y for x, y in worlds}, {x or y for x, y in worlds}
    assert all_of([a, b]) is (ands.pop() if len(ands) == 1 else None)
    assert any_of([a, b]) is (ors.pop() if len(ors) == 1 else None)
    assert negated(negated(a)) is a


@given(st.dates(), st.integers(0, 400), st.integers(-500, 500))
def test_periods_are_half_open(since, length, offset):
    period = Period(since, since + timedelta(days=length)) if since.year < 9990 else Period(since)
    try:
        day = since + timedelta(days=offset)
    except OverflowError:
        return
    assert (day in period) == (0 <= offset < length or (period.until is None and offset >= 0))


def test_periods_that_touch_do_not_overlap():
    first = Period(date(2024, 1, 1), date(2024, 2, 1))
    assert not first.overlaps(Period(date(2024, 2, 1)))
    assert first.overlaps(Period(None, date(2024, 1, 2)))
    assert first.overlaps(Period())


def test_ids_made_later_sort_later():
    made = [uuid7(ms) for ms in (1, 2, 1_700_000_000_000)]
    assert made == sorted(made)
    assert {u.version for u in made} == {7}


@given(st.integers(0, 10**12))
def test_a_segment_reads_back(number):
    assert int(segment(number), 36) == number


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(1, 10**6))
def test_a_subtree_is_a_range(parts, other):
    path = "/" + "".join(segment(p) + "/" for p in parts)
    below, beside = path + segment(other) + "/", path[:-1] + segment(other) + "/"
    assert path <= below < path_end(path)
    assert not path <= beside < path_end(path)
    assert ancestors(below)[-2:] == [path, below]


def test_a_grant_reaches_path_enterprise_and_party_within_industry_and_matter():
    view = frozenset({"danger:view"})
    site = Place("/1/b/", enterprise=7, party=9, industries=frozenset({"machinery", "dust_explosion"}), matter="fire")
    assert Grant(view, path="/1/").reaches(site)
    assert not Grant(view, path="/1/c/").reaches(site)
    assert Grant(view, enterprise=7).reaches(site)
    assert Grant(view, enterprise=9).reaches(site)
    assert not Grant(view, enterprise=8).reaches(site)
    assert Grant(view, path="/1/", industries=frozenset({"machinery"})).reaches(site)
    assert not Grant(view, path="/1/", industries=frozenset({"coal_mine"})).reaches(site)
    assert not Grant(view, path="/1/", matters=frozenset({"gas"})).reaches(site)
    assert not Grant(view).reaches(site)


def test_the_last_day_of_a_grant_is_the_day_before_until():
    grant = Grant(frozenset(), path="/", since=date(2026, 1, 1), until=date(2026, 2, 1))
    assert [grant.holds_on(date(2026, 1, 1)), grant.holds_on(date(2026, 2, 1))] == [True, False]


def test_missing_permission_is_refused_by_name():
    with pytest.raises(NotAllowed) as refused:
        require(Actor(1, "li"), Perm.VIEW, Place("/1/"))
    assert refused.value.facts == {"permission": "danger:view"}


def test_bilingual_text_falls_back_to_what_there_is():
    assert Bilingual.of({"zh": "隐患", "en": "danger"})("zh-hans") == "隐患"
    assert Bilingual.of({"zh": "隐患"})("en") == "隐患"


def test_numbers_are_exact_and_nothing_else_is_a_number():
    assert exact("0.1") + exact(0.2) == Fraction(3, 10)
    assert exact("5.0") == 5
    for bad in (True, None, "", "abc", float("nan"), float("inf"), "1e999999999"):
        with pytest.raises(Invalid):
            exact(bad)


def test_a_refusal_tells_its_code_and_facts():
    assert str(Refusal("x:y", field="a")) == "x:y (field='a')"
