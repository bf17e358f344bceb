"""Rows past their moment: claimed once, done with the claim, pushed ahead when they break."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from zhiben.clocks.models import PoisonRow
from zhiben.clocks.sweeping import POISON_PAUSE, sweep_rows
from zhiben.notices.models import Delivery, Message
from zhiben.orgs.models import Person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def rows():
    """Give twelve rows, a minute apart; the last two are not due yet."""
    person = Person.objects.create(name="王")
    made = []
    for n in range(12):
        message = Message.objects.create(person=person, kind="x:y", subject="s/1", key=str(n), made_at=NOW)
        at = NOW + timedelta(minutes=n - 9)
        made.append(Delivery.objects.create(message=message, channel="email", next_at=at))
    return made


def sweep(effect, **more):
    return sweep_rows(
        "test:sweep", Delivery.objects.all(), claim=lambda row: {"next_at": None}, effect=effect, now=NOW, **more
    )


def test_what_is_due_is_done_once_and_what_is_not_waits(rows):
    done = []
    assert sweep(lambda won: done.extend(row.pk for row in won)) == 10
    assert sweep(lambda won: done.extend(row.pk for row in won)) == 0
    assert sorted(done) == [row.pk for row in rows[:10]]
    assert Delivery.objects.exclude(next_at=None).count() == 2


def test_the_earliest_go_first_when_there_are_more_than_the_limit(rows):
    Delivery.objects.filter(pk=rows[0].pk).update(next_at=NOW)
    done = []
    sweep(lambda won: done.extend(row.pk for row in won), limit=3)
    assert done == [rows[1].pk, rows[2].pk, rows[3].pk]


def test_a_row_that_another_worker_took_is_left_alone(rows):
    taken = []

    def claim(row):
        if row.pk == rows[0].pk:  # in this moment the other one commits
            Delivery.objects.filter(pk=row.pk).update(next_at=NOW + timedelta(days=1))
        return {"next_at": None}

    effect = lambda won: taken.extend(row.pk for row in won)  # noqa: E731
    assert sweep_rows("test:sweep", Delivery.objects.all(), claim=claim, effect=effect, now=NOW) == 9
    assert rows[0].pk not in taken


def test_one_poison_row_does_not_hold_up_the_others_and_is_shown(rows):
    def effect(won):
        Delivery.objects.filter(pk__in=[row.pk for row in won]).update(provider_id="done")
        if any(row.pk == rows[4].pk for row in won):
            raise ValueError("poison")

    assert sweep(effect) == 9
    poisoned = Delivery.objects.get(pk=rows[4].pk)
    assert (poisoned.provider_id, poisoned.next_at) == ("", NOW + POISON_PAUSE)
    shown = PoisonRow.objects.get()
    assert (shown.sweep, shown.row, shown.error) == (
        "test:sweep", f"notices.Delivery/{poisoned.pk}", "ValueError: poison"
    )  # fmt: skip


def test_a_poison_row_is_forgotten_when_it_goes_through(rows):
    def broken(won):
        raise ValueError("poison")

    for hour in range(2):
        rowset = Delivery.objects.filter(pk=rows[0].pk)
        at = NOW + timedelta(hours=hour)
        sweep_rows("test:sweep", rowset, claim=lambda row: {"next_at": None}, effect=broken, now=at)
    assert PoisonRow.objects.get().times == 2
    at = NOW + timedelta(hours=3)
    sweep_rows("test:sweep", rowset, claim=lambda row: {"next_at": None}, effect=lambda won: None, now=at)
    assert not PoisonRow.objects.exists()


def test_trouble_of_the_database_is_no_fault_of_the_row(rows):
    def locked(won):
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        sweep(locked)
    assert not PoisonRow.objects.exists()
    assert Delivery.objects.get(pk=rows[0].pk).next_at == rows[0].next_at
