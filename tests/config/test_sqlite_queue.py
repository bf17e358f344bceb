"""Two processes that write to one SQLite file stand in a queue, and whoever dies leaves it."""

import time

import pytest
from django.db import connection, transaction

pytestmark = pytest.mark.server


@pytest.fixture
def start(child, pristine):
    """A way to start a process on a file with a table of its own."""
    child(lambda: connection.cursor().execute("create table written (seen integer)") and None, pristine).told()
    return lambda work: child(work, pristine)


def write(times):
    for _ in range(times):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("insert into written select count(*) from written")


def hold():
    with transaction.atomic():
        print("held")
        time.sleep(60)


def tell():
    cursor = connection.cursor()
    cursor.execute("select count(*), count(distinct seen) from written")
    print(*cursor.fetchone())


def test_two_writers_take_turns_and_lose_nothing(start):
    both = [start(lambda: write(150)) for _ in range(2)]
    assert [one.told() for one in both] == ["", ""]
    assert start(tell).told() == "300 300"


def test_a_writer_that_is_killed_leaves_the_queue(start):
    holder = start(hold)
    assert holder.stdout.readline().strip() == "held"
    next_one = start(lambda: write(1))
    holder.kill()
    next_one.told()
    assert start(tell).told() == "1 1"
