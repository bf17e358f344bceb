"""What holds of every code that checks itself, of division and industry codes, and of the days off."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, Refusal
from zhiben.law.industry_classes import broader, industry_classes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I O S V Z
BODIES = st.tuples(
    *(
        st.text(signs, min_size=size, max_size=size)
        for signs, size in ((ALPHABET, 2), (string.digits, 6), (ALPHABET, 9))
    )
).map("".join)
ORGANISATIONS = st.text(string.digits + string.ascii_uppercase, min_size=8, max_size=8)


def _credit(body):
    return answer("uscc_check", code17=body)


def _valid(code):
    return answer("uscc_valid", code=code)["valid"]


@property_of("uscc_check", "uscc_valid")
@FEW
@given(BODIES)
def test_a_credit_code_weighs_nothing_modulo_31_and_no_other_sign_fits(body):
    told = _credit(body)
    weighed = sum(ALPHABET.index(sign) * pow(3, at, 31) for at, sign in enumerate(told["full"][:17]))
    assert (weighed + ALPHABET.index(told["check"])) % 31 == 0
    assert told["full"] == body + told["check"]
    assert [sign for sign in ALPHABET + "IOSVZ" if _valid(body + sign)] == [told["check"]]


@property_of("uscc_valid")
@FEW
@given(BODIES, st.integers(0, 16), st.integers(0, 16))
def test_a_credit_code_shows_two_signs_turned_round(body, one, other):
    signs = list(_credit(body)["full"])
    assert _valid("".join(signs))
    same = signs[one] == signs[other]
    signs[one], signs[other] = signs[other], signs[one]
    assert _valid("".join(signs)) == same


@property_of("uscc_valid", "uscc_check")
@FEW
@given(st.text(ALPHABET + "IOSVZabc -０", max_size=20))
def test_what_has_another_form_is_no_credit_code(text):
    known = "91350100M000100Y4"
    assert _valid(_credit(known)["full"])
    fits = len(text) == 18 and set(text) <= set(ALPHABET) and text[2:8].isdecimal()
    assert fits or not _valid(text)
    if len(text) != 17:
        with pytest.raises(Invalid, match="malformed"):
            _credit(text)


@property_of("org_check")
@FEW
@given(ORGANISATIONS, st.integers(0, 7), st.sampled_from(string.digits + string.ascii_uppercase))
def test_an_organisation_code_weighs_nothing_modulo_11_and_shows_another_digit(body, at, other):
    check = answer("org_check", code8=body)["check"]
    weighed = sum(int(sign, 36) * weight for sign, weight in zip(body, [3, 7, 9, 10, 5, 8, 4, 2], strict=True))
    assert (weighed + (10 if check == "X" else int(check))) % 11 == 0
    wrong = body[:at] + other + body[at + 1 :]
    same = answer("org_check", code8=wrong)["check"] == check
    assert same == ((int(other, 36) - int(body[at], 36)) % 11 == 0)


@property_of("org_check")
@FEW
@given(st.text(string.digits + "ABCabc-Ｍ", max_size=10))
def test_only_eight_digits_and_capitals_are_weighed(text):
    assert answer("org_check", code8="M000100Y") == {"check": "4"}
    if len(text) != 8 or set(text) - set(string.digits + "ABC"):
        with pytest.raises(Invalid, match="malformed"):
            answer("org_check", code8=text)


BIRTHS = st.dates(date(1900, 1, 1), date(2026, 11, 22))


@property_of("id_check", "id_valid")
@FEW
@given(BIRTHS, st.integers(0, 999), st.integers(0, 16), st.integers(0, 9))
def test_an_id_number_tells_day_and_sex_and_shows_a_wrong_digit(birth, serial, at, other):
    body = f"110105{birth:%Y%m%d}{serial:03d}"
    number = body + answer("id_check", id17=body)["check"]
    assert answer("id_valid", id=number) == {"valid": True, "birth": birth, "sex": "M" if serial % 2 else "F"}
    weighed = sum(int(sign) * pow(2, 17 - place, 11) for place, sign in enumerate(body))
    assert (weighed + (10 if number[17] == "X" else int(number[17]))) % 11 == 1
    wrong = number[:at] + str(other) + number[at + 1 :]
    assert answer("id_valid", id=wrong)["valid"] == (wrong == number)


@property_of("id_valid", "id_check")
@FEW
@given(st.integers(1900, 2026), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_an_id_number_with_a_day_that_never_was_is_none_though_it_checks(year, month, day, serial):
    body = f"110105{year}{month:02d}{day:02d}{serial:03d}"
    told = answer("id_valid", id=body + answer("id_check", id17=body)["check"])
    try:
        assert told["birth"] == date(year, month, day)
    except ValueError:  # no such day
        assert told == {"valid": False, "birth": None, "sex": None}


CODES = st.builds(
    lambda province, city, county, township, village: f"{province:02d}{city:02d}{county:02d}{township:03d}{village:03d}",
    st.integers(10, 99), *[st.integers(0, 2)] * 4,
)  # fmt: skip
LEVELS = ["province", "city", "county", "township", "village"]
CUTS = [2, 4, 6, 9, 12]


@property_of("division_level")
@FEW
@given(CODES)
def test_a_division_lies_one_level_below_the_code_above_it_in_any_length(code):
    parts = [int(code[start:end]) for start, end in zip([0, *CUTS], CUTS, strict=False)]
    lowest = max(at for at, part in enumerate(parts) if part)
    assume(parts[1] or lowest < 2)  # a county without its city, a village without its township: refused below
    assume(parts[3] or lowest < 4)
    told = answer("division_level", code=code)
    assert told["level"] == LEVELS[lowest]
    for length in (6, 9):
        if not int(code[length:]):
            assert answer("division_level", code=code[:length]) == told
    if lowest:
        above = answer("division_level", code=told["parent"])
        assert LEVELS.index(above["level"]) < lowest
        assert code.startswith(told["parent"][: CUTS[lowest - 1]])
    else:
        assert told["parent"] is None


@property_of("division_level")
@FEW
@given(CODES)
def test_a_division_without_the_ones_above_it_is_refused(code):
    assert answer("division_level", code="510104")
    orphans = [
        code[:2] + "00" + "01" + code[6:],
        code[:2] + "0101" + "000" + "001",
        "0" + code[1:],
        code[:5],
        code + "0",
    ]
    for orphan in orphans:
        with pytest.raises(Invalid, match="malformed"):
            answer("division_level", code=orphan)


SECTIONS = {  # GB/T 4754-2017: the last division of each section
    "A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69, "K": 70, "L": 72, "M": 75,
    "N": 79, "O": 82, "P": 83, "Q": 85, "R": 90, "S": 96, "T": 97,
}  # fmt: skip


@property_of("industry_letter")
@FEW
@given(st.integers(0, 99), st.text("0123456789", max_size=2))
def test_a_division_lies_in_the_section_whose_run_holds_it_with_all_below_it(division, below):
    code = f"{division:02d}"
    assert answer("industry_letter", division="06") == {"letter": "B"}
    if 1 <= division <= 97:
        letter = next(letter for letter, last in SECTIONS.items() if division <= last)
        for each in (code, code + below, letter + code + below, letter):
            assert answer("industry_letter", division=each)["letter"] == letter
    else:
        with pytest.raises(Refusal):
            answer("industry_letter", division=code)


@property_of("industry_letter")
@FEW
@given(st.sampled_from(list(industry_classes())))
def test_every_code_of_the_table_lies_in_the_section_of_the_codes_above_it(code):
    letters = {answer("industry_letter", division=each)["letter"] for each in (code, *broader(code))}
    assert letters == {(broader(code) or (code,))[-1]}


def _days(*runs):
    """Days of runs such as 2024-02-10…17."""
    for first, last in runs:
        start = date.fromisoformat(first)
        yield from (start + timedelta(days=at) for at in range((date.fromisoformat(last) - start).days + 1))


OFF = set(
    _days(
        ("2024-01-01", "2024-01-01"), ("2024-02-10", "2024-02-17"), ("2024-04-04", "2024-04-06"), ("2024-05-01", "2024-05-05"),
        ("2024-06-10", "2024-06-10"), ("2024-09-15", "2024-09-17"), ("2024-10-01", "2024-10-07"),
        ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"), ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"), ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"), ("2026-10-01", "2026-10-07"),
    )
)  # fmt: skip
WORKED = {
    date.fromisoformat(day)
    for day in [
        "2024-02-04",
        "2024-02-18",
        "2024-04-07",
        "2024-04-28",
        "2024-05-11",
        "2024-09-14",
        "2024-09-29",
        "2024-10-12",
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
}
NOTICED = st.dates(date(2024, 1, 1), date(2026, 12, 31)) | st.sampled_from(sorted(OFF | WORKED))


@property_of("is_offday")
@FEW
@given(NOTICED)
def test_a_day_is_off_at_weekends_and_on_the_holidays_of_the_notice_but_where_it_is_made_up_for(day):
    told = answer("is_offday", date=day)
    assert told == {"off": day in OFF or (day.weekday() >= 5 and day not in WORKED)}


@property_of("is_offday")
@FEW
@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_without_a_notice_only_the_weekend_is_known_and_that_is_said(day):
    assert answer("is_offday", date=date(2026, 12, 31)) == {"off": False}
    if day.year < 2024:
        with pytest.raises(Invalid, match="unknown-year"):
            answer("is_offday", date=day)
    elif day.year > 2026:
        assert answer("is_offday", date=day) == {"off": day.weekday() >= 5, "provisional": True}
