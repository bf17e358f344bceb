"""Jobs on screen: seen by who started them, told in both languages, stopped and tried again."""

import pytest
from django.urls import reverse
from make import NOW

from zhiben.clocks.domain.kinds import JOBS, JobKind, StepResult
from zhiben.clocks.models import Job
from zhiben.clocks.public import enqueue
from zhiben.clocks.running import run_step, take_job
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind():
    made = JobKind("test:page", lambda view: StepResult(finished=True), Bilingual("导入台账", "Import of a ledger"))
    JOBS[made.name] = made
    yield made
    del JOBS[made.name]


@pytest.fixture
def job_id(kind, cast):
    return enqueue(kind.name, {}, key="x", total=1, actor=cast.wang.actor, now=NOW)


def get(client, player, name, *args, language="en"):
    client.force_login(player.account)
    return client.get(reverse(f"clocks:{name}", args=args), headers={"accept-language": language})


def test_a_job_is_shown_in_both_languages(client, cast, job_id):
    english = get(client, cast.wang, "job", job_id).content.decode()
    chinese = get(client, cast.wang, "job", job_id, language="zh-hans").content.decode()
    assert "Import of a ledger" in english
    assert "waiting" in english
    assert "导入台账" in chinese
    assert "等待中" in chinese
    assert str(job_id) in get(client, cast.wang, "jobs").content.decode()


def test_progress_asks_again_while_it_runs_and_loads_the_page_when_it_has_ended(client, cast, job_id):
    running = get(client, cast.wang, "job-progress", job_id)
    assert 'hx-trigger="load delay:1s"' in running.content.decode()
    assert "HX-Refresh" not in running
    run_step(take_job(NOW), lambda: NOW)
    ended = get(client, cast.wang, "job-progress", job_id)
    assert ended["HX-Refresh"] == "true"
    assert "hx-trigger" not in ended.content.decode()


def test_who_started_a_job_stops_it_and_tries_it_again(client, cast, job_id):
    client.force_login(cast.wang.account)
    client.post(reverse("clocks:job-cancel", args=[job_id]))
    assert Job.objects.get().state == "cancelled"
    assert "Try again" in get(client, cast.wang, "job", job_id).content.decode()
    client.post(reverse("clocks:job-retry", args=[job_id]))
    assert Job.objects.get().state == "queued"


def test_a_refused_job_says_why_and_a_broken_one_hides_its_insides(client, cast, kind, job_id):
    def refuse(view):
        raise Invalid("access:missing-permission")

    def broken(view):
        raise RuntimeError("secret insides")

    for step, wanted in ((refuse, "You may not do this here"), (broken, "did not expect")):
        JOBS[kind.name] = JobKind(kind.name, step, kind.label, tries=1)
        Job.objects.update(state="queued", next_at=NOW, tries=0, token=None, ended_at=None, error="", error_facts={})
        run_step(take_job(NOW), lambda: NOW)
        page = get(client, cast.wang, "job", job_id).content.decode()
        assert wanted in page
        assert "secret insides" not in page


def test_strangers_find_no_job(client, cast, job_id):
    for page in ("job", "job-progress"):
        assert get(client, cast.zhang, page, job_id).status_code == 404
    assert str(job_id) not in get(client, cast.zhang, "jobs").content.decode()
    assert client.post(reverse("clocks:job-cancel", args=[job_id])).status_code == 404
    assert Job.objects.get().state == "queued"
