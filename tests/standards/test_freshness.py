"""Which value of a fact counts on a day."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from zhiben.standards.domain.freshness import FactSource, Known, fresh_until, latest

AT = datetime(2026, 1, 1, tzinfo=UTC)


def known(id_, day, value=True, name="x"):
    return Known(id_, name, value, day, FactSource.PERSON, "", fresh_until(day, FactSource.PERSON), AT)


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 1, 1)), max_size=8), st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_the_newest_value_not_after_the_day_counts(days, day):
    held = latest((known(i, d) for i, d in enumerate(days)), day).get("x")
    past = [d for d in days if d <= day]
    assert (held.day if held else None) == (max(past) if past else None)


def test_of_one_day_the_one_recorded_last_counts():
    day = date(2026, 1, 1)
    assert latest([known(1, day, value=False), known(2, day, value=True)], day)["x"].value is True


def test_a_value_goes_stale_on_the_day_it_no_longer_counts():
    value = known(1, date(2025, 1, 1))
    assert value.is_fresh(date(2025, 12, 31))
    assert not value.is_fresh(date(2026, 1, 1))
    assert not value.is_fresh(date(2024, 12, 31))
