"""Stretches past a limit, derived from the journal."""

from datetime import timedelta

import pytest
from dangers.ladders import LATE, LIMIT, at, derived, late, span_of
from dangers.stories import fresh, photo, step
from make import DAY, NOW

from zhiben.dangers.domain.kinds import Channel, Level, State
from zhiben.dangers.models import OverdueSpan
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.spans import CONSUMER
from zhiben.journal.public import rebuild
from zhiben.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db


def act(danger, move, by, day, **given):
    done = step(danger, move, by, now=at(day), **given)
    derived(at(day))
    return done


def test_a_stretch_begins_on_the_day_after_the_limit(cast):
    span = span_of(late(cast))
    assert (span.since, span.until, span.holds, span.progress) == (LATE, None, [], [])
    assert span.next_at == at(LATE)


def test_days_in_which_somebody_else_must_act_are_held_and_handing_in_is_progress(cast):
    danger = late(cast)
    handed, returned = LATE + timedelta(3), LATE + timedelta(5)
    act(danger, "submit", cast.gong, handed, report="已整改", proofs=(photo(danger),))
    act(danger, "return", cast.wang, returned, due_on=None)
    span = span_of(danger)
    assert span.progress == [handed.isoformat()]
    assert span.holds == [["awaiting", handed.isoformat(), returned.isoformat()]]


def test_a_stretch_ends_with_the_danger_and_with_a_new_limit(cast):
    danger = late(cast)
    moved = LATE + timedelta(2)
    act(danger, "change_due", cast.wang, moved, due_on=LIMIT + timedelta(30))
    assert span_of(danger).until == moved


def test_a_stop_order_holds_its_days(cast):
    danger = late(cast, level="major")
    day = LATE + timedelta(1)
    act(danger, "stop_order", cast.zhao, day, scope="全厂", due_on=day)
    span = OverdueSpan.objects.get(danger=danger)
    assert span.until == day or span.holds == [["stopped", day.isoformat(), None]]


def test_a_row_that_came_in_closed_after_its_limit_keeps_its_stretch(cast):
    told = ImportedDanger(
        unit_id=cast.site.pk, description="旧账", found_on=DAY - timedelta(90), state=State.SIGNED_OFF,
        level=Level.GENERAL, channel=Channel.SELF_CHECK, due_on=DAY - timedelta(60), closed_on=DAY - timedelta(20),
    )  # fmt: skip
    danger = report_danger(told, actor=SYSTEM, now=NOW)
    derived(NOW)
    span = OverdueSpan.objects.get(danger=danger.id)
    assert (span.since, span.until) == (DAY - timedelta(59), DAY - timedelta(20))
    step(fresh(danger.id), "withdraw_import", SYSTEM, now=NOW)
    derived(NOW)
    assert not OverdueSpan.objects.filter(danger=danger.id).exists()


def test_derived_anew_they_are_the_same(cast):
    danger = late(cast)
    act(danger, "submit", cast.gong, LATE + timedelta(3), report="已整改", proofs=(photo(danger),))

    def told():
        return list(OverdueSpan.objects.values_list("danger", "since", "until", "holds", "progress"))

    before = told()
    rebuild(CONSUMER)
    assert told() == []
    derived(at(LATE + timedelta(4)))
    assert told() == before != []
