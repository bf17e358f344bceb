"""Quiet hours hold back what can wait; a digest puts the day's notices into one message, sent once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notices.telling import GRAVE, NOW, PLAIN, kinds_known, make_reader, tell

from zhiben.kernel.periods import CHINA
from zhiben.notices.domain.quiet import Quiet, next_time, not_before
from zhiben.notices.models import Delivery, Message, Preference
from zhiben.notices.public import mark_read, notices_for, notify
from zhiben.notices.services import digesting
from zhiben.notices.services.digesting import make_digests
from zhiben.notices.services.sending import deliver_due
from zhiben.orgs.models import Person

USUAL = Quiet()


def china(day, hour, minute=0, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (china(22, 21, 59, 59), china(22, 21, 59, 59)),
        (china(22, 22), china(23, 7)),
        (china(22, 23, 59, 59), china(23, 7)),
        (china(23, 0), china(23, 7)),
        (china(23, 6, 59, 59), china(23, 7)),
        (china(23, 7), china(23, 7)),
        (datetime(2026, 11, 22, 14, 0, tzinfo=UTC), china(23, 7)),  # 22:00 in Shanghai, told in UTC
        (datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), china(23, 7)),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), datetime(2027, 1, 1, 7, tzinfo=CHINA)),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(now, then):
    assert not_before(now, USUAL) == then


@pytest.mark.parametrize(
    ("quiet", "now", "then"),
    [
        (Quiet(time(12), time(14)), china(22, 13), china(22, 14)),
        (Quiet(time(12), time(14)), china(22, 14), china(22, 14)),
        (Quiet(time(0), time(0)), china(22, 0), china(22, 0)),  # hours that end as they begin are none
        (Quiet(time(22), time(0)), china(22, 23, 59), china(23, 0)),
        (None, china(22, 3), china(22, 3)),
    ],
)
def test_quiet_hours_are_ones_own(quiet, now, then):
    assert not_before(now, quiet) == then


SINCE = datetime(1980, 1, 1, tzinfo=UTC)
moments = st.integers(0, 60 * 365 * 86_400).map(lambda seconds: SINCE + timedelta(seconds=seconds))
times = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a machine under load draws slowly
@given(moments, times, times)
def test_what_waits_waits_less_than_a_day_and_goes_outside_of_quiet_hours(now, since, until):
    quiet = Quiet(since, until)
    then = not_before(now, quiet)
    assert now <= then < now + timedelta(hours=26)  # clocks of the past were put forward and back
    summer = then.astimezone(CHINA).year < 1992
    assert summer or not quiet.holds(then.astimezone(CHINA).time())
    assert next_time(now, since) > now


@pytest.fixture(autouse=True)
def kinds():
    with kinds_known():
        yield


@pytest.fixture
def wang(db):
    return make_reader("王安全", email="wang@example.org")


def test_at_night_a_plain_mail_waits_for_the_morning_and_an_urgent_one_does_not(wang):
    night = china(22, 23)
    tell(wang, now=night)
    tell(wang, kind=GRAVE, key="grave", now=night)
    assert deliver_due(night) == 1
    assert deliver_due(china(23, 6, 59)) == 0
    assert deliver_due(china(23, 7)) == 1
    assert [sent.subject for sent in mail.outbox] == ["重大隐患", "一般消息"]
    assert set(Delivery.objects.filter(channel="email").values_list("tries", flat=True)) == {1}


def test_who_has_no_quiet_hours_is_told_at_night(wang):
    Preference.objects.create(person_id=wang.person, has_quiet=False)
    tell(wang, now=china(22, 23))
    assert deliver_due(china(22, 23)) == 1


def wants_digest(actor, kind=PLAIN, channels=("email",), **more):
    kinds = {kind.name: {"when": "digest", "channels": list(channels)}}
    return Preference.objects.create(person_id=actor.person, kinds=kinds, **more)


def test_a_digest_is_one_message_with_links_sent_once(wang, settings):
    settings.PUBLIC_URL = "https://zhiben.example"
    wants_digest(wang)
    for number in range(3):
        tell(wang, key=f"k{number}", subject=f"danger/{number + 1}")
    assert len(notices_for(wang, language="en")) == 3  # in the program they stand at once
    assert deliver_due(NOW) == 0
    morning = china(23, 8)
    assert make_digests(morning - timedelta(seconds=1)) == 0
    assert make_digests(morning) == 1
    assert make_digests(morning + timedelta(days=1)) == 0
    assert deliver_due(morning) == 1
    assert deliver_due(morning + timedelta(days=1)) == 0
    (sent,) = mail.outbox
    assert sent.subject == "2026-11-23通知汇总"
    assert sent.body.startswith("共3条\n\n一般消息\n一号仓库有隐患\nhttps://zhiben.example/dangers/1/")
    assert sent.body.count("https://zhiben.example/dangers/") == 3
    assert len(notices_for(wang, language="en")) == 3
    states = Delivery.objects.filter(channel="email", digest__isnull=False).values_list("state", flat=True)
    assert list(states) == ["bundled"] * 3


def test_what_was_read_before_is_left_out_and_of_nothing_no_digest_is_made(wang):
    wants_digest(wang)
    tell(wang)
    (notice,) = notices_for(wang, language="en")
    mark_read([notice.id], actor=wang, now=NOW)
    assert make_digests(china(23, 8)) == 1
    assert not Message.objects.filter(kind="notice:digest").exists()
    assert Delivery.objects.get(channel="email").error == "notice:read-before"


def test_each_day_has_its_own_digest(wang):
    wants_digest(wang, digest_time=time(18, 30))
    for day in (22, 23):
        tell(wang, key=f"day {day}", now=china(day, 9))
        assert make_digests(china(day, 18, 30)) == 1
        assert deliver_due(china(day, 18, 30)) == 1
    assert len(mail.outbox) == 2


def test_a_digest_that_falls_into_quiet_hours_waits_too(wang):
    wants_digest(wang, digest_time=time(6, 0))
    tell(wang)
    make_digests(china(23, 6))
    assert deliver_due(china(23, 6)) == 0
    assert deliver_due(china(23, 7)) == 1


def test_what_needs_a_receipt_cannot_be_put_off_to_a_digest(wang):
    wants_digest(wang, kind=GRAVE)
    tell(wang, kind=GRAVE)
    assert deliver_due(NOW) == 1


def test_who_wants_a_kind_only_in_the_program_gets_no_mail(wang):
    wants_digest(wang, channels=())
    tell(wang)
    assert list(Delivery.objects.values_list("channel", flat=True)) == ["program"]
    assert Preference.objects.get().digest_at is None


def test_of_two_workers_one_makes_the_digest(wang, monkeypatch):
    wants_digest(wang)
    tell(wang)
    done, rival = digesting._done, [True]

    def slow(row):
        if rival and rival.pop():
            assert make_digests(china(23, 8)) == 1
        return done(row)

    monkeypatch.setattr(digesting, "_done", slow)
    assert make_digests(china(23, 8)) == 0
    assert Message.objects.filter(kind="notice:digest").count() == 1


def test_a_worker_killed_over_a_digest_loses_nothing(wang, monkeypatch):
    wants_digest(wang)
    tell(wang)

    def killed(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(digesting, "_one", killed)
    with pytest.raises(KeyboardInterrupt):
        make_digests(china(23, 8))
    monkeypatch.undo()
    assert make_digests(china(23, 8)) == 1
    assert deliver_due(china(23, 8)) == 1


def test_people_without_a_choice_are_told_as_ever(db):
    person = Person.objects.create(name="无账号", email="no@example.org")
    notify([person.pk], PLAIN.name, subject="danger/1", key="k", facts={}, now=NOW)
    assert deliver_due(NOW) == 1
    assert Delivery.objects.get(channel="program").state == "skipped"
