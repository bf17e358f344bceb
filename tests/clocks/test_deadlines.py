"""Deadlines keep their history: who set which day, by which order and clause."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from zhiben.clocks.public import (
    NewDeadline,
    SetBy,
    current_deadlines,
    deadline_day,
    deadlines_of,
    set_deadline,
    set_deadlines,
)
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict
from zhiben.law.procedures import Unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FIRST = NewDeadline("danger/1", "rectify", date(2026, 12, 1), SetBy.SELF, reason="own plan")
ORDERED = replace(
    FIRST, day=date(2026, 12, 15), set_by=SetBy.ORDER, order="应急责改〔2026〕1号", clause="cn/order-16:18"
)


def test_a_new_deadline_takes_the_place_of_the_old_which_stays_as_history():
    set_deadline(FIRST, actor=SYSTEM, now=NOW)
    set_deadline(ORDERED, actor=SYSTEM, now=NOW)
    history = deadlines_of("danger/1")
    assert [(one.day, one.set_by, one.is_current) for one in history] == [
        (FIRST.day, "self", False),
        (ORDERED.day, "order", True),
    ]
    assert history[1].clause == "cn/order-16:18"


def test_deadlines_of_other_kinds_and_subjects_are_left_alone():
    review = replace(FIRST, kind="review")
    other = replace(FIRST, subject="danger/2")
    set_deadlines([FIRST, review, other], actor=SYSTEM, now=NOW)
    set_deadline(ORDERED, actor=SYSTEM, now=NOW)
    current = current_deadlines(["danger/1", "danger/2"])
    assert {key: one.day for key, one in current.items()} == {
        ("danger/1", "rectify"): ORDERED.day,
        ("danger/1", "review"): FIRST.day,
        ("danger/2", "rectify"): FIRST.day,
    }


def test_working_days_skip_festivals_and_count_make_up_days():
    assert deadline_day(date(2026, 2, 13), 2, Unit.WORKING_DAY).day == date(2026, 2, 24)
    assert deadline_day(date(2026, 2, 13), 2, Unit.DAY).day == date(2026, 2, 15)
    assert deadline_day(date(2026, 12, 30), 3, Unit.WORKING_DAY).provisional
    with pytest.raises(ValueError, match="hours"):
        deadline_day(date(2026, 2, 13), 2, Unit.HOUR)


def test_two_who_set_the_same_deadline_in_one_moment_are_told_apart(monkeypatch):
    set_deadline(FIRST, actor=SYSTEM, now=NOW)

    def nothing_to_replace(self, **columns):  # what the slower one finds on PostgreSQL: the faster one's is not seen
        return 0

    monkeypatch.setattr("django.db.models.query.QuerySet.update", nothing_to_replace)
    with pytest.raises(Conflict, match="deadline:already-changed"):
        set_deadline(ORDERED, actor=SYSTEM, now=NOW)
    assert [one.day for one in deadlines_of("danger/1")] == [FIRST.day]
