"""One-off jobs: put in once, taken by one worker, moved on step by step, stopped, tried again."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from zhiben.clocks.domain.kinds import JOBS, JobKind, JobState, JobView, StepResult
from zhiben.clocks.models import Job
from zhiben.clocks.permissions import JobPermission
from zhiben.clocks.running import DIED, release, run_step, take_job
from zhiben.clocks.selectors import job_for
from zhiben.clocks.services import cancel_job, enqueue, retry_job
from zhiben.kernel.actor import SYSTEM, Actor, Grant, Place
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.orgs.models import Account

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PLACE = Place("/1/b/")


def clock_from(start=NOW):
    """Return a clock that goes on by a second at every look."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


@pytest.fixture
def steps():
    return []


@pytest.fixture
def kind(steps):
    def step(view: JobView) -> StepResult:
        steps.append(view.done)
        return StepResult(finished=view.done == 2, result={"last": view.done})

    made = JobKind("test:count", step, Bilingual("数数", "Counting"), tries=3)
    JOBS[made.name] = made
    yield made
    del JOBS[made.name]


def put_in(key="one", actor=SYSTEM, place=PLACE):
    return enqueue("test:count", {"n": 3}, key=key, total=3, actor=actor, now=NOW, place=place)


def make_actor(name, *grants):
    account = Account.objects.create(username=name)
    return Actor(id=account.pk, label=name, grants=grants)


def run_all(clock):
    held = take_job(clock())
    while held and run_step(held, clock):
        pass


def test_the_same_key_twice_is_the_same_job(kind):
    assert put_in() == put_in()
    assert Job.objects.count() == 1


def test_an_unknown_kind_is_our_mistake():
    with pytest.raises(TypeError):
        enqueue("test:unknown", {}, key="x", actor=SYSTEM, now=NOW)


def test_a_job_runs_to_its_end_and_keeps_its_result(kind, steps):
    job_id = put_in()
    run_all(clock_from())
    job = Job.objects.get(pk=job_id)
    assert steps == [0, 1, 2]
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 3, 3, {"last": 2})
    assert job.next_at is None
    assert job.started_at < job.ended_at


def test_two_workers_never_hold_the_same_job(kind):
    put_in()
    assert take_job(NOW)
    assert take_job(NOW) is None


def test_a_job_whose_worker_died_goes_on_where_it_stood(kind, steps):
    put_in()
    clock = clock_from()
    first = take_job(clock())
    run_step(first, clock)
    later = clock_from(NOW + timedelta(minutes=10))
    second = take_job(later())
    assert second.token != first.token
    assert run_step(first, later) is False  # the one believed dead finds its token gone
    while run_step(second, later):
        pass
    assert steps == [0, 1, 2]


def test_a_worker_asked_to_stop_gives_its_job_back_at_once(kind):
    put_in()
    release(take_job(NOW), NOW)
    assert take_job(NOW)


def test_a_cancelled_job_takes_no_further_step(kind, steps):
    job_id = put_in()
    held = take_job(NOW)
    run_step(held, clock_from())
    cancel_job(job_id, actor=SYSTEM, now=NOW)
    assert run_step(held, clock_from()) is False
    assert steps == [0]
    assert Job.objects.get(pk=job_id).state == JobState.CANCELLED
    with pytest.raises(Conflict, match="job:already-ended"):
        cancel_job(job_id, actor=SYSTEM, now=NOW)


def test_cancelling_in_the_middle_of_preparing_undoes_the_step(kind, steps):
    job_id = put_in()
    slow = JobKind("test:count", kind.step, kind.label, prepare=lambda view: cancel_job(view.id, actor=SYSTEM, now=NOW))
    JOBS["test:count"] = slow
    assert run_step(take_job(NOW), clock_from()) is False
    assert steps == []
    assert Job.objects.get(pk=job_id).state == JobState.CANCELLED


def test_a_stopped_job_goes_on_from_where_it_stood_when_tried_again(kind, steps):
    job_id = put_in()
    run_step(take_job(NOW), clock_from())
    cancel_job(job_id, actor=SYSTEM, now=NOW)
    retry_job(job_id, actor=SYSTEM, now=NOW)
    run_all(clock_from())
    assert steps == [0, 1, 2]
    with pytest.raises(Conflict, match="job:not-stopped"):
        retry_job(job_id, actor=SYSTEM, now=NOW)


def test_a_step_that_breaks_waits_and_gives_up_after_its_tries(kind):
    def broken(view):
        raise RuntimeError("the weather")

    JOBS["test:count"] = JobKind("test:count", broken, kind.label, tries=3)
    job_id = put_in()
    at = NOW
    for _ in range(3):
        held = take_job(at)
        assert run_step(held, lambda: at) is False  # noqa: B023 -- called at once
        assert take_job(at) is None  # it waits
        at += timedelta(hours=1)
    job = Job.objects.get(pk=job_id)
    assert (job.state, job.error, job.done) == (JobState.FAILED, "RuntimeError: the weather", 0)


def test_a_refused_job_fails_at_once_and_tells_why(kind):
    def refused(view):
        raise Invalid("file:damaged", name="a.xlsx")

    JOBS["test:count"] = JobKind("test:count", refused, kind.label)
    job_id = put_in()
    run_step(take_job(NOW), lambda: NOW)
    job = Job.objects.get(pk=job_id)
    assert (job.state, job.error, job.error_facts) == (JobState.FAILED, "file:damaged", {"name": "a.xlsx"})


def test_a_job_that_kills_its_workers_is_given_up(kind):
    job_id = put_in()
    at = NOW
    for _ in range(kind.tries):
        assert take_job(at)
        at += timedelta(minutes=2)
    assert take_job(at) is None
    job = Job.objects.get(pk=job_id)
    assert (job.state, job.error) == (JobState.FAILED, DIED)


def test_progress_makes_earlier_deaths_forgotten(kind):
    job_id = put_in()
    at = NOW
    for _ in range(3):
        run_step(take_job(at), lambda: at)  # noqa: B023 -- called at once
        at += timedelta(minutes=2)
    assert Job.objects.get(pk=job_id).state == JobState.DONE


def test_a_job_of_a_person_reads_no_more_than_they_may(kind):
    seen = []
    JOBS["test:count"] = JobKind(
        "test:count", lambda view: seen.append(view.actor) or StepResult(finished=True), kind.label
    )
    wang = make_actor("wang")
    put_in(actor=wang)
    run_step(take_job(NOW), lambda: NOW)
    assert (seen[0].id, seen[0].is_system) == (wang.id, False)


def test_a_stranger_cannot_tell_that_a_job_exists(kind):
    wang, zhang = make_actor("wang"), make_actor("zhang", Grant(frozenset({JobPermission.VIEW}), "/1/c/"))
    job_id = put_in(actor=wang)
    assert job_for(wang, job_id).pk == job_id
    for stranger in (zhang, Actor(id=None, label="")):
        with pytest.raises(NotFound, match="job:not-found"):
            cancel_job(job_id, actor=stranger, now=NOW)


def test_who_may_see_jobs_may_not_yet_stop_them(kind):
    li = make_actor("li", Grant(frozenset({JobPermission.VIEW}), "/1/"))
    job_id = put_in(actor=make_actor("wang"))
    assert job_for(li, job_id).pk == job_id
    with pytest.raises(Exception, match="access:missing-permission"):
        cancel_job(job_id, actor=li, now=NOW)
