"""Two editions side by side, and two judgements of one enterprise: what changed, and whether the law or the facts did it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiben.law.changes import Judged, changes, ended, matched
from zhiben.law.judge import Verdict, by_edition
from zhiben.law.likening import Change, difference, forerunner, marked, written
from zhiben.law.standards import clause, editions_on, standards
from zhiben.law.subject import subject_of

OLD, NEW = date(2023, 5, 14), date(2023, 5, 15)
FREEZER = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}


def pair(before, after, ref):
    found = difference(standards()[before], standards()[after])
    return next(each for each in found.pairs if each.after and each.after.ref == ref)


def judged(standard, facts, day):
    subject = subject_of(facts)
    return Judged.of(by_edition(standards()[standard], subject, day), subject)


def test_a_clause_is_found_again_under_another_reference():
    found = pair("gongmao-2017", "gongmao-2023", "12(2)")
    assert (found.before.ref, found.change) == ("A2(2)", Change.CHANGED)
    assert found.is_joined_anew, "`and` became `or`, the conditions stayed"


def test_words_that_went_and_came_are_marked():
    spans = pair("gongmao-2017", "gongmao-2023", "8(3)").words("zh")
    assert [span.text for span in spans if span.kind == "gone"] == ["水"]
    assert "".join(s.text for s in spans if s.kind != "new") == clause("gongmao-2017", "B5(3)").summary.zh
    assert "".join(s.text for s in spans if s.kind != "gone") == clause("gongmao-2023", "8(3)").summary.zh


@given(st.text("甲乙丙1.25ab ", max_size=30), st.text("甲乙丙1.25ab ", max_size=30))
def test_both_texts_stand_in_the_marks_whole(before, after):
    spans = marked(before, after)
    assert "".join(span.text for span in spans if span.kind != "new") == before
    assert "".join(span.text for span in spans if span.kind != "gone") == after


def test_thresholds_that_changed_stand_side_by_side():
    found = pair("coal-2020", "coal-2026", "4(1)")
    told = [(old and written(old, str), new and written(new, str)) for old, new in found.thresholds]
    assert (
        "coal_output_year_t ≥ 1.1 × coal_capacity_approved_t", "coal_output_year_t > 1.1 × coal_capacity_approved_t",
    ) in told  # fmt: skip
    assert any(new and "coal_output_quarter_t > 0.3 ×" in new for _, new in told)


@pytest.mark.parametrize("known", [one for one in standards().values() if forerunner(one)], ids=lambda one: one.id)
def test_every_clause_of_both_editions_stands_once(known):
    before = forerunner(known)
    found = difference(before, known)
    assert [each.after.ref for each in found.pairs if each.after] == [each.ref for each in known.clauses]
    assert sorted(each.before.ref for each in found.pairs if each.before) == sorted(each.ref for each in before.clauses)
    assert sum(found.counts.values()) == len(found.pairs)


def test_an_edition_beside_itself_has_no_difference():
    known = standards()["gongmao-2023"]
    assert set(difference(known, known).counts) == {Change.SAME}


def test_the_law_turns_a_verdict_with_the_same_facts():
    (found,) = changes(judged("gongmao-2017", FREEZER, OLD), judged("gongmao-2023", FREEZER, NEW))
    assert (found.clause_before, found.clause) == ("A2(2)", "12(2)")
    assert (found.before, found.after) == (Verdict.ABSENT, Verdict.PRESENT)
    assert (found.by_law, found.facts) == (True, ())


def test_facts_turn_a_verdict_under_the_same_law():
    later = FREEZER | {"quick_freezer_room_workers_count": 9}
    (found,) = changes(judged("gongmao-2023", FREEZER, NEW), judged("gongmao-2023", later, NEW))
    assert (found.before, found.after, found.by_law) == (Verdict.PRESENT, Verdict.ABSENT, False)
    assert found.facts == ("quick_freezer_room_workers_count",)


def test_a_fact_that_is_no_longer_known_leaves_it_open_again():
    (found,) = changes(judged("gongmao-2023", FREEZER, NEW), judged("gongmao-2023", {}, NEW))
    assert (found.before, found.after, found.by_law) == (Verdict.PRESENT, Verdict.UNKNOWN, False)


def test_law_and_facts_may_both_have_a_part():
    before = judged("gongmao-2017", FREEZER, OLD)  # absent by the old law, present by the new one
    later = judged("gongmao-2023", {}, NEW)  # and unknown with what is known now
    (found,) = changes(before, later)
    assert (found.by_law, found.facts) == (True, tuple(sorted(FREEZER)))


def test_a_standard_that_ends_takes_its_verdicts_along():
    (found,) = ended(judged("gongmao-2017", FREEZER, OLD))
    assert (found.clause_before, found.clause, found.after, found.by_law) == ("A2(2)", None, None, True)


def test_editions_are_matched_by_what_follows_what():
    before = {one.id: one for one in editions_on(date(2026, 6, 30))}
    after = {one.id: one for one in editions_on(date(2026, 7, 1))}
    told = {(old and old.id, new and new.id) for old, new in matched(before, after)}
    assert ("coal-2020", "coal-2026") in told
    assert ("gongmao-2023", "gongmao-2023") in told
    assert len([new for _, new in told if new]) == len(after)
    assert len([old for old, _ in told if old]) == len(before)


FACTS = ["quick_freezer_separate_room", "all_staff_responsibility_system"]
SOME = st.fixed_dictionaries(
    {}, optional={"quick_freezer_room_workers_count": st.integers(0, 20), "special_ops_uncertified_count": st.integers(0, 2)}
    | {"quick_freezer_separate_room": st.booleans()},
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SOME, SOME, st.booleans())
def test_what_is_told_is_all_that_changed_and_has_a_reason(one, other, same):
    before = judged("gongmao-2023" if same else "gongmao-2017", one, OLD)
    after = judged("gongmao-2023", other, NEW)
    told = changes(before, after)
    for each in told:
        assert each.before is not each.after
        assert each.by_law or each.facts
        assert each.after is (after.verdicts.get(each.clause) if each.clause else None)
    if same:
        turned = {ref for ref in after.verdicts if after.verdicts[ref] is not before.verdicts[ref]}
        assert {each.clause for each in told} == turned
        assert not any(each.by_law for each in told)
