"""What `zhiben law call` answers about codes and the calendar: the library's functions under their public names."""

from datetime import date

from zhiben.law import calendar, codes, divisions, industry_classes
from zhiben.law.explaining import step
from zhiben.law.registry import Answer, function


@function(section="N")
def uscc_check(code17: str) -> Answer:
    """Return the check character of a credit code, and the whole code."""
    check = codes.credit_check(code17)
    return {"check": check, "full": code17 + check}


@function(section="N")
def uscc_valid(code: str) -> Answer:
    """Tell whether a credit code is well formed and checks."""
    return {"valid": codes.is_credit_code(code)}


@function(section="N")
def org_check(code8: str) -> Answer:
    """Return the check character of an organisation code."""
    return {"check": codes.organisation_check(code8)}


@function(section="N")
def id_check(id17: str) -> Answer:
    """Return the check character of an ID number."""
    return {"check": codes.id_check(id17)}


@function(section="N")
def id_valid(id: str) -> Answer:  # noqa: A002 -- the name of the input
    """Tell whether an ID number checks, and what it says."""
    found = codes.identity(id)
    if found is None:
        return {"valid": False, "birth": None, "sex": None}
    return {"valid": True, "birth": found.birth, "sex": found.sex}


@function(section="N")
def division_level(code: str) -> Answer:
    """Return the level of a division code and the code above it."""
    return {"level": divisions.level_of(code).value, "parent": divisions.parent_of(code)}


@function(section="N")
def industry_letter(division: str) -> Answer:
    """Return the section of an industry code."""
    return {"letter": industry_classes.letter_of(division)}


@function(section="O")
def is_offday(date: date) -> Answer:
    """Tell whether a day is off; `provisional` where its year's notice is not loaded."""
    found = calendar.official().look_up(date)
    return {"off": found.off} | ({"provisional": True} if found.provisional else {})


@function(section="F")
def add_workdays(start: date, n: int) -> Answer:
    """Return the day n working days after start; `provisional` as above."""
    found = calendar.official().add_workdays(start, n)
    step(f"{start} + {n} 个工作日", f"{start} + {n} working days", found.day)
    return {"end": found.day} | ({"provisional": True} if found.provisional else {})
