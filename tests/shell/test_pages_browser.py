"""The offices' main pages in a browser: nothing serious for axe, no sideways scrolling, nothing the policy refuses."""

import os
from pathlib import Path

import pytest
from boards import some_dangers
from django.test import Client
from make import NOW

from zhiben.standards.public import NewFact, judge_enterprise, record_facts

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser, live_server):
    contexts = []

    def page_of(player, path, width=1440, locale="zh-CN"):
        client = Client()
        client.force_login(player.account)
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.locator("html.js").wait_for()
        if page.locator("[data-chart]").count():
            page.locator("[data-chart][data-ready]").first.wait_for()
        return page

    yield page_of
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "locale"), [(1440, "zh-CN"), (360, "en-US")])
def test_the_main_pages_are_accessible_and_fit(opened, cast, width, locale):
    some_dangers(cast)
    number, today = cast.enterprise.pk, NOW.date()
    record_facts(number, [NewFact("special_ops_uncertified_count", 2, today)], actor=cast.wang.actor, now=NOW)
    (made,) = judge_enterprise(number, day=today, actor=cast.wang.actor, now=NOW)
    wanted = [
        (cast.zhao, "/dashboard/"),
        (cast.zhao, "/clearing/?from=2026-01-01"),
        (cast.zhao, f"/enterprises/{number}/"),
        (cast.zhao, f"/determinations/{made.pk}/"),
        (cast.zhao, f"/units/{cast.tree.county.pk}/"),
        (cast.zhao, "/search/?q=示例"),
        (cast.security, f"/access/accounts/{cast.gong.account.pk}/grant/?q=示例"),
        (cast.auditor, "/journal/"),
    ]
    for player, path in wanted:
        page = opened(player, path, width, locale)
        assert page.complaints == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = axe.Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}] == [], path


def test_a_branch_of_the_tree_opens_where_it_is_pressed(opened, cast):
    page = opened(cast.zhao, "/units/")
    page.locator(".tree details summary").first.click()
    page.get_by_role("link", name=cast.tree.township.name).wait_for()


def test_a_refused_form_keeps_what_was_typed_and_says_why(opened, cast):
    page = opened(cast.security, f"/access/accounts/{cast.gong.account.pk}/grant/")
    page.locator("input[name=place]").first.check()
    page.locator("select[name=role]").select_option("auditor")
    page.locator("main form[method=post] .btn-primary").click()
    page.locator(".toast-late").wait_for()
    assert page.locator("select[name=role]").input_value() == "auditor"
    assert page.url.endswith("/grant/")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_field_for_a_day_shows_it_as_every_other_day_is_written(opened, cast, locale):
    page = opened(cast.zhao, "/clearing/?from=2026-01-01", locale=locale)
    shown = page.locator("#from").evaluate("field => getComputedStyle(field, '::before').content")
    assert shown == '"2026-01-01"'
    page.locator("#from").fill("2026-02-03")
    page.locator("#to").focus()
    assert page.locator("#from").evaluate("field => getComputedStyle(field, '::before').content") == '"2026-02-03"'
