"""Units merged, split and moved: nothing is lost or counted twice, on any day, in any unit."""

from datetime import timedelta
from itertools import count

import pytest
from dangers.stories import fresh, step, told
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import DAY, NOW, make_department, make_unit

from zhiben.clocks.models import Job
from zhiben.clocks.public import JobView
from zhiben.dangers.models import Danger
from zhiben.dangers.services.following import JOB, follow_step
from zhiben.dangers.services.report import report_dangers
from zhiben.insights import tallies
from zhiben.insights.ledger import By, clearing
from zhiben.insights.services.counting import rebuild_tallies
from zhiben.journal import public as journal
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import Unit
from zhiben.orgs.services.carrying import carry
from zhiben.orgs.services.reorganising import plan_reorganisation, undoing

pytestmark = pytest.mark.django_db
FIRST = DAY - timedelta(days=40)
serial = count()


@pytest.fixture
def places(cast, monkeypatch):
    """Where dangers are found: sites, and a township itself. One transaction may stand for many here."""
    monkeypatch.setattr("zhiben.journal.services.recording._mark_transaction", lambda: None)
    neighbour = make_unit(cast.tree.county, "township", "合江亭街道", "510104020")
    make_unit(neighbour, "village", "合江社区")
    return cast, neighbour, [cast.site, cast.second_site, cast.tree.township, neighbour]


def follow():
    """Let the journal's readers and the jobs they put in come to rest."""
    while run_consumers(now=NOW):
        pass
    for job in Job.objects.filter(kind=JOB, state="queued"):
        view = JobView(job.pk, job.kind, job.arguments, 0, None, {}, SYSTEM, NOW)
        while not (done := follow_step(view)).finished:
            view = JobView(job.pk, job.kind, job.arguments, 0, None, done.result, SYSTEM, NOW)
        Job.objects.filter(pk=job.pk).update(state="done", next_at=None)
    while run_consumers(now=NOW):
        pass


def carried_out(plan, on, **facts):
    row = plan_reorganisation(plan, on=on, actor=SYSTEM, now=NOW, **facts)
    while carry(row.pk, now=NOW, limit=3):
        pass
    row.refresh_from_db()
    assert row.state == "done", (row.problem, row.problem_facts)
    follow()
    return row


def open_by_day(whose, days):
    return [clearing(whose, day, day)[0][1].open_after for day in days]


def assert_the_ledger_holds(days):
    """The identity in every unit on every day, no stock below nothing, and children adding up to their parent."""
    for unit in Unit.objects.exclude(kind="nation"):
        for day in days:
            ((_, row),) = clearing(unit, day, day)
            assert row.balances(), (unit.name, day, row)
            assert row.open_after >= 0, (unit.name, day, row)
    for unit in Unit.objects.filter(kind__in=["city", "county"]):
        parts = [row.open_after for _, row in clearing(unit, days[0], days[-1], by=By.UNIT)]
        assert sum(parts) == clearing(unit, days[0], days[-1])[0][1].open_after


found = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 40), st.booleans()), min_size=1, max_size=6
)  # where, how long ago, whether it turned out not to be one


@settings(max_examples=examples(6, deep=60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=found, how=st.sampled_from(["merge", "split", "move"]), ago=st.integers(0, 30), undo=st.booleans())
def test_totals_before_are_totals_after_in_every_unit_and_on_every_day(places, found, how, ago, undo):
    cast, neighbour, spots = places
    _start_over()
    for where, back, ends in found:
        day = DAY - timedelta(days=back)
        new = told(cast, f"隐患{next(serial)}", unit_id=spots[where].pk, found_on=day)
        ((made),) = report_dangers([new], actor=SYSTEM, now=NOW - timedelta(days=back))
        if ends:
            step(fresh(made.id), "void", SYSTEM, now=NOW - timedelta(days=back // 2))
    follow()
    days = [FIRST + timedelta(days=n) for n in range(0, 42, 3)] + [DAY]
    before = open_by_day(None, days)
    alive = set(Danger.unscoped.values_list("pk", "state"))
    on, county, township = DAY - timedelta(days=ago), cast.tree.county, cast.tree.township
    plan = {
        "merge": Plan(ReorganisationKind.MERGE, (Receiver(unit=neighbour.pk),), ends=((township.pk, 0),)),
        "split": Plan(
            ReorganisationKind.SPLIT,
            (Receiver(kind="township", name="新区街道", parent=county.pk),),
            moves=((cast.site.pk, 0), (cast.tree.village.pk, 0)),
        ),
        "move": Plan(ReorganisationKind.MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((township.pk, 0),)),
    }[how]
    row = carried_out(plan, on)
    assert open_by_day(None, days) == before
    assert set(Danger.unscoped.values_list("pk", "state")) == alive
    assert_the_ledger_holds([on, *days[-6:]])
    if how == "merge":
        assert open_by_day(Unit.objects.get(pk=township.pk), [DAY]) == [0]
    carried_out(undoing(row), DAY, undoes=row.pk)
    assert open_by_day(None, days) == before
    assert_the_ledger_holds([on, DAY])
    if undo:
        rebuild_tallies()
        assert open_by_day(None, days) == before


def _start_over():
    """Hypothesis runs many stories on one set-up: each begins with nothing found."""
    follow()
    rows = Danger.unscoped.exclude(state__in=["voided", "signed_off"])
    for pk in rows.values_list("pk", flat=True):
        step(fresh(pk), "void", SYSTEM)
    follow()


def test_moved_out_and_moved_in_stand_on_the_day_it_took_effect(places):
    cast, neighbour, _ = places
    report_dangers([told(cast, found_on=FIRST)], actor=SYSTEM, now=NOW - timedelta(days=40))
    follow()
    on = DAY - timedelta(days=5)
    carried_out(Plan(ReorganisationKind.MERGE, (Receiver(unit=neighbour.pk),), ends=((cast.tree.township.pk, 0),)), on)
    ((_, gone),) = clearing(Unit.objects.get(pk=cast.tree.township.pk), on, on)
    ((_, came),) = clearing(Unit.objects.get(pk=neighbour.pk), on, on)
    assert (gone.open_before, gone.moved_out, gone.open_after) == (1, 1, 0)
    assert (came.open_before, came.moved_in, came.open_after) == (0, 1, 1)
    ((_, county),) = clearing(Unit.objects.get(pk=cast.tree.county.pk), FIRST, DAY)
    assert (county.found, county.open_after, county.moved_in - county.moved_out) == (1, 1, 0)


def test_a_danger_in_the_next_county_is_watched_by_a_department_there(places):
    cast, _, _ = places
    report_dangers([told(cast, found_on=DAY)], actor=SYSTEM, now=NOW)
    make_department(cast.tree.city, "成都市应急局")
    follow()
    danger = Danger.unscoped.get(description="灭火器过期")
    assert danger.department == cast.department
    plan = Plan(
        ReorganisationKind.MOVE, (Receiver(unit=cast.tree.other_county.pk),), moves=((cast.tree.township.pk, 0),)
    )
    carried_out(plan, DAY)
    danger = fresh(danger.pk)
    assert danger.department == cast.other_department
    told_of = [entry.body["facts"] for entry in history(f"danger/{danger.pk}") if entry.code == "danger:stepped"]
    assert told_of == [{"department": cast.other_department.pk, "from_department": cast.department.pk}]
    assert not journal.verify().broken
    assert tallies.newest_month() is not None
