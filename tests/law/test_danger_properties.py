"""What holds of every deadline, share and cohort of hidden dangers, and of an enterprise's colour, whatever is given."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.clearing import Found
from zhiben.law.enterprise_colour import Counts

TODAY = date(2026, 11, 22)
ONE = timedelta(days=1)
ORDER_15, ORDER_16 = date(2015, 5, 1), date(2008, 2, 1)  # in force from
DAYS = st.dates(ORDER_15, date(2090, 1, 1))
YEARS = st.integers(2009, 2200)
QUARTERS = st.integers(1, 4)


@property_of("quarter_report_due")
@FEW
@given(YEARS, QUARTERS)
def test_a_quarter_is_reported_by_the_fifteenth_of_the_month_after_it(year, quarter):
    due = answer("quarter_report_due", year=year, quarter=quarter)["due"]
    first_after = date(year + (quarter == 4), quarter * 3 % 12 + 1, 1)
    assert due == first_after + timedelta(days=14)
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    later = answer("quarter_report_due", year=following[0], quarter=following[1])["due"]
    assert timedelta(days=90) <= later - due <= timedelta(days=92)


@property_of("quarter_report_due")
@FEW
@given(st.sampled_from([2007, 2008, 9000, 9001]) | st.integers(-10, 10**5), st.integers(-3, 9))
def test_only_a_quarter_of_a_year_that_the_order_held_in_is_reported(year, quarter):
    assert answer("quarter_report_due", year=2008, quarter=1)["due"] == date(2008, 4, 15)
    first = (2007, 4)  # its form fell due in January 2008, before the order
    assert answer("quarter_report_due", year=9000, quarter=4)["due"] == date(9001, 1, 15)
    if quarter in range(1, 5) and first < (year, quarter) and year <= 9000:
        assert answer("quarter_report_due", year=year, quarter=quarter)["due"].year in (year, year + 1)
    else:
        with pytest.raises((Invalid, NotFound)):
            answer("quarter_report_due", year=year, quarter=quarter)


@property_of("annual_report_due")
@FEW
@given(YEARS)
def test_a_year_is_reported_by_the_end_of_january_sixteen_days_after_its_last_quarter(year):
    due = answer("annual_report_due", year=year)["due"]
    assert (due + ONE, due.year) == (date(year + 1, 2, 1), year + 1)
    assert due - answer("quarter_report_due", year=year, quarter=4)["due"] == timedelta(days=16)


@property_of("annual_report_due")
@FEW
@given(st.integers(1900, 2300))
def test_before_the_order_no_year_is_reported(year):
    assert answer("annual_report_due", year=2008)
    if year < 2008:  # the form of 2007 fell due on 31 January 2008, a day before the order
        with pytest.raises((Invalid, NotFound)):
            answer("annual_report_due", year=year)


@property_of("recheck_due", "restore_review_due")
@FEW
@given(DAYS, st.integers(1, 400))
def test_reinspection_and_review_come_within_ten_days_whatever_the_day(day, later):
    for name, field in (("recheck_due", "trigger"), ("restore_review_due", "application")):
        due = answer(name, **{field: day})["due"]
        assert (due - day).days == 10
        assert answer(name, **{field: day + timedelta(days=later)})["due"] - due == timedelta(days=later)


@property_of("recheck_due", "restore_review_due", "extension_window")
@FEW
@given(st.integers(-4000, 4000))
def test_before_its_order_a_deadline_is_refused_and_from_its_first_day_it_is_told(off):
    for name, field, since in (
        ("recheck_due", "trigger", ORDER_15),
        ("restore_review_due", "application", ORDER_16),
        ("extension_window", "deadline", ORDER_15),
    ):
        assert answer(name, **{field: since})
        if off < 0:
            with pytest.raises(NotFound, match="not-in-force"):
                answer(name, **{field: since + timedelta(days=off)})
        else:
            assert answer(name, **{field: since + timedelta(days=off)})


@property_of("extension_window")
@FEW
@given(DAYS)
def test_an_extension_is_asked_for_in_the_last_ten_days_and_answered_in_five(deadline):
    told = answer("extension_window", deadline=deadline)
    assert (deadline - told["apply_not_before"]).days == 10
    assert told["answer_days"] == 5
    assert told["apply_not_before"] < deadline - timedelta(days=told["answer_days"])  # asked at once, answered in time


@property_of("principal_check_due")
@FEW
@given(st.dates(date(2024, 1, 1), date(2080, 1, 1)))
def test_a_principal_in_a_high_risk_industry_checks_by_month_and_never_later_than_others(last):
    monthly, quarterly = (answer("principal_check_due", last=last, high_risk=risk) for risk in (True, False))
    assert (monthly["period_months"], quarterly["period_months"]) == (1, 3)
    assert last < monthly["next_due"] <= quarterly["next_due"]
    again = answer("principal_check_due", last=monthly["next_due"], high_risk=True)["next_due"]
    assert (again + ONE).day == 1
    assert timedelta(days=28) <= again - monthly["next_due"] <= timedelta(days=31)


PARTS = ["责任", "措施", "资金", "时限", "预案"]
FILLED = st.sampled_from(["张三", 0, 3.5, ["x"], {"a": 1}, True])
BLANK = st.sampled_from(["", "  ", None, [], {}, False])


@property_of("plan_complete")
@FEW
@given(st.dictionaries(st.sampled_from(PARTS), FILLED | BLANK), st.sampled_from(PARTS), FILLED, BLANK)
def test_a_plan_lacks_just_the_parts_that_are_not_filled_in_their_order(fields, part, something, nothing):
    def missing(given_):
        told = answer("plan_complete", fields=given_)
        assert told["complete"] == (not told["missing"])
        return told["missing"]

    lacking = missing(fields)
    assert lacking == [each for each in PARTS if each in lacking]
    assert set(PARTS) - fields.keys() <= set(lacking)
    assert missing(fields | {part: something}) == [each for each in lacking if each != part]
    assert missing(fields | {part: nothing}) == [each for each in PARTS if each in lacking or each == part]
    assert missing(dict.fromkeys(PARTS, something)) == []


COUNT = st.integers(0, 10**6)
PAIR = st.tuples(COUNT, COUNT).map(sorted)  # closed, found


@property_of("hazard_rates")
@FEW
@given(PAIR, PAIR, st.data())
def test_shares_closed_rise_with_every_closing_and_zero_is_dynamic_only_without_an_overdue_one(general, major, data):
    overdue = data.draw(st.integers(0, major[1] - major[0]))

    def told(more=0, late=overdue):
        return answer(
            "hazard_rates", found_general=general[1], closed_general=general[0], found_major=major[1] + more,
            closed_major=major[0] + more, overdue_open_major=late,
        )  # fmt: skip

    now = told()
    for rate, (closed, found) in ((now["general_rate"], general), (now["major_rate"], major)):
        assert (rate is None) == (found == 0)
        assert rate is None or (0 <= rate <= 1 and abs(rate - Fraction(closed, found)) <= Fraction(1, 2 * 10**6))
    assert now["major_rate"] is None or told(more=1)["major_rate"] >= now["major_rate"]
    assert now["dynamic_zero"] == (overdue == 0)
    with pytest.raises(Invalid):
        told(late=major[1] - major[0] + 1)  # more than are open
    with pytest.raises(Invalid):
        told(late=-1)
    for wrong in ({"found_general": -1}, {"closed_general": -1}, {"closed_general": general[1] + 1}):
        given_ = {"found_general": general[1], "closed_general": 0, "found_major": 0, "closed_major": 0}
        with pytest.raises(Invalid):
            answer("hazard_rates", overdue_open_major=0, **given_ | wrong)


FOUND = st.dates(date(2023, 6, 1), date(2026, 6, 1)) | st.sampled_from([date(2023, 12, 31), date(2024, 1, 1)])
ROWS = st.lists(
    st.tuples(FOUND, st.none() | st.integers(0, 900)).map(
        lambda row: Found(row[0], None if row[1] is None else row[0] + timedelta(days=row[1]))
    ),
    max_size=20,
)


@property_of("stock_increment")
@FEW
@given(ROWS, FOUND, st.integers(0, 500), st.integers(0, 500))
def test_one_more_danger_changes_its_own_cohort_only(rows, found, wait, age):
    asof, row = found + timedelta(days=age), Found(found, found + timedelta(days=wait))
    before, after = (answer("stock_increment", asof=asof, rows=each) for each in (rows, [*rows, row]))
    stock, closed = found < date(2024, 1, 1), wait <= age  # closed on the day itself counts as closed
    assert after["stock"] - before["stock"] == stock
    assert after["stock_closed"] - before["stock_closed"] == (stock and closed)
    assert after["increment"] - before["increment"] == (not stock)
    assert after["increment_open"] - before["increment_open"] == (not stock and not closed)
    assert answer("stock_increment", asof=asof, rows=[row, *rows[::-1]]) == after
    assert answer("stock_increment", asof=found - ONE, rows=[row]) == {
        "stock": 0, "stock_closed": 0, "stock_clear_rate": None, "increment": 0, "increment_open": 0,
    }  # fmt: skip


@property_of("stock_increment")
@FEW
@given(ROWS, st.dates(date(2023, 6, 1), date(2029, 1, 1)))
def test_the_share_of_the_stock_cleared_never_falls_with_time_once_all_of_it_is_found(rows, asof):
    asof = max(asof, date(2024, 1, 1))
    now, later = (answer("stock_increment", asof=day, rows=rows) for day in (asof, asof + timedelta(days=60)))
    assert now["stock"] == later["stock"]
    assert (now["stock_clear_rate"] is None) == (now["stock"] == 0)
    if now["stock"]:
        assert now["stock_clear_rate"] <= later["stock_clear_rate"] <= 1
        assert abs(now["stock_clear_rate"] - Fraction(now["stock_closed"], now["stock"])) <= Fraction(1, 2 * 10**6)


COLOURS = ["red", "orange", "yellow", "blue"]
# Points of a highest colour and below it, or none at all: each colour is the highest equally often.
POINTS = st.tuples(st.integers(0, 4), *[st.integers(0, 3)] * 4).map(
    lambda drawn: Counts(*[0 if at < drawn[0] else count + (at == drawn[0]) for at, count in enumerate(drawn[1:])])
)
PLAIN = {"hazard_source_level": None, "open_major_hazards": 0}


def _colour(counts, **given_):
    told = answer("enterprise_colour", on=TODAY, counts=counts, **PLAIN | given_)["colour"]
    return None if told is None else COLOURS.index(told)


def _inherent(counts):
    return next((at for at, colour in enumerate(COLOURS) if getattr(counts, colour)), None)


@property_of("enterprise_colour")
@FEW
@given(POINTS, st.sampled_from([None, 1, 2, 3, 4]), st.integers(0, 2))
def test_a_great_hazard_source_or_an_open_major_danger_makes_an_enterprise_red(counts, level, majors):
    told = _colour(counts, hazard_source_level=level, open_major_hazards=majors)
    assert told == (0 if level in (1, 2) or majors >= 1 else _inherent(counts))


@property_of("enterprise_colour")
@FEW
@given(POINTS, st.sampled_from([None, 0, 11, 12, 60]), st.booleans(), st.sampled_from([None, 1, 2, 3]))
def test_a_death_lifts_a_level_for_a_year_and_a_good_standing_lowers_one_never_below_the_inherent_less_one(
    counts, months, dishonest, grade
):
    inherent = _inherent(counts)
    lifted = _colour(counts, months_since_death=months, seriously_dishonest=dishonest)
    told = _colour(counts, months_since_death=months, seriously_dishonest=dishonest, standardisation_grade=grade)
    if inherent is None:
        assert (lifted, told) == (None, None)
        return
    within, after = (_colour(counts, months_since_death=each) for each in (11, 12))
    assert (within, after) == (max(inherent - 1, 0), inherent)
    up = (months is not None and months < 12) or dishonest
    assert lifted == max(inherent - up, 0)
    assert told == (min(lifted + 1, inherent + 1, 3) if grade in (1, 2) else lifted)


@property_of("enterprise_colour")
@FEW
@given(POINTS, st.sampled_from(COLOURS), st.sampled_from([None, 1, 2, 3]))
def test_one_more_risk_point_never_makes_an_enterprise_look_safer(counts, colour, grade):
    more = Counts(**{each: getattr(counts, each) + (each == colour) for each in COLOURS})
    before, after = (_colour(each, standardisation_grade=grade) for each in (counts, more))
    assert after is not None
    assert before is None or after <= before
