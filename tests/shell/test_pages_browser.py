"""The offices' main pages in a browser: nothing serious for axe, no sideways scrolling, nothing the policy refuses."""

import pytest
from boards import some_dangers
from browsing import IN_A_BROWSER, Windows
from django.test import Client
from make import NOW

from zhiben.standards.public import NewFact, judge_enterprise, record_facts

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = IN_A_BROWSER


@pytest.fixture
def opened(chromium, live_server):
    windows, sessions = Windows(chromium, live_server.url), {}

    def page_of(player, path, width=1440, locale="zh-CN"):
        if player.account.pk not in sessions:
            client = Client()
            client.force_login(player.account)
            sessions[player.account.pk] = client.cookies["sessionid"].value
        return windows.go(path, session=sessions[player.account.pk], width=width, locale=locale)

    yield page_of
    windows.close()


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


def test_a_refused_sheet_says_what_is_wrong_in_its_place(opened, cast):
    page = opened(cast.zhao, "/enterprises/new/")
    page.locator("input[name=credit_code]").fill("91510600MA0000000X")
    page.locator("#sheet").evaluate("form => { form.noValidate = true; }")
    page.locator("#sheet .btn-primary").click()
    page.locator("#sheet .field-error").first.wait_for()
    assert page.locator("input[name=credit_code]").input_value() == "91510600MA0000000X"
    assert page.locator(".toast-late").count() == 0


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_field_for_a_day_shows_it_as_every_other_day_is_written(opened, cast, locale):
    page = opened(cast.zhao, "/clearing/?from=2026-01-01", locale=locale)
    shown = page.locator("#from").evaluate("field => getComputedStyle(field, '::before').content")
    assert shown == '"2026-01-01"'
    page.locator("#from").fill("2026-02-03")
    page.locator("#to").focus()
    assert page.locator("#from").evaluate("field => getComputedStyle(field, '::before').content") == '"2026-02-03"'
