"""The statutory form: every cell is as many records, locked figures stay, and a restatement is open."""

from datetime import date, timedelta
from random import Random

import pytest
from dangers.stories import awaiting, confirmed, reported, step
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import DAY, NOW, grant, make_account, make_site
from stage import world

from zhiben.dangers.models import Danger, FivePart, Listing, TreatmentPlan
from zhiben.dangers.public import listed_counts
from zhiben.insights.domain.cycles import CycleKind, cycle_at
from zhiben.insights.domain.form_cells import COUNTED, FormCell, said, shares_of
from zhiben.insights.domain.measures import What
from zhiben.insights.domain.packed import pack, unpack
from zhiben.insights.domain.why import Step, Why, why
from zhiben.insights.forms import form_of, gathered, records_of
from zhiben.insights.locked import answers_to, differences, records_locked, rows_of, versions_of
from zhiben.insights.models import LockedForm
from zhiben.insights.selectors import part_for
from zhiben.insights.services.forms import answer_form, lock_form
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.law.listings import Authority
from zhiben.orgs.selectors.access import actor_of

pytestmark = pytest.mark.django_db
QUARTER = cycle_at(CycleKind.QUARTER, DAY)  # January to March 2026
OVER = NOW.replace(month=4, day=10)
APRIL = date(2026, 4, 10)


def county(cast, who="zhao"):
    return part_for(getattr(cast, who).actor, cast.tree.county.path)


def cells(cast, **wanted):
    form = form_of(county(cast), QUARTER, APRIL)
    return {name: form.total[FormCell(name)] for name in wanted} == wanted or form.total


@world
def quarter(cast):
    """Two general (one signed off), one major open, one found before, one voided, one without a level."""
    confirmed(cast, description="配电箱未关门")
    step(awaiting(cast, description="疏散标志脱落"), "accept", cast.zhou)
    confirmed(cast, "major", by=cast.li, description="可燃气体报警器失效", channel="inspection")
    confirmed(cast, description="去年的隐患", found_on=date(2025, 12, 31))
    step(reported(cast, description="看错了"), "void", cast.wang)
    reported(cast, description="还没核实")
    run_consumers(now=NOW)
    return cast


def test_it_counts_what_the_records_say(quarter):
    assert cells(quarter, general_found=2, general_rectified=1, major_found=1, major_cancelled=0, planned=0) is True
    form = form_of(county(quarter), QUARTER, APRIL)
    assert form.level_open == 1
    assert shares_of(form.total)[FormCell.GENERAL_RECTIFIED] * 2 == 1


def on_record(cast, level, found, closed=None, *, fen=None):
    """A row as the worked example of the docs has it."""
    danger = Danger.unscoped.create(
        unit=cast.site, path=cast.site.path, county_id=cast.tree.county.pk, township_id=cast.tree.township.pk,
        number=f"{level}-{found}", description="x", found_on=found, recorded_at=NOW, state_since=NOW, level=level,
        state="signed_off" if closed else "rectifying", closed_on=closed, channel="self_check", parts_filled=bool(fen),
    )  # fmt: skip
    if fen:
        TreatmentPlan.objects.create(danger=danger, at=NOW, funds_fen=fen)


def test_the_worked_example_of_the_docs(cast):
    on_record(cast, "general", date(2026, 1, 5), date(2026, 2, 20))
    on_record(cast, "general", date(2026, 2, 10))
    on_record(cast, "general", date(2026, 3, 3), date(2026, 4, 2))
    on_record(cast, "major", date(2025, 12, 8), fen=4_000_000)
    on_record(cast, "major", date(2026, 3, 12))
    form = form_of(county(cast), QUARTER, APRIL)
    wanted = {"general_found": 3, "general_rectified": 1, "major_found": 1, "major_cancelled": 0, "planned": 1}
    assert {name: form.total[FormCell(name)] for name in wanted} == wanted
    assert (said(FormCell.FUNDS, form.total[FormCell.FUNDS]), form.without_amount) == ("4", 1)


OTHER_UNIT, OTHER_LEVEL = Step(What.MOVED_OUT, 2, "general"), Step(What.MOVED_OUT, 1, "major")


@pytest.mark.parametrize(
    ("reason", "facts"),
    [
        (Why.LATE, {"is_new": True, "steps": [Step(What.VOIDED, 1, "general")]}),
        (Why.VOIDED, {"steps": [Step(What.VOIDED, 1, "general")]}),
        (Why.MERGED, {"steps": [Step(What.VOIDED, 1, "general")], "is_merged": True}),
        (Why.MOVED, {"steps": [OTHER_UNIT, Step(What.MOVED_IN, 1, "general")]}),
        (Why.MOVED, {"is_elsewhere": True}),
        (Why.MOVED, {"steps": [Step(What.MOVED_OUT, 1, "general"), Step(What.MOVED_IN, 1, "general")]}),
        (Why.LEVEL, {"steps": [OTHER_LEVEL, Step(What.MOVED_IN, 1, "general")]}),
        (Why.REOPENED, {"steps": [Step(What.REOPENED, 1, "general")]}),
        (Why.SIGNED_OFF, {"steps": [Step(What.SIGNED_OFF, 1, "general")]}),
        (Why.PLAN, {"is_plan_cell": True}),
        (Why.OTHER, {}),
    ],
)
def test_the_reason_that_explains_best_is_told(reason, facts):
    plain = {"is_new": False, "is_merged": False, "is_plan_cell": False, "steps": []}
    assert why(**plain | facts) is reason


def random_dangers(cast, seed):
    """Rows of every kind, at several units, written past the services: only the questions are tested here."""
    random, tree = Random(seed), cast.tree
    sites = [cast.site, cast.second_site, tree.county, tree.village, make_site(cast.enterprise, tree.township)]
    first = QUARTER.since - timedelta(days=60)
    for number in range(25):
        unit, found = random.choice(sites), first + timedelta(days=random.randrange(200))
        state = random.choice(["registered", "confirmed", "rectifying", "signed_off", "voided"])
        closed = found + timedelta(days=random.randrange(90)) if state in {"signed_off", "voided"} else None
        filled = random.randrange(6)
        danger = Danger.unscoped.create(
            unit=unit, path=unit.path, province_id=tree.province.pk, city_id=tree.city.pk, county_id=tree.county.pk,
            township_id=unit.township_id, number=f"{seed}-{number}", description="x", found_on=found, recorded_at=NOW,
            state=state, state_since=NOW, closed_on=closed, level=random.choice(["general", "major", "major", "unset"]),
            channel="self_check", parts_filled=filled, is_as_planned=filled == 5,
        )  # fmt: skip
        if filled:
            TreatmentPlan.objects.create(
                danger=danger, at=NOW, funds_fen=random.choice([None, random.randrange(10**9)])
            )
        for part in random.sample(["responsibility", "measures", "funds", "time_limit", "plan"], filled):
            FivePart.objects.create(
                danger=danger, part=part, is_filled=True, is_evidenced=random.random() < 0.7, at=NOW
            )
        if random.random() < 0.3:
            ended = found + timedelta(days=random.randrange(120)) if random.random() < 0.5 else None
            Listing.objects.create(
                danger=danger, authority=random.choice(["province", "city", "county"]), listed_on=found,
                state="withdrawn" if ended else "standing", ended_on=ended, **LISTED,
            )  # fmt: skip


_LATE = date(2026, 12, 31)
LISTED = {"order": "1", "template": "default", "limit_on": _LATE, "longest_on": _LATE, "ask_until": _LATE, "terms": {}}


def brute(danger, cell):
    """What a person with the paper form would tick, row by row."""
    since, until = QUARTER.since, QUARTER.until
    if cell in {"listed", "listed_province", "listed_city"}:
        level = cell.removeprefix("listed").removeprefix("_")
        return any(
            one.listed_on < until and (one.ended_on is None or one.ended_on >= until) and level in {"", one.authority}
            for one in danger.listings.all()
        )
    major, general = (danger.level == level and danger.state != "voided" for level in ("major", "general"))
    found, ended = since <= danger.found_on < until, danger.closed_on is not None and danger.closed_on < until
    planned = major and danger.found_on < until and not ended and danger.parts_filled > 0
    stood = major and danger.found_on < until and (danger.closed_on is None or danger.closed_on >= since)
    parts = {f"part_{one.part}" for one in danger.parts.all() if one.is_filled and one.is_evidenced}
    return {
        "general_found": general and found,
        "general_rectified": general and found and ended,
        "major_found": major and found,
        "major_cancelled": major and found and ended,
        "planned": planned,
        "five_parts": planned and danger.is_as_planned,
        "funds_fen": stood and hasattr(danger, "plan") and danger.plan.funds_fen is not None,
    }.get(cell, planned and cell in parts)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_every_cell_is_as_many_records_and_the_rows_add_up(cast, seed):
    with transaction.atomic():
        random_dangers(cast, seed)
        for part in (county(cast), part_for(cast.su.actor, cast.tree.province.path), part_for(cast.wang.actor)):
            agrees(part)
        transaction.set_rollback(True)


def agrees(part):
    form, ids = form_of(part, QUARTER, APRIL), gathered(part, QUARTER, APRIL)
    rows = Danger.unscoped.select_related("unit", "plan").prefetch_related("parts", "listings")
    here = [d for d in rows if part.enterprise is None or d.unit.enterprise_id == part.enterprise.pk]
    for cell in COUNTED:
        behind = [d for d in here if brute(d, str(cell))]
        assert {row.pk for row in records_of(part, QUARTER, cell, APRIL)} == {d.pk for d in behind}, cell
        for row in form.rows:
            found = [one.pk for one in records_of(part, QUARTER, cell, APRIL, row=row.key)]
            assert sorted(ids.get((row.key, cell), [])) == sorted(found)
            assert cell is FormCell.FUNDS or row.cells[cell] == len(found), (row.name, cell)
        whole = sum(d.plan.funds_fen for d in behind) if cell is FormCell.FUNDS else len(behind)
        assert form.total[cell] == whole == sum(row.cells[cell] for row in form.rows)


def test_listings_agree_with_those_of_dangers(cast):
    random_dangers(cast, 7)
    total = form_of(county(cast), QUARTER, APRIL).total
    counts = listed_counts(cast.tree.county.path, QUARTER.since, QUARTER.until)
    assert total[FormCell.LISTED] == sum(one.standing for one in counts.values())
    assert total[FormCell.LISTED_PROVINCE] == counts[Authority.PROVINCE].standing


def test_what_no_record_tells_is_unknown_until_it_is_filled_in_with_its_source(quarter):
    part = county(quarter)
    assert answers_to(part, QUARTER) == {}
    answer_form(part, QUARTER, FormCell.SHOULD_CHECK, 120, "2026年度检查计划", actor=quarter.zhao.actor, now=OVER)
    assert answers_to(part, QUARTER)[FormCell.SHOULD_CHECK].value == 120
    answer_form(part, QUARTER, FormCell.SHOULD_CHECK, None, "", actor=quarter.zhao.actor, now=OVER)
    assert answers_to(part, QUARTER) == {}


@pytest.mark.parametrize(
    ("cell", "value", "source", "code"),
    [
        (FormCell.SHOULD_CHECK, 5, " ", "form:source-needed"),
        (FormCell.SHOULD_CHECK, -1, "计划", "form:not-a-count"),
        (FormCell.SHOULD_CHECK, 10**12, "计划", "form:not-a-count"),
        (FormCell.DID_CHECK, 121, "记录", "form:more-than-should"),
        (FormCell.MAJOR_FOUND, 5, "计划", "form:counted-cell"),
    ],
)
def test_nonsense_is_not_filled_in(quarter, cell, value, source, code):
    part = county(quarter)
    answer_form(part, QUARTER, FormCell.SHOULD_CHECK, 120, "计划", actor=quarter.zhao.actor, now=OVER)
    with pytest.raises(Invalid) as refused:
        answer_form(part, QUARTER, cell, value, source, actor=quarter.zhao.actor, now=OVER)
    assert refused.value.code == code


def lock(cast, now=OVER, who="zhao", **more):
    return lock_form(county(cast, who), QUARTER, actor=getattr(cast, who).actor, now=now, **more)


def test_a_locked_form_keeps_its_figures(quarter):
    locked = lock(quarter)
    reported(quarter, description="补录的隐患")
    whole = rows_of(locked)[0]
    assert whole.cells[FormCell.GENERAL_FOUND] == 2
    assert len(records_locked(locked, FormCell.GENERAL_FOUND)) == 2
    (entry,) = history(f"form/unit:{quarter.tree.county.pk}")
    assert (entry.code, entry.actor, entry.body["total"]["general_found"]) == (
        "form:locked",
        quarter.zhao.account.pk,
        2,
    )


def test_what_changed_since_is_told_cell_by_cell_with_the_reason(quarter, monkeypatch):
    locked = lock(quarter)
    since = OVER + timedelta(days=3)
    monkeypatch.setattr("dangers.stories.NOW", since)
    confirmed(quarter, description="补录的隐患")
    step(Danger.unscoped.get(description="配电箱未关门"), "void", quarter.li, now=since)
    run_consumers(now=since)
    told = differences(county(quarter), QUARTER, locked, APRIL + timedelta(days=3))
    (only,) = told.cells
    assert (only.cell, only.locked, only.now) == (FormCell.GENERAL_FOUND, 2, 2)
    assert set(only.came.values()) == {Why.LATE}
    assert set(only.left.values()) == {Why.VOIDED}


def test_a_restatement_is_a_new_version_and_the_old_one_stays(quarter, monkeypatch):
    first = lock(quarter)
    with pytest.raises(Conflict) as refused:
        lock(quarter)
    assert refused.value.code == "form:reason-needed"
    with pytest.raises(Conflict) as refused:
        lock(quarter, reason="补录")
    assert refused.value.code == "form:nothing-differs"
    since = OVER + timedelta(days=3)
    monkeypatch.setattr("dangers.stories.NOW", since)
    confirmed(quarter, description="补录的隐患")
    second = lock(quarter, now=since, reason="一季度隐患补录")
    assert [one.version for one in versions_of(county(quarter), QUARTER)] == [2, 1]
    assert rows_of(second)[0].cells[FormCell.GENERAL_FOUND] == 3
    assert rows_of(LockedForm.unscoped.get(pk=first.pk))[0].cells[FormCell.GENERAL_FOUND] == 2
    assert not differences(county(quarter), QUARTER, second, APRIL)


def test_a_changed_answer_is_a_difference(quarter):
    locked = lock(quarter)
    answer_form(county(quarter), QUARTER, FormCell.SHOULD_CHECK, 9, "计划", actor=quarter.zhao.actor, now=OVER)
    (one,) = differences(county(quarter), QUARTER, locked, APRIL).answers
    assert (one.cell, one.locked, one.now) == (FormCell.SHOULD_CHECK, None, 9)


def test_a_period_that_is_not_over_is_not_locked(quarter):
    with pytest.raises(Conflict) as refused:
        lock(quarter, now=NOW)
    assert refused.value.code == "form:not-over"


def test_of_two_who_lock_at_once_one_is_told(quarter, monkeypatch):
    lock(quarter)
    monkeypatch.setattr("zhiben.insights.services.forms.versions_of", lambda _part, _cycle: [])  # read before the other
    with pytest.raises(Conflict) as refused:
        lock(quarter)
    assert refused.value.code == "form:locked-meanwhile"
    assert LockedForm.unscoped.count() == 1


@pytest.mark.parametrize("who", ["su", "li"])
def test_who_lacks_the_permission_locks_nothing(quarter, who):
    with pytest.raises(NotAllowed):
        lock(quarter, who=who)
    assert not LockedForm.unscoped.exists()


def test_an_enterprise_gives_its_own_form_and_nobody_else_does(quarter):
    part = part_for(quarter.zhao.actor, enterprise=quarter.enterprise.pk)
    with pytest.raises(NotAllowed) as refused:
        lock_form(part, QUARTER, actor=quarter.zhao.actor, now=OVER)
    assert refused.value.code == "form:of-the-enterprise"
    locked = lock_form(part_for(quarter.zhou.actor), QUARTER, actor=quarter.zhou.actor, now=OVER)
    assert locked.enterprise == quarter.enterprise
    assert {row.name for row in rows_of(locked)} >= {"成都示例机械有限公司"}


def test_who_sees_a_part_of_the_industries_locks_nothing(quarter):
    account = make_account("part")
    grant(account, "part-forms", quarter.tree.county, "insight:view", "form:lock", industries=["machinery"])
    actor = actor_of(account, now=NOW)
    with pytest.raises(NotAllowed) as refused:
        lock_form(part_for(actor, quarter.tree.county.path), QUARTER, actor=actor, now=OVER)
    assert refused.value.code == "form:part-of-the-figures"


def test_a_week_has_no_form(quarter):
    with pytest.raises(Invalid) as refused:
        lock_form(county(quarter), cycle_at(CycleKind.WEEK, DAY), actor=quarter.zhao.actor, now=OVER)
    assert refused.value.code == "form:no-weekly"


@given(st.sets(st.integers(1, 2**60), max_size=50))
def test_packed_numbers_come_back(numbers):
    assert unpack(pack(numbers)) == sorted(numbers)


def test_shares_are_told_only_where_both_numbers_are_known_and_agree():
    figures = {FormCell.SHOULD_CHECK: None, FormCell.DID_CHECK: 3, FormCell.PLANNED: 4, FormCell.FIVE_PARTS: 1}
    assert shares_of(figures)[FormCell.DID_CHECK] is None
    assert shares_of(figures)[FormCell.FIVE_PARTS] * 4 == 1
    assert shares_of({FormCell.SHOULD_CHECK: 2, FormCell.DID_CHECK: 3})[FormCell.DID_CHECK] is None


def test_funds_are_written_in_ten_thousand_yuan_to_the_fen():
    assert [said(FormCell.FUNDS, fen) for fen in (0, 1, 1_000_000, 123_456_789)] == ["0", "0.000001", "1", "123.456789"]
