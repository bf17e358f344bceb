"""Whole ledgers: found in their sheets, columns mapped, rows read, with every problem in its cell."""

from datetime import date
from decimal import Decimal

import pytest
from exchange.make_sheets import sheet_of
from hypothesis import given
from hypothesis import strategies as st

from zhiben.exchange.domain.columns import map_columns
from zhiben.exchange.domain.days import Relative
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.rows import Context, LedgerRow, classify_rows
from zhiben.exchange.domain.tables import BodyRow, Column, Skipped, SkippedLine, Table, body_rows, find_table
from zhiben.exchange.domain.workbook import Merge, SheetHead, SheetRow
from zhiben.law.codes import make_credit_code

TODAY = Context(date(2024, 12, 31))
HEADER = ["序号", "企业名称", "场所", "发现日期", "检查人", "隐患描述", "等级", "整改期限", "整改责任人", "是否整改"]


def row(*, serial=1, enterprise="示例化工01有限公司", place="仓库", found="2024-3-5", finder="张伟", description="灭火器过期",
        level="一般", deadline="2024-3-15", person="李娜", status="未整改"):  # fmt: skip
    return [serial, enterprise, place, found, finder, description, level, deadline, person, status]


def read(sheet, *, profile=None, context=TODAY):
    table = find_table(sheet.head, sheet.rows, profile)
    assert isinstance(table, Table), table
    body = [one for one in body_rows(table, sheet.rows) if isinstance(one, BodyRow)]
    mapped = map_columns(table.columns, body, profile)
    return table, mapped, list(classify_rows(table, mapped, sheet.rows, context))


def only(**cells):
    return read(sheet_of([HEADER, row(**cells)]))[2][0]


def codes(found):
    return [(one.column, one.code) for one in found]


def test_titles_a_two_line_merged_header_merged_cells_and_notes():
    sheet = sheet_of(
        [
            ["某县2024年生产安全事故隐患排查治理台账"],
            ["填报单位：某局", None, None, None, None, None, "日期：2024年6月30日"],
            ["序号", "企业名称", "隐患情况", None, None, "整改情况", None, None, "备注"],
            [None, None, "场所", "描述", "等级", "措施", "责任人", "是否整改", None],
            [1, "示例化工01有限公司", "仓库", "灭火器过期", "一般", "更换", "张伟", "已整改", None],
            [2, None, "车间", "电线老化", "重大", "重新敷设", "李娜", "整改中", "多次"],
            HEADER_AGAIN,
            [3, "示例机械02有限公司", "锅炉房", "安全阀超期", "重大", "送检", "王芳", "√", None],
            [None, "合计", None, 3],
            ["填表人：张伟", None, None, "审核：李娜"],
            ["备注：本表每月五日前报送。"],
        ],
        merges=["A1:I1", "A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:I4", "B5:B6"],
    )
    table, mapped, lines = read(sheet)
    assert table.header_rows == (3, 4)
    assert table.year == 2024
    assert [column.heading for column in table.columns][2:5] == ["隐患情况/场所", "隐患情况/描述", "隐患情况/等级"]
    assert [one.field for one in mapped.columns] == [
        Field.SERIAL, Field.ENTERPRISE_NAME, Field.PLACE, Field.DESCRIPTION, Field.LEVEL, Field.MEASURE,
        Field.RESPONSIBLE_PERSON, Field.STATUS, Field.REMARKS,
    ]  # fmt: skip
    rows = [line for line in lines if isinstance(line, LedgerRow)]
    assert [(one.row, one.text(Field.ENTERPRISE_NAME), one.description, one.level, one.status) for one in rows] == [
        (5, "示例化工01有限公司", "灭火器过期", "general", "closed"),
        (6, "示例化工01有限公司", "电线老化", "major", "open"),
        (8, "示例机械02有限公司", "安全阀超期", "major", "closed"),
    ]
    assert [(line.number, line.reason) for line in lines if isinstance(line, SkippedLine)] == [
        (7, "line:header"), (9, "line:total"), (10, "line:note"), (11, "line:note"),
    ]  # fmt: skip


HEADER_AGAIN = ["序号", "企业名称", "场所", "描述", "等级", "措施", "责任人", "是否整改", "备注"]


def test_a_csv_that_lost_its_merges_still_shows_its_two_line_header():
    sheet = sheet_of(
        [
            ["序号", "隐患情况", None, "整改情况", None],
            [None, "部位", "内容", "责任人", "期限"],
            ["1", "仓库", "灭火器过期", "张伟", "2024.3.5"],
        ]
    )
    table, mapped, _ = read(sheet)
    assert [column.heading for column in table.columns] == [
        "序号",
        "隐患情况/部位",
        "隐患情况/内容",
        "整改情况/责任人",
        "整改情况/期限",
    ]
    assert mapped.of(Field.DEADLINE).column.letter == "E"


def test_what_stands_above_the_header_holds_for_every_row():
    sheet = sheet_of(
        [
            ["隐患排查记录表"],
            ["受检单位：示例化工01有限公司", None, None, "检查时间：2024年4月3日  检查人：张伟、李娜"],
            ["序号", "检查部位", "存在的问题", "整改责任人及电话", "整改时间", "复查情况"],
            [1, "一车间", "行车限位失灵", "王芳13800000000", "4月5日", "合格"],
            [2, "罐区", "静电接地断开", "王芳", "4月6日", "未整改"],
        ]
    )
    table, _, lines = read(sheet)
    assert table.header_rows == (3,)
    assert [(one.found_on, one.rectified_on, one.status) for one in lines] == [
        (date(2024, 4, 3), date(2024, 4, 5), "closed"),
        (date(2024, 4, 3), date(2024, 4, 6), "open"),
    ]
    assert {(one.text(Field.ENTERPRISE_NAME), one.text(Field.FINDER)) for one in lines} == {
        ("示例化工01有限公司", "张伟、李娜")
    }
    assert codes(lines[0].warnings) == [
        ("E", "date:assumed-year"), ("", "found-on:from-title"), ("F", "status:from-result"), ("", "enterprise:from-title"),
    ]  # fmt: skip


def test_an_item_of_a_check_list_that_was_in_order_is_no_danger():
    sheet = sheet_of(
        [
            ["检查项目", "检查结果", "存在问题"],
            ["灭火器是否完好", "合格", None],
            ["电线是否老化", "不合格", "电线老化"],
            ["通道是否畅通", "不合格", None],
        ]
    )
    passed, danger, unsaid = read(sheet)[2]
    assert passed == SkippedLine(2, "line:no-danger")
    assert danger.description == "电线老化"
    assert codes(unsaid.problems) == [("C", "description:missing")]


def test_a_reporting_office_above_the_header_is_no_enterprise():
    sheet = sheet_of(
        [["填报单位：某局", None, "日期：2024年5月"], ["隐患描述", "级别", "期限"], ["灯坏", "一般", "2024-6-1"]]
    )
    assert read(sheet)[2][0].text(Field.ENTERPRISE_NAME) == ""


def test_blank_rows_and_columns_do_not_matter_and_rows_keep_their_own_number():
    sheet = sheet_of([[], [], [None, None, "隐患描述", None, "隐患等级"], [], [None, None, "通道堵", None, "一般"]])
    table, _, lines = read(sheet)
    assert (table.header_rows, lines[0].row, lines[0].description) == ((3,), 5, "通道堵")


def test_a_row_under_the_header_is_not_taken_for_its_second_line():
    _, _, lines = read(
        sheet_of([["隐患描述", "整改措施", "责任人"], ["通道堵", "清理", "张伟"], ["漏电", "换线", "李娜"]])
    )
    assert [line.description for line in lines] == ["通道堵", "漏电"]


def test_sheets_that_are_no_ledger_are_skipped_with_a_reason():
    cover = sheet_of([["隐患排查治理台账"], ["2024年"], ["某县应急管理局"]])
    certificates = sheet_of(
        [["姓名", "性别", "身份证号码", "工种", "取证时间"], ["张伟", "男", "5101", "电工", "2020-1-1"]]
    )
    risks = sheet_of(
        [
            ["序号", "风险点名称", "风险等级", "可能导致的事故", "管控措施", "责任人"],
            [1, "锅炉", "红", "爆炸", "巡检", "张伟"],
        ]
    )
    assert [find_table(one.head, one.rows).reason for one in (sheet_of([]), cover, certificates, risks)] == [
        "sheet:empty", "sheet:no-header", "sheet:no-header", "sheet:other-records",
    ]  # fmt: skip
    assert isinstance(find_table(cover.head, cover.rows), Skipped)


def test_what_a_user_corrected_is_kept_and_overrides():
    sheet = sheet_of(
        [["情由", "隐患描述", "责任人"], ["通道被货物堵住", "消防", "张伟"], ["电线裸露在外", "电气", "李娜"]]
    )
    profile = {"情由": Field.DESCRIPTION, "隐患描述": Field.CATEGORY, "责任人": None}
    _, mapped, lines = read(sheet, profile=profile)
    assert [line.description for line in lines] == ["通道被货物堵住", "电线裸露在外"]
    assert lines[0].text(Field.CATEGORY) == "消防"
    assert lines[0].extras == {"责任人": "张伟"}
    assert mapped.profile() == profile


def test_one_field_goes_to_one_column_and_content_decides_between_two():
    sheet = sheet_of(
        [["隐患描述", "整改时间", "整改完成时间", "整改情况", "检查人1", "检查人2"],
         *[["灯坏", "2024-3-9", "2024-3-8", "已整改", "张伟", "李娜"]] * 4]
    )  # fmt: skip
    _, mapped, lines = read(sheet)
    assert {one.column.letter: one.field for one in mapped.columns} == {
        "A": Field.DESCRIPTION, "B": Field.DEADLINE, "C": Field.RECTIFIED_ON, "D": Field.STATUS, "E": Field.FINDER, "F": None,
    }  # fmt: skip
    assert lines[0].extras == {"检查人2": "李娜"}
    assert (lines[0].deadline, lines[0].rectified_on, lines[0].status) == (date(2024, 3, 9), date(2024, 3, 8), "closed")


def test_a_column_of_names_headed_as_days_changes_places():
    sheet = sheet_of([["隐患描述", "检查时间", "检查人"], *[["灯坏", "张伟", f"2024-3-{day}"] for day in range(1, 6)]])
    _, mapped, lines = read(sheet)
    assert (mapped.of(Field.FOUND_ON).column.letter, mapped.of(Field.FINDER).column.letter) == ("C", "B")
    assert [line.found_on for line in lines] == [date(2024, 3, day) for day in range(1, 6)]


def test_a_ledger_without_such_a_heading_offers_its_longest_text_as_description():
    sheet = sheet_of(
        [["场所", "等级", "整改期限", "查处经过"], *[["仓库", "一般", "2024-3-5", "现场看到通道被堵住了"]] * 3]
    )
    _, mapped, _ = read(sheet)
    assert (mapped.of(Field.DESCRIPTION).column.letter, mapped.of(Field.DESCRIPTION).reason) == ("D", "content")


def test_a_good_row_has_no_problem_and_no_warning():
    good = only()
    assert (good.problems, good.warnings) == ((), ())
    assert (good.found_on, good.deadline, good.level, good.status) == (
        date(2024, 3, 5),
        date(2024, 3, 15),
        "general",
        "open",
    )
    assert good.text(Field.FINDER) == "张伟"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"description": None}, ("F", "description:missing")),
        ({"description": "  "}, ("F", "description:missing")),
        ({"description": date(2024, 3, 5)}, ("F", "description:is-a-day")),
        ({"found": "2024-02-30"}, ("D", "date:impossible")),
        ({"found": "昨天"}, ("D", "date:unreadable")),
        ({"found": "2025-01-01"}, ("D", "date:future")),
        ({"deadline": "2024-02-31"}, ("H", "date:impossible")),
        ({"deadline": "王芳"}, ("H", "date:name")),
        ({"level": "特别严重"}, ("G", "level:unknown")),
        ({"status": "张伟"}, ("J", "status:name")),
        ({"status": "？？"}, ("J", "status:unknown")),
    ],
)
def test_a_row_is_refused_for_one_cell_and_says_which(cells, problem):
    refused = only(**cells)
    assert refused.is_rejected
    assert codes(refused.problems) == [problem]
    assert refused.problems[0].row == 2
    assert refused.problems[0].sheet == "台账"


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"found": "3月5日"}, ("D", "date:assumed-year")),
        ({"found": None}, ("D", "found-on:assumed")),
        ({"deadline": "2024-1-1"}, ("H", "date:before-found")),
        ({"description": "已整改"}, ("F", "report:fixed-only")),
        ({"level": "较大"}, ("G", "level:local")),
        ({"status": "已整改"}, ("J", "status:closed-without-day")),
        ({"status": "3月8日已完成"}, ("J", "rectified-on:from-status")),
        ({"finder": "2024-3-5"}, ("E", "person:is-a-day")),
        ({"person": "示例劳务有限公司"}, ("I", "person:is-a-company")),
        ({"enterprise": "张伟"}, ("B", "enterprise:is-a-person")),
    ],
)
def test_what_looks_odd_is_a_warning_in_its_cell(cells, warning):
    accepted = only(**cells)
    assert not accepted.is_rejected
    assert warning in codes(accepted.warnings)


@pytest.mark.parametrize(
    ("found", "deadline", "expected"),
    [
        ("12月28日", "2025-1-5", (date(2024, 12, 28), date(2025, 1, 5))),
        ("2024-12-28", "1月5日", (date(2024, 12, 28), date(2025, 1, 5))),
        ("3月5日", "3月15日", (date(2024, 3, 5), date(2024, 3, 15))),
    ],
)
def test_a_missing_year_is_the_one_that_fits_the_row(found, deadline, expected):
    read_row = only(found=found, deadline=deadline)
    assert (read_row.found_on, read_row.deadline) == expected


def test_a_description_may_begin_with_a_day():
    assert only(description="2024年3月4日，检查发现灭火器过期").problems == ()
    assert codes(only(description="2024年3月4日").problems) == [("F", "description:is-a-day")]


def test_a_name_and_a_day_in_each_others_cells_are_put_right():
    swapped = only(found="张伟", finder="2024.3.5")
    assert (swapped.found_on, swapped.text(Field.FINDER), swapped.problems) == (date(2024, 3, 5), "张伟", ())
    assert codes(swapped.warnings) == [("D", "cells:swapped"), ("E", "cells:swapped")]


def test_a_code_in_the_names_column_and_a_name_in_the_places_are_put_right():
    code = make_credit_code("510100", 7)
    coded = only(enterprise=code)
    assert (coded.text(Field.CREDIT_CODE), coded.text(Field.ENTERPRISE_NAME), coded.problems) == (code, "", ())
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    assert codes(only(enterprise=wrong).problems) == [("B", "credit-code:wrong-check")]
    placed = only(enterprise=None, place="示例化工01有限公司")
    assert (placed.text(Field.ENTERPRISE_NAME), placed.text(Field.PLACE)) == ("示例化工01有限公司", "")
    assert codes(placed.warnings) == [("C", "enterprise:name-in-place")]


def test_a_blank_enterprise_is_the_one_above_and_same_as_above_too():
    sheet = sheet_of(
        [HEADER, row(), row(enterprise=None, description="漏电"), row(enterprise="同上", description="漏油")]
    )
    rows = read(sheet)[2]
    assert {one.text(Field.ENTERPRISE_NAME) for one in rows} == {"示例化工01有限公司"}
    assert codes(rows[1].warnings) == [("B", "enterprise:from-above")]


def test_only_the_description_is_mandatory_where_a_form_has_no_more():
    rows = read(sheet_of([["序号", "隐患描述"], [1, "通道堵"]]))[2]
    assert (rows[0].problems, rows[0].found_on, codes(rows[0].warnings)) == (
        (),
        date(2024, 12, 31),
        [("", "found-on:assumed")],
    )
    assert (rows[0].level, rows[0].status, rows[0].channel) == (None, None, None)


def test_an_assumed_day_is_never_after_the_days_that_stand():
    rows = read(sheet_of([["隐患描述", "整改期限"], ["通道堵", "2024-3-5"]]))[2]
    assert (rows[0].found_on, codes(rows[0].warnings)) == (date(2024, 3, 5), [("", "found-on:assumed")])


def test_limits_funds_and_codes_explained_in_the_heading():
    sheet = sheet_of(
        [["隐患描述", "发现日期", "整改期限", "整改资金（万元）", "是否整改 0:未整改 1：已整改"],
         ["通道堵", "2024-3-5", "10个工作日内", 0.5, 0]]
    )  # fmt: skip
    first = read(sheet)[2][0]
    assert first.limit == Relative(days=10, is_working=True)
    assert (first.funds, first.status) == (Decimal(5000), "open")


def test_a_description_merged_over_rows_is_one_danger():
    sheet = sheet_of(
        [["序号", "隐患描述", "整改措施"], [1, "通道堵", "清理"], [None, None, "划线"], [2, "漏电", "换线"]],
        merges=["B2:B3"],
    )
    lines = read(sheet)[2]
    assert [type(line).__name__ for line in lines] == ["LedgerRow", "SkippedLine", "LedgerRow"]
    assert lines[1].reason == "line:continuation"


def test_rows_numbered_in_advance_and_lines_of_column_numbers_are_no_rows():
    sheet = sheet_of([["序号", "隐患描述", "级别", "措施"], [1, 2, 3, 4], [1, "通道堵", "一般", "清理"], [2], [3]])
    lines = read(sheet)[2]
    assert [line.reason for line in lines if isinstance(line, SkippedLine)] == [
        "line:numbers",
        "line:blank",
        "line:blank",
    ]


def test_every_row_of_a_page_is_read_or_skipped_never_lost():
    rows = [HEADER, *[row(serial=n) for n in range(30)], ["合计"], ["说明：无"], row(description="？"), HEADER]
    lines = read(sheet_of(rows))[2]
    assert len(lines) == len(rows) - 1


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(), st.dates(), st.booleans()),
            max_size=6,
        ),
        max_size=12,
    ),
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 5), st.integers(0, 6), st.integers(0, 4)), max_size=4),
)
def test_no_sheet_can_break_the_reading(cells, merges):
    numbered = [
        SheetRow(number, tuple(line))
        for number, line in enumerate([["隐患描述", "等级", "发现日期", "检查人", "单位"], *cells], 1)
    ]
    head = SheetHead(
        "表", 0, merges=tuple(Merge(top, left, top + down, left + across) for top, left, down, across in merges)
    )
    table = find_table(head, numbered)
    if isinstance(table, Skipped):
        return
    body = [one for one in body_rows(table, numbered) if isinstance(one, BodyRow)]
    mapped = map_columns(table.columns, body)
    lines = list(classify_rows(table, mapped, numbered, TODAY))
    assert len(lines) == sum(one.number > table.last_header_row for one in numbered)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_headings_map_each_field_at_most_once(headings):
    mapped = map_columns([Column(index, heading) for index, heading in enumerate(headings)])
    fields = [one.field for one in mapped.columns if one.field]
    assert len(fields) == len(set(fields))
    assert len(mapped.columns) == len(headings)
