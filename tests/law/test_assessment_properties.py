"""What holds of every assessment of a risk, whatever is given; the bounds stand here as the handbooks print them."""

from datetime import date
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import NotFound, Refusal
from zhiben.kernel.quantities import exact
from zhiben.law.industry_classes import industry_classes
from zhiben.law.parameters import parameter

TODAY = date(2026, 11, 22)
COLOURS = ["red", "orange", "yellow", "blue"]  # from the highest risk down
OF_CLASS = {1: "red", 2: "orange", 3: "yellow", 4: "blue", 5: "blue"}
LEC = {"L": "10 6 3 1 0.5 0.2 0.1", "E": "10 6 3 2 1 0.5", "C": "100 40 15 7 3 1"}
LS = {"L": "1 2 3 4 5", "S": "1 2 3 4 5"}
MES = {"M": "5 3 1", "E": "10 6 3 2 1 0.5", "S": "10 8 4 2 1"}


def _scores(factors):
    """Two readings of every factor, the second never below the first."""
    pairs = {
        name: st.tuples(*[st.sampled_from([exact(each) for each in values.split()])] * 2).map(sorted)
        for name, values in factors.items()
    }
    return st.fixed_dictionaries(pairs).map(
        lambda both: tuple({name: pair[at] for name, pair in both.items()} for at in (0, 1))
    )


def _graded(told, factors, classes):
    """Hold an answer to the product of its factors, its class and the colour of the class."""
    score = told.get("D", told.get("R"))
    assert score == prod(factors.values())
    assert told["class"] == 1 + sum(not reached(score) for reached in classes)
    assert told["colour"] == OF_CLASS[told["class"]]


@property_of("lec")
@FEW
@given(_scores(LEC))
def test_working_conditions_are_classed_by_their_product_and_never_lower_for_more(both):
    less, more = (answer("lec", on=TODAY, **factors) for factors in both)
    bounds = [lambda d: d > 320, lambda d: d >= 160, lambda d: d >= 70, lambda d: d >= 20]
    _graded(less, both[0], bounds)
    _graded(more, both[1], bounds)
    assert more["class"] <= less["class"]
    assert COLOURS.index(more["colour"]) <= COLOURS.index(less["colour"])


@property_of("lec")
@FEW
@given(_scores(LEC))
def test_a_score_on_a_boundary_is_read_as_it_was_chosen(both):
    upper = {"inclusive": [320, 160, 70, 20], "exclusive": [320, 160, 70, 20]}
    for factors in both:
        score = prod(factors.values())
        told = {edges: answer("lec", on=TODAY, edges=edges, **factors)["class"] for edges in upper}
        assert told["inclusive"] == 1 + sum(score < bound for bound in upper["inclusive"])
        assert told["exclusive"] == 1 + sum(score <= bound for bound in upper["exclusive"])


@property_of("ls")
@FEW
@given(_scores(LS))
def test_likelihood_and_severity_are_classed_by_their_product_and_weigh_alike(both):
    less, more = (answer("ls", on=TODAY, **factors) for factors in both)
    bounds = [lambda r: r >= 20, lambda r: r >= 15, lambda r: r >= 9, lambda r: r >= 4]
    _graded(less, both[0], bounds)
    _graded(more, both[1], bounds)
    assert more["class"] <= less["class"]
    assert answer("ls", on=TODAY, L=both[0]["S"], S=both[0]["L"]) == less


@property_of("mes")
@FEW
@given(_scores(MES))
def test_measures_exposure_and_severity_are_classed_by_their_product(both):
    less, more = (answer("mes", on=TODAY, **factors) for factors in both)
    bounds = [lambda r: r > 180, lambda r: r >= 90, lambda r: r >= 50, lambda r: r >= 20]
    _graded(less, both[0], bounds)
    _graded(more, both[1], bounds)
    assert more["class"] <= less["class"]


@pytest.mark.parametrize(("name", "factors"), [("lec", LEC), ("ls", LS), ("mes", MES)])
@given(data=st.data())
def test_a_figure_that_the_table_does_not_print_is_refused(name, factors, data):
    field = data.draw(st.sampled_from(sorted(factors)))
    wrong = data.draw(st.fractions(-5, 120, max_denominator=20))
    known = {each: [exact(value) for value in values.split()] for each, values in factors.items()}
    given_ = {each: values[0] for each, values in known.items()} | {field: wrong}
    if wrong in known[field]:
        assert answer(name, on=TODAY, **given_)
    else:
        with pytest.raises(Refusal) as refused:
            answer(name, on=TODAY, **given_)
        assert refused.value.facts["field"] == field


DIRECT = st.fixed_dictionaries(
    {
        "violates_mandatory": st.booleans(),
        "fatal_or_serious_history_same_condition": st.booleans(),
        "minor_history_count": st.integers(0, 5),
        "hazard_source_level": st.sampled_from([None, 4, 3, 2, 1]),
        "people_in_toxic_fire_explosion_area": st.integers(7, 12) | st.integers(0, 500),
        "assessed_highest": st.booleans(),
    }
)
NOTHING = {
    "violates_mandatory": False,
    "fatal_or_serious_history_same_condition": False,
    "minor_history_count": 0,
    "hazard_source_level": None,
    "people_in_toxic_fire_explosion_area": 0,
    "assessed_highest": False,
}


def _reasons(given_):
    """The five grounds, each as it is told where it holds, in their order."""
    level, people = given_["hazard_source_level"], given_["people_in_toxic_fire_explosion_area"]
    holds = {
        "violates_mandatory": given_["violates_mandatory"],
        "fatal_or_serious_history_same_condition": given_["fatal_or_serious_history_same_condition"],
        "minor_history_count>=3": given_["minor_history_count"] >= 3,
        "hazard_source_level<=2": level in (1, 2),
        "people_in_toxic_fire_explosion_area>=10": people >= 10,
        "assessed_highest": given_["assessed_highest"],
    }
    return [name for name, there in holds.items() if there]


@property_of("direct_major")
@FEW
@given(DIRECT)
def test_any_one_ground_makes_a_risk_major_and_the_first_is_told(given_):
    told = answer("direct_major", on=TODAY, **given_)
    assert told == {"major": bool(_reasons(given_)), "reason": next(iter(_reasons(given_)), None)}
    alone = [answer("direct_major", on=TODAY, **NOTHING | {field: value}) for field, value in given_.items()]
    assert told["major"] == any(one["major"] for one in alone)


@property_of("lopa")
@FEW
@given(
    st.fractions(Fraction(1, 1000), 10, max_denominator=1000),
    st.lists(st.fractions(Fraction(1, 100), 1, max_denominator=100), max_size=4),
    st.fractions(Fraction(1, 10**6), 1, max_denominator=10**6),
    st.randoms(use_true_random=False),
)
def test_layers_multiply_in_any_order_and_the_level_covers_what_is_needed(frequency, layers, target, random):
    mixed = random.sample(layers, len(layers))
    told = answer("lopa", on=TODAY, f_init=frequency, pfd=layers, target=target)
    assert told == answer("lopa", on=TODAY, f_init=frequency, pfd=[*mixed, 1], target=target)
    assert told["f"] == frequency * prod(layers)
    assert told["rrf"] == told["f"] / target
    level = told["sil"]
    assert (level is None) == (told["rrf"] > 10**4)
    if level is not None:
        assert told["rrf"] <= 10 ** (level + 1)
        assert level == 0 or told["rrf"] > 10**level


@property_of("lopa")
@FEW
@given(st.integers(1, 4), st.fractions(Fraction(1, 10**9), 1, max_denominator=10**9))
def test_a_bound_of_a_safety_integrity_level_belongs_to_the_lower_one(at, more):
    on, over = (answer("lopa", on=TODAY, f_init=f, pfd=[], target=1)["sil"] for f in (10**at, 10**at + more))
    assert (on, over) == (at - 1, at if at < 4 else None)


@property_of("area_colour")
@FEW
@given(st.lists(st.sampled_from(COLOURS), min_size=1, max_size=8), st.lists(st.sampled_from(COLOURS), max_size=8))
def test_an_area_is_as_high_as_its_highest_point_however_it_is_parted(points, others):
    told = answer("area_colour", on=TODAY, points=points)["colour"]
    assert told in points
    assert all(COLOURS.index(told) <= COLOURS.index(point) for point in points)
    assert answer("area_colour", on=TODAY, points=points[::-1])["colour"] == told
    whole = answer("area_colour", on=TODAY, points=[*points, *others])["colour"]
    assert whole == answer("area_colour", on=TODAY, points=[told, *others])["colour"]


OLD, NEW = parameter("cn/accident-class/types").history
WRITTEN = st.sampled_from(
    [*NEW.value, *OLD.value, *(names[way] for table in (NEW, OLD) for names in table.value.values() for way in names)]
)


@property_of("code_2025")
@FEW
@given(WRITTEN, st.booleans(), st.sampled_from(["{}", " {} ", "{}　"]))
def test_every_name_of_either_edition_leads_to_a_code_of_2025_that_stands_for_itself(name, upper, around):
    code = answer("code_2025", name=name)["code"]
    assert code in NEW.value
    assert answer("code_2025", name=code)["code"] == code
    assert answer("code_2025", name=around.format(name.upper() if upper else name))["code"] == code
    if any(name in names.values() for names in NEW.value.values()):  # the same word in both editions: the new meaning
        assert name in NEW.value[code].values()


@property_of("code_2025")
@FEW
@given(st.text("WSA0123456789 坠落火灾ab", max_size=9))
def test_no_other_name_gets_a_code(text):
    written = {text.replace(" ", "").upper(), text.strip().lower(), text.replace(" ", "")}
    known = {*NEW.value, *OLD.value} | {
        each for table in (NEW, OLD) for row in table.value.values() for each in row.values()
    }
    if not written & known:
        with pytest.raises(NotFound) as refused:
            answer("code_2025", name=text)
        assert refused.value.facts["field"] == "name"


CLASSES = [code for code in industry_classes() if len(code) == 4]
LETTERS = st.sampled_from("ABCDEFGHIJKLMNOPQRST")


@property_of("code_industry")
@FEW
@given(st.sampled_from(CLASSES), LETTERS | st.just(""), st.integers(0, 3))
def test_the_code_of_an_industry_is_its_class_behind_the_prefix_whatever_letter_stands_before(code, letter, spaces):
    assert answer("code_industry", gb4754_class=f"{' ' * spaces}{letter}{code}") == {"code": f"WSA3{code}"}


@property_of("code_industry")
@FEW
@given(st.sampled_from(["0111", "5523"]), st.text("0123456789", max_size=6) | st.sampled_from(list(industry_classes())))
def test_only_a_class_of_four_digits_that_exists_has_such_a_code(known, code):
    assert answer("code_industry", gb4754_class=known)
    if code in CLASSES:
        assert answer("code_industry", gb4754_class=code)["code"].endswith(code)
    else:
        with pytest.raises(Refusal):
            answer("code_industry", gb4754_class=code)


AMOUNT = st.fractions(0, 10**6, max_denominator=100)
SIZE = st.fractions(1, 10**4, max_denominator=10)


@property_of("work_value_loss")
@FEW
@given(AMOUNT, AMOUNT, SIZE, SIZE, st.integers(2, 9))
def test_lost_work_is_proportional_to_days_and_profit_and_inverse_to_people_and_workdays(days, profit, people, year, k):
    def lost(DL=days, M_wan=profit, S=people, D=year, on=TODAY):  # noqa: N803 -- the names of the standard
        return answer("work_value_loss", on=on, DL=DL, M_wan=M_wan, S=S, D=D)["Vw_wan"]

    assert lost() * people * year == days * profit
    assert lost(DL=days * k) == lost(M_wan=profit * k) == k * lost()
    assert lost(S=people * k) == lost(D=year * k) == lost() / k
    assert lost(on=date(2026, 6, 30)) == lost(on=date(2026, 7, 1))  # the editions differ in wording, not in the formula


@property_of("rate_gdp", "rate_mt", "rate_thousand")
@FEW
@given(st.integers(0, 500), st.integers(1, 10**6), st.integers(1, 1000))
def test_rates_are_counts_for_each_unit_of_their_base_to_six_places(n, base, k):
    for name, count, by, out, unit in (
        ("rate_gdp", "deaths", "gdp_yuan", "per_yi_yuan", 10**8),
        ("rate_mt", "deaths", "tonnes", "per_million_t", 10**6),
        ("rate_thousand", "n", "employees", "per_thousand", 1000),
    ):
        told = answer(name, on=TODAY, **{count: n, by: base})[out]
        assert abs(told - Fraction(n * unit, base)) <= Fraction(1, 2 * 10**6)
        assert answer(name, on=TODAY, **{count: n * k, by: base * k})[out] == told
        assert answer(name, on=TODAY, **{count: 0, by: base})[out] == 0
