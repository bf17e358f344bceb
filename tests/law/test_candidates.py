"""Candidate clauses by text match: recall on sentences labelled by hand, what is told, and what is not."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiben.kernel.errors import Invalid
from zhiben.law.candidates import Index, candidates, features_of
from zhiben.law.standards import clause, clauses_in_force, standard

LABELLED = yaml.safe_load(Path(__file__).with_name("labelled_sentences.yaml").read_text(encoding="utf-8"))
PARTS = {
    "tuned on": LABELLED["sentences"][::2],
    "held back": LABELLED["sentences"][1::2],
    "second": LABELLED["second"],
    "unseen": LABELLED["unseen"],
}
EVERY = [sentence for part in PARTS.values() for sentence in part]
LATE_2026 = date(2026, 10, 15)


def refs(text, industries, day=LATE_2026, most=5):
    return [f"{found.clause.standard}/{found.clause.ref}" for found in candidates(text, industries, day, most=most)]


def recall(sentences, *, industries=True):
    """The share of the right clauses among the first five, averaged over the sentences that have any."""
    shares = []
    for sentence in sentences:
        if right := set(sentence["clauses"]):
            told = refs(sentence["text"], sentence["industries"] if industries else [], day_of(sentence))
            shares.append(len(right & set(told)) / len(right))
    return sum(shares) / len(shares)


def day_of(sentence):
    return sentence.get("day", LABELLED["default_day"])


@pytest.mark.parametrize("part", PARTS)
def test_the_right_clause_stands_among_the_first_five(part, capsys):
    sentences = PARTS[part]
    with_industries, without = recall(sentences), recall(sentences, industries=False)
    clauses = sum(bool(sentence["clauses"]) for sentence in sentences)
    with capsys.disabled():
        print(f"\nrecall@5, {part}: {with_industries:.3f} of {clauses}; industries not known: {without:.3f}")
    assert with_industries >= 0.8


def test_there_are_enough_sentences_and_none_stands_twice():
    assert sum(bool(sentence["clauses"]) for sentence in EVERY) >= 200
    assert sum(not sentence["clauses"] for sentence in EVERY) >= 25
    assert len({sentence["text"] for sentence in EVERY}) == len(EVERY)


def test_every_label_is_a_clause_in_force_that_binds_the_enterprise_or_everybody():
    for sentence in EVERY:
        for label in sentence["clauses"]:
            edition, ref = label.split("/", 1)
            assert clause(edition, ref)
            assert standard(edition).in_force(day_of(sentence)), label


def test_the_sentences_are_not_copied_from_the_clauses():
    for sentence in EVERY:
        for label in sentence["clauses"]:
            summary = clause(*label.split("/", 1)).summary.zh
            assert sentence["text"] not in summary, sentence


def test_a_general_danger_scores_lower_than_most_that_have_a_clause():
    def first_score(sentence):
        told = candidates(sentence["text"], sentence["industries"], day_of(sentence))
        return told[0].score if told else 0

    general = sorted(first_score(sentence) for sentence in EVERY if not sentence["clauses"])
    known = sorted(first_score(sentence) for sentence in EVERY if sentence["clauses"])
    assert general[len(general) // 2] <= 10
    assert known[len(known) // 10] > general[len(general) // 2]
    assert known[len(known) // 2] > general[len(general) * 9 // 10]


def test_the_worked_example_of_the_docs():
    found = Index([standard("gas-2023")]).ask("燃气管埋在电缆沟里", None, 3)
    assert [(each.clause.ref, each.score, each.terms) for each in found] == [
        ("6(2)", 46, ("电缆沟",)),
        ("9(1)", 19, ("燃气管",)),
        ("4(1)", 7, ("燃气",)),
    ]


def test_a_word_of_the_same_meaning_is_found():
    assert {"@extinguisher", "@blocked", "@exit"} <= features_of("后门被杂物堵住，灭火器打不开").keys()


def test_only_the_clauses_of_the_day_are_offered():
    text = "商场只有一个安全出口，数量不够"
    assert refs(text, ["crowded_places"], date(2025, 10, 31))[0] == "fire-2017/6.5"
    assert not [ref for ref in refs(text, [], date(2025, 11, 1), most=50) if ref.startswith("fire-2017")]


def test_industries_narrow_the_choice_but_not_to_exclude_what_binds_everybody():
    standards = {ref.split("/")[0] for ref in refs("行车检验不合格还在吊东西", ["machinery"], most=50)}
    assert standards <= {"gongmao-2023", "special-equipment-2024"}
    assert "special-equipment-2024" in standards


def test_a_clause_of_another_trade_in_the_same_standard_is_left_out():
    bound = {f"{each.standard}/{each.ref}" for each in clauses_in_force(["textile"], LATE_2026)}
    told = [ref for ref in refs("转炉炉下渣坑里有水没排干", ["textile"], most=50) if ref.startswith("gongmao")]
    assert set(told) <= bound


def test_an_unknown_industry_is_refused():
    with pytest.raises(Invalid, match="facts:unknown-industry"):
        candidates("灭火器过期", ["no_such_trade"], LATE_2026)


@pytest.mark.parametrize("text", ["", " ", "无", "1", "..", "？？？", "没有", "安全", "😀"])
def test_a_text_that_says_nothing_has_no_candidates(text):
    assert candidates(text, [], LATE_2026) == []


def test_full_width_and_capital_letters_make_no_difference():
    assert refs("ＣＯ报警仪坏了", ["metallurgy"]) == refs("co报警仪坏了", ["metallurgy"])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered_with_scores_from_0_to_100(text):
    told = candidates(text, ["machinery"], LATE_2026)
    assert len(told) <= 5
    for found in told:
        assert 0 < found.score <= 100
        assert all(term for term in found.terms)


def test_the_same_question_has_the_same_answer():
    assert candidates("除尘器积灰", ["dust_explosion"], LATE_2026) == candidates(
        "除尘器积灰", ["dust_explosion"], LATE_2026
    )
