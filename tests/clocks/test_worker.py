"""The worker and what it tells: sweeps, jobs, a heartbeat; a sweep that breaks stops no other."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError
from make import NOW

from zhiben.clocks.domain.kinds import JOBS, SWEEPS, JobKind, StepResult, Sweep
from zhiben.clocks.models import Heartbeat, Job, SweepState
from zhiben.clocks.permissions import HealthPermission, JobPermission
from zhiben.clocks.public import enqueue, health
from zhiben.clocks.selectors import JOB_LATE
from zhiben.clocks.worker import Worker
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.domain.roles import known_permissions
from zhiben.orgs.models import Unit, UnitMove
from zhiben.orgs.services.moving import start_move

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweeps(monkeypatch):
    """Leave the rooms' own sweeps out."""
    alone: dict[str, Sweep] = {}
    monkeypatch.setattr("zhiben.clocks.worker.SWEEPS", alone)
    monkeypatch.setattr("zhiben.clocks.selectors.SWEEPS", alone)
    return alone


@pytest.fixture
def kind():
    made = JobKind("test:once", lambda view: StepResult(finished=True), Bilingual("一次", "Once"))
    JOBS[made.name] = made
    yield made
    del JOBS[made.name]


def codes(now):
    return [trouble.code for trouble in health(now).troubles]


def test_one_turn_runs_sweeps_and_jobs_and_tells_so(sweeps, kind):
    sweeps["a:b"] = Sweep("a:b", lambda now: 3)
    job_id = enqueue(kind.name, {}, key="x", actor=SYSTEM, now=NOW)
    worker = Worker(clock=lambda: NOW)
    assert worker.turn() == 4
    assert Job.objects.get(pk=job_id).state == "done"
    assert (SweepState.objects.get().moved, Heartbeat.objects.get().stepped) == (3, 1)
    assert codes(NOW) == []


def test_a_sweep_waits_for_its_interval(sweeps):
    runs = []
    sweeps["a:b"] = Sweep("a:b", lambda now: runs.append(now) or 0, every=timedelta(hours=1))
    worker = Worker(clock=lambda: NOW)
    worker.turn()
    worker.turn()
    assert len(runs) == 1


def test_a_sweep_that_breaks_is_shown_and_stops_no_other(sweeps):
    def broken(now):
        raise ValueError("odd")

    done = []
    sweeps["a:broken"] = Sweep("a:broken", broken)
    sweeps["b:well"] = Sweep("b:well", lambda now: done.append(now) or 0)
    Worker(clock=lambda: NOW).turn()
    assert done == [NOW]
    (trouble,) = health(NOW).troubles
    assert (trouble.code, trouble.about, trouble.error) == ("sweep:broken", "a:broken", "ValueError: odd")
    sweeps["a:broken"] = Sweep("a:broken", lambda now: 0)
    worker = Worker(clock=lambda: NOW + timedelta(minutes=1))
    worker.turn()
    assert codes(NOW + timedelta(minutes=1)) == []


def test_health_tells_that_no_worker_is_there_and_what_is_late(sweeps, kind):
    assert codes(NOW) == ["worker:none"]
    sweeps["a:b"] = Sweep("a:b", lambda now: 0)
    Worker(clock=lambda: NOW).turn()
    enqueue(kind.name, {}, key="x", actor=SYSTEM, now=NOW)
    later = NOW + JOB_LATE + timedelta(seconds=1)
    assert codes(later) == ["worker:none", "sweep:late", "job:late"]


def test_the_command_does_all_that_is_due_and_ends(sweeps, kind, capsys):
    enqueue(kind.name, {}, key="x", actor=SYSTEM, now=NOW)
    call_command("work", "--once")
    assert "done: 1" in capsys.readouterr().out
    assert Heartbeat.objects.get().ended_at
    with pytest.raises(SystemExit):  # nobody works now
        call_command("health", "--json")
    assert json.loads(capsys.readouterr().out)["troubles"][0]["code"] == "worker:none"


def test_every_registered_sweep_runs_on_an_empty_program(db):
    assert SWEEPS
    Worker().run_once()
    assert {state.name: state.error for state in SweepState.objects.all()} == dict.fromkeys(SWEEPS, "")


def test_a_move_of_a_unit_that_was_broken_off_is_seen_through(cast):
    move = start_move(cast.tree.township.pk, cast.tree.other_county.pk, actor=SYSTEM, now=NOW)
    Worker(clock=lambda: NOW).run_once()
    assert UnitMove.objects.get(pk=move.pk).finished_at is None  # somebody may be at it
    Worker(clock=lambda: NOW + timedelta(minutes=1)).run_once()
    assert UnitMove.objects.get(pk=move.pk).finished_at
    assert Unit.objects.get(pk=cast.site.pk).path.startswith(move.new_path)


def test_probes_answer_without_an_account_and_health_only_who_may_see_it(client, cast):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").json() == {"database": True}
    assert client.get("/health.json").status_code in {302, 404}
    client.force_login(cast.wang.account)
    assert client.get("/health.json").status_code == 404
    client.force_login(cast.admin.account)
    answer = client.get("/health.json")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


def test_some_role_may_see_health_and_jobs():
    assert {HealthPermission.VIEW, JobPermission.VIEW} <= known_permissions()


@pytest.mark.django_db(transaction=True)
def test_trouble_of_the_database_does_not_end_the_worker(sweeps, monkeypatch):
    worker = Worker()
    turns = []

    def turn():
        turns.append(1)
        if len(turns) == 1:
            raise OperationalError("the server is restarting")
        worker.stop.set()
        return 0

    monkeypatch.setattr(Worker, "turn", lambda self: turn())
    monkeypatch.setattr("zhiben.clocks.worker.TROUBLE_SECONDS", 0)
    monkeypatch.setattr("zhiben.clocks.worker.connection", SimpleNamespace(close=lambda: turns.append("closed")))
    worker.run()
    assert turns == [1, "closed", 1]
