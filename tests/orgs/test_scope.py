"""Scope: the condition in SQL and the rule in Python reach the same rows, an index serves it, and no scope means none."""

from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import NOW, grant, make_account, make_enterprise, make_tree

from zhiben.files.models import StoredFile
from zhiben.kernel.actor import SYSTEM, Actor, Grant, Place
from zhiben.kernel.ids import ancestors, path_end, segment, uuid7
from zhiben.orgs.domain.industries import INDUSTRIES, mask_of
from zhiben.orgs.public import actor_of, enterprises_for, units_for
from zhiben.orgs.scope import NoScope, Scope, scope_of, scoped, seen

MATTERS = ["", "fire", "gas"]
SOME = INDUSTRIES[:3]
_size = count(1)


@dataclass(frozen=True)
class World:
    paths: list[str]
    enterprises: list[int]
    rows: dict


def keep(unit, parties, industries, matter):
    """A row of a scoped table, written without its room's services."""
    return StoredFile(
        id=uuid7(), subject="danger/1", sha256="0" * 64, size=next(_size), type="x", name="x", kept_at=NOW,
        shredded_at=NOW, unit_id=unit.pk, path=unit.path, enterprise_id=parties[0], party_id=parties[1],
        industries_mask=mask_of(industries), matter=matter,
    )  # fmt: skip


@pytest.fixture
def world(db):
    tree = make_tree()
    units = [tree.province, tree.city, tree.county, tree.township, tree.village, tree.other_county, tree.other_township]
    enterprises = [make_enterprise(tree.village).pk, make_enterprise(tree.other_township).pk]
    rows = [
        keep(unit, parties, industries, matter)
        for unit in units
        for parties in ((None, None), (enterprises[0], None), (enterprises[0], enterprises[1]))
        for industries in ((), SOME[:1], SOME[1:])
        for matter in MATTERS
    ]
    StoredFile.unscoped.bulk_create(rows)
    return World(
        [*(unit.path for unit in units), "/1/", "/1/zz/", "/"], enterprises, {row.pk: row.place for row in rows}
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.data())
def test_sql_and_python_reach_the_same_rows(world, chosen):
    grants = chosen.draw(
        st.lists(
            st.builds(
                Grant,
                permissions=st.just(frozenset({"file:view"})),
                path=st.none() | st.sampled_from(world.paths),
                enterprise=st.none() | st.sampled_from(world.enterprises),
                industries=st.frozensets(st.sampled_from(SOME), max_size=2),
                matters=st.frozensets(st.sampled_from(MATTERS[1:]), max_size=2),
            ),
            max_size=3,
        )
    )
    actor = Actor(id=1, label="x", grants=tuple(grants))
    by_rule = {pk for pk, place in world.rows.items() if actor.may("file:view", place)}
    with scoped(scope_of(actor, "file:view")):
        assert set(StoredFile.objects.values_list("pk", flat=True)) == by_rule


def test_without_a_scope_nothing_can_be_read(world):
    with pytest.raises(NoScope):
        StoredFile.objects.count()
    with scoped(Scope()):
        assert StoredFile.objects.count() == 0
    with scoped(scope_of(SYSTEM)):
        assert StoredFile.objects.count() == len(world.rows)


def test_a_scope_ends_with_its_block_and_an_inner_one_wins(world):
    with scoped(Scope(everything=True)):
        with scoped(Scope()):
            assert not StoredFile.objects.exists()
        assert StoredFile.objects.exists()
    with pytest.raises(NoScope):
        StoredFile.objects.exists()


def test_only_grants_that_carry_the_permission_open_rows(world):
    actor = Actor(id=1, label="x", grants=(Grant(frozenset({"file:view"}), path="/1/"),))
    assert StoredFile.unscoped.filter(seen(scope_of(actor, "file:view"))).count() == len(world.rows)
    assert not StoredFile.unscoped.filter(seen(scope_of(actor, "danger:view"))).exists()


@given(st.lists(st.integers(1, 40_000), min_size=1, max_size=8), st.lists(st.integers(1, 40_000), max_size=8))
def test_a_prefix_and_a_range_mean_the_same(first, second):
    one, two = ("/" + "".join(f"{segment(n)}/" for n in numbers) for numbers in (first, second))
    assert two.startswith(one) == (one <= two < path_end(one)) == (one in ancestors(two))


def plan_of(rows) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze files_storedfile")
            cursor.execute("set local enable_seqscan = off")  # seven hundred rows would be read whole
    return rows.explain()


def test_an_index_serves_a_range_of_paths(world):
    path = world.paths[2]
    rows = StoredFile.unscoped.filter(seen(Scope((Grant(frozenset(), path=path),)))).order_by()
    plan = plan_of(rows)
    assert "file_path" in plan
    if connection.vendor == "sqlite":
        assert "SEARCH" in plan
        assert "path>? AND path<?" in plan
    else:
        assert "Index Cond" in plan


def test_paths_compare_byte_by_byte_on_both_databases(world):
    assert list(StoredFile.unscoped.order_by("path").values_list("path", flat=True).distinct()) == sorted(
        {place.path for place in world.rows.values()}
    )


def test_a_units_selector_never_shows_more_than_the_grant(cast):
    for player in (cast.li, cast.zhang, cast.su, cast.wang, cast.chen, cast.gong):
        for unit in units_for(player.actor):
            engaged = unit == cast.site and player is cast.chen
            assert engaged or any(g.reaches(Place(unit.path, unit.enterprise_id)) for g in player.actor.grants)


def test_permission_narrows_selectors(cast):
    account = make_account("two")
    grant(account, "viewer-there", cast.tree.other_county, "enterprise:view")
    grant(account, "editor-here", cast.tree.county, "enterprise:view", "enterprise:edit")
    actor = actor_of(account, now=NOW)
    assert cast.other_enterprise in enterprises_for(actor)
    assert cast.other_enterprise not in enterprises_for(actor, "enterprise:edit")
    assert cast.enterprise in enterprises_for(actor, "enterprise:edit")


def test_a_grant_that_has_ended_reaches_nothing(cast):
    account = make_account("late")
    grant(account, "officer", cast.tree.county, until=date(2026, 3, 2))
    assert not enterprises_for(actor_of(account, now=NOW)).exists()


WORKS = Place("/1/2/3/4/5/9/", 7, 8, frozenset({"machinery", "dust_explosion"}), "fire")


@pytest.mark.parametrize(
    ("reached", "where"),
    [
        (True, {"path": "/1/2/3/4/"}),
        (False, {"path": "/1/2/3/6/"}),
        (True, {"path": "/1/2/"}),
        (True, {"enterprise": 7}),
        (True, {"enterprise": 8}),
        (True, {"path": "/1/2/3/4/", "matters": frozenset({"fire"})}),
        (False, {"path": "/1/2/3/4/", "matters": frozenset({"gas"})}),
        (False, {"path": "/1/2/3/", "industries": frozenset({"coal_mine"})}),
        (True, {"path": "/1/2/3/4/5/"}),
    ],
)
def test_the_worked_examples_of_the_book_hold(reached, where):
    assert Grant(frozenset(), **where).reaches(WORKS) is reached
