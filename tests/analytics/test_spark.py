"""The engine beyond one machine, against a real server with workers of its own: bit for bit what is judged here."""

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from depth import examples
from django.core.management import call_command
from drawn import members
from hypothesis import HealthCheck, given, settings
from populations import TODAY, Rows, alone, members_of

from zhiben.analytics.judging import Embedded, question, told_of
from zhiben.analytics.public import engine_named
from zhiben.analytics.snapshots import write
from zhiben.config.env import ROOT
from zhiben.kernel.errors import Invalid
from zhiben.law.pack_texts import Adopted
from zhiben.orgs.domain.industries import BIT, mask_of
from zhiben.standards.pack_starts import STARTS

INSTALLED = all(importlib.util.find_spec(name) for name in ("pyspark", "pysail", "pyarrow"))
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not INSTALLED, reason="Spark's client or Sail is not installed: pip install 'zhiben[spark]'"),
]
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
SAIL = "from pysail.cli import main; main()"
SLOTS = 4
WORKERS = {
    "SAIL_MODE": "local-cluster",
    "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
    "SAIL_CLUSTER__WORKER_MAX_COUNT": "2",
    "SAIL_CLUSTER__WORKER_TASK_SLOTS": str(SLOTS),
    "RUST_LOG": "sail_execution=debug",
}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(autouse=True)
def main_is_a_file(monkeypatch):
    """Spark's client takes a program without a file, as a worker of the suite is, for doctests of its own."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Sail server with two workers; its address and its log."""
    port, log = free_port(), tmp_path_factory.mktemp("sail") / "log"
    command = [sys.executable, "-c", SAIL, "spark", "server", "--port", str(port)]
    environment = {**os.environ, **WORKERS, "PYTHONPATH": str(ROOT / "src")}
    with log.open("w") as told, subprocess.Popen(command, env=environment, stdout=told, stderr=told) as running:
        try:
            for _ in range(600):
                if running.poll() is not None:
                    pytest.fail(f"Sail ended: {log.read_text()[-2000:]}")
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"sc://127.0.0.1:{port}", log
        finally:
            running.kill()


@pytest.fixture(scope="module")
def engine(server):
    return engine_named("spark", url=server[0], folder="")


def judged(engine, snapshot, asked):
    return {
        number: {(each["standard"], each["clause"]): (each["verdict"], frozenset(each["facts"])) for each in clauses}
        for number, clauses in told_of(engine.details(snapshot, asked), asked)
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_judges_as_the_embedded_engine_and_as_each_enterprise_alone(tmp_path, engine, seed):
    members = members_of(60, seed, unfit=0.2, apart=3000)
    snapshot, asked = write(tmp_path, Rows(members), now=NOW).snapshot, question(TODAY)
    told = judged(engine, snapshot, asked)
    assert told == judged(Embedded(), snapshot, asked) == {one.enterprise: alone(one) for one in members}
    here, there = Embedded().tally(snapshot, asked), engine.tally(snapshot, asked)
    assert (there.judged, there.lines, there.unfit) == (here.judged, here.lines, here.unfit)
    assert (there.judged, sum(there.unfit.values()) > 3, len(snapshot.files)) == (60, True, 11)


@settings(max_examples=examples(5, deep=50), suppress_health_check=list(HealthCheck))
@given(members(most=3, ahead=False))
def test_whatever_population_is_drawn_it_judges_as_each_enterprise_alone(engine, people):
    with tempfile.TemporaryDirectory() as folder:
        snapshot, asked = write(Path(folder), Rows(people), now=NOW).snapshot, question(TODAY)
        told = judged(engine, snapshot, asked)
    assert told == {one.enterprise: alone(one) for one in people}


def test_a_unit_and_a_day_that_is_past_are_asked_for_as_here(tmp_path, engine):
    snapshot = write(tmp_path, Rows(members_of(60, 4, apart=3000)), now=NOW).snapshot
    asked = question(TODAY - timedelta(days=20), path=("/1/2/", "/1/20"))
    here, there = Embedded().tally(snapshot, asked), engine.tally(snapshot, asked)
    assert (there.judged, there.lines, sorted(there.late)) == (here.judged, here.lines, sorted(here.late))
    assert 0 < there.judged < 60 - len(there.late)


def test_what_a_region_adopted_travels_along_and_holds_there_only(tmp_path, engine):
    bound = ("machinery", *sorted(BIT)[:20])
    text = (
        STARTS["standards"]
        .replace("{slug}", "county-extra")
        .replace("- machinery\n", "".join(f"- {one}\n" for one in dict.fromkeys(bound)), 1)
    )
    own = Adopted(text, 1, TODAY - timedelta(days=5), None, "/1/2/", "digest")
    members = members_of(60, 7, apart=3000)
    snapshot, asked = write(tmp_path, Rows(members), now=NOW).snapshot, question(TODAY, own=[own])
    here, there = Embedded().tally(snapshot, asked), engine.tally(snapshot, asked)
    assert here.lines == there.lines
    number = asked.numbers["county-extra-v1", "1"]
    inside = [one for one in members if one.path.startswith("/1/2/") and one.industries & mask_of(bound)]
    assert 0 < len(inside) <= sum(there.lines[number]) < 30
    assert "county-extra-v1" not in question(TODAY - timedelta(days=6), own=[own]).editions


def test_several_workers_took_part(tmp_path, server, engine):
    engine.tally(write(tmp_path, Rows(members_of(20, 5, apart=16_384)), now=NOW).snapshot, question(TODAY))
    log = re.sub(r"\x1b\[[0-9;]*m", "", Path(server[1]).read_text())
    assert len(set(re.findall(r"worker (\d+) is available", log))) >= 2
    batches = [int(each) for each in re.findall(r"task batch tasks=(\d+)", log)]
    assert max(batches) <= SLOTS  # of eight tasks: they fit no single worker
    assert batches.count(SLOTS) >= 2


def test_nobody_is_judged_by_nothing(tmp_path, engine):
    snapshot = write(tmp_path, Rows([]), now=NOW).snapshot
    assert engine.tally(snapshot, question(TODAY)).lines == {}
    assert list(engine.details(snapshot, question(TODAY))) == []


def test_workers_with_another_law_are_refused(tmp_path, engine, monkeypatch):
    snapshot = write(tmp_path, Rows(members_of(2, 6)), now=NOW).snapshot
    monkeypatch.setattr("zhiben.analytics.far.law_digest", lambda _: "another")
    with pytest.raises(Invalid, match="engine:other-law"):
        engine.tally(snapshot, question(TODAY))


def test_a_folder_that_workers_do_not_see_is_refused(tmp_path, server):
    snapshot = write(tmp_path, Rows(members_of(2, 6)), now=NOW).snapshot
    with pytest.raises(Invalid, match="engine:failed"):
        engine_named("spark", url=server[0], folder="/nowhere").tally(snapshot, question(TODAY))


def test_where_nobody_answers_it_is_refused_at_once_and_no_token_is_told(tmp_path):
    snapshot = write(tmp_path, Rows(members_of(2, 6)), now=NOW).snapshot
    with pytest.raises(Invalid, match="engine:unreachable") as refused:
        engine_named("spark", url=f"sc://127.0.0.1:{free_port()}/;token=hush").tally(snapshot, question(TODAY))
    assert "hush" not in str(refused.value.facts)
    with pytest.raises(Invalid, match="engine:no-endpoint"):
        engine_named("spark", url="http://somewhere")


def test_the_command_counts_the_same_by_either_engine(cast, server, capsys):
    told = []
    for engine in (["polars"], ["spark", "--spark", server[0]]):
        call_command("standards", "determine", "--enterprises", "--json", "--engine", *engine)
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["clauses"] == told[1]["clauses"] != []
    assert told[0]["enterprises"] == told[1]["enterprises"]
