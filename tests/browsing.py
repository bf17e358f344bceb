"""One Chromium for a process of the suite, and the windows of a test in it."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
sync_api = pytest.importorskip("playwright.sync_api")

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
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium"),
]


@contextmanager
def launched():
    """Start the browser; end it."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def listen(page):
    """Keep what the page complains about."""
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


class Windows:
    """One window for each person, width and language; it goes from page to page, as people do."""

    def __init__(self, chromium, url: str) -> None:
        self.chromium, self.url, self.open = chromium, url, {}

    def go(self, path: str, *, session: str = "", width: int = 1440, locale: str = "zh-CN", height: int = 900):
        """Open a page and wait until it is alive."""
        key = (session, width, locale)
        page = self.open.get(key) or self.open.setdefault(key, self._window(*key, height))
        page.complaints.clear()
        page.goto(self.url + path)
        page.locator("html.js").wait_for()
        if page.locator("[data-chart]").count():
            page.locator("[data-chart][data-ready]").first.wait_for()
        return page

    def _window(self, session, width, locale, height):
        context = self.chromium.new_context(locale=locale, viewport={"width": width, "height": height})
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        return listen(context.new_page())

    def close(self) -> None:
        for page in self.open.values():
            page.context.close()
