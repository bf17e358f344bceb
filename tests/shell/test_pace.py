"""How fast one account may ask: counted once for all web processes, and cheap for each of them."""

import sqlite3
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import NOW

from zhiben.shell.models import Allowance, CacheEntry
from zhiben.shell.pace import SHARES, Pace, forget_allowances, forget_counts

pytestmark = pytest.mark.django_db
accounts = count(1)


def at(seconds):
    return NOW + timedelta(seconds=seconds)


@given(st.lists(st.tuples(st.floats(0, 30), st.booleans()), min_size=1, max_size=40), st.integers(1, 100))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_two_processes_together_give_no_more_than_a_minutes_worth_and_what_flows_in(asked, per_minute):
    account, processes, moment, allowed = next(accounts), (Pace(), Pace()), 0.0, 0
    for pause, which in asked:
        moment += pause
        seconds = processes[which].wait(account, per_minute, now=at(moment))
        allowed += seconds == 0
        assert allowed <= per_minute + moment * per_minute / 60 + 0.01
        if seconds:  # who waits as long as told is answered
            moment += seconds
            assert processes[which].wait(account, per_minute, now=at(moment)) == 0
            allowed += 1


def test_a_minutes_worth_may_come_at_once_through_whichever_process():
    processes = (Pace(), Pace())
    answers = [processes[n % 2].wait(1, 100, now=NOW) for n in range(120)]
    assert answers.count(0) == 100
    assert answers[-1] == 1


def test_a_process_that_was_refused_does_not_ask_the_database_again_before_the_time(django_assert_num_queries):
    pace = Pace()
    assert pace.wait(1, 1, now=NOW) == 0
    assert pace.wait(1, 1, now=NOW) == 60
    with django_assert_num_queries(0):
        assert pace.wait(1, 1, now=at(20)) == 40
    assert pace.wait(1, 1, now=at(60)) == 0


def test_nearly_every_request_costs_no_question(django_assert_num_queries):
    pace, per_minute = Pace(), 600
    pace.wait(1, per_minute, now=NOW)
    with django_assert_num_queries(0):
        assert {pace.wait(1, per_minute, now=NOW) for _ in range(per_minute // SHARES - 1)} == {0}


def test_whoever_holds_the_pen_holds_nobody_up(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a lock for each row")
    connection.ensure_connection()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert Pace().wait(1, 100, now=NOW) == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert not Allowance.objects.exists()
    with connection.cursor() as cursor:
        assert (
            cursor.execute("PRAGMA busy_timeout").fetchone()[0] == connection.settings_dict["OPTIONS"]["timeout"] * 1000
        )


def test_what_nobody_needs_is_forgotten():
    Pace().wait(1, 100, now=NOW)
    assert forget_allowances(at(3600)) == 0
    assert forget_allowances(at(3601)) == 1
    caches["default"].set("tried", 3, timeout=60)
    made = CacheEntry.objects.get()
    assert forget_counts(made.expires) == 0
    assert forget_counts(made.expires + timedelta(seconds=1)) == 1
