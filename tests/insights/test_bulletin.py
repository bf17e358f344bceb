"""The bulletin: its figures, whom it ranks and why, what it is compared with, and where each number leads."""

import re
from datetime import timedelta

import pytest
from dangers.stories import awaiting, confirmed, rectifying, reported, step
from make import DAY, NOW
from stage import world

from zhiben.dangers.models import Danger
from zhiben.dangers.public import sweep_dangers
from zhiben.insights.bulletin import bulletin_of, late_entries
from zhiben.insights.domain.cycles import CycleKind, cycle_at
from zhiben.insights.domain.progress import Pace
from zhiben.insights.selectors import part_for
from zhiben.journal.public import run_consumers

pytestmark = pytest.mark.django_db
WEEK = cycle_at(CycleKind.WEEK, DAY)  # DAY is its Monday
SUNDAY = WEEK.last
LATER = NOW + timedelta(days=9)  # the week is over


@world
def week(cast):
    """Found before and in the week, one signed off, one overdue since Thursday, one entered after the week was over."""
    confirmed(
        cast,
        "major",
        by=cast.li,
        description="可燃气体报警器失效",
        found_on=DAY - timedelta(days=4),
        channel="inspection",
    )
    rectifying(cast, description="灭火器过期", found_on=DAY - timedelta(days=4), due_on=DAY + timedelta(days=2))
    step(awaiting(cast, description="疏散标志脱落", found_on=DAY), "accept", cast.zhou)
    sweep_dangers(NOW + timedelta(days=6))
    run_consumers(now=LATER)
    return cast


@pytest.fixture
def late(week, monkeypatch):
    """One more of the week, told two days after it."""
    monkeypatch.setattr("dangers.stories.NOW", LATER)
    reported(week, description="迟报的隐患", found_on=DAY + timedelta(days=1))
    run_consumers(now=LATER)
    return week


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def bulletin(cast, who="li", wanted="", today=SUNDAY + timedelta(days=3)):
    return bulletin_of(part_for(getattr(cast, who).actor, wanted), WEEK, today)


def test_it_counts_what_came_went_and_stands(week):
    told = bulletin(week)
    assert (told.whole.found, told.whole.signed_off, told.whole.open_after, told.whole.overdue) == (1, 1, 2, 1)
    assert (told.whole_before.found, told.whole_before.open_after) == (2, 2)
    assert told.whole.balances()
    assert told.change("overdue").delta == 1
    assert told.major.open_after == 1


def test_who_fell_behind_is_ranked_with_the_reason(week):
    told = bulletin(week)
    (unit,) = told.units[1]
    (firm,) = told.enterprises[1]
    assert unit.path == week.tree.township.path
    assert firm.enterprise == week.enterprise.pk
    assert unit.standing == firm.standing
    assert unit.standing.pace is Pace.BEHIND
    assert (unit.standing.overdue_before, unit.standing.overdue) == (0, 1)


def test_an_enterprise_reads_its_own(week):
    told = bulletin(week, "wang")
    assert told.part.enterprise == week.enterprise
    assert told.whole == bulletin(week).whole


def test_a_week_under_way_is_compared_with_as_many_days(week):
    told = bulletin(week, today=DAY + timedelta(days=1))
    assert not told.is_over
    assert told.day == DAY + timedelta(days=1)
    assert told.beside == (DAY - timedelta(days=7), DAY - timedelta(days=6))


def test_what_was_entered_after_the_week_is_counted_and_marked(late):
    told = bulletin(late)
    assert told.whole.found == 2
    assert told.late == 1
    (entry,) = late_entries(told.part, WEEK, SUNDAY)
    assert entry.day == DAY + timedelta(days=1)


def test_every_number_on_the_page_opens_as_many_records(late, now, client):
    client.force_login(late.li.account)
    page = client.get("/bulletin/", {"period": WEEK.name}).content.decode()
    links = re.findall(r'href="(/figures/records/[^"]+)"[^>]*>(?:<b>)?([\d,]+)', page)
    assert len(links) > 10
    for url, number in links:
        answer = client.get(url.replace("&amp;", "&"))
        assert answer.context["behind"].whole == int(number.replace(",", "")), url
        assert sum(row["record"].n for row in answer.context["rows"]) == int(number), url


def test_the_late_ones_are_listed(late, now, client):
    client.force_login(late.li.account)
    page = client.get("/bulletin/", {"period": WEEK.name})
    answer = client.get(page.context["late_url"])
    assert [row["record"].danger.description for row in answer.context["rows"]] == ["迟报的隐患"]
    assert answer.context["rows"][0]["late"]


def test_last_week_is_shown_where_no_period_is_named(week, now, client):
    client.force_login(week.li.account)
    assert client.get("/bulletin/").context["cycle"] == WEEK


@pytest.mark.parametrize("address", ["/bulletin/?unit={0}", "/figures/records/?what=found&unit={0}"])
def test_a_stranger_cannot_tell_that_a_unit_exists(week, client, address):
    client.force_login(week.zhang.account)
    assert client.get(address.format(week.tree.county.path)).status_code == 404


@pytest.mark.parametrize("period", ["2026-W99", "<script>", "2026-Q9", "%00"])
def test_a_period_that_is_none_is_refused(week, client, period):
    client.force_login(week.li.account)
    assert client.get(f"/bulletin/?period={period}").status_code == 422


def test_what_left_for_another_county_is_counted_but_not_told(week, now, client):
    left = reported(week, description="移走的隐患", found_on=DAY)
    run_consumers(now=LATER)
    Danger.unscoped.filter(pk=left.pk).update(
        unit=week.tree.other_township, path=week.tree.other_township.path, enterprise=None, county_id=None
    )
    client.force_login(week.li.account)
    answer = client.get(f"/figures/records/?what=found&from={WEEK.since}&to={WEEK.last}")
    assert (answer.context["behind"].whole, answer.context["behind"].hidden) == (2, 1)
    assert "移走的隐患" not in answer.content.decode()
