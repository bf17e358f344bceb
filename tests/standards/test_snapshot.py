"""`zhiben analytics snapshot`: what is recorded stands in the snapshot, incrementally, whenever it committed."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from make import DAY, NOW, make_enterprise, make_unit

from zhiben.analytics.packed import unpack
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid
from zhiben.orgs.scope import Scope, scoped
from zhiben.orgs.services.moving import move_unit
from zhiben.orgs.services.parties import EnterpriseFacts, edit_enterprise
from zhiben.standards.jobs import refresh_snapshot
from zhiben.standards.models import CurrentFacts, Fact, FactWord
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.services import packing
from zhiben.standards.services.packing import pack_all
from zhiben.standards.services.snapshotting import behind, root, snapshot_here, write_snapshot

COUNT, ROOM = "special_ops_uncertified_count", "quick_freezer_separate_room"


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def know(enterprise, name, value, day=DAY):
    record_facts(enterprise.pk, [NewFact(name, value, day)], actor=SYSTEM, now=NOW)


def snapshot(capsys, *arguments):
    call_command("analytics", "snapshot", "--json", *arguments)
    return json.loads(capsys.readouterr().out)


def determined(capsys, *arguments):
    call_command("standards", "determine", "--json", "--on", DAY.isoformat(), *arguments)
    return json.loads(capsys.readouterr().out)


def row(enterprise):
    """What the snapshot holds of an enterprise."""
    (shard,) = snapshot_here().shards([COUNT, ROOM])
    (found,) = shard.enterprises.filter(enterprise=enterprise.pk).to_dicts()
    facts = shard.facts.filter(enterprise=enterprise.pk).to_dicts()
    return found | {one["fact"]: one["number"] if one["truth"] is None else one["truth"] for one in facts}


def current(enterprise):
    words = dict(FactWord.objects.values_list("pk", "text"))
    return unpack(bytes(CurrentFacts.objects.get(pk=enterprise.pk).packed), words)


def test_the_first_snapshot_is_whole_and_the_next_holds_what_changed(cast, capsys):
    know(cast.enterprise, COUNT, 2)
    first = snapshot(capsys)
    assert (first["full"], first["read"]) == (True, first["enterprises"])
    assert int(row(cast.enterprise)[COUNT]) == 2
    know(cast.enterprise, COUNT, 0)
    second = snapshot(capsys)
    assert (second["full"], second["read"], second["written"]) == (False, 1, 1)
    assert int(row(cast.enterprise)[COUNT]) == 0
    assert snapshot(capsys)["written"] == 0
    assert snapshot(capsys, "--full")["read"] == first["enterprises"]


def test_a_value_of_an_older_day_replaces_nothing(cast):
    know(cast.enterprise, COUNT, 2)
    know(cast.enterprise, COUNT, 5, DAY - timedelta(days=1))
    know(cast.enterprise, ROOM, value=True)
    write_snapshot(now=NOW)
    assert (current(cast.enterprise)[COUNT].value, current(cast.enterprise)[ROOM].value) == (2_000_000, True)


def test_of_one_day_the_value_recorded_last_counts(cast):
    know(cast.enterprise, COUNT, 2)
    know(cast.enterprise, COUNT, 3)
    write_snapshot(now=NOW)
    assert int(row(cast.enterprise)[COUNT]) == 3


def test_what_an_enterprise_does_and_where_it_is_come_in_too(cast):
    write_snapshot(now=NOW)
    edit_enterprise(cast.enterprise.pk, EnterpriseFacts(industries=("coal_mine",)), actor=SYSTEM, now=NOW)
    write_snapshot(now=NOW)
    cast.enterprise.refresh_from_db()
    assert row(cast.enterprise)["industries"] == cast.enterprise.industries_mask
    moved, to = cast.tree.township, cast.tree.other_county
    move_unit(moved.pk, to.pk, actor=SYSTEM, now=NOW)
    assert behind(snapshot_here(), now=NOW) >= 1
    write_snapshot(now=NOW)
    before = cast.enterprise.path
    cast.enterprise.refresh_from_db()
    assert row(cast.enterprise)["path"] == cast.enterprise.path != before


def test_a_new_enterprise_that_knows_nothing_is_judged_too(cast, capsys):
    before = determined(capsys)["judged"]
    make_enterprise(make_unit(cast.tree.county, "township", "新街道"), "新来有限公司")
    assert snapshot(capsys, "--full")["enterprises"] == before + 1
    assert determined(capsys)["judged"] == before + 1


def test_an_answer_says_how_far_behind_its_snapshot_is(cast, capsys):
    first = determined(capsys)
    assert (first["snapshot"]["behind"], first["snapshot"]["from_history"]) == (0, 0)
    know(cast.enterprise, COUNT, 2)
    clauses = determined(capsys, "--standard", "gongmao-2023")["clauses"]
    late = determined(capsys, "--standard", "gongmao-2023")
    assert late["snapshot"]["behind"] == 1
    assert late["clauses"] == clauses
    fresh = determined(capsys, "--standard", "gongmao-2023", "--fresh")
    assert fresh["snapshot"]["behind"] == 0
    assert fresh["clauses"] != clauses


def test_the_worker_keeps_a_snapshot_fresh_and_makes_none_that_nobody_asked_for(cast):
    know(cast.enterprise, COUNT, 2)
    assert refresh_snapshot(NOW) == 0
    assert snapshot_here() is None
    write_snapshot(now=NOW)
    know(cast.enterprise, COUNT, 3)
    assert refresh_snapshot(NOW + timedelta(minutes=5)) == 1
    assert int(row(cast.enterprise)[COUNT]) == 3
    assert refresh_snapshot(NOW + timedelta(minutes=10)) == 0


def test_a_snapshot_of_other_records_is_not_used(cast):
    know(cast.enterprise, COUNT, 2)
    write_snapshot(now=NOW)
    told = json.loads((root() / "snapshot.json").read_text())
    (root() / "snapshot.json").write_text(json.dumps(told | {"mark": "another journal's"}))
    assert snapshot_here() is None
    assert write_snapshot(now=NOW).full
    assert snapshot_here() is not None


def test_packed_rows_are_the_same_from_the_journal_and_from_the_history(cast):
    for value in (1, 2, 3):
        know(cast.enterprise, COUNT, value)
    know(cast.enterprise, ROOM, value=False)
    while run_consumers(now=NOW):
        pass
    kept = current(cast.enterprise)
    CurrentFacts.objects.all().delete()
    pack_all(position=0)
    assert current(cast.enterprise) == kept
    assert kept.keys() == {COUNT, ROOM}


def test_facts_read_in_two_statements_are_packed_together(cast, monkeypatch):
    for name in (COUNT, ROOM):
        know(cast.enterprise, name, 1 if name == COUNT else True)
        know(cast.other_enterprise, name, 2 if name == COUNT else False)
    monkeypatch.setattr(packing, "AT_ONCE", 3)  # the second enterprise's facts are cut in two
    while run_consumers(now=NOW):
        pass
    assert {len(current(one)) for one in (cast.enterprise, cast.other_enterprise)} == {2}


def test_a_fact_that_the_law_no_longer_knows_is_not_used(cast, capsys):
    know(cast.enterprise, COUNT, 2)
    Fact.unscoped.update(name="no_such_fact_any_more")
    assert snapshot(capsys, "--anew")["facts"] == 1
    assert all(each["present"] == 0 for each in determined(capsys)["clauses"])


def test_an_engine_that_is_not_there_is_refused(cast):
    with pytest.raises((CommandError, Invalid)):
        call_command("standards", "determine", "--engine", "none")
