"""The look, in a browser: nothing serious for axe, no sideways scrolling, nothing the policy refuses."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ["", "dashboard/", "dangers/", "dangers/detail/", "dangers/new/", "parts/"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium")]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page_at(browser, guide, live_server):
    contexts = []

    def opened(path, width=1440, locale="zh-CN"):
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/{path}")
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


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


def test_a_draft_comes_back_and_a_key_is_made(page_at):
    page = page_at("dangers/new/", 390)
    page.locator("textarea").fill("灭火器过期 4 具")
    page.wait_for_timeout(600)
    page.reload()
    # The form of the guide shows an error, and a form with errors holds newer words than the draft.
    assert page.locator("textarea").input_value() == ""
    assert len(page.locator("input[data-uuid7]").input_value()) == 36
    assert page.locator("input[data-uuid7]").input_value()[14] == "7"
