"""A suspicion is no danger until a person says so."""

import pytest
from django.urls import reverse
from make import DAY, NOW
from stories import codes, fresh

from zhiben.dangers.models import Danger, Suspicion
from zhiben.dangers.public import (
    NewSuspicion,
    confirm_suspicion,
    dismiss_suspicion,
    raise_suspicions,
    suspicions_for,
)
from zhiben.journal.selectors.reading import history
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


@pytest.fixture
def suspicion(cast):
    raised = NewSuspicion(
        unit_id=cast.site.pk, text="粉尘未清扫", source="judging", key="judging:1:gongmao-2023/1", raised_on=DAY,
        standard="gongmao-2023", clause="1",
    )  # fmt: skip
    assert len(raise_suspicions([raised, raised], actor=SYSTEM, now=NOW)) == 1
    assert raise_suspicions([raised], actor=SYSTEM, now=NOW) == []
    return Suspicion.unscoped.get()


def test_raised_twice_it_is_one_and_no_danger(suspicion):
    assert Danger.unscoped.count() == 0
    assert suspicion.answer == "open"


def test_a_person_confirms_it_and_a_danger_begins(cast, suspicion):
    reported = confirm_suspicion(suspicion.pk, actor=cast.wang.actor, now=NOW)
    danger = fresh(reported.id)
    assert (danger.channel, danger.description) == ("determination", "粉尘未清扫")
    assert codes(danger) == ["danger:found"]
    assert [entry.code for entry in history(f"suspicion/{suspicion.pk}")] == ["suspicion:raised", "suspicion:answered"]
    with pytest.raises(Conflict, match="suspicion:already-answered"):
        dismiss_suspicion(suspicion.pk, "看错了", actor=cast.zhou.actor, now=NOW)


def test_dismissing_takes_a_reason(cast, suspicion):
    with pytest.raises(Invalid, match="needs-reason"):
        dismiss_suspicion(suspicion.pk, " ", actor=cast.wang.actor, now=NOW)
    dismiss_suspicion(suspicion.pk, "已清扫", actor=cast.wang.actor, now=NOW)
    assert Suspicion.unscoped.get().answer == "dismissed"


def test_strangers_see_none_and_workers_do_not_decide(cast, suspicion):
    assert not suspicions_for(cast.he.actor)
    with pytest.raises(NotFound):
        confirm_suspicion(suspicion.pk, actor=cast.he.actor, now=NOW)
    with pytest.raises(NotAllowed):
        confirm_suspicion(suspicion.pk, actor=cast.gong.actor, now=NOW)


def test_the_record_names_its_suspicion_in_words(client, cast, suspicion):
    reported = confirm_suspicion(suspicion.pk, actor=cast.wang.actor, now=NOW)
    client.force_login(cast.wang.account)
    page = client.get(reverse("dangers:detail", args=[reported.id]), headers={"accept-language": "en"}).text
    assert "a suspicion</a>" in page
    assert f">suspicion/{suspicion.pk}" not in page
    assert f"· suspicion/{suspicion.pk}" not in page
