"""Lists: the thin way answers as the plain one does, and reads an index in order."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from make import DAY, NOW, grant, make_account, make_enterprise, make_jurisdiction
from stage import world
from stories import rectifying, reported, told

from zhiben.dangers.domain.filters import ALL, Filters
from zhiben.dangers.domain.kinds import OPEN, Channel, Level, State
from zhiben.dangers.domain.rights import DangerPermission
from zhiben.dangers.listing import NAMES, arms_for, page_of, page_sql
from zhiben.dangers.models import Danger
from zhiben.dangers.public import count_dangers_for, dangers_for
from zhiben.dangers.selectors.reading import reach_of
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_danger, report_dangers
from zhiben.kernel.actor import SYSTEM, Actor, Grant
from zhiben.orgs.selectors.access import actor_of

VIEW = DangerPermission.VIEW


@world
def many(cast):
    """A hundred and twenty dangers of three enterprises, of all states, levels, channels and days."""
    dice = random.Random(7)
    others = make_enterprise(
        cast.tree.other_township, "青羊示例仓储有限公司", industries=("warehousing", "fire_protection")
    )
    sites = [
        cast.site,
        cast.second_site,
        cast.other_enterprise.registered_site,
        others.registered_site,
        cast.tree.village,
    ]
    rows = [
        ImportedDanger(
            unit_id=(site := dice.choice(sites)).pk,
            description=dice.choice(["灭火器过期", "护栏缺失", "配电箱无门", "50%_防护"]) + f"第{n}处",
            found_on=DAY - timedelta(days=dice.randrange(12)),
            channel=dice.choice(list(Channel)),
            level=dice.choice(list(Level)),
            party_id=cast.contractor.pk if site == cast.site and dice.random() < 0.3 else None,
            state=(state := dice.choice([State.REGISTERED, State.CONFIRMED, State.RECTIFYING, State.SIGNED_OFF])),
            closed_on=DAY if state is State.SIGNED_OFF else None,
            due_on=DAY - timedelta(days=1) if state is State.RECTIFYING and dice.random() < 0.5 else None,
            matter=dice.choice(["fire", "work_safety", "special_equipment"]),
        )
        for n in range(120)
    ]
    report_dangers(rows, actor=SYSTEM, now=NOW)
    late = Danger.unscoped.filter(due_on__lt=DAY)
    late.update(is_overdue=True, overdue_since=DAY)
    return cast


def random_grant(cast, dice):
    places = [cast.tree.nation, cast.tree.province, cast.tree.county, cast.tree.other_county, cast.tree.township,
              cast.tree.village, cast.site]  # fmt: skip
    where = {"path": dice.choice(places).path} if dice.random() < 0.7 else {
        "enterprise": dice.choice([cast.enterprise, cast.contractor, cast.other_enterprise]).pk
    }  # fmt: skip
    return Grant(
        permissions=frozenset({VIEW}) if dice.random() < 0.9 else frozenset({"unit:view"}),
        industries=frozenset(dice.sample(["machinery", "light_industry", "warehousing"], dice.randrange(3))),
        matters=frozenset(dice.sample(["fire", "work_safety", "special_equipment"], dice.choice([0, 0, 1, 2]))),
        **where,
    )


def random_filters(cast, dice):
    kept = {
        "states": dice.choice([frozenset(), OPEN, frozenset({State.SIGNED_OFF}), frozenset({State.RECTIFYING})]),
        "level": dice.choice([None, *Level]),
        "channel": dice.choice([None, *Channel]),
        "matter": dice.choice(["", "fire", "work_safety"]),
        "industry": dice.choice(["", "machinery", "warehousing"]),
        "unit": dice.choice(["", cast.tree.county.path, cast.tree.township.path, cast.second_site.path]),
        "enterprise": dice.choice([None, cast.enterprise.pk, cast.contractor.pk]),
        "overdue": dice.choice([None, True, False]),
        "text": dice.choice(["", "灭火器", "护栏 第1", "50%_"]),
        "found_since": dice.choice([None, DAY - timedelta(4)]),
        "found_until": dice.choice([None, DAY]),
    }
    names = dice.sample(sorted(kept), dice.randrange(4))
    return Filters(**{name: kept[name] for name in names})


def plainly(actor, filters):
    """The same list by the scope of every other table."""
    rows = reach_of(actor, VIEW)
    equal = {
        name: str(getattr(filters, name))
        for name in ("level", "channel", "matter", "industry")
        if getattr(filters, name)
    }
    rows = rows.filter(**equal)
    if filters.states:
        rows = rows.filter(state__in=[str(state) for state in filters.states])
    if filters.unit:
        rows = rows.filter(path__startswith=filters.unit)
    if filters.overdue is not None:
        rows = rows.filter(is_overdue=filters.overdue)
    if filters.found_since:
        rows = rows.filter(found_on__gte=filters.found_since)
    if filters.found_until:
        rows = rows.filter(found_on__lt=filters.found_until)
    found = rows.order_by("-found_on", "-id")
    if filters.enterprise:
        found = [row for row in found if filters.enterprise in (row.enterprise_id, row.party_id)]
    for word in filters.text.split():
        found = [row for row in found if word in row.description]
    return [row.pk for row in found]


def test_the_thin_list_equals_the_scope_of_every_other_table(many):
    dice = random.Random(11)
    seen = 0
    for _ in range(150):
        actor = Actor(id=1, label="x", grants=tuple(random_grant(many, dice) for _ in range(dice.randrange(1, 4))))
        filters = random_filters(many, dice)
        page = page_of(actor, VIEW, filters, limit=200)
        wanted = plainly(actor, filters)
        assert [row[0] for row in page.rows] == wanted, (actor.grants, filters)
        assert count_dangers_for(actor, filters) == len(wanted)
        seen += len(wanted)
    assert seen > 500  # the grants and filters were not all empty


def test_pages_follow_each_other_without_gap_or_repeat(many):
    actor = Actor(1, "x", (Grant(frozenset({VIEW}), path=many.tree.province.path),))
    after, ids = None, []
    while True:
        page = dangers_for(actor, after=after, limit=7)
        ids += [row[0] for row in page.rows]
        after = page.next
        if after is None:
            break
    assert ids == plainly(actor, ALL)


def test_rows_come_alike_from_both_databases(cast):
    danger = rectifying(cast)
    row = next(iter(dangers_for(cast.wang.actor).dicts()))
    assert tuple(row) == NAMES
    assert (row["uid"], row["found_on"], row["due_on"]) == (str(danger.uid), "2026-03-02", danger.due_on.isoformat())
    assert (row["is_overdue"], row["owner_name"], row["enterprise_name"]) == (False, "龚工", cast.enterprise.name)


def test_who_holds_no_grant_gets_no_rows_and_asks_nothing_of_the_table(cast):
    reported(cast)
    with CaptureQueriesContext(connection) as asked:
        assert dangers_for(cast.anon).rows == ()
    assert not [query for query in asked if "dangers_danger" in query["sql"]]


def test_a_filter_outside_every_grant_asks_nothing(cast):
    grant = Grant(frozenset({VIEW}), path=cast.tree.county.path, matters=frozenset({"fire"}))
    actor = Actor(1, "x", (grant,))
    assert arms_for(actor, VIEW, Filters(matter="special_equipment")) == []
    assert arms_for(actor, VIEW, Filters(unit=cast.tree.other_county.path)) == []


def test_an_arm_inside_another_is_not_asked_twice(cast):
    grants = tuple(
        Grant(frozenset({VIEW}), path=unit.path) for unit in (cast.tree.province, cast.tree.county, cast.site)
    )
    assert len(arms_for(Actor(1, "x", grants), VIEW, ALL)) == 1


def test_a_jurisdiction_shows_its_subtrees(cast):
    zone = make_jurisdiction(cast.tree.city, cast.tree.township)
    account = make_account("zone")
    grant(account, "region_viewer", zone)
    danger = reported(cast)
    page = dangers_for(actor_of(account, now=NOW))
    assert [row[0] for row in page.rows] == [danger.pk]


def _plan(sql, params):
    with connection.cursor() as cursor:
        prefix = "explain query plan " if connection.vendor == "sqlite" else "explain "
        if connection.vendor == "postgresql":
            cursor.execute("set local enable_seqscan = off")
        cursor.execute(prefix + sql, params)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("place", "filters", "index"),
    [
        ("county", ALL, "danger_county"),
        ("province", Filters(states=frozenset({State.VOIDED})), "danger_province_state"),
        ("township", ALL, "danger_township"),
        ("nation", ALL, "danger_newest"),
    ],
)
def test_each_arm_reads_one_index_in_order(many, place, filters, index):
    actor = Actor(1, "x", (Grant(frozenset({VIEW}), path=getattr(many.tree, place).path),))
    with connection.cursor() as cursor:
        cursor.execute("analyze dangers_danger")
    plan = _plan(*page_sql(arms_for(actor, VIEW, filters), filters, None, 51))
    if connection.vendor == "sqlite":
        assert index in plan, plan
        assert "SCAN dangers_danger\n" not in plan
    else:
        assert "Index" in plan, plan


@pytest.mark.parametrize(
    "about", [{"industries": frozenset({"light_industry"})}, {"matters": frozenset({"fire", "gas"})}]
)
def test_what_a_grant_is_not_about_is_passed_over_in_the_index(many, about):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads so few rows by their pages")
    actor = Actor(1, "x", (Grant(frozenset({VIEW}), path=many.tree.county.path, **about),))
    filters = Filters(industry="machinery")
    assert "USING COVERING INDEX danger_county (" in _plan(*page_sql(arms_for(actor, VIEW, filters), filters, None, 51))


def test_two_reports_of_one_day_are_ordered_by_number(cast):
    first = report_danger(told(cast, "甲"), actor=cast.gong.actor, now=NOW).id
    second = report_danger(told(cast, "乙"), actor=cast.gong.actor, now=NOW).id
    assert [row[0] for row in dangers_for(cast.wang.actor).rows] == [second, first]
