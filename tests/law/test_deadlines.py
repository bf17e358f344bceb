"""Deadlines of hidden dangers, procedures by matter and region, matters, and how far dangers are cleared."""

import doctest
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.law import clearing, due_days, heightened, instruments, matters, procedures, store
from zhiben.law.facts import industries
from zhiben.law.functions import FUNCTIONS
from zhiben.law.parameters import Source, parameters
from zhiben.law.procedures import ClockKind, Unit, procedure

DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 31))


@pytest.mark.parametrize("module", [due_days, clearing, instruments, matters], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("name", sorted(store.documents("procedures")))
def test_a_procedure_pack_answers_its_own_examples(name):
    pack = store.documents("procedures")[name]
    assert pack["examples"]
    for example in pack["examples"]:
        day, kind = date.fromisoformat(example["day"]), ClockKind(example["kind"])
        held = procedure(pack["matter"], pack["region"], day).clocks
        due = held[kind].due_days(date.fromisoformat(example["start"]))
        assert due[0].day == date.fromisoformat(example["due"]), example


def test_a_clock_has_a_clause_or_says_that_it_is_a_setting():
    for matter in (None, *matters.matters()):
        for clock in procedure(matter, "510104", date(2026, 3, 1)).clocks.values():
            assert clock.setting == (clock.source is None), clock
            if clock.source:
                assert instruments.citation(clock.source).zh


def test_every_kind_of_clock_is_set_today():
    held = procedure(None, None, date(2026, 3, 1))
    assert set(held.clocks) == set(ClockKind)
    assert held.clock(ClockKind.LOOK_BACK).values == (30, 90)
    assert held.clock(ClockKind.REPORT_MAJOR).unit is Unit.HOUR
    assert held.clock(ClockKind.REPORT_MAJOR).duty == Source("cn/saws-order-16", "14")


def test_the_nearer_rule_wins_clock_by_clock():
    general, fire = (procedure(matter, None, date(2026, 3, 1)) for matter in (None, "fire"))
    assert (general.clock(ClockKind.RECHECK).value, general.clock(ClockKind.RECHECK).unit) == (10, Unit.DAY)
    assert (fire.clock(ClockKind.RECHECK).value, fire.clock(ClockKind.RECHECK).unit) == (3, Unit.WORKING_DAY)
    assert fire.clock(ClockKind.RECHECK).verify
    assert fire.clock(ClockKind.RESUME_REVIEW) == general.clock(ClockKind.RESUME_REVIEW)


def test_a_region_has_its_own_procedure_over_the_nation_but_under_its_matter(monkeypatch):
    own = {
        "id": "x",
        "matter": None,
        "region": "510000",
        "clocks": [{"kind": "publish", "setting": True, "values": [3], "unit": "day"}],
    }
    monkeypatch.setattr(procedures, "_packs", lambda: {**packs, (None, "510000"): own})
    packs = {(p["matter"], p["region"]): p for p in store.documents("procedures").values()}
    day = date(2026, 3, 1)
    assert procedure(None, "510104020", day).clock(ClockKind.PUBLISH).value == 3
    assert procedure(None, "370200", day).clock(ClockKind.PUBLISH).value == 5
    assert procedure("coal_mines", "510104", day).clock(ClockKind.PUBLISH).unit is Unit.WORKING_DAY


def test_before_its_law_a_clock_is_not_set():
    held = procedure("coal_mines", None, date(2024, 4, 30))
    assert held.clock(ClockKind.RESUME_REVIEW).value == 10
    with pytest.raises(NotFound, match="procedure:no-clock"):
        procedure(None, None, date(2007, 1, 1)).clock(ClockKind.RECHECK)


def test_hours_are_not_counted_in_days():
    with pytest.raises(ValueError, match="hours"):
        procedure(None, None, date(2026, 3, 1)).clock(ClockKind.REPORT_MAJOR).due_days(date(2026, 3, 1))


def test_working_days_past_the_last_notice_are_provisional():
    clock = procedure("fire", None, date(2026, 12, 1)).clock(ClockKind.RECHECK)
    assert clock.due_days(date(2026, 12, 31))[0].provisional
    assert not clock.due_days(date(2026, 12, 1))[0].provisional


def test_every_source_of_a_deadline_is_a_known_instrument():
    cited = [
        dated.source for found in parameters().values() for dated in found.history if found.id.startswith("cn/danger")
    ]
    assert len(cited) >= 20
    for source in cited:
        assert instruments.citation(source).en


def test_an_unknown_instrument_is_refused():
    with pytest.raises(NotFound, match="instrument:unknown"):
        instruments.citation(Source("cn/nothing", "1"))


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("quarter_report_due", {"year": 2025, "quarter": 5}, "quarter"),
        ("quarter_report_due", {"year": 99999, "quarter": 1}, "year"),
        ("quarter_report_due", {"year": 2025}, "quarter"),
        ("recheck_due", {"trigger": "2025-02-30"}, "trigger"),
        ("recheck_due", {"trigger": 20250620}, "trigger"),
        ("uscc_check", {"code17": "9135"}, "code17"),
        ("uscc_valid", {"code": 91350100}, "code"),
        ("org_check", {"code8": "m000100y"}, "code8"),
        ("id_check", {"id17": "1101051949123100X"}, "id17"),
        ("division_level", {"code": "5101040"}, "code"),
        ("industry_letter", {"division": "98"}, "division"),
        ("is_offday", {"date": "2023-10-01"}, "date"),
        ("add_workdays", {"start": "2026-02-10", "n": 99999}, "n"),
        ("stock_increment", {"asof": "2024-12-31", "rows": [{"found": "2024-05-01", "closed": "2024-04-01"}]}, "rows[0].closed"),
        ("hazard_rates", {"found_general": 1, "closed_general": 2, "found_major": 0, "closed_major": 0, "overdue_open_major": 0}, "closed_general"),
    ],
)  # fmt: skip
def test_a_bad_input_is_refused_with_field_and_reason(name, given, field):
    with pytest.raises(Invalid) as refusal:
        call(name, given)
    assert refusal.value.facts["field"] == field
    assert refusal.value.facts["reason"]


ANY_DAY = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
ANY_CODE = st.text(st.sampled_from("0123456789ABXx٣５ -万"), max_size=19) | st.from_regex(
    r"[0-9]{6}([0-9]{3}){0,2}", fullmatch=True
)
FUZZED = {
    "quarter_report_due": {"year": st.integers(), "quarter": st.integers(0, 5)},
    "annual_report_due": {"year": st.integers(0, 20000)},
    "recheck_due": {"trigger": ANY_DAY},
    "restore_review_due": {"application": ANY_DAY},
    "extension_window": {"deadline": ANY_DAY},
    "principal_check_due": {"last": ANY_DAY, "high_risk": st.booleans()},
    "is_offday": {"date": ANY_DAY},
    "add_workdays": {"start": ANY_DAY, "n": st.integers(-30, 30) | st.integers()},
    "uscc_check": {"code17": ANY_CODE},
    "uscc_valid": {"code": ANY_CODE},
    "org_check": {"code8": ANY_CODE},
    "id_check": {"id17": ANY_CODE},
    "id_valid": {"id": ANY_CODE},
    "division_level": {"code": ANY_CODE},
    "industry_letter": {"division": ANY_CODE},
}


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("name", FUZZED)
@given(data=st.data())
def test_whatever_is_given_is_answered_or_refused(name, data):
    inputs = {field: data.draw(strategy) for field, strategy in FUZZED[name].items()}
    with suppress(Refusal):
        assert call(name, inputs)


def test_all_functions_of_dangers_codes_and_calendar_are_offered():
    offered = {name for name, found in FUNCTIONS.items() if found.section in {"C", "N", "O"}}
    assert offered >= {
        "quarter_report_due", "annual_report_due", "recheck_due", "restore_review_due", "extension_window",
        "principal_check_due", "plan_complete", "hazard_rates", "stock_increment", "uscc_check", "uscc_valid",
        "org_check", "id_check", "id_valid", "division_level", "industry_letter", "is_offday",
    }  # fmt: skip


@given(DAYS, st.booleans())
def test_the_next_check_falls_on_the_end_of_the_next_period(last, high_risk):
    due = due_days.principal_check_due(last, high_risk=high_risk)
    months = due.rule.value
    assert (due.day + timedelta(days=1)).day == 1
    assert due.day.month % months == 0
    assert last < due.day
    assert (due.day.year - last.year) * 12 + due.day.month - last.month in range(months, 2 * months)


@given(
    st.lists(st.tuples(DAYS, st.none() | st.integers(0, 900)), max_size=30),
    st.dates(date(2022, 1, 1), date(2027, 1, 1)),
)
def test_the_cohorts_count_every_danger_found_by_the_day_once(rows, asof):
    shifted = [(found - timedelta(days=400), wait) for found, wait in rows]
    found = [clearing.Found(day, None if wait is None else day + timedelta(days=wait)) for day, wait in shifted]
    counted = clearing.cohorts(found, asof)
    assert counted.stock + counted.increment == sum(row.found <= asof for row in found)
    still_open = sum(row.found <= asof and not (row.closed and row.closed <= asof) for row in found)
    assert counted.stock - counted.stock_closed + counted.increment_open == still_open


def test_a_share_of_nothing_is_not_known():
    assert clearing.cohorts([], date(2024, 12, 31)).stock_clear_rate is None
    assert clearing.share(2, 3) == Fraction(2, 3)


def test_an_amount_of_zero_is_filled_and_blank_text_is_not():
    fields = {"责任": "张三", "措施": "  ", "资金": 0, "时限": "2025-09-30", "预案": []}
    assert clearing.missing_parts(fields, date(2025, 6, 1)) == ["措施", "预案"]


@pytest.mark.parametrize("example", store.documents("")["matters"]["examples"], ids=lambda example: example["matter"])
def test_a_matter_is_proposed_from_text_and_industries(example):
    assert matters.matter_of(example["text"], example["industries"])[0] == example["matter"]


def test_matters_know_only_listed_industries_and_are_named_in_both_languages():
    assert len(matters.matters()) == len(store.documents("")["matters"]["matters"]) >= 23
    for found in matters.matters().values():
        assert found.industries <= industries().keys(), found.slug
        assert not set(found.keywords) & set(found.hints), found.slug
    with pytest.raises(NotFound, match="matter:unknown"):
        matters.matter("nothing")


def test_every_industry_has_a_matter_or_is_left_to_general_work_safety():
    looked_after = {slug for found in matters.matters().values() for slug in found.industries}
    assert industries().keys() - looked_after == {
        "military_industry",
        "self_built_houses",
        "religious_venues",
        "industrial_parks",
    }


def test_a_sectoral_matter_is_only_for_its_own_industries():
    assert matters.matter_of("瓦斯超限")[0] == "coal_mines"
    assert matters.matter_of("瓦斯超限", ["textile"])[0] == "industry_trade"


def test_every_procedure_is_of_a_known_matter():
    named = {pack["matter"] for pack in store.documents("procedures").values()} - {None}
    assert named <= matters.matters().keys()


@pytest.mark.parametrize(
    "example", store.documents("")["heightened_periods"]["examples"], ids=lambda example: example["day"]
)
def test_days_of_tightened_control_are_a_setting(example):
    day = date.fromisoformat(example["day"])
    assert sorted(period.slug for period in heightened.yearly_periods() if day in period) == example["slugs"]


def test_a_public_holiday_is_a_day_of_tightened_control():
    assert [told.zh for told in heightened.heightened_on(date(2026, 10, 1))] == ["国庆节"]
    assert heightened.heightened_on(date(2023, 5, 20)) == []


def test_the_weights_of_the_docs():
    assert matters.matter_of("打磨间除尘器积灰未清理", ["machinery"]) == ("industry_trade", 5)
    assert matters.matter_of("货运电梯门锁被短接", ["commerce_trade", "special_equipment"]) == ("special_equipment", 4)


def test_no_word_of_the_pack_bears_a_number():
    """Answers are remembered without the numbers of a text, so none of them may count."""
    pack = store.documents("")["matters"]
    words = {word for row in pack["matters"] for word in (*row["keywords"], *row["hints"])}
    assert not [word for word in (*words, *pack["reads"], *pack["reads"].values()) if any(map(str.isdigit, word))]
