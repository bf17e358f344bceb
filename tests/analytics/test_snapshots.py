"""A snapshot holds what the packed rows hold, is judged as each enterprise alone, and survives being killed."""

import os
import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from populations import TODAY, Rows, alone, member_of, members_of

from zhiben.analytics import snapshots
from zhiben.analytics.columns import Member
from zhiben.analytics.held import Held
from zhiben.analytics.judging import Embedded, question, told_of
from zhiben.analytics.packed import pack, repack, unpack
from zhiben.analytics.snapshots import held, opened, write
from zhiben.kernel.errors import Conflict

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
APART = 700  # numbers between two enterprises: 60 of them fill three shards


@pytest.fixture(scope="module")
def members():
    return members_of(60, 7, unfit=0.2, apart=APART)


@pytest.fixture
def rows(members):
    return Rows(members)


def judged(snapshot, day=TODAY, **how):
    """By enterprise, standard and clause: verdict and deciding facts, as the embedded engine tells them."""
    asked = question(day, **how)
    return {
        number: {(each["standard"], each["clause"]): (each["verdict"], frozenset(each["facts"])) for each in clauses}
        for number, clauses in told_of(Embedded().details(snapshot, asked), asked)
    }


def test_a_snapshot_is_judged_as_each_enterprise_is_alone(tmp_path, members, rows):
    done = write(tmp_path, rows, now=NOW)
    assert (done.full, done.shards, done.enterprises) == (True, 3, 60)
    expected = {member.enterprise: alone(member) for member in members}
    assert sum(len(each) for each in expected.values()) > 1_000
    assert judged(opened(tmp_path)) == expected


def test_counts_are_those_of_the_details_and_what_fits_no_column_is_counted(tmp_path, members, rows):
    snapshot = write(tmp_path, rows, now=NOW).snapshot
    asked = question(TODAY)
    tally = Embedded().tally(snapshot, asked)
    told = judged(snapshot)
    for each in tally.counts(asked):
        verdicts = [one.get((each["standard"], each["clause"]), ("",))[0] for one in told.values()]
        assert {verdict: verdicts.count(verdict) for verdict in ("present", "absent", "unknown")} == {
            verdict: each[verdict] for verdict in ("present", "absent", "unknown")
        }
    assert tally.judged == len(members)
    assert sum(tally.unfit.values()) > 3


def test_only_shards_in_which_somebody_changed_are_written_and_they_hold_the_rest_too(tmp_path, members, rows):
    before = write(tmp_path, rows, now=NOW).snapshot
    changed = member_of(members[0].enterprise, random.Random(99))
    rows.put([changed], position=2)
    done = write(tmp_path, rows, now=NOW + timedelta(minutes=5))
    assert (done.full, done.shards, done.enterprises) == (False, 1, 1)
    assert [before.files[n] == done.snapshot.files[n] for n in sorted(before.files)] == [False, True, True]
    now_ = [changed, *members[1:]]
    assert judged(done.snapshot) == {member.enterprise: alone(member) for member in now_}


def test_who_is_new_comes_in_and_nothing_changed_writes_nothing(tmp_path, members, rows):
    write(tmp_path, rows, now=NOW)
    far = member_of(snapshots.SHARD * 9, random.Random(5))
    rows.put([far], position=2)
    done = write(tmp_path, rows, now=NOW)
    assert done.snapshot.enterprises == len(members) + 1
    assert judged(done.snapshot)[far.enterprise] == alone(far)
    assert write(tmp_path, rows, now=NOW).shards == 0


def test_many_small_changes_end_where_one_whole_writing_does(tmp_path, members):
    rows, draw = Rows(members[:20]), random.Random(3)
    write(tmp_path / "small", rows, now=NOW)
    for position in range(2, 8):
        rows.put([member_of(draw.choice(members).enterprise, draw, unfit=0.2)], position=position)
        write(tmp_path / "small", rows, now=NOW)
    whole = write(tmp_path / "whole", rows, now=NOW).snapshot
    small = opened(tmp_path / "small")
    assert judged(small) == judged(whole)
    assert small.enterprises == whole.enterprises


@pytest.mark.parametrize("killed_at", ["first shard", "second shard", "list"])
def test_a_kill_leaves_the_old_snapshot_whole_and_the_next_writing_goes_on(
    tmp_path, members, rows, monkeypatch, killed_at
):
    old = judged(write(tmp_path, rows, now=NOW).snapshot)
    rows.put([member_of(member.enterprise, random.Random(1)) for member in members], position=2)
    settles = {"first shard": 1, "second shard": 2, "list": 6}[killed_at]
    settle, done = snapshots._settle, []

    def dying(aside, path):
        if len(done) == settles:
            raise KeyboardInterrupt
        done.append(path)
        settle(aside, path)

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "_settle", dying)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, rows, now=NOW)
    assert judged(opened(tmp_path)) == old
    assert judged(write(tmp_path, rows, now=NOW).snapshot) != old


def test_who_reads_the_old_snapshot_goes_on_reading_it(tmp_path, members, rows):
    before = write(tmp_path, rows, now=NOW).snapshot
    told = judged(before)
    rows.put([Member(member.enterprise, "/2/", 0, {}) for member in members], position=2)
    write(tmp_path, rows, now=NOW)
    assert judged(before) == told
    for file in tmp_path.rglob("*.parquet"):
        os.utime(file, (0, 0))
    listed = set(write(tmp_path, rows, now=NOW).snapshot.files.values())
    assert {file.name for file in tmp_path.rglob("*.parquet")} == listed


def test_two_do_not_write_at_once(tmp_path):
    with (
        held(tmp_path, wait=False),
        pytest.raises(Conflict, match="snapshot:being-written"),
        held(tmp_path, wait=False),
    ):
        pass


def test_a_unit_is_read_alone(tmp_path, members, rows):
    snapshot = write(tmp_path, rows, now=NOW).snapshot
    inside = {member.enterprise for member in members if member.path.startswith("/1/2/")}
    assert judged(snapshot, path=("/1/2/", "/1/20")).keys() == inside
    assert 0 < len(inside) < len(members)


def test_who_has_newer_facts_than_the_day_is_left_to_the_history(tmp_path, members, rows):
    snapshot = write(tmp_path, rows, now=NOW).snapshot
    day = TODAY - timedelta(days=20)
    late = {member.enterprise for member in members if any(one.day > day for one in member.facts.values())}
    assert set(Embedded().tally(snapshot, question(day)).late) == late
    told = judged(snapshot, day)
    assert told == {one.enterprise: alone(one, day=day) for one in members if one.enterprise not in late}


def test_a_column_is_readable_by_anybody(tmp_path):
    day = TODAY
    name = "bf_top_pressure_design_max_kpa"
    one = Member(1, "/1/", 1, {name: Held(0.74, day, day + timedelta(days=9), "look")})
    snapshot = write(tmp_path, Rows([one]), now=NOW).snapshot
    told = pl.read_parquet(snapshot.root / "facts" / "*.parquet").row(0, named=True)
    assert (told["fact"], str(told["number"]), told["day"], told["source"]) == (name, "0.740000", day, "look")


def test_nobody_is_a_snapshot_too(tmp_path):
    snapshot = write(tmp_path, Rows([]), now=NOW).snapshot
    assert Embedded().tally(snapshot, question(TODAY)).counts(question(TODAY)) == []


def test_a_packed_row_keeps_what_is_not_replaced():
    words = {}

    def word(text):
        return words.setdefault(text, len(words) + 1)

    first = member_of(1, random.Random(6)).facts
    name = min(first)
    newer = Held(first[name].value, TODAY, TODAY + timedelta(days=1), "look")
    row = repack(pack(first, word), {name: newer}, word)
    assert row == pack({**first, name: newer}, word)
    assert unpack(row, {number: text for text, number in words.items()})[name].source == "look"
