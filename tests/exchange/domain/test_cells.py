"""Cells as offices write them: days, levels, status, channels, money, people, companies."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.exchange.domain.days import Relative, find_day, read_day
from zhiben.exchange.domain.money import read_money
from zhiben.exchange.domain.people import credit_code_in, looks_like_company, looks_like_people, looks_like_person
from zhiben.exchange.domain.text import company_key, content_key, description_key, is_branch
from zhiben.exchange.domain.words import read_channel, read_handling, read_level, read_status

FIFTH = date(2024, 3, 5)
NOON = datetime(2024, 3, 5, 12, 1)  # noqa: DTZ001 -- a cell knows no zone
ANY_CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=60), st.dates(), st.datetimes(),
    st.from_regex(r"\A[0-9０-９二〇年月日号./\-~至 ]{0,24}\Z"),
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "2024-3-5", "2024/03/05", "2024.3.5", "20240305", 20240305, "2024年3月5日", "2024 年 3 月 5 日", "２０２４年３月５日",
        "二〇二四年三月五日", "二零二四年三月五日", 45356, 45356.0, 45356.75, "45356", "2024-03-05 10:20:33", "2024/3/5 10:20",
        "2024-03-05T10:20:33", "2024年3月5日上午9时30分", "2024年3月5日（星期二）", "2024年3月5号", "2024.3.5前", "2024年3月5日前完成",
        "2024、3、5", "2024-03-05 00:00:00", FIFTH, NOON, "2024.3.5已整改", " 2024-03-05 ", "2024\\3\\5", "202403051020",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form_without_a_flag(written):
    reading = read_day(written)
    assert (reading.day, reading.flags, reading.problem) == (FIFTH, (), "")


@pytest.mark.parametrize(
    ("written", "day", "flag"),
    [
        ("3月5日", FIFTH, "date:assumed-year"),
        ("3.5", FIFTH, "date:assumed-year"),
        ("3月", date(2024, 3, 1), "date:assumed-day"),
        ("2024年3月", date(2024, 3, 1), "date:assumed-day"),
        ("2024年3月底", date(2024, 3, 31), "date:assumed-day"),
        (2024.3, date(2024, 3, 1), "date:from-number"),
        ("24.3.5", FIFTH, "date:short-year"),
        ("3/5/2024", FIFTH, "date:assumed-order"),
        ("2024.3.5-3.8", FIFTH, "date:range"),
        ("2024年3月5日至8日", FIFTH, "date:range"),
        ("2024-03-05~2024-03-08", FIFTH, "date:range"),
        ("2024.3.5、2024.3.9", FIFTH, "date:range"),
        ("年底前", date(2024, 12, 31), "date:assumed-day"),
    ],
)
def test_what_was_assumed_about_a_day_is_flagged(written, day, flag):
    reading = read_day(written, year=2024)
    assert (reading.day, flag in reading.flags) == (day, True)


def test_a_month_ends_a_deadline_and_begins_a_finding():
    assert read_day("2024年2月").day == date(2024, 2, 1)
    assert read_day("2024年2月", ends=True).day == date(2024, 2, 29)
    assert read_day("2024年2月中旬", ends=True).day == date(2024, 2, 20)


@pytest.mark.parametrize(
    ("written", "relative"),
    [
        ("即日", Relative()), ("立即整改", Relative()), ("当场整改完成", Relative()), ("3日内", Relative(days=3)),
        ("三天内", Relative(days=3)), ("十五日内", Relative(days=15)), ("10个工作日内", Relative(days=10, is_working=True)),
        ("一周内", Relative(days=7)), ("1个月内", Relative(months=1)), ("半个月", Relative(days=15)), ("24小时内", Relative(days=1)),
        ("限期5天", Relative(days=5)), ("长期", Relative(is_open_ended=True)), ("持续整改", Relative(is_open_ended=True)),
    ],
)  # fmt: skip
def test_limits_counted_from_the_finding_stay_structured(written, relative):
    reading = read_day(written)
    assert (reading.day, reading.relative, reading.problem) == (None, relative, "")


def test_a_limit_ends_by_the_callers_calendar():
    assert Relative(days=3).after(FIFTH) == date(2024, 3, 8)
    assert Relative(months=1).after(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Relative(months=11).after(FIFTH) == date(2025, 2, 5)
    assert Relative(days=2, is_working=True).after(FIFTH) is None
    assert Relative(days=2, is_working=True).after(FIFTH, lambda day, count: date(2024, 3, 5 + count)) == date(
        2024, 3, 7
    )
    assert Relative(is_open_ended=True).after(FIFTH) is None


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2024-02-30", "date:impossible"), ("2023.2.29", "date:impossible"), ("20241301", "date:impossible"),
        ("2024年13月1日", "date:impossible"), ("1800-01-01", "date:impossible"), ("二〇二四年二月三十日", "date:impossible"),
        ("张伟", "date:name"), ("张伟、李娜", "date:name"), ("安全部", "date:unreadable"), ("5日", "date:unreadable"),
        ("2024年", "date:year-only"), ("3月5日", "date:no-year"), (True, "date:unreadable"), (float("nan"), "date:unreadable"),
        (7, "date:unreadable"), ("已整改", "date:unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_a_problem(written, problem):
    assert read_day(written).problem == problem


@pytest.mark.parametrize(
    "written", [None, "", " ", "/", "—", "无", "待定", "N/A", 0, "1900-01-00", date(1899, 12, 31), "0"]
)
def test_an_empty_day_is_no_problem(written):
    reading = read_day(written)
    assert (reading.day, reading.relative, reading.problem) == (None, None, "")


def test_a_day_inside_a_sentence_is_found():
    assert find_day("3月8日已完成整改", year=2024) == date(2024, 3, 8)
    assert find_day("于2024.3.8整改") == date(2024, 3, 8)
    assert find_day("已整改") is None


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_from_every_plain_form(day):
    forms = [
        day, f"{day:%Y-%m-%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        (day - date(1899, 12, 30)).days,
    ]  # fmt: skip
    assert {read_day(form).day for form in forms} == {day}


@given(ANY_CELL, st.one_of(st.none(), st.integers(1990, 2050)), st.booleans())
def test_no_cell_can_break_a_reader(cell, year, ends):
    reading = read_day(cell, year=year, ends=ends)
    assert sum([reading.day is not None, reading.relative is not None, bool(reading.problem)]) <= 1
    read_level(cell)
    read_status(cell)
    read_channel(cell)
    read_handling(cell)
    assert (read_money(cell, "万元").yuan or 0) >= 0


@pytest.mark.parametrize(
    ("word", "level", "local"),
    [
        ("一般", "general", ""), ("一般隐患", "general", ""), ("一 般", "general", ""), ("一般事故隐患", "general", ""),
        ("重大", "major", ""), ("重大事故隐患", "major", ""), ("【重大】", "major", ""), ("较大", "general", "较大"),
        ("较大隐患", "general", "较大隐患"), ("A级", "major", "a级"), ("C级", "general", "c级"), ("Ⅰ级", "major", "i级"),
        ("Ⅳ级", "general", "iv级"), ("1", "major", "1"), (3, "general", "3"), ("一级", "major", "一级"), ("红", "major", "红"),
        ("蓝色", "general", "蓝色"), ("轻微", "general", "轻微"), ("非重大隐患", "general", ""), ("☑一般 □重大", "general", ""),
        ("□一般 ☑重大", "major", ""), ("一般☑ 重大□", "general", ""), ("否", "general", ""), (None, None, ""), ("/", None, ""),
    ],
)  # fmt: skip
def test_levels_become_the_two_of_the_law_and_keep_their_own_word(word, level, local):
    reading = read_level(word)
    assert (reading.level, reading.local_level, reading.problem) == (level, local, "")


def test_a_level_outside_the_forms_own_rule_is_a_problem():
    assert read_level("很大").problem == "level:unknown"
    assert read_level("高").problem == "level:unknown"
    assert read_level("张伟").problem == "level:unknown"
    assert read_level("一般/重大").problem == "level:undecided"
    assert read_level("疑似重大").problem == "level:undecided"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "closed",
            "已整改 已完成 已闭环 已销号 完成 整改完毕 是 √ 100% 闭合 合格 己整改 已整改到位 当场整改 2024.3.5已完成整改 验收合格 已更换灭火器 1",
        ),
        (
            "open",
            "未整改 整改中 正在整改 否 待整改 × 未完成 部分整改 80% 不合格 尚未完成整改 预计3月底完成 正在采购配件 已下达整改通知书 逾期未整改 0",
        ),
        ("awaiting", "待验收 待复查 已整改待验收 已整改，未验收 申请销号 待复核"),
        ("void", "不属实 误报 作废"),
        ("", "/ 无 —"),
    ],
)
def test_status_words(value, words):
    assert {word: read_status(word).value for word in words.split()} == dict.fromkeys(words.split(), value)


def test_status_numbers_truth_and_the_headings_own_codes():
    assert [read_status(cell).value for cell in (True, False, 1, 0, 1.0, 0.8)] == [
        "closed",
        "open",
        "closed",
        "open",
        "closed",
        "open",
    ]
    assert read_status("0", {"0": "已整改", "1": "未整改"}).value == "closed"
    assert read_status("张伟").problem == "status:unknown"


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("企业自查", "self_check"), ("日常检查", "self_check"), ("专项检查", "self_check"), ("班组巡查", "self_check"),
        ("执法检查", "inspection"), ("应急管理局检查", "inspection"), ("第三方排查", "inspection"), ("专家检查", "inspection"),
        ("四不两直", "inspection"), ("群众举报", "public_report"), ("12350", "public_report"), ("在线监测", "monitoring"),
        ("系统报警", "monitoring"), ("判定", "determination"), ("", ""),
    ],
)  # fmt: skip
def test_channels(word, channel):
    assert read_channel(word).value == channel


def test_an_unknown_channel_is_only_flagged():
    assert (read_channel("其他").value, read_channel("其他").flags) == ("", ("channel:unknown",))


def test_handling():
    assert [read_handling(word).value for word in ("即查即改", "限期整改", "")] == ["on_the_spot", "by_deadline", ""]


@pytest.mark.parametrize(
    ("written", "unit", "yuan"),
    [
        ("2万元", "", "20000"), ("5000元", "", "5000"), ("0.5", "万元", "5000"), (0.5, "万元", "5000"), (0.1, "万元", "1000"),
        ("5,000元", "", "5000"), ("￥5000", "万元", "5000"), ("3千元", "", "3000"), ("1.2亿", "", "120000000"), ("两万元", "", "20000"),
        ("约2万", "", "20000"), ("500元", "万元", "500"), ("1-2万元", "", "20000"), (12.34, "", "12.34"), (0, "", "0"), ("十万元", "", "100000"),
    ],
)  # fmt: skip
def test_money_is_exact(written, unit, yuan):
    reading = read_money(written, unit)
    assert reading.yuan == Decimal(yuan)


def test_money_in_words_is_no_amount():
    assert read_money("无").yuan is None
    assert read_money("已落实").flags == ("funds:words",)
    assert read_money("很多").problem == "funds:unreadable"
    assert "funds:about" in read_money("约2万").flags


def test_people_companies_and_codes_are_told_apart():
    assert all(map(looks_like_person, ["张伟", "欧阳娜娜", "王芳(安全员)", "李经理", "阿依古丽·买买提"]))
    assert not any(
        map(
            looks_like_person,
            ["安全部", "二车间", "电线", "整改", "已完成", "示例化工01有限公司", "2024-3-5", "", "仓库"],
        )
    )
    assert looks_like_people("张伟、李娜 王芳")
    assert not looks_like_people("灭火器过期")
    assert looks_like_company("示例化工01有限公司（二分厂）")
    assert not looks_like_company("二车间")
    assert credit_code_in("9151 0100ma61xxxx0a".replace("xxxx", "2345")) == "91510100MA6123450A"
    assert credit_code_in("91510100") == ""


@pytest.mark.parametrize(
    "same",
    [
        ("示例化工01有限公司", "示例化工０１有限责任公司"), ("示例（成都）科技有限公司", "示例成都科技股份有限公司"),
        ("示例 化工 有限公司", "示例化工有限公司"), ("示例化工有限公司（城南分公司）", "示例化工有限公司城南分公司"),
    ],
)  # fmt: skip
def test_names_of_one_company_match(same):
    assert company_key(same[0]) == company_key(same[1])


def test_a_branch_is_not_its_parent():
    assert company_key("示例化工有限公司") != company_key("示例化工有限公司城南分公司")
    assert is_branch("示例化工有限公司城南分公司")
    assert not is_branch("示例化工有限公司")
    assert company_key("有限公司")


def test_a_repeat_is_known_by_site_day_place_and_text():
    key = content_key("site/1", FIFTH, "一 车间", "1、灭火器过期。")
    assert key == content_key("site/1", FIFTH, "一车间", "灭火器 过期")
    assert len(key) == 16
    assert len({key, content_key("site/2", FIFTH, "一车间", "灭火器过期"), content_key("site/1", None, "一车间", "灭火器过期"),
                content_key("site/1", FIFTH, "二车间", "灭火器过期"), content_key("site/1", FIFTH, "一车间", "电线老化")}) == 5  # fmt: skip
    assert description_key("3.5吨叉车制动失灵") != description_key("5吨叉车制动失灵")


@given(st.text(max_size=60))
def test_keys_take_any_text(text):
    assert len(content_key(text, None, text, text)) == 16
    company_key(text)
    looks_like_people(text)
    looks_like_company(text)
    assert description_key(text) == description_key(f" {text} ")
