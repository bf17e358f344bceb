"""Every page in a browser: nothing serious for axe, no sideways scrolling, nothing the policy refuses.

A run reads every sixth page, and each in one of four ways; which they are changes from day to day, so that 24 days read
all. `make matrix ARGS="--states usual --axe"` reads them all at once.
"""

from pathlib import Path

import pytest
from django.utils import timezone

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python.sync_playwright")

from pages.catalogue import PAGES
from pages.looking import CHROMIUM, Looker
from pages.worlds import small
from zhiben.orgs.scope import Scope, scoped

EVERY = 6
WAYS = [("zh", 390), ("en", 1440), ("zh", 1440), ("en", 390)]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium"),
]


@pytest.fixture
def looker(transactional_db, chromium):
    with scoped(Scope(everything=True)):
        small(timezone.now())
    with Looker(None, browser=chromium) as started:
        yield started


def test_every_page_is_accessible_and_fits(looker):
    round_, day = divmod(timezone.localdate().toordinal(), EVERY)
    today = sorted(PAGES)[day::EVERY]
    for at, (language, width) in enumerate(WAYS):
        looker.walk("usual", language, width, only=today[(at + round_) % len(WAYS) :: len(WAYS)], axe=True)
    assert [(row["page"], row["language"], row["width"], row["wrong"]) for row in looker.seen if row["wrong"]] == []
    assert len(looker.seen) == len(today)
    assert sum(row["address"] is not None for row in looker.seen) > len(today) / 2
