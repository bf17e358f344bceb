"""A connection to PostgreSQL is known to be alive, or gone, without a statement that asks."""

import time

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    if connection.vendor != "postgresql":
        pytest.skip("about connections of PostgreSQL")
    made = connection.copy()
    made.connect()
    yield made
    made.close()


def test_a_living_connection_is_not_asked(other):
    with CaptureQueriesContext(other) as asked:
        assert other.is_usable()
    assert not asked.captured_queries


def test_a_connection_that_the_server_ended_is_made_anew_before_the_next_statement(other):
    gone = other.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", [gone])
    for _ in range(200):
        if not other.is_usable():
            break
        time.sleep(0.01)
    assert not other.is_usable()
    other.health_check_enabled, other.health_check_done = True, False
    with other.cursor() as cursor:
        cursor.execute("select 1")
    assert other.connection.info.backend_pid != gone


def test_a_connection_with_a_broken_transaction_is_not_usable(other):
    other.set_autocommit(False)
    with pytest.raises(DatabaseError), other.cursor() as cursor:
        cursor.execute("select 1 / 0")
    assert not other.is_usable()
    other.rollback()
    assert other.is_usable()


def test_a_page_of_a_list_is_looked_up_rather_than_read_whole(other):
    with other.cursor() as cursor:
        cursor.execute("show random_page_cost")
        assert cursor.fetchone() == ("1.1",)
