"""Behind every figure stand as many records: what was counted between two days, what stood on any day."""

from datetime import timedelta

import pytest
from dangers.stories import awaiting, confirmed, rectifying, reported, signed_off, step
from make import DAY, NOW, grant, make_account
from stage import world

from zhiben.dangers.models import Danger
from zhiben.dangers.public import sweep_dangers
from zhiben.insights import postings
from zhiben.insights.domain.measures import What
from zhiben.insights.figures import level_of, totals
from zhiben.insights.ledger import By, slugs
from zhiben.insights.models import Posting
from zhiben.insights.postings import counted_between, empty_postings, postings_of, standing_on
from zhiben.insights.selectors import part_for
from zhiben.journal import public as journal
from zhiben.journal.public import run_consumers
from zhiben.kernel.periods import local_day
from zhiben.orgs.selectors.access import actor_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)
FLOWS = (What.FOUND, What.SIGNED_OFF, What.REOPENED, What.MOVED_IN, What.MOVED_OUT, What.VOIDED)


@world
def loop(cast):
    """Some of everything, over six weeks: found early and late, reclassified, overdue, voided, signed off, reopened."""
    early = DAY - timedelta(days=20)
    confirmed(cast, description="配电箱未关门", found_on=early)
    confirmed(cast, "major", by=cast.li, description="可燃气体报警器失效", found_on=early, channel="inspection")
    rectifying(cast, description="灭火器过期", found_on=early, due_on=DAY + timedelta(days=5))
    step(awaiting(cast, description="疏散标志脱落", found_on=DAY), "accept", cast.zhou)
    step(reported(cast, description="看错了", found_on=DAY - timedelta(days=9)), "void", cast.wang)
    back = signed_off(cast, description="防爆电气失效", found_on=DAY - timedelta(days=3))
    step(back, "reopen", cast.zhao, now=NOW + timedelta(days=10))
    sweep_dangers(LATER)
    run_consumers(now=LATER)
    return cast


def tally(part, what, day, level=""):
    wanted = {number for number, slug in slugs(By.LEVEL).items() if slug == level}
    found = totals(part.subjects(day), day)
    return sum(n for (_, w, cell), n in found.items() if w == what and (not level or level_of(cell) in wanted))


def test_every_figure_of_every_day_has_its_records(loop):
    today = local_day(LATER)
    for path in (loop.tree.province.path, loop.tree.county.path, loop.site.path):
        part = part_for(loop.su.actor, path)
        for offset in range(-21, 42, 9):
            since, until = DAY + timedelta(days=offset), DAY + timedelta(days=offset + 9)
            for level in ("", "major"):
                for what in FLOWS:
                    rows = counted_between(part, what, since, until, level=level)
                    before, after = (tally(part, what, day - timedelta(days=1), level) for day in (since, until))
                    assert sum(row.n for row in rows) == after - before, (path, since, what, level)
                for what in (What.OPEN, What.OVERDUE):
                    stood = standing_on(part, what, since, today, level=level)
                    assert stood.count() == tally(part, what, since, level), (path, since, what, level)


def test_there_is_something_to_count(loop):
    part = part_for(loop.su.actor, loop.tree.county.path)
    assert {row.what for row in postings_of(part, DAY)} >= {*map(int, FLOWS), What.OVERDUE}


def test_a_figure_of_the_whole_tree_has_its_records_too(loop):
    account = make_account("all")
    grant(account, "all-figures", loop.tree.nation, "insight:view")
    part = part_for(actor_of(account, now=NOW), "/1/")
    assert standing_on(part, What.OPEN, DAY, local_day(LATER)).count() == tally(part, What.OPEN, DAY)


def test_they_can_be_derived_anew(loop):
    def told():
        return sorted(Posting.objects.values_list("danger", "what", "n", "stock", "day", "unit", "level"))

    before = told()
    assert before
    empty_postings()
    journal.rebuild(postings.CONSUMER)
    while run_consumers(now=LATER):
        pass
    assert told() == before


def test_who_sees_some_industries_sees_the_records_of_these(loop):
    account = make_account("part")
    grant(account, "part-figures", loop.tree.county, "insight:view", industries=["light_industry"])
    part = part_for(actor_of(account, now=NOW), loop.tree.county.path)
    assert part.only is not None
    assert not postings_of(part, DAY).exists()
    assert not standing_on(part, What.OPEN, DAY, DAY).exists()
    assert Danger.unscoped.exists()
