"""Stops and what happens after sign-off, in a browser: nothing serious for axe, no sideways scrolling, nothing refused."""

from datetime import timedelta

import pytest
from dangers.stories import reported, signed_off, step, stopped
from make import DAY, NOW
from shell.test_pages_browser import axe, opened, pytestmark  # noqa: F401 -- fixtures and marks

from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.models import Lookback
from zhiben.dangers.services.sampling import draw_sample, seed_sample
from zhiben.journal.public import run_consumers


def lived(cast):
    """A stop that stands, look-backs, a drawn sample, a repeat and a candidate; the pages that show them."""
    stop = stopped(cast, equipment="2号抛光机")
    step(stop, "evacuate", cast.wang, withdrawn=14, report="断电，拉警戒线")
    step(stop, "ask_assistance", cast.wang, addressee="锦江区人民政府", reason="疏散周边居民")
    signed_off(cast, description="粉尘未清扫", place_text="1号车间", found_on=DAY - timedelta(1))
    signed_off(cast, "general", description="护栏缺失", place_text="2号车间")
    again = reported(cast, description="粉尘未清扫", place_text="1号车间")
    other = reported(cast, by=cast.li, description="除尘失效", place_text="3号车间", channel="inspection")
    step(other, "confirm", cast.li, level="major")
    run_consumers(now=NOW)
    month = DAY.replace(day=1)
    sample = seed_sample(
        cast.tree.county.path, Population.GENERAL, month, DAY + timedelta(1), 100, actor=cast.zhao.actor, now=NOW
    )
    draw_sample(sample.pk, actor=cast.zhao.actor, now=NOW)
    row = Lookback.unscoped.earliest("due_on")
    return [
        f"/dangers/{stop.pk}/", f"/dangers/{again.pk}/", "/dangers/?state=open", "/dangers/lookbacks/",
        f"/dangers/lookbacks/{row.pk}/", "/dangers/repeats/", "/dangers/samples/", f"/dangers/samples/{sample.pk}/",
        "/dangers/as-accident/", f"/enterprises/{cast.enterprise.pk}/", "/dashboard/", "/",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "locale"), [(1440, "zh-CN"), (390, "en-US")])
def test_the_pages_after_sign_off_are_accessible_and_fit(opened, cast, width, locale):  # noqa: F811
    for path in lived(cast):
        page = opened(cast.zhao, path, width, locale)
        assert page.complaints == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = axe.Axe().run(page).response["violations"]
        grave = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in grave] == [], path
