"""The tallies equal a full scan of what happened, on any day, for any unit and cut, in whatever order it was written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiben.insights import tallies
from zhiben.insights.domain.measures import Cell, ClearingRow, Cut, What, part
from zhiben.insights.domain.months import first_of, month_of
from zhiben.insights.figures import Subjects, totals
from zhiben.insights.models import Restated
from zhiben.insights.tallies import WHOLE_TREE, Counted

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
START = date(2023, 11, 20)
HIGH, LOW = (WHOLE_TREE, 5, 6), (50, 51, 500)

cells = st.builds(Cell, st.integers(0, 3), st.integers(1, 2), st.integers(0, 2), st.integers(0, 2))
counted = st.builds(
    lambda what, high, low, cell, offset, n, late: Counted(
        what,
        (WHOLE_TREE, high),
        (low, 500),
        cell,
        START + timedelta(days=offset),
        n,
        START + timedelta(days=offset + late),
    ),
    st.sampled_from([int(w) for w in What]),
    st.sampled_from(HIGH[1:]),
    st.sampled_from(LOW[:2]),
    cells,
    st.integers(0, 500),
    st.sampled_from([1, -1]),
    st.integers(0, 90),
)


def scan(history, unit, what, day, cut):
    """What a full scan of everything that happened says."""
    found = {}
    for one in history:
        if unit in (*one.high, *one.low) and one.what == what and one.day <= day:
            key = one.cell.cut(cut)
            found[key] = found.get(key, 0) + one.n
    return {cell: n for cell, n in found.items() if n}


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(counted, max_size=6), max_size=5), offsets=st.lists(st.integers(-40, 600), max_size=4))
def test_any_day_equals_the_full_scan(batches, offsets):
    tallies.empty()
    for batch in batches:
        tallies.add(batch, now=NOW)
    history = [one for batch in batches for one in batch]
    for day in [START + timedelta(days=offset) for offset in offsets]:
        for cut in Cut:
            found = totals(Subjects(HIGH, LOW), day, cut=cut)
            for unit in (*HIGH, *LOW):
                for what in What:
                    told = {cell: n for (u, w, cell), n in found.items() if (u, w) == (unit, what) and n}
                    assert told == scan(history, unit, what, day, cut), (unit, what, day, cut)


@pytest.mark.django_db
def test_a_late_entry_marks_the_months_it_changes_as_restated():
    cell = Cell(1, 1, 1, 1)
    tallies.add([Counted(What.FOUND, (0,), (50,), cell, date(2026, 3, 5), 1, date(2026, 3, 6))], now=NOW)
    assert not Restated.objects.exists()
    tallies.add([Counted(What.FOUND, (0,), (50,), cell, date(2026, 1, 5), 1, date(2026, 3, 7))], now=NOW)
    assert {(r.unit, first_of(r.month)) for r in Restated.objects.all()} == {
        (unit, month) for unit in (0, 50) for month in (date(2026, 1, 1), date(2026, 2, 1))
    }


def test_a_packed_cell_gives_each_cut():
    cell = Cell(7, 2, 200, 1)
    assert {cut: part(cell.packed(), cut) for cut in Cut} == {cut: cell.cut(cut) for cut in Cut}


def test_months_count_on_over_the_year():
    assert month_of(date(2025, 1, 1)) == month_of(date(2024, 12, 31)) + 1
    assert first_of(month_of(date(2026, 11, 22))) == date(2026, 11, 1)


def test_the_identity_is_checked():
    assert ClearingRow(open_before=3, found=2, signed_off=1, open_after=4).balances()
    assert not ClearingRow(open_before=3, found=2, signed_off=1, open_after=5).balances()
