"""Looking standards up by words; a rule in words; a clause through its editions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.law.clause_history import clause_history
from zhiben.law.rule_reader import parse
from zhiben.law.rule_words import told
from zhiben.law.rules import names
from zhiben.law.searching import search, words_of
from zhiben.law.standards import clause, standard, standards


def refs(text):
    return {(each.standard, each.ref) for found in search(text, standards().values()) for each in found.clauses}


def test_words_of_a_clause_are_found_in_both_languages():
    assert ("gongmao-2023", "3(2)") in refs("特种作业 资格")
    assert ("gongmao-2023", "3(2)") in refs("special-operations CERTIFICATE")


def test_full_width_signs_and_capitals_do_not_matter():
    assert refs("３（２）") == refs("3(2)")
    assert ("gongmao-2023", "3(2)") in refs("GONGMAO ３（２）")


def test_a_fact_leads_to_the_clauses_that_ask_for_it():
    assert ("gongmao-2023", "3(2)") in refs("special_ops_uncertified_count")


def test_a_standard_is_found_by_its_number_and_its_clauses_are_not_poured_out():
    (found,) = [
        each for each in search("应急管理部令第10号", standards().values()) if each.standard.id == "gongmao-2023"
    ]
    assert found.by_itself
    assert found.clauses == ()


def test_words_of_title_and_clause_may_be_mixed():
    assert {name for name, _ in refs("工贸 粉尘")} == {"gongmao-2017", "gongmao-2023"}


@given(st.text(max_size=40))
def test_no_question_breaks_the_search(text):
    for found in search(text, standards().values()):
        assert found.by_itself or found.clauses
    assert len(words_of(text)) <= 40


@pytest.mark.parametrize("known", list(standards()))
def test_every_rule_is_said_in_both_languages(known):
    for each in standard(known).clauses:
        if each.rule:
            leaves = list(_leaves(told(each.rule)))
            assert all(leaf.words.zh and leaf.words.en for leaf in leaves)
            assert len(leaves) <= 2 * len(names(parse(each.rule))) + 4


def _leaves(said):
    yield from ([said] if not said.joint else [leaf for part in said.parts for leaf in _leaves(part)])


def test_a_clause_is_followed_through_its_editions():
    stages = clause_history(standard("gongmao-2023"), clause("gongmao-2023", "3(3)"))
    assert [(stage.standard.id, stage.clause.ref) for stage in stages] == [
        ("gongmao-2017", "B1(11)"),
        ("gongmao-2023", "3(3)"),
    ]
    again = clause_history(standard("gongmao-2017"), clause("gongmao-2017", "B1(11)"))
    assert [(stage.standard.id, stage.clause) for stage in again] == [(s.standard.id, s.clause) for s in stages]


def test_a_new_clause_was_not_in_the_edition_before():
    (before, now) = clause_history(standard("gongmao-2023"), clause("gongmao-2023", "3(1)"))
    assert (before.clause, now.clause.ref) == (None, "3(1)")
