"""Judging one enterprise: what is found, what is cleared, what stays unknown, and what is never cleared."""

import gc
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiben.kernel.errors import Conflict, Invalid, NotFound, Refusal
from zhiben.law import rules
from zhiben.law.facts import vocabulary
from zhiben.law.judge import Verdict, judge, judge_all, settle
from zhiben.law.rule_reader import parse
from zhiben.law.standards import clause, standards
from zhiben.law.subject import subject_of

DAY = date(2026, 11, 22)


def _verdicts(found):
    return {each.clause: each.verdict for each in found.clauses}


def _one(found, ref):
    return next(each for each in found.clauses if each.clause == ref)


def test_a_false_rule_that_covers_its_clause_clears_it():
    found = judge("gas-2023", {"tank_monitor_missing_count": 0, "tank_alarm_missing_count": 0}, DAY)
    cleared = _one(found, "5(1)")
    assert (cleared.verdict, cleared.missing) == (Verdict.ABSENT, ())
    assert dict(cleared.reasons[0].facts) == {"tank_monitor_missing_count": 0, "tank_alarm_missing_count": 0}


def test_a_false_rule_that_covers_a_part_leaves_it_open():
    facts = {"impoundment_accepted": True, "reservoir_level_m": 1200, "reservoir_level_limit_m": 1201}
    found = _one(judge("power-2026", facts, DAY), "8(2)")
    assert (found.verdict, found.missing, found.reasons[0].code) == (Verdict.UNKNOWN, (), "rule:covers-a-part")


def test_a_true_rule_finds_the_hazard_and_names_the_facts_that_settled_it():
    facts = {"tank_monitor_missing_count": 2, "tank_alarm_missing_count": 0}
    found = _one(judge("gas-2023", facts, DAY), "5(1)")
    assert found.verdict is Verdict.PRESENT
    assert dict(found.reasons[0].facts) == {"tank_monitor_missing_count": 2}
    assert "2" in found.reasons[0].text.zh
    assert "2" in found.reasons[0].text.en


def test_what_is_not_known_names_the_facts_to_fetch():
    found = _one(judge("gas-2023", {"tank_monitor_missing_count": 0}, DAY), "5(1)")
    assert (found.verdict, found.missing) == (Verdict.UNKNOWN, ("tank_alarm_missing_count",))


def test_null_is_unknown_not_false():
    given_null = judge("gas-2023", {"tank_monitor_missing_count": 0, "tank_alarm_missing_count": None}, DAY)
    assert _one(given_null, "5(1)").missing == ("tank_alarm_missing_count",)


@pytest.mark.parametrize(
    ("look", "verdict"), [(True, Verdict.PRESENT), (False, Verdict.ABSENT), (None, Verdict.UNKNOWN)]
)
def test_an_on_site_look_answers_a_clause_that_needs_one(look, verdict):
    found = judge("noncoal-2022", {"seen:noncoal-2022/2(10)": look}, DAY)
    assert _one(found, "2(10)").verdict is verdict


def test_a_clause_that_needs_a_look_asks_for_it():
    assert _one(judge("noncoal-2022", {}, DAY), "2(10)").missing == ("seen:noncoal-2022/2(10)",)


def test_a_look_at_a_mere_topic_clears_nothing():
    facts = {each.seen: False for each in standards()["chem-2026"].clauses}
    found = judge("chem-2026", facts, DAY)
    assert set(_verdicts(found).values()) == {Verdict.UNKNOWN}
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"no_such_fact": 1}, "no_such_fact"),
        ({"quick_freezer_room_workers_count": "10"}, "quick_freezer_room_workers_count"),
        ({"quick_freezer_separate_room": 1}, "quick_freezer_separate_room"),
        ({"industries": ["coal"]}, "industries"),
        ({"industries": 3}, "industries"),
        ({"place": "moon"}, "place"),
        ({"groups": ["冶"]}, "groups"),
        ({"seen:noncoal-2022/2(10)": "yes"}, "seen:noncoal-2022/2(10)"),
        ({"seen:noncoal-2022/99": True}, "clause"),
        ({"seen:nothing/1": True}, "standard"),
        ({"seen:gongmao-2023/12(2)": True}, "seen:gongmao-2023/12(2)"),
    ],
)
def test_facts_that_cannot_be_used_are_refused_by_name(facts, field):
    with pytest.raises(Refusal) as refused:
        judge("gongmao-2023", facts, DAY)
    assert refused.value.facts["field"] == field


def test_the_edition_must_hold_on_the_day():
    with pytest.raises(Conflict, match="standard:not-in-force"):
        judge("gongmao-2017", {}, DAY)
    with pytest.raises(Conflict, match="standard:never-judged"):
        judge("railway-2026", {}, DAY)
    with pytest.raises(NotFound):
        judge("nothing", {}, DAY)
    assert judge("gongmao", {}, date(2020, 1, 1)).standard.id == "gongmao-2017"
    assert judge("gongmao", {}, DAY).standard.id == "gongmao-2023"


def test_the_same_freezer_is_judged_by_the_law_of_the_day():
    facts = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}
    assert _one(judge("gongmao", facts, date(2023, 5, 14)), "A2(2)").verdict is Verdict.ABSENT
    assert _one(judge("gongmao", facts, date(2023, 5, 15)), "12(2)").verdict is Verdict.PRESENT


def test_numbers_are_compared_exactly():
    facts = {"coal_capacity_approved_t": 0.3, "coal_output_year_t": 0.33, "is_underground_mine": False}
    assert _one(judge("coal-2026", facts, DAY), "4(1)").verdict is Verdict.ABSENT  # 0.33 is not more than 1.1 * 0.3
    facts["coal_output_year_t"] = Fraction(33000000001, 100000000000)
    assert _one(judge("coal-2026", facts, DAY), "4(1)").verdict is Verdict.PRESENT


class TestWhatApplies:
    def test_other_industries_clauses_are_left_out(self):
        refs = set(_verdicts(judge("gongmao-2023", {"industries": ["metallurgy"]}, DAY)))
        assert {ref.partition("(")[0] for ref in refs} == {"3", "4", "14"}

    def test_a_smelter_answers_for_metallurgy_and_nonferrous(self):
        refs = set(_verdicts(judge("gongmao-2023", {"industries": "metal_smelting"}, DAY)))
        assert {ref.partition("(")[0] for ref in refs} == {"3", "4", "5", "14"}

    def test_without_industries_nothing_is_left_out(self):
        assert judge("gongmao-2023", {}, DAY).coverage.applicable == 65

    @pytest.mark.parametrize("group", ["冶金", "metallurgy"])
    def test_groups_may_be_chosen_in_either_language_and_general_ones_stay(self, group):
        refs = set(_verdicts(judge("gongmao-2023", {"groups": [group]}, DAY)))
        assert {ref.partition("(")[0] for ref in refs} == {"3", "4", "14"}

    def test_groups_of_another_standard_leave_nothing_out(self):
        assert judge("gas-2023", {"groups": ["冶金"]}, DAY).coverage.applicable == 22

    def test_a_standard_for_others_says_so_and_clears_nothing(self):
        found = judge("coal-2026", {"industries": ["textile"]}, DAY)
        assert (found.clauses, found.verdict) == ((), Verdict.UNKNOWN)
        assert found.warnings[0].code == "standard:other-industries"

    def test_fire_binds_every_industry(self):
        assert judge("fire-2017", {"industries": ["textile"]}, date(2025, 1, 1)).coverage.applicable == 49

    def test_every_standard_that_binds_is_judged(self):
        found = judge_all({"industries": ["noncoal_mine_openpit"]}, DAY)
        assert [each.standard.id for each in found] == ["noncoal-2022", "noncoal-2024-supplement"]
        assert {ref[0] for each in found for ref in _verdicts(each)} == {"2"}
        assert judge_all({}, DAY) == ()
        assert [each.standard.id for each in judge_all({}, DAY, {"coal_mine"})] == ["coal-2026"]


FIRE_DAY = date(2025, 10, 31)
ELEMENTS = {
    "travel_distance_ratio": 1.3,  # 7.3.5
    "stair_door_damage_ratio": 0.6,  # 7.3.7
    "smoke_control_fault": True,  # 7.5.1
    "fire_water_source_missing": True,  # 7.4.1
    "fire_power_class_ok": False,  # 7.6.1
    "fire_compartment_area_ratio": 1.6,  # 7.2.1
}


def _fire(count, **more):
    return judge("fire-2017", {**dict(list(ELEMENTS.items())[:count]), **more}, FIRE_DAY)


class TestComposites:
    def test_elements_are_marked_and_never_a_hazard_alone(self):
        found = _fire(2, place="crowded")
        marked = {each.clause for each in found.clauses if each.is_element}
        assert {ref for ref in marked if not ref.startswith("7.")} == set()
        assert len(marked) == 39
        assert _one(found, "7.3.5").verdict is Verdict.PRESENT
        assert found.verdict is Verdict.UNKNOWN

    @pytest.mark.parametrize(
        ("place", "count", "ref", "verdict"),
        [
            ("crowded", 2, "composite:crowded", "unknown"),
            ("crowded", 3, "composite:crowded", "present"),
            ("crowded", 3, "composite:crowded_or_flammable_or_important", "unknown"),
            ("crowded", 4, "composite:crowded_or_flammable_or_important", "present"),
            ("important", 3, "composite:crowded_or_flammable_or_important", "unknown"),
            ("important", 4, "composite:crowded_or_flammable_or_important", "present"),
            ("other", 5, "composite:other", "unknown"),
            ("other", 6, "composite:other", "present"),
        ],
    )
    def test_three_four_or_six_elements_make_a_hazard(self, place, count, ref, verdict):
        found = _fire(count, place=place)
        assert _one(found, ref).verdict == verdict

    def test_composites_of_other_places_are_left_out(self):
        def refs(place):
            return {each.clause for each in _fire(0, place=place).clauses if each.clause.startswith("composite:")}

        assert refs("other") == {"composite:other"}
        assert refs("important") == {"composite:crowded_or_flammable_or_important"}
        assert refs("crowded") == {"composite:crowded", "composite:crowded_or_flammable_or_important"}
        assert len(refs(["crowded", "flammable_explosive"])) == 3

    def test_without_a_place_a_reached_count_asks_for_it(self):
        found = _one(_fire(3), "composite:crowded")
        assert (found.verdict, found.missing) == (Verdict.UNKNOWN, ("place",))
        assert _fire(5).verdict is Verdict.UNKNOWN
        assert "place:not-given" in {warning.code for warning in _fire(3).warnings}

    def test_six_elements_are_a_hazard_at_any_place(self):
        assert _fire(6).verdict is Verdict.PRESENT

    def test_too_few_open_elements_rule_a_composite_out(self):
        facts = {"place": "flammable_explosive"}
        for ref in ("7.1.1", "7.1.3", "7.4.5"):  # of five, so at most two can be present
            each = clause("fire-2017", ref)
            facts |= {each.seen: False} if each.rule is None else _false_facts(each)
        assert _one(judge("fire-2017", facts, FIRE_DAY), "composite:flammable_explosive").verdict is Verdict.ABSENT
        del facts["seen:fire-2017/7.1.1"]
        assert _one(judge("fire-2017", facts, FIRE_DAY), "composite:flammable_explosive").verdict is Verdict.UNKNOWN

    def test_an_open_composite_asks_for_what_its_open_elements_need(self):
        found = _one(_fire(2, place="crowded"), "composite:crowded")
        assert "smoke_control_fault" in found.missing
        assert "travel_distance_ratio" not in found.missing

    def test_elements_that_were_left_out_stay_open(self):
        found = _fire(2, place="crowded", groups=["综合：疏散与救援"])
        assert _one(found, "composite:crowded").verdict is Verdict.UNKNOWN

    @given(st.lists(st.sampled_from([True, False, None]), min_size=18, max_size=18))
    def test_a_reservoir_needs_three_conditions_and_three_unsafe_states(self, looks):
        rule = standards()["water-conservancy-2017"].composites[0]
        refs = [ref for count in rule.counts for ref in count.refs]
        seen = dict(zip(refs, looks, strict=True))
        facts = {f"seen:water-conservancy-2017/{ref}": look for ref, look in seen.items()}
        found = judge("water-conservancy-2017", facts, DAY)
        worst = all(sum(seen[ref] is not False for ref in count.refs) >= count.at_least for count in rule.counts)
        best = all(sum(seen[ref] is True for ref in count.refs) >= count.at_least for count in rule.counts)
        expected = Verdict.PRESENT if best else Verdict.UNKNOWN if worst else Verdict.ABSENT
        assert _one(found, rule.ref).verdict is expected
        assert found.verdict is (Verdict.PRESENT if best else Verdict.UNKNOWN)


JUDGED = [known for known in standards().values() if known.effective]


@st.composite
def _cases(draw):
    """A standard and random facts about it: each known, unknown, true or false."""
    known = draw(st.sampled_from(JUDGED))
    random = draw(st.randoms(use_true_random=False))
    share = draw(st.sampled_from([0.2, 0.8, 1.0]))
    facts = {}
    for each in known.clauses:
        for name in each.facts or (each.seen,):
            if random.random() >= share:
                continue
            kind = "truth" if name.startswith("seen:") else vocabulary()[name].kind
            unit = "" if kind == "truth" else vocabulary()[name].unit
            if kind == "truth":
                facts[name] = random.random() < 0.1
            elif kind == "text":
                facts[name] = random.choice(unit.removeprefix("enum ").split("|"))
            else:
                facts[name] = random.choice([1, 2, 3] if unit.startswith("integer") else [0, 0, 0, 1, 2])
    return known, facts


@settings(max_examples=150, deadline=None)
@given(_cases())
def test_what_is_not_known_whole_is_never_cleared(case):
    known, facts = case
    found = judge(known.id, facts, known.effective)
    if not known.may_clear:
        assert found.verdict is not Verdict.ABSENT
    for each in found.clauses:
        if each.verdict is Verdict.ABSENT and not each.clause.startswith("composite:"):
            written = clause(known.id, each.clause)
            assert written.is_whole or facts[written.seen] is False
        assert not (each.missing and each.verdict is not Verdict.UNKNOWN)
        assert each.reasons


@settings(max_examples=80, deadline=None)
@given(_cases(), st.randoms(use_true_random=False))
def test_learning_more_never_overturns_a_verdict(case, random):
    known, facts = case
    fewer = {name: value for name, value in facts.items() if random.random() < 0.5}
    before, after = (judge(known.id, each, known.effective) for each in (fewer, facts))
    later = _verdicts(after)
    for ref, verdict in _verdicts(before).items():
        assert verdict in {Verdict.UNKNOWN, later[ref]}
    assert before.verdict in {Verdict.UNKNOWN, after.verdict}


def test_a_complete_standard_can_be_cleared():
    """Every case of the fishing vessels' list ruled out, clause by clause; one left open keeps the whole open."""
    clearable = [k for k in JUDGED if k.may_clear and all(e.is_whole or e.rule is None for e in k.clauses)]
    assert [known.id for known in clearable]
    known = clearable[0]
    facts = {}
    for each in known.clauses:
        facts |= {each.seen: False} if each.rule is None else _false_facts(each)
    found = judge(known.id, facts, known.effective)
    assert found.verdict is Verdict.ABSENT
    for name in list(facts)[:5]:
        rest = {other: value for other, value in facts.items() if other != name}
        assert judge(known.id, rest, known.effective).verdict is not Verdict.PRESENT


def _false_facts(each):
    node = parse(each.rule)
    for count in range(len(each.facts) + 1):
        for chosen in combinations(each.facts, count):
            facts = {}
            for name in each.facts:
                kind = vocabulary()[name].kind
                facts[name] = (name in chosen) if kind == "truth" else (3 if name in chosen else 0)
            if rules.evaluate(node, facts) is False:
                return facts
    raise AssertionError(each)


class TestWhatTheResultTells:
    def test_coverage_counts_what_can_be_judged(self):
        coverage = judge("water-conservancy-2017", {}, DAY).coverage
        assert (coverage.incomplete, coverage.may_clear, coverage.not_available) == (True, False, None)
        assert coverage.by_facts + coverage.by_monitoring + coverage.by_look == coverage.applicable == 33
        assert judge("elderly-care-2023", {}, DAY).coverage.not_available == 15
        header = judge("fire-2025", {}, DAY)
        assert (header.coverage.header_only, header.clauses, header.verdict) == (True, (), Verdict.UNKNOWN)

    def test_marks_to_check_stand_beside_their_clauses(self):
        found = judge("fire-2017", {}, FIRE_DAY)
        assert sum(each.verify for each in found.clauses) == found.coverage.verify > 0
        assert judge("gas-2023", {}, DAY).as_json()["edition"]["verify_fields"] == ["issued", "effective"]

    def test_a_later_edition_without_a_first_day_is_warned_of_once_it_is_known(self):
        codes = {day: {w.code for w in judge("elderly-care-2023", {}, day).warnings} for day in (date(2025, 1, 1), DAY)}
        assert "standard:successor-expected" not in codes[date(2025, 1, 1)]
        assert "standard:successor-expected" in codes[DAY]

    def test_a_supplement_is_read_together(self):
        for name in ("noncoal-2022", "noncoal-2024-supplement"):
            assert "standard:read-together" in {warning.code for warning in judge(name, {}, DAY).warnings}

    def test_the_json_has_the_promised_shape(self):
        told = judge("fire-2017", {"place": "crowded"}, FIRE_DAY).as_json()
        assert {"standard", "edition", "coverage", "verdict", "clauses"} <= set(told)
        for each in told["clauses"]:
            assert set(each) - {"element", "verify"} == {"clause", "verdict", "reasons", "missing"}
            assert all(reason["zh"] and reason["en"] for reason in each["reasons"])

    def test_facts_are_read_once_for_many_standards(self):
        subject = subject_of({"industries": ["coal_mine"], "power_circuits_count": 1})
        assert judge("coal-2020", subject, date(2026, 6, 30)).verdict is Verdict.PRESENT
        assert _one(judge("coal-2026", subject, DAY), "16(1)").verdict is Verdict.UNKNOWN
        with pytest.raises(Invalid):
            subject_of({"power_circuits_count": 1.5})


def test_settled_packs_are_not_looked_through_for_garbage_and_judge_as_before():
    told = {"industries": ["metallurgy"]}
    before = [each.as_json() for each in judge_all(told, DAY)]
    settle()
    try:
        assert gc.get_freeze_count() > 10_000
        assert not any(one is standards()["gongmao-2023"] for one in gc.get_objects())
        assert [each.as_json() for each in judge_all(told, DAY)] == before
    finally:
        gc.unfreeze()
