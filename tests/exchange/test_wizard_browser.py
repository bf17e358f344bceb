"""The import in a browser: a person drops a workbook on the program and gets its dangers; axe, width and policy held."""

import os
from datetime import timedelta

import pytest
from browsing import IN_A_BROWSER, listen
from django.conf import settings
from django.test import Client
from django.utils import timezone
from exchange.ledgers import MIXED, good_rows, ledger

from zhiben.clocks.running import run_step, take_job
from zhiben.exchange.models import Import

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
SHOTS = os.environ.get("ZHIBEN_SHOTS", "")  # a folder to look at the pages in
pytestmark = IN_A_BROWSER


@pytest.fixture
def opened(chromium, live_server, cast):
    client = Client()
    client.force_login(cast.li.account)
    contexts = []

    def go(width, locale):
        context = chromium.new_context(
            locale=locale, viewport={"width": width, "height": 900}, base_url=live_server.url
        )
        contexts.append(context)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return listen(context.new_page())

    yield go
    for context in contexts:
        context.close()


def work():
    now = timezone.now() + timedelta(minutes=1)
    while held := take_job(now):
        while run_step(held, lambda: now):
            pass


def looked_at(page, name, width):
    """What every page owes: nothing sideways, nothing serious for axe, nothing the policy refuses."""
    page.locator("html.js").wait_for()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert page.complaints == [], name
    found = axe.Axe().run(page).response["violations"]
    assert [(r["id"], r["nodes"][0]["html"]) for r in found if r["impact"] in {"serious", "critical"}] == [], name


@pytest.mark.parametrize(("width", "locale"), [(1440, "zh-CN"), (390, "en-US")])
def test_the_whole_way_in_a_browser(opened, tmp_path, width, locale):
    page = opened(width, locale)
    page.goto("/imports/")
    looked_at(page, "list-empty", width)
    page.goto("/imports/new/")
    looked_at(page, "upload", width)
    page.set_input_files("input[type=file]", str(ledger(tmp_path, [*MIXED, *good_rows(60, place="3号车间")])))
    page.locator("form[enctype] button.btn-primary").last.click()
    page.wait_for_url("**/imports/*-*/")
    looked_at(page, "headings", width)
    page.locator("form[action*=headings] button.btn-primary").last.click()
    page.locator("#import-progress").wait_for()
    looked_at(page, "reading", width)
    work()
    page.locator("form[action*=start] button").wait_for(timeout=5000)  # the progress loads the page by itself
    looked_at(page, "preview", width)
    page.goto(page.url + "?show=all")
    looked_at(page, "preview-all", width)
    page.locator("form[action*=start] button").click()
    page.locator("#import-progress").wait_for()
    work()
    page.locator("a[href*='batch=']").first.wait_for(timeout=5000)
    looked_at(page, "report", width)
    assert Import.unscoped.get().written == 65
    page.locator("[data-dialog=void], button:has-text('Void'), button:has-text('作废')").first.click()
    page.fill("dialog[open] textarea", "传错了文件")
    looked_at(page, "void", width)
    page.locator("dialog[open] button.btn-stern").click()
    page.locator("#import-progress").wait_for()
    work()
    page.locator(".note-box").wait_for(timeout=5000)
    looked_at(page, "voided", width)
    page.goto("/imports/")
    looked_at(page, "list", width)
    page.goto("/exports/?level=major")
    page.locator("button[name=form]").first.click()
    page.locator("#export-progress").wait_for()
    work()
    page.locator("a[href$='/file/']").wait_for(timeout=5000)
    looked_at(page, "exported", width)
    page.goto("/exports/")
    looked_at(page, "export", width)
