"""Adding, renaming, recoding and moving units."""

import json

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import DAY, NOW, grant, make_account, make_department, make_enterprise, make_unit

from zhiben.dangers.models import Danger
from zhiben.files.models import StoredFile
from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import segment
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Department, Enterprise, Unit
from zhiben.orgs.paths import path_holders
from zhiben.orgs.public import actor_of, enterprises_for, unit_at, unit_for
from zhiben.orgs.services.moving import continue_move, move_unit, moves_under_way, start_move
from zhiben.orgs.services.units import add_unit, recode_unit, rename_unit
from zhiben.orgs.tree import ANCESTOR_FIELDS


def test_an_administrator_adds_a_grid_below_a_village(cast):
    unit = add_unit(cast.tree.village.pk, UnitKind.GRID, " 第一  网格 ", actor=cast.admin.actor, now=NOW)
    assert (unit.name, unit.parent, unit.depth) == ("第一 网格", cast.tree.village, 6)
    assert unit.path.startswith(cast.tree.village.path)
    assert unit.township_id == cast.tree.township.pk
    assert Entry.objects.get().code == "unit:added"


@pytest.mark.parametrize("kind", [UnitKind.CITY, UnitKind.COUNTY, UnitKind.NATION, UnitKind.SITE])
def test_a_unit_hangs_on_a_higher_level_and_sites_belong_to_enterprises(cast, kind):
    with pytest.raises(Invalid):
        add_unit(cast.tree.county.pk, kind, "某", actor=cast.admin.actor, now=NOW)


@pytest.mark.parametrize("name", ["", "  ", "长" * 201, "坏\x00名"])
def test_a_name_must_be_one(cast, name):
    with pytest.raises(Invalid, match="unit:name-unusable"):
        add_unit(cast.tree.village.pk, UnitKind.GRID, name, actor=cast.admin.actor, now=NOW)


def test_who_may_not_edit_the_tree_is_refused_and_a_stranger_finds_nothing(cast):
    with pytest.raises(NotAllowed):
        rename_unit(cast.tree.county.pk, "新名", actor=cast.zhao.actor, now=NOW)
    with pytest.raises(NotFound):
        rename_unit(cast.tree.county.pk, "新名", actor=cast.zhang.actor, now=NOW)


def test_renaming_touches_one_row_and_keeps_the_former_name(cast):
    before = {unit.pk: unit.path for unit in Unit.objects.all()}
    rename_unit(cast.tree.county.pk, "东城区", on=DAY, actor=cast.admin.actor, now=NOW)
    assert {unit.pk: unit.path for unit in Unit.objects.all()} == before
    alias = cast.tree.county.aliases.get()
    assert (alias.name, alias.since, alias.until) == ("锦江区", None, DAY)
    assert rename_unit(cast.tree.county.pk, "东城区", actor=cast.admin.actor, now=NOW).aliases.count() == 1
    entry = Entry.objects.get()
    assert (entry.code, entry.subject) == ("unit:renamed", f"unit/{cast.tree.county.pk}")


def test_recoding_keeps_the_former_code_leading_to_the_unit(cast):
    county = cast.tree.county
    recode_unit(county.pk, "510199", actor=cast.admin.actor, now=NOW)
    assert unit_at("510199") == unit_at("510104") == county
    with pytest.raises(Conflict, match="unit:code-taken"):
        recode_unit(cast.tree.other_county.pk, "510199", actor=cast.admin.actor, now=NOW)
    with pytest.raises(Invalid, match="division-code:malformed"):
        recode_unit(county.pk, "5101x9", actor=cast.admin.actor, now=NOW)


def move_all(cast):
    return move_unit(cast.tree.township.pk, cast.tree.other_county.pk, actor=cast.admin.actor, now=NOW)


def test_a_moved_township_takes_everything_below_it_along(cast):
    workshop = make_unit(cast.site, "workshop", "一车间", enterprise=cast.enterprise)
    office = make_department(cast.tree.township, "街道安监办")
    moved = move_all(cast)
    assert moved.parent == cast.tree.other_county
    below = [cast.tree.village, cast.site, cast.second_site, workshop]
    for unit in below:
        unit.refresh_from_db()
        assert unit.path.startswith(moved.path)
        assert (unit.old_path, unit.county_id) == ("", cast.tree.other_county.pk)
        assert unit.township_id == cast.tree.township.pk
    assert Enterprise.objects.get(pk=cast.enterprise.pk).path == cast.site.path
    assert Department.objects.get(pk=office.pk).path == moved.path
    assert not Unit.objects.filter(path__startswith=cast.tree.township.path).exists()
    assert not moves_under_way().exists()
    assert list(Entry.objects.filter(subject=f"unit/{moved.pk}").order_by("id").values_list("code", flat=True)) == [
        "unit:moved",
        "unit:move-finished",
    ]


def test_depth_follows_the_new_parent(cast):
    move_unit(cast.tree.village.pk, cast.tree.city.pk, actor=cast.admin.actor, now=NOW)
    village = Unit.objects.get(pk=cast.tree.village.pk)
    assert (village.depth, village.county_id, village.township_id) == (3, None, None)


def test_while_a_move_runs_both_officers_reach_what_is_theirs_and_grants_below_reach_all(cast):
    township_officer = make_account("office")
    grant(township_officer, "officer", cast.tree.township)
    village_officer = make_account("village")
    grant(village_officer, "officer", cast.tree.village)
    make_enterprise(cast.tree.village, "村里示例有限公司")
    move = start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=cast.admin.actor, now=NOW)
    steps = 0
    finished = False
    while not finished:
        for account, seen in (
            (township_officer, {"村里示例有限公司", cast.enterprise.name}),
            (village_officer, {"村里示例有限公司"}),
        ):
            reached = {e.name for e in enterprises_for(actor_of(account, now=NOW))}
            assert seen <= reached, f"after {steps} steps"
        either = set(enterprises_for(cast.li.actor)) | set(enterprises_for(cast.zhang.actor))
        assert cast.enterprise in either
        finished = continue_move(move.pk, actor=SYSTEM, now=NOW, limit=1).finished
        steps += 1
    assert steps > 8
    assert cast.enterprise in enterprises_for(cast.zhang.actor)
    assert cast.enterprise not in enterprises_for(cast.li.actor)
    with pytest.raises(NotFound):
        unit_for(cast.li.actor, cast.tree.village.pk)


def test_a_killed_move_goes_on_and_a_repeated_step_changes_nothing(cast):
    move = start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=cast.admin.actor, now=NOW)
    continue_move(move.pk, actor=SYSTEM, now=NOW, limit=2)
    (left,) = moves_under_way()
    while not continue_move(left.pk, actor=SYSTEM, now=NOW, limit=2).finished:
        pass
    paths = set(Unit.objects.values_list("path", flat=True))
    assert continue_move(left.pk, actor=SYSTEM, now=NOW).finished
    assert set(Unit.objects.values_list("path", flat=True)) == paths


def test_a_unit_added_below_while_the_move_runs_comes_along(cast):
    move = start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=cast.admin.actor, now=NOW)
    village = Unit.objects.get(pk=cast.tree.village.pk)
    assert village.path.startswith(move.old_path)
    late = make_unit(village, "grid", "后来的网格")
    while not continue_move(move.pk, actor=SYSTEM, now=NOW).finished:
        pass
    late.refresh_from_db()
    assert late.path.startswith(move.new_path)


def test_both_paths_lead_to_the_unit_while_it_moves(cast):
    move = start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=cast.admin.actor, now=NOW)
    assert unit_at(move.old_path) == unit_at(move.new_path) == cast.tree.township


def test_moves_that_make_no_sense_or_cross_another_are_refused(cast):
    tree, admin = cast.tree, cast.admin.actor
    for unit, parent, code in [
        (tree.county, tree.township, "into-itself|wrong-level"),
        (tree.county, tree.county, "into-itself"),
        (tree.nation, tree.county, "into-itself"),
        (tree.township, tree.county, "already-there"),
        (tree.county, tree.other_township, "wrong-level"),
    ]:
        with pytest.raises((Invalid, Conflict), match=code):
            start_move(unit.pk, parent.pk, actor=admin, now=NOW)
    start_move(tree.township.pk, tree.other_county.pk, actor=admin, now=NOW)
    for unit, parent in [
        (tree.township, tree.county),
        (tree.village, tree.other_township),
        (tree.county, tree.province),
    ]:
        with pytest.raises(Conflict, match="being-moved"):
            start_move(unit.pk, parent.pk, actor=admin, now=NOW)
    with pytest.raises(NotFound):
        start_move(tree.village.pk, tree.other_township.pk, actor=cast.zhang.actor, now=NOW)


def test_every_table_with_paths_has_them_rewritten_with_its_ancestors(cast):
    kept = StoredFile.unscoped.bulk_create(
        StoredFile(
            subject="danger/1", sha256="0" * 64, size=1, type="x", name="x", kept_at=NOW, shredded_at=NOW,
            unit=cast.site, path=cast.site.path, enterprise=cast.enterprise,
        )
        for _ in range(5)
    )  # fmt: skip
    move_all(cast)
    site = Unit.objects.get(pk=cast.site.pk)
    assert set(StoredFile.unscoped.filter(pk__in=[row.pk for row in kept]).values_list("path", flat=True)) == {
        site.path
    }
    holders = {holder.model: holder for holder in path_holders()}
    assert {Enterprise, Department, StoredFile, Danger} <= set(holders)
    assert holders[Danger].ancestors == {
        UnitKind.PROVINCE: "province_id",
        UnitKind.CITY: "city_id",
        UnitKind.COUNTY: "county_id",
        UnitKind.TOWNSHIP: "township_id",
    }


def assert_whole():
    """Every unit's path, depth and ancestors follow from its parent."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        if unit.parent_id is None:
            assert (unit.path, unit.depth) == ("/1/", 0)
            continue
        parent = units[unit.parent_id]
        assert unit.path == f"{parent.path}{segment(unit.pk)}/"
        assert (unit.old_path, unit.depth) == ("", parent.depth + 1)
        for kind, column in ANCESTOR_FIELDS.items():
            assert getattr(unit, column) == (unit.pk if unit.kind == kind else getattr(parent, column))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 5)), max_size=6))
def test_after_any_moves_the_tree_is_whole(cast, moves):
    for one, other, limit in moves:
        units = list(Unit.objects.order_by("pk"))
        unit, parent = units[one % len(units)], units[other % len(units)]
        try:
            move = start_move(unit.pk, parent.pk, actor=SYSTEM, now=NOW)
        except (Invalid, Conflict):
            continue
        while not continue_move(move.pk, actor=SYSTEM, now=NOW, limit=limit).finished:
            pass
    assert_whole()
    for enterprise in Enterprise.objects.select_related("registered_site"):
        assert enterprise.path == enterprise.registered_site.path


def test_a_row_written_past_a_move_is_found_and_mended(cast, capsys):
    (row,) = StoredFile.unscoped.bulk_create([
        StoredFile(
            subject="danger/1", sha256="0" * 64, size=1, type="x", name="x", kept_at=NOW, shredded_at=NOW,
            unit=cast.site, path="/1/gone/", enterprise=cast.enterprise,
        )
    ])  # fmt: skip
    with pytest.raises(SystemExit):
        call_command("orgs", "check")
    assert json.loads(capsys.readouterr().out)["strayed"] == {"StoredFile": 1}
    call_command("orgs", "check", "--mend")
    assert StoredFile.unscoped.get(pk=row.pk).path == cast.site.path
    capsys.readouterr()
    call_command("orgs", "check")
    assert json.loads(capsys.readouterr().out)["strayed"] == {}
    start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="being-moved"):
        call_command("orgs", "check")
