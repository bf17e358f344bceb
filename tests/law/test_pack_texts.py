"""A pack as somebody writes it: every problem in its line, in both languages; what is sound is read as the law is."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhiben.law import store
from zhiben.law.pack_texts import DEEPEST, LONGEST, check
from zhiben.standards.pack_starts import STARTS

GOOD = STARTS["standards"].replace("{slug}", "hotpot-kitchens")
ITEMS = STARTS["key_items"].replace("{slug}", "hotpot-looks")


def said(text, kind="standards"):
    return [(one.line, one.field, str(one.reason)) for one in check(kind, text).problems]


def test_what_a_new_pack_begins_with_has_no_problems():
    assert check("standards", GOOD).standard.id == "hotpot-kitchens"
    assert check("standards", GOOD).standard.is_proposal
    assert [each.ref for each in check("key_items", ITEMS).key_list.items] == ["1"]


@pytest.mark.parametrize(
    ("part", "becomes", "field", "reason"),
    [
        (
            "special_ops_uncertified_count > 0\n",
            "special_ops_uncertified_count >\n",
            "clauses/0/rule",
            "cannot be read",
        ),
        (
            "rule: special_ops",
            "rule: no_such_fact > 0 and special_ops",
            "clauses/0/rule",
            "no fact called no_such_fact",
        ),
        ("decidable: facts", "decidable: maybe", "clauses/0/decidable", "needs one of facts, monitoring, inspection"),
        ("decidable: facts", "decidable: inspection", "clauses/0/whole", "an on-site look has no whole"),
        ("- machinery", "- moon", "industries", "no industry moon"),
        ("issued: null", "issued: soon", "issued", "is not written as"),
        ("effective: null", "effective: 2026-01-01", "effective", "adoption sets the days"),
        ("confidence: low", "confidence: low\ncolour: red", "colour", "there is no key colour"),
        ("'1': present", "'1': absent", "examples/0/1", "absent expected, present found"),
        ("    special_ops_uncertified_count: 1", "    no_such: 1", "examples/0/facts", "no fact called no_such"),
        ("whole: true", "whole: true\n  whole: false", "clauses/0/whole", "stands twice"),
        ("supersedes: []", "supersedes: [nothing]", "supersedes", "no standard nothing"),
    ],
)
def test_a_problem_is_told_in_its_line_and_field(part, becomes, field, reason):
    text = GOOD.replace(part, becomes, 1)
    found = [one for one in said(text) if one[1] == field and reason in one[2]]
    assert found, said(text)
    at = field.rpartition("/")[2]
    assert f"{at}:" in text.split("\n")[found[0][0] - 1].replace("'", "") or at == "1"


def test_every_reason_stands_in_both_languages():
    text = GOOD.replace("decidable: facts", "decidable: maybe").replace("confidence: low", "confidence: perhaps")
    assert all(one.reason.zh and one.reason.zh != str(one.reason) for one in check("standards", text).problems)


def test_without_an_example_nothing_goes_on():
    text = GOOD[: GOOD.index("examples:")]
    assert [reason for _, _, reason in said(text)] == ["needs at least one entry of `examples`"]


def test_a_draft_may_look_at_its_own_clauses_in_its_examples():
    clause = "- ref: '2'\n  summary: {zh: 看, en: look}\n  decidable: inspection\n"
    example = "- day: 2026-01-01\n  facts: {industries: [machinery], 'seen:hotpot-kitchens/2': true}\n  verdicts: {'2': present}\n"
    text = GOOD.replace("examples:\n", f"{clause}examples:\n{example}")
    assert said(text) == []
    assert said(text.replace("'2': present", "'2': absent"))


@pytest.mark.parametrize(
    "text",
    [
        "", "a: [", "a: &x 1\nb: *x", "on: 1", "- 1", "a: !!python/object/apply:os.system [ls]", "a: 2026-02-30",
        "[" * (DEEPEST + 2) + "]" * (DEEPEST + 2), "a: 1\n---\nb: 2", "a" * (LONGEST + 1), "\x00", "? [a]\n: 1",
        "<<: {a: 1}", "a: 1e999999", "a: .nan", "a: 0x" + "f" * 5000, "\ud800",
    ],
)  # fmt: skip
def test_hostile_texts_are_problems_never_crashes(text):
    assert said(text)
    assert said(text, "key_items")


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    assert check("standards", text).problems


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40))
def test_a_text_that_lost_a_part_is_read_or_told(at, size):
    found = check("standards", GOOD[:at] + GOOD[at + size :])
    assert found.standard is not None or found.problems


@pytest.mark.parametrize("path", sorted((store.PACKS / "standards").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_reads_alike(path: Path):
    found = check("standards", path.read_text("utf-8"))
    assert found.document == store.documents("standards")[path.stem]
    expected = {"must be null: adoption sets the days", "needs at least one entry of `examples`"}
    assert {str(one.reason) for one in found.problems} <= expected


def test_key_items_are_no_clauses():
    assert yaml.safe_load(ITEMS)["items"]
    assert said(ITEMS, "standards")
    assert said(ITEMS.replace("- ref: '1'", "- ref: '1'\n  rule: x > 1"), "key_items") != []
