"""How long dangers last: the estimator by hand, the page, and every number equal to what its list shows."""

import re
from datetime import timedelta
from fractions import Fraction
from html import unescape

import pytest
from dangers.stories import awaiting, confirmed, fresh, step, told
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from make import DAY, NOW, grant, make_account
from stage import world

from zhiben.dangers.domain.kinds import Channel, Level, State
from zhiben.dangers.models import Danger
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_dangers
from zhiben.insights.domain.survival import kaplan_meier
from zhiben.insights.lasting import ages_of, curves_of
from zhiben.insights.selectors import Part, part_for
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.selectors.access import actor_of

PAGE = "insights:lasting"


def test_ten_dangers_by_hand():
    """Signed off after 5, 5, 8, 12, 20 and 33 days; open and seen for 8, 15, 20 and 40: worked out in docs/algorithms."""
    curve = kaplan_meier({5: 2, 8: 1, 12: 1, 20: 1, 33: 1}, {8: 1, 15: 1, 20: 1, 40: 1})
    by_hand = [
        (5, 10, 2, Fraction(8, 10)),
        (8, 8, 1, Fraction(8, 10) * Fraction(7, 8)),
        (12, 6, 1, Fraction(7, 10) * Fraction(5, 6)),
        (20, 4, 1, Fraction(7, 12) * Fraction(3, 4)),
        (33, 2, 1, Fraction(7, 16) * Fraction(1, 2)),
    ]
    assert [(p.day, p.at_risk, p.signed_off) for p in curve.points] == [one[:3] for one in by_hand]
    for point, (*_, share) in zip(curve.points, by_hand, strict=True):
        assert point.share == pytest.approx(float(share))
        assert 0 <= point.low <= point.share <= point.high <= 1
    assert curve.median == 20
    assert (curve.whole, curve.signed_off, curve.longest) == (10, 6, 40)
    assert [curve.at_risk(day) for day in (0, 5, 6, 8, 9, 20, 21, 40, 41)] == [10, 10, 8, 8, 6, 4, 2, 1, 0]
    assert [curve.signed_off_by(day) for day in (0, 5, 12, 40)] == [0, 2, 4, 6]


def test_the_trial_of_freireich_1963_as_in_the_textbooks():
    """21 patients on 6-mercaptopurine: the example every textbook of survival analysis works through."""
    ended = {6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1}
    seen = {6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1}
    curve = kaplan_meier(ended, seen)
    assert [p.at_risk for p in curve.points] == [21, 17, 15, 12, 11, 7, 6]
    assert [round(p.share, 3) for p in curve.points] == [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    last = curve.points[-1]
    assert (round(last.low, 3), round(last.high, 3)) == (0.188, 0.68)
    assert curve.median == 23


days = st.dictionaries(st.integers(0, 60), st.integers(1, 9), max_size=6)


@given(
    lasted=days,
    seen=days,
)
def test_the_curve_only_falls_and_without_open_ones_is_the_plain_share(lasted, seen):
    curve = kaplan_meier(lasted, seen)
    shares = [1.0, *(point.share for point in curve.points)]
    assert shares == sorted(shares, reverse=True)
    plain, whole = kaplan_meier(lasted, {}), sum(lasted.values())
    for point in plain.points:
        left = sum(n for day, n in lasted.items() if day > point.day)
        assert point.share == pytest.approx(left / whole)


def test_nothing_found_gives_an_empty_curve():
    curve = kaplan_meier({}, {})
    assert (curve.points, curve.median, curve.longest, curve.share_at(9)) == ((), None, 0, 1.0)


@pytest.fixture
def now(monkeypatch):
    for place in ("zhiben.insights.web.lasting.timezone.now", "zhiben.dangers.listing.timezone.now"):
        monkeypatch.setattr(place, lambda: NOW)


@world
def dangers(cast):
    """General ones signed off after 3 and 10 days, open ones seen for 0, 4 and 40; a major one open for 20."""
    rows = [
        ImportedDanger(
            unit_id=cast.site.pk, description=f"已闭环{days}", found_on=DAY - timedelta(60), channel=Channel.INSPECTION,
            state=State.SIGNED_OFF, closed_on=DAY - timedelta(60 - days), level=Level.GENERAL,
        )
        for days in (3, 10)
    ]  # fmt: skip
    report_dangers(rows, actor=SYSTEM, now=NOW)
    for days in (0, 4, 40):
        confirmed(cast, description=f"未闭环{days}", found_on=DAY - timedelta(days))
    confirmed(cast, "major", by=cast.li, description="重大", found_on=DAY - timedelta(20), channel="inspection")
    step(confirmed(cast, description="不属实"), "void", cast.zhao)
    run_consumers(now=NOW)


def test_curves_and_ages_are_read_from_the_rows(cast, dangers, db):
    part = Part(unit=cast.tree.county)
    curves = curves_of(part, DAY - timedelta(365), DAY, DAY)
    assert (curves[None].whole, curves[Level.GENERAL].whole, curves[Level.MAJOR].whole) == (6, 5, 1)
    assert curves[Level.GENERAL].lasted == {3: 1, 10: 1}
    assert curves[Level.GENERAL].seen == {0: 1, 4: 1, 40: 1}
    assert curves[Level.MAJOR].seen == {20: 1}
    ages = {age.name: age for age in ages_of(part, DAY, {"2026-02"})}
    assert (ages["2026-03"].whole, ages["2026-02"].whole, ages["2026-01"].whole) == (1, 2, 1)
    assert ages["2026-02"].counts == {Level.GENERAL: 1, Level.MAJOR: 1}
    assert [name for name, age in ages.items() if age.is_restated] == ["2026-02"]
    for place in (cast.tree.province, cast.tree.township, cast.tree.nation, cast.site):
        assert curves_of(Part(unit=place), DAY - timedelta(365), DAY, DAY)[None].whole == 6
    assert curves_of(Part(unit=cast.tree.other_county), DAY - timedelta(365), DAY, DAY)[None].whole == 0
    assert curves_of(Part(enterprise=cast.enterprise), DAY - timedelta(365), DAY, DAY)[None].whole == 6


def test_a_grant_for_one_industry_sees_only_its_dangers(cast, dangers):
    account = make_account("narrow")
    grant(account, "insight", cast.tree.county, "insight:view", industries=["light_industry"])
    part = part_for(actor_of(account, now=NOW))
    assert curves_of(part, DAY - timedelta(365), DAY, DAY)[None].whole == 0


def test_old_ones_stand_in_years(cast, db):
    report_dangers([told(cast, f"旧{n}", found_on=DAY - timedelta(400 * n)) for n in (1, 2, 5)], actor=SYSTEM, now=NOW)
    ages = ages_of(Part(unit=cast.tree.county), DAY, set())
    assert {age.name: age.whole for age in ages if age.whole} == {"2025": 1, "2023": 1, "≤ 2022": 1}
    assert sum(age.whole for age in ages) == 3


@pytest.mark.parametrize("who", ["su", "li", "wang"])
@pytest.mark.usefixtures("dangers", "now")
def test_every_number_equals_what_its_list_shows(client, cast, who):
    client.force_login(getattr(cast, who).account)
    links, same = [_links(client, language) for language in ("zh-hans", "en")]
    assert links == same
    assert len(links) > 15
    for address, number in set(links):
        shown = client.get(unescape(address)).content.decode()
        assert len(re.findall(r'<tr role="row" data-href="/dangers/\d+/">', shown)) == int(number), address


def _links(client, language):
    """Every number on the page that leads to a list, with the list's address."""
    page = client.get(reverse(PAGE), headers={"accept-language": language})
    assert page.status_code == 200
    return re.findall(r'<a href="(/dangers/\?[^"]+)">(?:<b>)?([\d,]+)', page.content.decode())


def test_the_picture_has_words_and_a_table_beside_it(client, cast, dangers, now):
    client.force_login(cast.li.account)
    text = client.get(reverse(PAGE), headers={"accept-language": "en"}).content.decode()
    assert text.count('role="img" aria-labelledby=') == 2
    assert "<polyline" in text
    assert "style=" not in text
    assert {group["key"] for group in client.get(reverse(PAGE)).context["groups"]} == {"all", "general", "major"}


def test_strangers_and_bad_days_are_refused_and_an_empty_part_says_so(client, cast, db):
    client.force_login(cast.li.account)
    assert client.get(reverse(PAGE), {"unit": cast.tree.other_county.path}).status_code == 404
    assert client.get(reverse(PAGE), {"from": "x"}).status_code == 422
    assert client.get(reverse(PAGE), {"from": "2026-02-02", "to": "2026-02-01"}).status_code == 422
    empty = client.get(reverse(PAGE), headers={"accept-language": "en"}).content.decode()
    assert "No hidden danger was found in these days" in empty
    client.force_login(cast.auditor.account)
    assert client.get(reverse(PAGE)).status_code == 404


def test_a_signed_off_one_lasts_from_finding_to_sign_off(cast, db):
    danger = awaiting(cast, description="疏散标志脱落", found_on=DAY - timedelta(9))
    step(danger, "accept", cast.zhou)
    curve = curves_of(Part(unit=cast.site), DAY - timedelta(30), DAY, DAY)[Level.GENERAL]
    assert (curve.lasted, curve.seen) == ({9: 1}, {})
    assert Danger.unscoped.get(pk=danger.pk).closed_on == fresh(danger.pk).closed_on == DAY
