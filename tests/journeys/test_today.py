"""My work today: to each what waits for them, the overdue first."""

import pytest
from make import NOW
from stories import DUE, awaiting, rectifying, reported

from zhiben.dangers.public import sweep_dangers

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(client):
    def seen(player, language="en"):
        client.force_login(player.account)
        return client.get("/", headers={"accept-language": language}).content.decode()

    return seen


def test_each_sees_what_waits_for_them(cast, today):
    reported(cast, description="配电箱无门")
    rectifying(cast, description="护栏缺失")
    assert "Confirm and set the level" in today(cast.wang)
    assert "配电箱无门" in today(cast.wang)
    worker = today(cast.gong)
    assert "Rectify and submit" in worker
    assert "护栏缺失" in worker
    assert "Confirm and set the level" not in worker
    chinese = today(cast.gong, "zh-hans")
    assert "整改并提交" in chinese
    assert "Rectify" not in chinese


def test_the_overdue_stand_first_with_their_list_behind_them(cast, today, client):
    rectifying(cast)
    sweep_dangers(NOW + (DUE - NOW.date()) + (NOW - NOW.replace(day=1)))
    page = today(cast.gong)
    assert page.index("Overdue, and yours") < page.index("Rectify and submit")
    url = f"/dangers/?state=open&overdue=1&owner={cast.gong.person.pk}"
    assert url.replace("&", "&amp;") in page
    assert client.get(url).content.decode().count("data-href") == 1


def test_who_only_watches_sees_how_it_stands(cast, today):
    awaiting(cast, "major")
    page = today(cast.su)
    assert "This is how your units stand." in page
    assert "/dangers/?state=open&amp;level=major" in page


def test_nothing_of_a_stranger_shows(cast, today):
    reported(cast, description="别县的隐患")
    assert "别县的隐患" not in today(cast.zhang)
    assert "Nothing waits for you" in today(cast.he) or "This is how your units stand." in today(cast.he)


def test_an_administrator_without_dangers_sees_an_empty_day(cast, today):
    assert "Nothing waits for you" in today(cast.admin)


def test_nobody_is_led_to_the_sign_in(client, db):
    assert client.get("/").url.startswith("/accounts/login/")
