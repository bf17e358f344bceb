"""Codes that carry their own check, division codes, the industrial classification."""

import doctest
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import codes, divisions, industry_classes, store
from zhiben.law.divisions import Level
from zhiben.law.facts import industries

BODIES = st.from_regex(rf"[{codes.CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{codes.CREDIT_ALPHABET}]{{9}}", fullmatch=True)


@pytest.mark.parametrize("module", [codes, divisions, industry_classes], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@given(BODIES, st.integers(0, 17), st.sampled_from(codes.CREDIT_ALPHABET))
def test_a_credit_code_shows_every_single_wrong_character(body, at, other):
    code = body + codes.credit_check(body)
    assert codes.is_credit_code(code)
    wrong = code[:at] + other + code[at + 1 :]
    assert codes.is_credit_code(wrong) == (wrong == code)


@pytest.mark.parametrize(
    "code",
    [
        "", "91350100M000100Y4", "91350100M000100Y433", "91350100I000100Y43", "91350100m000100y43",
        "9135A100M000100Y43", "９1350100M000100Y43", "91350100M000100Y4\n",
    ],
)  # fmt: skip
def test_what_is_no_credit_code_is_not_taken_for_one(code):
    assert not codes.is_credit_code(code)


def test_a_code_written_carelessly_can_be_brought_into_form():
    assert codes.is_credit_code(codes.normal_code(" 91350100－m000 100y43\n"))


@given(st.integers(0, 10**6 - 1), st.sampled_from(["510104", "510903", "110101"]))
def test_codes_made_for_examples_are_valid_inside_and_out(serial, division):
    code = codes.make_credit_code(division, serial)
    assert codes.is_credit_code(code)
    assert codes.is_organisation_code(codes.organisation_code_of(code))
    assert code[2:8] == division


def test_codes_made_for_examples_differ():
    assert len({codes.make_credit_code("510903", serial) for serial in range(500)}) == 500


@pytest.mark.parametrize(("division", "serial"), [("5101", 1), ("510104", -1), ("510104", 10**6)])
def test_an_example_code_needs_a_division_and_a_serial(division, serial):
    with pytest.raises(Invalid) as refusal:
        codes.make_credit_code(division, serial)
    assert {"field", "reason", "example"} <= refusal.value.facts.keys()


@given(st.text(string.digits + string.ascii_uppercase, min_size=8, max_size=8))
def test_an_organisation_code_has_one_check_character(body):
    fitting = [sign for sign in string.digits + "X" if codes.is_organisation_code(body + sign)]
    assert fitting == [codes.organisation_check(body)]


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)), st.integers(0, 999))
def test_an_id_number_tells_birthday_and_sex(birth, serial):
    body = f"510104{birth:%Y%m%d}{serial:03d}"
    found = codes.identity(body + codes.identity_check(body))
    assert found == codes.Identity(birth, "M" if serial % 2 else "F")


@pytest.mark.parametrize("body", ["11010519490231002", "11010519491331002", "11010500000101002", "01010519491231002"])
def test_an_id_number_with_an_impossible_day_or_place_is_none_even_if_it_checks(body):
    assert codes.identity(body + codes.identity_check(body)) is None


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("510000", "province", None),
        ("510000000000", "province", None),
        ("510100", "city", "510000"),
        ("510104", "county", "510100"),
        ("510104000", "county", "510100"),
        ("510104000000", "county", "510100"),
        ("510104020", "township", "510104"),
        ("510104020000", "township", "510104"),
        ("510104020001", "village", "510104020"),
        ("429004", "county", "429000"),
        ("441900003", "township", "441900"),
        ("441900003001", "village", "441900003"),
    ],
)
def test_a_division_code_tells_its_level_and_what_is_above(code, level, parent):
    assert (divisions.level_of(code).value, divisions.parent_of(code)) == (level, parent)
    assert divisions.short(divisions.padded(code)) == divisions.short(code)


@pytest.mark.parametrize(
    "code", ["", "51", "51010", "5101040", "010104", "510004", "510104000001", "51010a", "５10104"]
)
def test_a_malformed_division_code_is_refused_with_an_example(code):
    with pytest.raises(Invalid, match="division-code:malformed") as refusal:
        divisions.level_of(code)
    assert refusal.value.facts["example"] == "510104"


def test_four_codes_stand_at_two_levels():
    double = {code: divisions.levels_of(code) for code in ("441900", "442000", "460400000000", "350527")}
    assert double == {
        "441900": (Level.CITY, Level.COUNTY),
        "442000": (Level.CITY, Level.COUNTY),
        "460400000000": (Level.CITY, Level.COUNTY),
        "350527": (Level.COUNTY, Level.TOWNSHIP),
    }
    assert divisions.levels_of("510100") == (Level.CITY,)


def test_a_retired_code_leads_to_those_in_use_from_its_year_on():
    assert divisions.successors("330104", date(2020, 12, 31)) == ()
    assert divisions.successors("330104", date(2021, 1, 1)) == ("330102", "330114")
    assert divisions.successors("341422", date(2019, 1, 1)) == ("340281",)
    assert divisions.successors("330104000000", date(2024, 1, 1)) == ("330102", "330114")
    assert divisions.successors("510104", date(2024, 1, 1)) == ()
    assert divisions.alias("330104").name == "江干区"


def test_no_chain_of_retired_codes_turns_in_a_circle_or_ends_at_another_level():
    for code, alias in divisions._aliases().items():
        ends = divisions.successors(code, date(2030, 1, 1))
        assert ends
        assert code not in ends
        assert {divisions.level_of(end) for end in ends} == {divisions.level_of(code)}, alias


def test_every_industry_code_hangs_on_the_one_above():
    entries = industry_classes.industry_classes()
    assert len(entries) == 1971
    for code in entries:
        assert set(industry_classes.broader(code)) <= entries.keys()
    levels = [industry_classes.industry_class(code).level for code in entries]
    assert [levels.count(level) for level in (1, 2, 3, 4)] == [20, 97, 473, 1381]


@pytest.mark.parametrize(
    ("code", "letter"), [("01", "A"), ("43", "C"), ("59", "G"), ("97", "T"), ("B", "B"), ("C3252", "C")]
)
def test_an_industry_code_tells_its_section(code, letter):
    assert industry_classes.letter_of(code) == letter
    assert industry_classes.section_title(letter).en


@pytest.mark.parametrize("code", ["", "00", "98", "Z", "1", "01234", "六"])
def test_a_code_of_no_section_is_refused(code):
    with pytest.raises(Invalid, match="industry-code:malformed"):
        industry_classes.letter_of(code)


def test_an_unlisted_class_is_not_found():
    with pytest.raises(NotFound, match="industry-code:unknown"):
        industry_classes.industry_class("0199")


def test_a_class_only_proposes_industries():
    assert industry_classes.proposed_industries("B0610") == ("coal_mine",)
    assert industry_classes.proposed_industries("3252") == ("nonferrous", "aluminium_deep_well_casting")
    assert industry_classes.proposed_industries("2530") == ()
    assert industry_classes.proposed_industries("6610") == ()


def test_every_proposal_leads_from_a_listed_code_to_a_known_industry():
    proposals = industry_classes._proposals()
    assert proposals.keys() <= industry_classes.industry_classes().keys()
    assert {slug for slugs in proposals.values() for slug in slugs} <= industries().keys()


@pytest.mark.parametrize(
    "example", store.documents("codes")["divisions"]["examples"], ids=lambda example: example["code"]
)
def test_the_pack_of_division_codes_answers_its_own_examples(example):
    assert getattr(divisions, example["call"])(example["code"]).value == example["gives"]
