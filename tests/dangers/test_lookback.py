"""After sign-off somebody goes and looks again; what came back is reopened in the same act."""

from datetime import timedelta

import pytest
from dangers.test_pages_detail import picture
from make import DAY, NOW
from stage import world
from stories import codes, fresh, signed_off, step

from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.models import Evidence, Lookback
from zhiben.dangers.selectors.lookbacks import lookback_counts, lookbacks_for, lookbacks_waiting
from zhiben.dangers.services.evidence import Upload
from zhiben.dangers.services.lookbacks import record_lookback, sweep_lookbacks
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Message

HOLDS, CAME_BACK, NOT_CHECKED = LookbackState.HOLDS, LookbackState.CAME_BACK, LookbackState.NOT_CHECKED


def photos():
    return [Upload(EvidenceKind.LOOKBACK, picture().file, "照片.jpg")]


def look(cast, row, result, by=None, now=NOW, **given):
    given = {"words": "已查看", "photos": photos()} | given
    actor = (by or cast.zhao).actor
    return record_lookback(row.pk, result, given["words"], given["photos"], actor=actor, now=now)


@world
def looked(cast):
    """A signed-off major danger and its two look-backs."""
    danger = signed_off(cast)
    return danger, *Lookback.unscoped.order_by("due_on")


def test_a_major_one_is_looked_back_at_after_thirty_and_ninety_days(looked):
    danger, first, second = looked
    assert [(one.days, one.due_on) for one in (first, second)] == [
        (30, DAY + timedelta(30)),
        (90, DAY + timedelta(90)),
    ]
    assert first.path == danger.path


def test_the_days_are_a_setting_and_general_ones_wait_for_a_sample(cast, settings):
    signed_off(cast, "general")
    assert Lookback.unscoped.count() == 0
    settings.DANGER_HABITS = {"lookback_days": (10,)}
    signed_off(cast, description="除尘失效")
    assert Lookback.unscoped.get().due_on == DAY + timedelta(10)


def test_it_holds_with_words_and_a_photo(cast, looked):
    danger, first, _ = looked
    with pytest.raises(Invalid, match="needs-words"):
        look(cast, first, HOLDS, words=" ")
    with pytest.raises(Invalid, match="needs-photo"):
        look(cast, first, HOLDS, photos=[])
    done = look(cast, first, HOLDS)
    assert (done.state, done.reopened) == (HOLDS, False)
    assert fresh(danger.pk).state == "signed_off"
    assert Evidence.objects.filter(danger=danger, kind="lookback").count() == 1
    assert codes(danger)[-1] == "lookback:done"
    with pytest.raises(Conflict, match="lookback:not-open"):
        look(cast, first, CAME_BACK)


def test_what_came_back_is_reopened_with_a_link_and_the_other_look_back_falls_away(cast, looked):
    danger, first, second = looked
    done = look(cast, first, CAME_BACK, words="又堵住了")
    assert done.reopened
    assert fresh(danger.pk).state == "confirmed"
    assert codes(danger).count("danger:reopened") == 1
    second.refresh_from_db()
    assert (second.state, second.next_at) == ("dropped", None)
    with pytest.raises(Conflict, match="lookback:not-open"):
        look(cast, second, HOLDS)


def test_refused_nothing_is_written(cast, looked):
    danger, first, _ = looked
    with pytest.raises(NotAllowed):
        look(cast, first, CAME_BACK, by=cast.zhou)
    first.refresh_from_db()
    assert (first.state, fresh(danger.pk).state) == ("open", "signed_off")
    with pytest.raises(NotFound):
        look(cast, first, HOLDS, by=cast.zhang)


def test_what_could_not_be_checked_is_planned_again(cast, looked):
    _, first, _ = looked
    done = look(cast, first, NOT_CHECKED, words="厂门紧锁", photos=[])
    again = Lookback.unscoped.get(follows=first)
    assert (done.again_on, again.due_on, again.state) == (DAY + timedelta(14), DAY + timedelta(14), "open")
    assert again.days == 30


def test_reopened_by_anybody_it_needs_no_look_back_and_signed_off_anew_it_gets_new_ones(cast, looked):
    danger, *_ = looked
    danger = step(danger, "reopen", cast.zhao)
    assert set(Lookback.unscoped.values_list("state", flat=True)) == {"dropped"}
    assert danger.state == "confirmed"


def test_the_clock_reminds_and_what_was_missed_stands_overdue_once(cast, looked):
    danger, first, _ = looked
    assert sweep_lookbacks(NOW) == 0
    soon = NOW + timedelta(days=23, hours=1)
    assert sweep_lookbacks(soon) == 1
    assert sweep_lookbacks(soon) == 0
    late = NOW + timedelta(days=31)
    sweep_lookbacks(late)
    first.refresh_from_db()
    assert (first.is_overdue, first.next_at) == (True, None)
    assert sweep_lookbacks(late) == 0
    assert codes(danger).count("lookback:overdue") == 1
    kinds = Message.objects.filter(person=cast.li.person).values_list("kind", flat=True)
    assert set(kinds) >= {"lookback:reminded", "lookback:overdue"}
    assert list(lookbacks_for(cast.zhao.actor, view="overdue")) == [first]
    look(cast, first, HOLDS, now=late)
    assert lookback_counts(cast.zhao.actor, DAY + timedelta(31)).overdue == 0


def test_it_stands_in_the_departments_work_a_week_ahead_and_in_nobody_elses(cast, looked):
    _, first, _ = looked
    assert list(lookbacks_waiting(cast.zhao.actor, DAY)) == []
    assert list(lookbacks_waiting(cast.zhao.actor, DAY + timedelta(24))) == [first]
    assert list(lookbacks_waiting(cast.zhang.actor, DAY + timedelta(24))) == []
    assert list(lookbacks_waiting(cast.wang.actor, DAY + timedelta(24))) == []


def test_counts_follow_what_was_seen(cast, looked):
    _, first, second = looked
    look(cast, first, HOLDS)
    look(cast, second, CAME_BACK)
    counts = lookback_counts(cast.zhao.actor, DAY, enterprise=cast.enterprise.pk)
    assert (counts.open, counts.held, counts.came_back) == (0, 1, 1)
    assert lookback_counts(cast.zhang.actor, DAY).held == 0
