"""Journeys without a mouse, in both languages at both widths: sign in, report, take the next step, filter a list."""

import pytest
from browsing import IN_A_BROWSER
from dangers.stories import reported

from zhiben.dangers.models import Danger

FAR = 120  # presses of Tab before we give up
pytestmark = IN_A_BROWSER


@pytest.fixture(
    params=[("zh-CN", 390), ("zh-CN", 1440), ("en-US", 390), ("en-US", 1440)], ids=lambda way: f"{way[0]}-{way[1]}"
)
def page(request, chromium, live_server, cast):
    locale, width = request.param
    context = chromium.new_context(locale=locale, base_url=live_server.url, viewport={"width": width, "height": 844})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


FOCUS = """(wanted) => {
  const e = document.activeElement, ring = (one) => {
    const s = one && getComputedStyle(one);
    return s && (s.outlineStyle !== 'none' || s.boxShadow !== 'none');
  };
  if (!e || !e.matches(wanted)) return 'elsewhere';
  if (!e.getClientRects().length) return 'hidden';
  return ring(e) || ring(e.nextElementSibling) || ring(e.parentElement) ? 'seen' : 'unseen';
}"""


def tab_to(page, selector):
    """Go on by Tab until what is wanted has the focus, which must be seen. Asked at once: a fragment may take its place."""
    for _ in range(FAR):
        focus = page.evaluate(FOCUS, selector)
        assert focus != "unseen", f"{selector}: nothing shows that it has the focus"
        if focus == "seen":
            return
        if focus == "hidden":  # a fragment just took its place, or nobody can see it
            page.wait_for_timeout(100)
        else:
            page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab, or cannot be seen")


def sign_in(page, name, to):
    page.goto(f"/accounts/login/?next={to}")
    tab_to(page, "input[name=login]")
    page.keyboard.type(name)
    tab_to(page, "input[name=password]")
    page.keyboard.type("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/accounts/" not in address)


def test_a_worker_signs_in_and_reports(page, cast):
    sign_in(page, "gong", "/dangers/report/")
    tab_to(page, "textarea[name=description]")
    page.keyboard.type("东侧通道堆放纸箱")
    tab_to(page, "main form .btn-primary:not([type=button])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reported/")
    assert Danger.unscoped.get().description == "东侧通道堆放纸箱"


def test_a_safety_manager_takes_the_next_step(page, cast):
    danger = reported(cast, description="护栏缺失")
    sign_in(page, "wang", f"/dangers/{danger.pk}/")
    tab_to(page, "[data-dialog=do-confirm]")
    page.keyboard.press("Enter")
    page.locator("dialog#do-confirm").wait_for()
    tab_to(page, "dialog#do-confirm input[name=level]")
    page.keyboard.press("Space")
    tab_to(page, "dialog#do-confirm .move-send")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    page.locator("dialog#do-confirm[open]").wait_for(state="detached")
    danger.refresh_from_db()
    assert danger.state == "confirmed"


def test_a_list_is_filtered_and_a_row_opened(page, cast):
    reported(cast, description="护栏缺失")
    wanted = reported(cast, description="灭火器过期")
    sign_in(page, "wang", "/dangers/")
    tab_to(page, "main input[name=q]")
    page.keyboard.type("灭火器")
    page.locator("#results tr[data-href]").nth(1).wait_for(state="detached")
    page.wait_for_load_state("networkidle")  # an answer to fewer letters, come late, would take the focus away
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.resource_type in {"xhr", "fetch"} else None)
    tab_to(page, f"#results a[href='/dangers/{wanted.pk}/']")
    assert not sent, "leaving the search sends it again, and its answer takes the list from under the Tab"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dangers/{wanted.pk}/")
