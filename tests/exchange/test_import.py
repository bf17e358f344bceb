"""A ledger comes in: every row has one verdict, nothing twice, nothing while a row is rejected unless told to."""

from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest
from dangers.stories import fresh, photo, told
from django.utils.translation import override
from exchange.ledgers import HEADER, MIXED, NAME, TEXTS, good_rows, ledger, row
from exchange.make_files import write_xls, write_xlsx
from make import NOW, make_engagement, make_enterprise, make_site

from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import Danger
from zhiben.dangers.services.moves import move_danger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.exchange.domain.stages import Stage
from zhiben.exchange.models import Import, ImportPart
from zhiben.exchange.public import import_ledger, rows_of, try_ledger
from zhiben.exchange.services import answers
from zhiben.exchange.services.bringing import batch_of, finish_import, lay_down, start_import, write_part
from zhiben.exchange.services.uploading import Upload, upload_ledger
from zhiben.exchange.services.voiding import finish_voiding, start_voiding, withdraw_part
from zhiben.journal.public import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.notices.models import Message
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything():
    with scoped(Scope(everything=True)):
        yield


@pytest.fixture
def bring(cast, tmp_path):
    def go(rows, *, unit=None, who=None, at=NOW, name="台账.xlsx", **options):
        path = ledger(tmp_path, rows, name)
        return import_ledger(path, unit or cast.tree.county, actor=(who or cast.li).actor, now=at, **options)

    return go


def adds_up(report):
    return report.read == report.accepted + report.repeated + report.rejected


def codes(problems):
    return Counter(problem.code for problem in problems)


def test_nothing_is_written_while_a_row_is_rejected(bring):
    report = bring(MIXED)
    assert (report.read, report.accepted, report.repeated, report.rejected, report.written) == (8, 5, 1, 2, 0)
    assert Danger.unscoped.count() == 0
    assert codes(report.problems) == {"enterprise:not-found": 1, "date:impossible": 1, "report:fixed-only": 1}
    assert ("台账", 7, "B", "enterprise:not-found", "没有登记的示例企业") in [
        (p.sheet, p.row, p.column, p.code, p.value) for p in report.problems
    ]


def test_the_good_rows_enter_when_told_to_with_what_the_ledger_knows(bring, cast):
    report = bring(MIXED, accept_good=True)
    assert adds_up(report)
    assert report.written == report.accepted == 5
    dangers = {danger.import_row: danger for danger in Danger.unscoped.all()}
    assert {number: danger.state for number, danger in dangers.items()} == {
        3: State.RECTIFYING, 4: State.SIGNED_OFF, 5: State.RECTIFYING, 9: State.RECTIFYING, 10: State.RECTIFYING,
    }  # fmt: skip
    assert dangers[4].closed_on == date(2026, 1, 20)
    assert dangers[5].level == Level.MAJOR
    assert dangers[3].due_on == date(2026, 4, 1)
    assert dangers[3].owner_person_id == cast.wang.person.pk
    assert (dangers[10].found_on, dangers[10].day_assumed) == (date(2026, 2, 1), True)
    assert {danger.unit_id for danger in dangers.values()} == {cast.site.pk}
    assert dangers[3].candidates.exists()
    assert not Message.objects.exists()
    batch = Import.unscoped.get()
    assert batch.stage == Stage.DONE
    assert [entry.code for entry in history(f"import/{batch.pk}")] == ["import:started", "import:finished"]


def test_the_same_file_twice_writes_nothing(bring):
    assert bring(good_rows(6)).written == 6
    again = bring(good_rows(6))
    assert (again.read, again.repeated, again.written) == (6, 6, 0)
    assert Danger.unscoped.count() == 6


def test_a_ledger_without_days_repeats_on_another_day_too(cast, tmp_path):
    path = tmp_path / "自查.csv"
    path.write_text("检查项目,隐患描述\n消防器材,灭火器压力不足\n配电,配电箱门未关闭\n", encoding="utf-8")
    site, li = cast.site, cast.li.actor
    first = import_ledger(path, site, actor=li, now=NOW)
    again = import_ledger(path, site, actor=li, now=NOW + timedelta(days=9))
    assert (first.written, again.written, again.repeated) == (2, 0, 2)
    assert {d.day_assumed for d in Danger.unscoped.all()} == {True}


def test_a_row_reported_before_by_a_person_is_a_repeat(bring, cast):
    report_danger(
        told(cast, TEXTS[1] + "。", place_text="1号车间", found_on=date(2026, 1, 5)), actor=cast.gong.actor, now=NOW
    )
    report = bring([row(1, text="1、" + TEXTS[1])])
    assert (report.repeated, report.written) == (1, 0)
    assert rows_of(report.id)[0].repeats.startswith("#")


def test_a_dry_run_counts_the_same_and_writes_nothing(cast, tmp_path):
    path = ledger(tmp_path, MIXED)
    report, rows = try_ledger(path, cast.tree.county, actor=cast.li.actor, now=NOW)
    assert (report.read, report.accepted, report.repeated, report.rejected) == (8, 5, 1, 2)
    assert [str(one.verdict) for one in rows][3:6] == ["repeated", "rejected", "rejected"]
    assert not Import.unscoped.exists()
    assert not Danger.unscoped.exists()


def test_the_enterprise_is_found_by_credit_code_before_its_name(bring, cast, tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["企业名称", "统一社会信用代码", "隐患描述", "检查日期"],
         ["随便写的名字", cast.enterprise.credit_code, "配电箱门未关闭", "2026-01-05"],
         ["成都示例机械二厂", None, "灭火器压力不足", "2026-01-05"]],
    )  # fmt: skip
    report = import_ledger(path, cast.tree.county, actor=cast.li.actor, now=NOW)
    assert report.written == 2
    assert list(Danger.unscoped.order_by("import_row").values_list("unit", flat=True)) == [
        cast.site.pk, cast.second_site.pk,
    ]  # fmt: skip


def test_two_of_one_name_decide_nothing(bring, cast):
    make_enterprise(cast.tree.township, NAME)
    assert codes(bring([row(1)]).problems) == {"enterprise:ambiguous": 1}


def test_an_enterprise_of_the_next_county_is_not_found_and_not_told_of(bring, cast):
    rows = [row(1, name=cast.other_enterprise.name)]
    assert codes(bring(rows).problems) == {"enterprise:not-found": 1}
    with pytest.raises(NotAllowed):
        bring(rows, unit=cast.tree.other_county)


def test_a_contractor_answers_where_the_row_says_so(cast, tmp_path):
    header = ["企业名称", "隐患描述", "检查日期", "整改责任单位", "整改责任人"]
    rows = [header, [NAME, "动火作业无监护人", "2026-01-05", cast.contractor.name, "陈检修"]]
    report = import_ledger(write_xlsx(tmp_path / "a.xlsx", rows), cast.tree.county, actor=cast.li.actor, now=NOW)
    assert report.written == 1
    assert Danger.unscoped.get().party_id == cast.contractor.pk


def test_a_safety_manager_brings_in_for_the_own_sites_only(bring, cast):
    assert bring(good_rows(2), unit=cast.site, who=cast.wang).written == 2
    with pytest.raises(NotAllowed):
        bring(good_rows(2), unit=cast.tree.township, who=cast.wang)
    with pytest.raises(NotAllowed):
        bring(good_rows(2), unit=cast.site, who=cast.gong)


def test_a_row_that_was_told_between_preview_and_writing_is_counted_repeated(bring, cast, tmp_path):
    batch = upload_ledger(
        Upload(ledger(tmp_path, good_rows(3)), "a.xlsx"), cast.tree.county, actor=cast.li.actor, now=NOW
    )
    lay_down(batch, actor=cast.li.actor, now=NOW)
    bring(good_rows(1))
    start_import(batch.pk, accept_good=False, actor=cast.li.actor, now=NOW)
    assert write_part(batch, actor=cast.li.actor, now=NOW) == 3
    assert write_part(batch, actor=cast.li.actor, now=NOW) is None
    assert finish_import(batch, actor=cast.li.actor, now=NOW)
    batch.refresh_from_db()
    assert (batch.read, batch.accepted, batch.repeated, batch.written) == (3, 2, 1, 2)
    assert Danger.unscoped.count() == 3


def test_nobody_starts_an_import_with_rejected_rows_by_mistake(bring, cast):
    batch = bring(MIXED).id
    with pytest.raises(Conflict) as refused:
        start_import(batch, accept_good=False, actor=cast.li.actor, now=NOW)
    assert refused.value.code == "import:rows-rejected"
    with pytest.raises(Exception, match="import:not-found"):
        start_import(batch, accept_good=True, actor=cast.zhang.actor, now=NOW)


def test_a_voided_import_withdraws_what_nobody_moved_and_may_come_again(bring, cast):
    now = NOW + timedelta(hours=1)
    report = bring([*good_rows(3), row(4, status="已整改", closed="2026-01-20")])
    ids = list(Danger.unscoped.order_by("import_row").values_list("pk", flat=True))
    move_danger(ids[0], Move.SUBMIT, _rectified(ids[0]), actor=cast.wang.actor, now=now)
    with pytest.raises(Invalid):
        start_voiding(report.id, reason=" ", actor=cast.li.actor, now=now)
    start_voiding(report.id, reason="文件传错了", actor=cast.li.actor, now=now)
    batch = batch_of(report.id)
    assert withdraw_part(batch, actor=cast.li.actor, now=now) == 4
    assert withdraw_part(batch, actor=cast.li.actor, now=now) is None
    assert finish_voiding(batch, actor=cast.li.actor, now=now)
    batch.refresh_from_db()
    assert (batch.stage, batch.withdrawn, batch.kept) == (Stage.VOIDED, 3, 1)
    assert Counter(Danger.unscoped.values_list("state", flat=True)) == {State.VOIDED: 3, State.AWAITING_ACCEPTANCE: 1}
    again = bring([*good_rows(3), row(4, status="已整改", closed="2026-01-20")], at=now)
    assert (again.repeated, again.written) == (1, 3)


def test_the_clock_does_not_count_as_somebody_moving_a_danger(bring, cast):
    report = bring(good_rows(2, due="2026-03-01"))
    later = NOW + timedelta(days=2)
    sweep_dangers(later)
    assert Danger.unscoped.filter(is_overdue=True, version__gt=1).count() == 2
    start_voiding(report.id, reason="文件传错了", actor=cast.li.actor, now=later)
    withdraw_part(batch_of(report.id), actor=cast.li.actor, now=later)
    assert batch_of(report.id).withdrawn == 2


def _rectified(danger):
    return Given(report="已更换", proofs=(photo(fresh(danger)),))


@pytest.mark.parametrize("form", ["xlsx", "xls", "csv"])
def test_all_three_formats_come_in_alike(cast, tmp_path, form):
    rows = [HEADER, *good_rows(3)]
    path = tmp_path / f"台账.{form}"
    if form == "csv":
        path.write_bytes("\n".join(",".join(str(cell or "") for cell in one) for one in rows).encode("gb18030"))
    elif form == "xls":
        write_xls(path, rows)
    else:
        ledger(tmp_path, good_rows(3))
    assert import_ledger(path, cast.tree.county, actor=cast.li.actor, now=NOW).written == 3
    assert Danger.unscoped.filter(description__startswith=TEXTS[1]).exists()


def test_parts_hold_no_texts_of_people_once_written(bring):
    bring(good_rows(3))
    assert all(staged.told is None for staged in rows_of(Import.unscoped.get().pk))
    assert ImportPart.objects.get().is_written


def test_an_engagement_that_ended_makes_nobody_responsible(cast, tmp_path):
    former = make_enterprise(cast.tree.other_township, "成都示例保洁有限公司")
    make_engagement(former, cast.site, until=date(2025, 12, 31))
    header = ["企业名称", "隐患描述", "检查日期", "整改责任单位"]
    path = write_xlsx(tmp_path / "a.xlsx", [header, [NAME, "动火作业无监护人", "2026-01-05", former.name]])
    import_ledger(path, cast.tree.county, actor=cast.li.actor, now=NOW)
    assert Danger.unscoped.get().party_id is None


def test_the_site_is_told_from_the_place_where_an_enterprise_has_several(bring, cast):
    site = make_site(cast.enterprise, cast.tree.township, "成都示例机械三厂")
    bring([row(1, place="成都示例机械三厂喷漆车间")])
    assert Danger.unscoped.get().unit_id == site.pk


WORDS = {
    "zh-hans": (["导入结果", "导入：疑似条款", "导入：整改期限", "导入：问题"], "已接受", "重复 (台账!3)", "已退回", "找不到这家企业"),
    "en": (
        ["Import: verdict", "Import: candidate clauses", "Import: deadline", "Import: problems"],
        "accepted", "repeated (台账!3)", "rejected", "No such enterprise",
    ),
}  # fmt: skip


@pytest.fixture(params=["own", "rebuilt"])
def way(request, monkeypatch):
    if request.param == "rebuilt":
        monkeypatch.setattr(answers, "OWN_ROWS", 0)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.usefixtures("way")
def test_the_workbook_comes_back_with_verdicts_and_problems_in_their_cells(cast, tmp_path, bring, language):
    headings, accepted, repeated, rejected, missing = WORDS[language]
    report, out = bring(MIXED, accept_good=True), tmp_path / "back.xlsx"
    with override(language):
        answers.write_answer(ledger(tmp_path, MIXED), out, rows_of(report.id), actor=cast.li.actor)
    sheet = openpyxl.load_workbook(out)["台账"]
    assert [cell.value for cell in sheet[2]][-4:] == headings
    assert [sheet[f"K{row}"].value for row in (3, 6, 7, 8)] == [accepted, repeated, rejected, rejected]
    assert "%" in sheet["L3"].value
    assert sheet["M3"].value == "2026-04-01"
    assert missing in sheet["B7"].comment.text
    assert sheet["D8"].fill.fgColor.rgb.endswith("F8D7DA")
    assert sheet["A3"].value == 1
