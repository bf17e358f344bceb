"""A pack that somebody wrote is read, or refused with the line, the field and the reason."""

import pytest

from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.drafts import read_draft
from zhiben.law.standards import standard, standards

GONGMAO = (store.PACKS / "standards/gongmao-2023.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(standards()))
def test_every_pack_held_can_be_tried_as_it_is(name):
    if name in {"chem-2017", "gongmao-2023", "fire-2017", "coal-2026"}:  # a few: reading YAML is slow
        assert read_draft((store.PACKS / f"standards/{name}.yaml").read_text("utf-8")) == standard(name)


def refused(text):
    with pytest.raises(Invalid) as told:
        read_draft(text)
    assert told.value.code == "draft:unusable"
    return told.value.facts


def test_a_rule_over_a_fact_nobody_knows_is_refused_in_its_line():
    text = GONGMAO.replace("special_ops_uncertified_count > 0", "no_such_fact > 0", 1)
    told = refused(text)
    assert "no_such_fact > 0" in text.splitlines()[told["line"] - 1]
    assert told["problems"][0]["field"].startswith("clauses/")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("- 1", 1), ("just words", 1), ("id: [", 2), ("id: a\nid: b", 2), ("a: &x [1]\nb: *x", 1),
        ("id: 2026-02-30", 1), ("\ud800", 1), ("a: !!python/object:os.system {}", 1), ("[" * 200, 1), ("x" * 500_001, 1),
        ("id: gongmao-2027", 1),
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused_with_its_line(text, line):
    told = refused(text)
    assert told["line"] == line
    assert told["reason"]("zh-hans") != str(told["reason"]) or told["problems"]


def test_a_wrong_field_and_a_missing_one_are_told_together():
    text = GONGMAO.replace("confidence: high", "confidence: perhaps", 1).replace("issuer:", "issuers:", 1)
    told = refused(text)
    assert told["count"] >= 3
    assert {problem["field"] for problem in told["problems"]} >= {"confidence"}
