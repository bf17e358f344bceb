"""What `zhiben law call` answers about codes and the calendar: the library's functions under their public names."""

from collections.abc import Iterable
from datetime import date

from zhiben.law import calendar, codes, divisions, industry_classes
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.registry import Answer, function


@function(section="N")
def uscc_check(code17: str) -> Answer:
    """Return the check character of a credit code, and the whole code."""
    check = codes.credit_check(code17)
    rule = parameter("cn/code/credit-code").latest().value
    _weighed([rule["alphabet"].index(sign) for sign in code17], rule["weights"], rule["modulus"], check)
    return {"check": check, "full": code17 + check}


@function(section="N")
def uscc_valid(code: str) -> Answer:
    """Tell whether a credit code is well formed and checks."""
    parameter("cn/code/credit-code").latest()
    valid = codes.is_credit_code(code)
    step("18 位且校验码相符", "eighteen signs and the check fits", valid)
    return {"valid": valid}


@function(section="N")
def org_check(code8: str) -> Answer:
    """Return the check character of an organisation code."""
    check = codes.organisation_check(code8)
    rule = parameter("cn/code/organisation-code").latest().value
    _weighed([int(sign, 36) for sign in code8], rule["weights"], rule["modulus"], check)
    return {"check": check}


@function(section="N")
def id_check(id17: str) -> Answer:
    """Return the check character of an ID number."""
    check = codes.id_check(id17)
    rule = parameter("cn/code/id-number").latest().value
    _weighed(map(int, id17), rule["weights"], rule["modulus"], check)
    return {"check": check}


@function(section="N")
def id_valid(id: str) -> Answer:  # noqa: A002 -- the name of the input
    """Tell whether an ID number checks, and what it says."""
    parameter("cn/code/id-number").latest()
    found = codes.identity(id)
    step("18 位、日期存在且校验码相符", "eighteen signs, a day that exists and the check fits", found is not None)
    if found is None:
        return {"valid": False, "birth": None, "sex": None}
    return {"valid": True, "birth": found.birth, "sex": found.sex}


@function(section="N")
def division_level(code: str) -> Answer:
    """Return the level of a division code and the code above it."""
    level, parent = divisions.level_of(code).value, divisions.parent_of(code)
    digits = parameter("cn/code/division-code").latest().value
    step("去掉末尾的零后的位数所对应的级别", "level by the digits that are left without closing zeros", digits)
    step("级别与上级代码", "level and the code above", [level, parent])
    return {"level": level, "parent": parent}


@function(section="N")
def industry_letter(division: str) -> Answer:
    """Return the section of an industry code."""
    letter = industry_classes.letter_of(division)
    parameter("cn/code/industry-sections").latest()
    title = industry_classes.section_title(letter)
    step(f"{division} 属于门类：{title.zh}", f"{division} lies in the section: {title.en}", letter)
    return {"letter": letter}


@function(section="O")
def is_offday(date: date) -> Answer:
    """Tell whether a day is off; `provisional` where its year's notice is not loaded."""
    found = calendar.official().look_up(date)
    _calendar(date)
    step(f"{date} 休息", f"{date} is off", found.off)
    return {"off": found.off} | ({"provisional": True} if found.provisional else {})


@function(section="F")
def add_workdays(start: date, n: int) -> Answer:
    """Return the day n working days after start; `provisional` as above."""
    found = calendar.official().add_workdays(start, n)
    _calendar(found.day)
    step(
        f"{start} 之后第 {n} 个工作日（起算日不计）", f"working day {n} after {start}, which does not count", found.day
    )
    return {"end": found.day} | ({"provisional": True} if found.provisional else {})


def _weighed(values: Iterable[int], weights: list[int], modulus: int, check: str) -> None:
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    step("各位值 × 权数之和", "sum of value × weight", total)
    step(f"{total} 除以 {modulus} 的余数", f"{total} modulo {modulus}", total % modulus)
    step("校验码", "check", check)


def _calendar(day: date) -> None:
    parameter("cn/calendar/days-off").latest()
    year = calendar.official().years.get(day.year)
    zh = f"{day.year} 年的放假通知" if year else f"{day.year} 年的放假通知未载入，按周末计（暂定）"
    en = f"notice for {day.year}" if year else f"no notice for {day.year} yet: weekends only (provisional)"
    step(zh, en, year.notice if year else None)
