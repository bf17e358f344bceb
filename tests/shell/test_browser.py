"""The look, in a browser: nothing serious for axe, no sideways scrolling, nothing the policy refuses."""

import os
import time
from uuid import UUID

import pytest
from browsing import IN_A_BROWSER, Windows

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGES = ["", "dashboard/", "dangers/", "dangers/detail/", "dangers/new/", "parts/"]
pytestmark = [mark for mark in IN_A_BROWSER if mark.name != "django_db"]


@pytest.fixture
def page_at(chromium, guide, live_server):
    windows = Windows(chromium, live_server.url)
    yield lambda path, width=1440, locale="zh-CN": windows.go(f"/{path}", width=width, locale=locale)
    windows.close()


@pytest.mark.parametrize(("width", "locale"), [(1440, "zh-CN"), (360, "en-US")])
def test_every_page_is_accessible_and_fits(page_at, width, locale):
    for path in PAGES:
        page = page_at(path, width, locale)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.complaints == [], path
        found = axe.Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}] == [], path


def test_ten_rows_and_the_answer_stand_above_the_fold(page_at):
    page = page_at("dashboard/")
    rows = page.locator("tr[data-href]")
    assert rows.count() == 10
    assert rows.nth(9).bounding_box()["y"] + rows.nth(9).bounding_box()["height"] < 900
    assert page.locator("[data-chart][data-ready]").count() == 1


def test_rows_are_walked_and_opened_by_keyboard(page_at):
    page = page_at("dangers/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("tr.row-here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/dangers/detail/")


def test_a_slash_searches_and_does_not_disturb_typing(page_at):
    page = page_at("dangers/")
    page.keyboard.press("/")
    assert page.locator(".top-search input").evaluate("e => e === document.activeElement")
    page.keyboard.type("a/j")
    assert page.locator(".top-search input").input_value() == "a/j"


def test_a_dialog_opens_holds_the_focus_and_closes(page_at):
    page = page_at("parts/")
    page.get_by_role("button", name="小按钮").click()
    dialog = page.locator("dialog#ask")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_things_to_touch_on_a_phone_are_large_enough(page_at):
    page = page_at("dangers/new/", 390)
    for control in page.locator("main .btn:visible, main input.form-control:visible, .choice span:visible").all():
        assert control.bounding_box()["height"] >= 44


def test_photos_are_previewed_and_made_smaller_under_their_own_names(page_at, tmp_path):
    from PIL import Image  # noqa: PLC0415 -- only this test draws

    path = tmp_path / "tank 2.png"
    Image.frombytes("RGB", (2600, 1300), os.urandom(2600 * 1300 * 3)).save(path)
    page = page_at("dangers/new/", 390)
    page.locator("input[name=photos]").set_input_files(str(path))
    page.locator(".drop-list li").wait_for()
    kept = page.locator("input[name=photos]").evaluate("e => [e.files[0].name, e.files[0].type, e.files[0].size]")
    assert kept[:2] == ["tank 2.png", "image/jpeg"]
    assert kept[2] < path.stat().st_size
    page.locator(".drop-list button").click()
    assert page.locator("input[name=photos]").evaluate("e => e.files.length") == 0


def test_a_draft_comes_back_unless_the_form_came_back_with_errors(page_at):
    page = page_at("dangers/new/", 390)
    page.locator("textarea").fill("灭火器过期 4 具")
    page.get_by_text("草稿已保存在本机").wait_for(state="attached")
    page.reload()
    assert page.locator("textarea").input_value() == "灭火器过期 4 具"
    page.goto(page.url + "?error=1")
    assert page.locator("textarea").input_value() == ""


def test_a_form_gets_a_key_made_of_the_time(page_at):
    key = page_at("dangers/new/", 390).locator("input[data-uuid7]").input_value()
    assert UUID(key).version == 7
    assert abs(int(key.replace("-", "")[:12], 16) / 1000 - time.time()) < 60


def test_a_form_is_sent_once(page_at):
    page = page_at("dangers/new/", 390)
    page.locator("textarea").fill("x")
    refused = page.evaluate("""() => {
        const form = document.querySelector('form[data-draft]');
        const refused = [];
        form.addEventListener('submit', (event) => { refused.push(event.defaultPrevented); event.preventDefault(); });
        form.requestSubmit();
        form.requestSubmit();
        return refused;
    }""")
    assert refused == [False, True]


def test_filters_redraw_the_list_and_its_address(page_at):
    page = page_at("dangers/")
    page.get_by_label("等级", exact=True).select_option("major")
    page.wait_for_url("**/dangers/?*level=major*")
    assert page.locator("#results").count() == 1


def test_the_side_stays_folded_on_the_next_page(page_at):
    page = page_at("dangers/")
    page.get_by_role("button", name="收起导航").click()
    page.goto(page.url)
    assert page.locator(".side").bounding_box()["width"] < 60


def test_a_branch_is_fetched_when_it_is_opened(page_at):
    page = page_at("parts/")
    page.get_by_label("青石镇的下级").click()
    page.locator(".tree").get_by_text("done").wait_for()
