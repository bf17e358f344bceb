"""The calendar of working days: loaded years exact, later ones provisional, earlier ones refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.calendar import Calendar, Year, official

NOTICE_2027 = {  # invented, to try the loading of a new notice
    "year": 2027,
    "source": {"number": "example"},
    "holidays": [{"name": {"zh": "元旦", "en": "New Year"}, "first": date(2027, 1, 1), "last": date(2027, 1, 3)}],
    "make_up_days": [date(2027, 1, 9)],
}
LOADED = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("name", sorted(store.documents("calendar")))
def test_a_year_has_as_many_working_days_as_its_notice_leaves(name):
    written = store.documents("calendar")[name]
    year = written["year"]
    start = date(year, 1, 1)
    days = sum(
        not official().is_offday(start + timedelta(days=at))
        for at in range(366)
        if (start + timedelta(days=at)).year == year
    )
    assert days == written["examples"]["workdays"]
    assert written["source"]["number"].startswith("国办发明电")


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2024-02-04", False), ("2024-06-10", True), ("2024-10-12", False), ("2025-01-27", False), ("2025-02-04", True),
        ("2025-05-31", True), ("2025-10-08", True), ("2025-10-09", False), ("2026-01-04", False), ("2026-02-14", False),
        ("2026-02-23", True), ("2026-09-20", False), ("2026-09-28", False), ("2026-10-10", False),
    ],
)  # fmt: skip
def test_days_off_and_make_up_days_are_those_of_the_notice(day, off):
    found = official().look_up(date.fromisoformat(day))
    assert (found.off, found.provisional) == (off, False)


def test_a_holiday_is_named():
    assert official().look_up(date(2026, 2, 17)).holiday.zh == "春节"


def test_a_later_year_knows_its_weekends_only_and_says_so():
    first_of_2027 = official().look_up(date(2027, 1, 1))  # a Friday, surely a holiday, but no notice says it yet
    assert (first_of_2027.off, first_of_2027.provisional) == (False, True)
    assert official().look_up(date(2027, 1, 2)).provisional


def test_a_count_that_crosses_into_a_later_year_is_provisional():
    assert official().add_workdays(date(2026, 12, 28), 3) == official().workday_from(date(2026, 12, 31))
    assert official().add_workdays(date(2026, 12, 28), 4).provisional
    assert official().workdays_between(date(2026, 12, 28), date(2027, 1, 4)).provisional
    assert official().workday_until(date(2027, 1, 3)).provisional


def test_a_loaded_notice_ends_the_provision():
    fuller = official().with_year(Year.of(NOTICE_2027))
    found = fuller.look_up(date(2027, 1, 1))
    assert (found.off, found.provisional) == (True, False)
    assert not fuller.look_up(date(2027, 1, 9)).off
    assert fuller.add_workdays(date(2026, 12, 31), 1).day == date(2027, 1, 4)
    assert fuller.look_up(date(2028, 1, 3)).provisional
    assert official().look_up(date(2027, 1, 1)).provisional


def test_a_year_before_the_first_notice_is_refused():
    with pytest.raises(Invalid, match="calendar:unknown-year") as refusal:
        official().look_up(date(2023, 12, 31))
    assert {"field", "reason", "example"} <= refusal.value.facts.keys()
    with pytest.raises(Invalid, match="calendar:unknown-year"):
        official().add_workdays(date(2024, 1, 2), -1)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"make_up_days": [date(2027, 1, 5)]}, "calendar:bad-make-up-day"),
        ({"make_up_days": [date(2027, 1, 2)]}, "calendar:bad-make-up-day"),
        ({"make_up_days": [date(2026, 12, 27)]}, "calendar:other-year"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(change, problem):
    with pytest.raises(Invalid, match=problem):
        Year.of(NOTICE_2027 | change)


def test_years_with_a_gap_are_refused():
    with pytest.raises(Invalid, match="calendar:gap"):
        Calendar(
            [*official().years.values(), Year.of(NOTICE_2027 | {"year": 2028, "holidays": [], "make_up_days": []})]
        )


@given(LOADED, st.integers(0, 200))
def test_counting_there_and_back_agree(start, days):
    calendar = official()
    end = calendar.add_workdays(start, days).day
    assert calendar.workdays_between(start, end).days == days
    assert days == 0 or not calendar.is_offday(end)


@given(LOADED)
def test_the_nearest_working_days_enclose_a_day(day):
    calendar = official()
    after = calendar.workday_from(day).day
    assert after >= day
    assert not calendar.is_offday(after)
    assert calendar.next_workday(day).day > day
    between = [day + timedelta(days=at) for at in range((after - day).days)]
    assert all(calendar.is_offday(other) for other in between)


def test_a_count_that_is_surely_a_mistake_is_refused():
    with pytest.raises(Invalid, match="calendar:too-many-days"):
        official().add_workdays(date(2026, 1, 5), 10_001)
    with pytest.raises(Invalid, match="calendar:turned-round"):
        official().workdays_between(date(2026, 1, 5), date(2026, 1, 4))


def test_working_days_before_a_day():
    assert official().previous_workday(date(2026, 2, 24)).day == date(2026, 2, 14)
    assert official().workday_until(date(2026, 2, 23)).day == date(2026, 2, 14)
