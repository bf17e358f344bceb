"""Training hours, examinations, certificates and the catalogues of special operations."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import spans
from zhiben.law.certificates import cert_dates, special_operation, special_operation_catalogue, special_operation_due
from zhiben.law.explaining import explain
from zhiben.law.high_risk import high_risk_by
from zhiben.law.spans import months_after, years_after
from zhiben.law.training import retraining, special_operation_hours, training_hours

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2015, 7, 1), date(2090, 1, 1))


def test_the_examples_in_the_docstrings_hold():
    found = doctest.testmod(spans)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("role", ["principal", "safety_manager", "worker"])
@pytest.mark.parametrize("kind", ["initial", "annual"])
def test_high_risk_industries_ask_for_more_hours(role, kind):
    high, other = (training_hours(role=role, high_risk=risk, kind=kind, on=TODAY)["hours"] for risk in (True, False))
    assert other is None or high > other


def test_where_no_national_rule_fixes_the_hours_they_are_not_known_and_the_practice_is_told():
    told = explain("training_hours", {"role": "worker", "high_risk": False, "kind": "annual"}, TODAY)
    assert bare(told["answer"]) == {"hours": None}
    assert told["steps"][-1]["value"] == 8
    assert (told["rests_on"], told["verify"]) == ("practice", True)


def test_before_the_provisions_held_here_the_hours_are_refused():
    with pytest.raises(NotFound, match="not-in-force"):
        training_hours(role="worker", high_risk=True, kind="initial", on=date(2015, 6, 30))


@pytest.mark.parametrize(
    ("coal", "kind", "hours", "days"),
    [(True, "initial", 90, None), (True, "review", 24, 60), (False, "review", 8, None), (False, "initial", None, None)],
)
def test_hours_of_special_operations(coal, kind, hours, days):
    assert bare(special_operation_hours(coal=coal, kind=kind, on=TODAY)) == {"hours": hours, "days_before_expiry": days}


@pytest.mark.parametrize(
    ("months", "new_post", "needed"), [(11, False, False), (12, False, True), (0, True, True), (0, False, False)]
)
def test_who_was_away_a_year_or_changes_post_is_trained_again(months, new_post, needed):
    assert retraining(months_away=months, new_post=new_post, on=TODAY)["needed"] is needed


def test_a_training_file_lacks_what_is_not_recorded():
    assert call(
        "training_file", {"fields": {"时间": "2026-03-01", "内容": "动火", "参加人员": ["甲"], "考核结果": ""}}
    ) == {
        "complete": False,
        "missing": ["考核结果"],
    }


def test_a_coal_manager_is_examined_every_three_years():
    assert call("coal_examination_due", {"last": "2024-02-29"}) == {"due": "2027-02-28"}


@pytest.mark.parametrize(("unit", "times"), [("key_unit", 1), ("public_gathering", 2)])
def test_fire_trainings_a_year(unit, times):
    assert call("fire_training_min", {"unit": unit}) == {"per_year": times}


@given(DAYS, st.integers(-1200, 1200))
def test_months_added_land_in_the_month_meant_and_never_on_a_later_day(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_a_day_past_the_calendar_is_refused_with_its_reason():
    with pytest.raises(Invalid) as refused:
        years_after(date(9998, 1, 1), 6)
    assert refused.value.facts["reason"]("zh") == "日期太远"


@settings(max_examples=50)
@given(
    st.sampled_from(["special_operation", "special_equipment", "construction_abc", "construction_special_operation"]),
    st.dates(date(2019, 6, 1), date(2060, 1, 1)),
)
def test_a_certificate_is_asked_for_before_its_review_and_reviewed_before_it_expires(kind, issued):
    dates = cert_dates(kind=kind, issued=issued)
    assert issued < dates["review_due"] <= dates["expires"]
    assert dates["renew_window_from"] is None or dates["renew_window_from"] < dates["review_due"]


@pytest.mark.parametrize(("years", "review"), [(0, "2027-03-15"), (9, "2027-03-15"), (10, "2030-03-15")])
def test_ten_years_of_unbroken_work_leave_one_review(years, review):
    given_ = {"kind": "special_operation", "issued": "2024-03-15", "unbroken_years": years}
    assert call("cert_dates", given_)["review_due"] == review


def test_construction_certificates():
    assert call("cert_dates", {"kind": "construction_abc", "issued": "2024-03-15"}) == {
        "expires": "2027-03-15",
        "review_due": "2027-03-15",
        "renew_window_from": "2026-12-15",
    }
    kind = "construction_special_operation"
    assert call("cert_dates", {"kind": kind, "issued": "2026-05-31"})["expires"] == "2028-05-31"
    assert call("cert_dates", {"kind": kind, "issued": "2026-06-01"})["expires"] == "2029-06-01"


def test_the_law_of_the_day_of_issue_decides_and_is_cited():
    old, new = (
        explain("cert_dates", {"kind": "special_operation", "issued": issued})["citations"][0]
        for issued in ("2026-05-31", "2026-06-01")
    )
    assert (old["instrument"], old["verify"]) == ("cn/saws-order-30", False)
    assert (new["instrument"], new["verify"]) == ("cn/mem-order-19", True)


def test_an_unknown_kind_of_certificate_and_negative_years_are_refused():
    with pytest.raises(Invalid) as refused:
        call("cert_dates", {"kind": "driving", "issued": "2024-03-15"})
    assert (refused.value.facts["field"], refused.value.facts["value"]) == ("kind", "driving")
    with pytest.raises(Invalid, match="unbroken_years"):
        call("cert_dates", {"kind": "特种作业", "issued": "2024-03-15", "unbroken_years": -1})


@pytest.mark.parametrize(
    ("event", "due"), [("applied", "2026-02-24"), ("accepted", "2026-03-16"), ("examined", "2026-03-02"), ("review_applied", "2026-03-16")]
)  # fmt: skip
def test_what_the_authority_does_by_when(event, due):
    assert special_operation_due(event=event, day=date(2026, 2, 10))["due"] == date.fromisoformat(due)


def test_the_catalogue_of_2026_has_eleven_classes_and_sixty_two_items():
    told = special_operation_catalogue(on=TODAY)
    assert (len(told["classes"]), told["items"]) == (11, 62)
    for each in told["classes"]:
        assert each["items"] is None or len(each["items"]) == each["count"]
    waiting = [item for each in told["classes"] for item in each["items"] or () if not item["needed"]]
    assert len(waiting) == 13
    assert {item["from"] for item in waiting} == {date(2028, 6, 1)}


def test_the_old_catalogue_holds_the_day_before():
    told = special_operation_catalogue(on=date(2026, 5, 31))
    assert (len(told["classes"]), told["items"]) == (10, None)


@pytest.mark.parametrize(("day", "needed"), [("2026-06-01", False), ("2028-05-31", False), ("2028-06-01", True)])
def test_watching_a_confined_space_needs_a_certificate_from_june_2028(day, needed):
    told = special_operation(name="有限空间监护", on=date.fromisoformat(day))
    assert (told["class"], told["needed"]) == ("11", needed)


def test_the_old_catalogue_has_codes_of_items_and_names_are_told_apart():
    assert special_operation(name="1.3", on=date(2026, 5, 31))["item"]["zh"] == "防爆电气"
    assert special_operation(name="低压电工", on=TODAY)["item"] == {"code": None, "zh": "低压电工", "en": "low voltage"}
    for day in (date(2026, 5, 31), TODAY):
        items = [item for each in special_operation_catalogue(on=day)["classes"] for item in each["items"] or ()]
        for language in ("zh", "en"):
            assert len({item[language] for item in items}) == len(items)


def test_brazing_is_no_item_of_the_new_catalogue():
    assert special_operation(name="钎焊", on=date(2026, 5, 31))["class"] == "2"
    with pytest.raises(NotFound) as refused:
        special_operation(name="钎焊", on=date(2026, 6, 1))
    assert len(refused.value.facts["near"]) == 3


@pytest.mark.parametrize(
    ("rule", "industries", "answer", "because"),
    [
        ("training", ["coal_mine", "machinery"], True, ["coal_mine"]),
        ("training", ["machinery"], False, []),
        ("training", ["metallurgy"], None, ["metallurgy"]),
        ("training", ["crowded_places"], False, []),
        ("drills", ["crowded_places"], True, ["crowded_places"]),
        ("plan-review", ["construction_building_municipal"], False, []),
        ("plan-evaluation", ["construction_building_municipal"], True, ["construction_building_municipal"]),
    ],
)
def test_each_rule_has_its_own_list_of_high_risk_industries(rule, industries, answer, because):
    told = high_risk_by(rule=rule, industries=industries, on=TODAY)
    assert bare(told) == {"high_risk": answer, "because": because}


def test_an_unknown_industry_is_refused():
    with pytest.raises(Invalid, match="unknown-industry"):
        high_risk_by(rule="training", industries=["baking"], on=TODAY)


def test_levels_of_training_and_registers_of_certificates():
    assert [each["code"] for each in call("training_levels", {})["levels"]] == ["plant", "workshop", "team"]
    assert call("certificate_register", {"kind": "特种作业"}) == {"url": "https://cx.mem.gov.cn"}
