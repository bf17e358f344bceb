"""The hands at work in a browser: keys never act while one types and can be switched off; rows are chosen, people named."""

import pytest
from browsing import IN_A_BROWSER, Windows
from django.test import Client
from stories import reported

pytestmark = IN_A_BROWSER


@pytest.fixture
def list_page(chromium, live_server, cast):
    for text in ("护栏缺失", "配电箱无门", "灭火器过期"):
        reported(cast, description=text)
    client = Client()
    client.force_login(cast.wang.account)
    windows = Windows(chromium, live_server.url)
    page = windows.go("/dangers/?all=1", session=client.cookies["sessionid"].value, locale="en-US")
    yield page
    assert page.complaints == []
    windows.close()


def test_keys_choose_and_open_never_while_typing_and_not_when_switched_off(list_page, cast):
    page, chosen = list_page, list_page.locator("input[data-pick]:checked")
    bar = page.locator("#bulk")
    assert not bar.is_visible()
    for key in "jxjx":
        page.keyboard.press(key)
    assert chosen.count() == 2
    assert bar.is_visible()
    assert page.locator("[data-picked]").inner_text() == "2"
    page.keyboard.press("/")
    page.keyboard.type("jxo?gl/")
    assert page.locator(".top-search input").input_value() == "jxo?gl/"
    assert chosen.count() == 2
    assert page.url.endswith("?all=1")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#shortcuts[open]").is_visible()
    page.keyboard.press("x")  # behind an open dialog nothing acts
    assert chosen.count() == 2
    page.locator("[data-shortcuts]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.press("?")
    assert chosen.count() == 2
    assert page.locator("#shortcuts[open]").count() == 0
    page.locator(".top-tools details.menu summary").click()
    page.locator("button[data-dialog=shortcuts]").click()
    page.locator("[data-shortcuts]").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(lambda url: "/dangers/" not in url)


def test_whom_to_name_is_offered_after_an_at(list_page, cast):
    page = list_page
    page.locator("tr[data-href] a").first.click()
    area = page.locator("#comment-new")
    area.click()
    area.type("看一下 @龚")
    page.get_by_role("button", name="龚工").click()
    assert area.input_value() == "看一下 @龚工 "
    assert page.locator("input[name=mention]").input_value() == str(cast.gong.person.pk)
    page.locator(".comment-send").click()
    page.locator(".toast-long").wait_for()
    assert page.locator(".comments li").count() == 1
    page.locator(".toast-undo").click()
    page.get_by_text("This comment was taken back.").wait_for()


def test_on_paper_stand_the_rows_and_nothing_to_press(list_page):
    page = list_page
    page.locator("[data-pick]").first.check()
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    assert page.locator("tbody tr:visible").count() == 3
    for gone in (
        "#bulk",
        "[data-pick]",
        "[data-pick-all]",
        ".sort svg",
        ".tabs a:not([aria-current])",
        "main form.filters",
    ):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.evaluate("document.documentElement.scrollWidth") <= 794


def test_what_was_filtered_on_the_page_can_be_saved_and_taken_out(list_page):
    list_page.select_option("main select[name=level]", "unset")
    list_page.locator("[data-dialog=save-filter]").click()
    dialog = list_page.locator("#save-filter[open]")
    dialog.wait_for()
    assert "level=unset" in dialog.locator("input[name=query]").get_attribute("value")
    assert "level=unset" in list_page.locator("#list-export a").get_attribute("href")
