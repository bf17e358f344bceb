"""The pages of dangers in a browser: axe, the keyboard, the fold, a report with one thumb."""

import os
from datetime import timedelta

import pytest
from browsing import IN_A_BROWSER, Windows
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from PIL import Image
from stories import awaiting, confirmed, ordered, reported, told

from zhiben.dangers.models import Danger, Evidence
from zhiben.dangers.services.report import report_dangers

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = IN_A_BROWSER


@pytest.fixture
def visit(chromium, live_server, cast):
    windows, sessions = Windows(chromium, live_server.url), {}

    def opened(player, path, width=1440, locale="zh-CN"):
        if player.account.pk not in sessions:
            sessions[player.account.pk] = signed_in(player.account)
        session, height = sessions[player.account.pk], 900 if width > 500 else 844
        return windows.go(path, session=session, width=width, locale=locale, height=height)

    yield opened
    windows.close()


def signed_in(account):
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key


@pytest.fixture
def some(cast):
    today, now = timezone.localdate(), timezone.now()
    rows = [told(cast, f"灭火器过期，第{n}处", found_on=today - timedelta(n)) for n in range(14)]
    report_dangers(rows, actor=cast.gong.actor, now=now)
    confirmed(cast, "major", description="除尘系统未设置锁气卸灰装置")
    ordered(cast, description="临时用电未设漏电保护器")
    return awaiting(cast, "major", description="粉尘涉爆车间积尘", is_ordered=True)


def serious(page):
    found = axe.Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found if rule["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize(("width", "locale"), [(1440, "zh-CN"), (390, "en-US")])
def test_every_page_is_accessible_and_fits(visit, cast, some, width, locale):
    for player, path in [
        (cast.wang, "/dangers/"),
        (cast.wang, "/dangers/?level=major&state=open"),
        (cast.zhao, f"/dangers/{some.pk}/"),
        (cast.gong, "/dangers/report/"),
        (cast.gong, f"/dangers/{some.pk}/reported/"),
        (cast.wang, "/"),
        (cast.su, "/"),
        (cast.wang, "/dangers/suspicions/"),
    ]:
        page = visit(player, path, width, locale)
        assert page.complaints == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert serious(page) == [], path


def test_an_open_form_is_accessible_on_a_phone(visit, cast, some):
    page = visit(cast.zhao, f"/dangers/{some.pk}/", 390)
    page.locator("[data-dialog=do-sign_off]").first.click()
    assert page.locator("dialog#do-sign_off").is_visible()
    assert serious(page) == []


def test_ten_rows_and_the_answer_stand_above_the_fold(visit, cast, some):
    page = visit(cast.wang, "/dangers/")
    box = page.locator("tr[data-href]").nth(9).bounding_box()
    assert box["y"] + box["height"] <= 900
    assert page.locator(".answer").bounding_box()["y"] < 900


def test_the_list_is_walked_and_opened_by_keyboard(visit, cast, some):
    page = visit(cast.wang, "/dangers/")
    wanted = page.locator("tr[data-href]").nth(1).get_attribute("data-href")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.locator("tr.row-here").get_attribute("data-href") == wanted
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    assert page.locator("h1").is_visible()


def test_a_filter_redraws_the_list_and_keeps_its_address(visit, cast, some):
    page = visit(cast.wang, "/dangers/")
    page.locator("select[name=level]").select_option("major")
    page.wait_for_url("**level=major**")
    page.locator(".chip").wait_for()
    assert page.locator("tr[data-href]").count() == 2


def test_a_refused_step_keeps_the_words_and_the_photos_in_the_open_form(visit, cast):
    danger = reported(cast, description="护栏缺失")
    page = visit(cast.wang, f"/dangers/{danger.pk}/")
    page.locator("[data-dialog=do-confirm]").first.click()
    dialog = page.locator("dialog#do-confirm")
    dialog.locator("input[name=level][value=general]").check(force=True)
    Danger.unscoped.update(version=7)  # somebody was faster
    dialog.locator(".move-send").click()
    dialog.get_by_role("alert").wait_for()
    assert "重新加载" in dialog.inner_text()
    assert dialog.locator("input[name=level][value=general]").is_checked()


def test_a_danger_is_reported_with_one_thumb(visit, cast, tmp_path):
    photo = tmp_path / "p.jpg"
    Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3)).save(photo, quality=90)
    page = visit(cast.gong, "/dangers/report/", 390)
    page.locator("input[name=photos]").set_input_files(str(photo))
    page.locator(".drop-list li").wait_for()
    page.locator("textarea[name=description]").fill("东侧通道堆放纸箱")
    page.get_by_role("button", name="上报", exact=True).click()
    page.wait_for_url("**/reported/")
    danger = Danger.unscoped.get()
    assert danger.number in page.inner_text("main")
    assert danger.unit_id == cast.site.pk
    assert danger.uid.version == 7
    assert Evidence.objects.filter(danger=danger, kind="photo_before").count() == 1
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length") == 0


def test_what_was_typed_survives_a_closed_browser_tab(visit, cast):
    page = visit(cast.gong, "/dangers/report/", 390)
    page.locator("textarea[name=description]").fill("写到一半")
    page.get_by_text("草稿已保存在本机").wait_for(state="attached")
    page.reload()
    assert page.locator("textarea[name=description]").input_value() == "写到一半"
