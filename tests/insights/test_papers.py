"""Bulletins and forms as documents, taken out as a table, drafted by themselves."""

from datetime import timedelta
from io import BytesIO

import pytest
from callers import Caller
from dangers.stories import awaiting, confirmed, rectifying, step
from django.core.management import call_command
from django.http import QueryDict
from docx import Document as Word
from make import DAY, NOW
from stage import world

from zhiben.dangers.models import Danger
from zhiben.dangers.public import sweep_dangers
from zhiben.documents.models import Document
from zhiben.documents.public import discard_draft, issue_document, render
from zhiben.exchange.services.lists import listing_named
from zhiben.insights.domain.cycles import CycleKind, cycle_at
from zhiben.insights.domain.form_cells import FormCell
from zhiben.insights.models import BulletinSchedule
from zhiben.insights.selectors import part_for
from zhiben.insights.services.forms import answer_form, lock_form
from zhiben.insights.services.papers import draft_bulletin, draft_form
from zhiben.insights.services.scheduling import schedule_bulletin, sweep_bulletins
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.notices.models import Message

pytestmark = pytest.mark.django_db
WEEK, QUARTER = cycle_at(CycleKind.WEEK, DAY), cycle_at(CycleKind.QUARTER, DAY)
LATER = NOW + timedelta(days=7)  # Monday after, at nine
OVER = NOW.replace(month=4, day=10)


@world
def week(cast):
    """One open major, one overdue, one signed off."""
    confirmed(
        cast,
        "major",
        by=cast.li,
        description="可燃气体报警器失效",
        found_on=DAY - timedelta(days=4),
        channel="inspection",
    )
    rectifying(cast, description="灭火器过期", found_on=DAY - timedelta(days=4), due_on=DAY + timedelta(days=2))
    step(awaiting(cast, description="疏散标志脱落", found_on=DAY), "accept", cast.zhou)
    sweep_dangers(NOW + timedelta(days=6))
    run_consumers(now=LATER)
    return cast


def county(cast):
    return part_for(cast.zhao.actor, cast.tree.county.path)


def words(content):
    document = Word(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_bulletin_is_drafted_signed_and_numbered(week):
    draft = draft_bulletin(county(week), WEEK, actor=week.zhao.actor, now=LATER)
    with pytest.raises(Conflict) as refused:
        draft_bulletin(county(week), WEEK, actor=week.zhao.actor, now=LATER)
    assert refused.value.code == "bulletin:drafted"
    number = issue_document(draft, signer_account_id=week.zhao.account.pk, actor=week.zhao.actor, now=LATER)
    assert "简报" in number
    zh, en = (words(render(draft, form="docx", language=language)) for language in ("zh-hans", "en"))
    assert "期末未销号2项，其中超期1项" in zh
    assert "灭火器过期" in zh
    assert "overdue 0 → 1" in en
    assert render(draft, form="pdf", language="zh-hans").startswith(b"%PDF")


def test_what_is_confidential_stands_in_no_bulletin(week):
    Danger.unscoped.filter(description="灭火器过期").update(confidentiality="sealed")
    draft = draft_bulletin(county(week), WEEK, actor=week.zhao.actor, now=LATER)
    assert "灭火器过期" not in words(render(draft, form="docx", language="zh-hans"))


def test_a_locked_form_is_signed_as_it_was_locked(week):
    part = county(week)
    with pytest.raises(Conflict) as refused:
        draft_form(part, QUARTER, actor=week.zhao.actor, now=OVER)
    assert refused.value.code == "form:lock-first"
    answer_form(part, QUARTER, FormCell.SHOULD_CHECK, 40, "检查计划", actor=week.zhao.actor, now=OVER)
    locked = lock_form(part, QUARTER, actor=week.zhao.actor, now=OVER)
    text = words(render(draft_form(part, QUARTER, actor=week.zhao.actor, now=OVER), form="docx", language="zh-hans"))
    assert locked.digest in text.replace(" ", "")
    assert "另有1项没有载明金额" in text
    assert "40" in text.split("\n")
    assert "未知" in text


def test_it_is_drafted_from_the_page(week, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    client.force_login(week.zhao.account)
    place = {"unit": week.tree.county.path, "period": WEEK.name}
    assert client.post("/bulletin/draft/", place).status_code == 302
    document = Document.unscoped.get()
    assert str(document.pk) in client.get("/bulletin/", place).content.decode()
    client.force_login(week.su.account)
    assert client.post("/bulletin/draft/", place).status_code == 403


def test_one_is_drafted_by_itself_and_whoever_may_sign_is_told(week):
    schedule_bulletin(county(week), CycleKind.WEEK, 1, actor=week.zhao.actor, now=NOW)
    assert sweep_bulletins(NOW + timedelta(days=1)) == 0
    assert sweep_bulletins(LATER) == 1
    document = Document.unscoped.get()
    assert (document.kind, document.state, document.department) == ("report:bulletin", "draft", week.department)
    told = Message.objects.filter(subject=f"document/{document.pk}").values_list("person", flat=True)
    assert {week.zhao.person.pk, week.li.person.pk} == set(told)
    assert [entry.code for entry in history(f"document/{document.pk}")] == ["document:drafted"]
    assert sweep_bulletins(LATER) == 0
    assert BulletinSchedule.unscoped.get().next_at > LATER


def test_none_is_drafted_twice_or_after_it_was_switched_off(week):
    draft = draft_bulletin(county(week), WEEK, actor=week.zhao.actor, now=LATER)
    schedule_bulletin(county(week), CycleKind.WEEK, 1, actor=week.zhao.actor, now=NOW)
    sweep_bulletins(LATER)
    assert Document.unscoped.count() == 1
    discard_draft(draft, reason="重做", actor=week.zhao.actor, now=LATER)
    schedule_bulletin(county(week), CycleKind.WEEK, None, actor=week.zhao.actor, now=LATER)
    assert sweep_bulletins(LATER + timedelta(days=30)) == 0


@pytest.mark.parametrize(
    ("kind", "day"), [(CycleKind.WEEK, 8), (CycleKind.WEEK, 0), (CycleKind.MONTH, 29), (CycleKind.YEAR, 1)]
)
def test_a_day_that_is_none_is_refused(week, kind, day):
    with pytest.raises(Invalid):
        schedule_bulletin(county(week), kind, day, actor=week.zhao.actor, now=NOW)


def test_only_a_department_schedules(week):
    with pytest.raises(NotAllowed):
        schedule_bulletin(part_for(week.wang.actor, week.site.path), CycleKind.WEEK, 1, actor=week.wang.actor, now=NOW)


def test_a_form_is_taken_out_as_it_is_shown(week):
    part, listing = county(week), listing_named("form")
    lock_form(part, QUARTER, actor=week.zhao.actor, now=OVER)
    query = QueryDict(f"unit={week.tree.county.path}&period={QUARTER.name}")
    whole, *below = listing.rows(week.zhao.actor, query)
    told = {str(column.heading): column.read(whole, "zh-hans") for column in listing.columns}
    assert told["应排查单位（家）"] is None
    assert told["一般隐患"] == 2
    assert whole["version"] == "1"
    assert [row["name"] for row in below] == [week.tree.township.name]


def test_it_is_read_and_locked_over_the_api(week, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OVER)
    caller, asked = Caller(week.zhao), {"unit": "510104", "period": QUARTER.name}
    assert caller.get("/insights/bulletin", unit="510104", period=WEEK.name).json()["whole"]["open_after"] == 2
    now = caller.get("/insights/forms", **asked).json()
    assert (now["version"], now["rows"][0]["cells"]["should_check"], now["rows"][0]["cells"]["general_found"]) == (
        None,
        None,
        2,
    )
    locked = caller.post("/insights/forms/lock", asked)
    assert (locked.status_code, locked.json()["version"]) == (201, 1)
    again = caller.post("/insights/forms/lock", asked)
    assert (again.status_code, again.json()["code"]) == (409, "form:reason-needed")
    assert Caller(week.zhang).get("/insights/forms", **asked).status_code == 404


def test_the_command_tells_both(week, capsys):
    call_command("insights", "bulletin", "--unit", "510104", "--period", WEEK.name)
    call_command("insights", "form", "--unit", "510104", "--period", QUARTER.name)
    told = capsys.readouterr().out
    assert "open_after\t2" in told
    assert "should_check\tNone" in told
