"""Ten questions by keyboard alone, on a phone's width and a desk's: nothing jumps, the focus goes along."""

import pytest
from browsing import IN_A_BROWSER
from django.test import Client

from zhiben.standards.models import Fact

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = IN_A_BROWSER


def focused(page):
    return page.evaluate("[document.activeElement.id, document.activeElement.className]")


def answer_by_keyboard(page):
    """Answer the question on the screen without a pointer."""
    if page.locator("#ask-value").count():
        page.keyboard.type("0")
        page.keyboard.press("Enter")
        return
    for _ in range(12):
        page.keyboard.press("Tab")
        if "btn-answer" in focused(page)[1]:
            break
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "locale"), [(390, "zh-CN"), (1440, "en-US")])
def test_ten_questions_by_keyboard(chromium, live_server, cast, width, locale):
    client = Client()
    client.force_login(cast.wang.account)
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/enterprises/{cast.enterprise.pk}/next/")
    page.locator("html.js").wait_for()
    page.evaluate("window.same = true")
    bottoms = set()
    for _ in range(10):
        name = page.locator("#ask input[name=name]").get_attribute("value")
        assert focused(page)[0] in {"ask-fact", "ask-value"}
        bottoms.add(page.locator(".answers").evaluate("e => Math.round(e.getBoundingClientRect().bottom)"))
        found = axe.Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}] == [], name
        answer_by_keyboard(page)
        page.wait_for_function("n => document.querySelector('#ask input[name=name]')?.value !== n", arg=name)
        page.wait_for_function("n => n || document.activeElement !== document.body", arg=False)
    assert page.evaluate("window.same"), "no page was loaded anew"
    assert width > 390 or len(bottoms) == 1, "the answers stay where the thumb is"
    assert complaints == []
    assert Fact.unscoped.filter(enterprise=cast.enterprise).count() == 10
    context.close()
