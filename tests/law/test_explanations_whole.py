"""Every function of the law explains its worked examples whole: inputs, steps, citations and edition, in both languages."""

import re
from datetime import date
from typing import Literal, get_args, get_origin

import pytest

from tests.law.test_vectors import VECTORS
from zhiben.kernel.errors import Refusal
from zhiben.law.explaining import as_text, explain
from zhiben.law.functions import FUNCTIONS
from zhiben.law.naming import examples, terms
from zhiben.law.parameters import parameters

DAY = date(2026, 11, 22)
CHINESE = re.compile("[㐀-鿿]")
CODE = re.compile(r"(?!https?:)[^一-鿿]*[a-z]{3,}[^一-鿿]*$")
WORD = re.compile(r"[A-Za-z]{3,}")
# Signs that Chinese texts of the trade write in Latin letters too.
SIGNS = {"RRF", "SIL", "LEL", "LOPA", "HAZOP", "mol", "kPa", "ppm", "MAD", "IDLH", "TNT"}
OWN_WORDS = {"of"}  # the field of a step that holds the caller's own words, or a name that only Chinese has


def _worked():
    found = {}
    for _, vector in VECTORS:
        found.setdefault(vector["call"], []).append(vector["given"])
    for name, given in examples().items():
        if name in FUNCTIONS:
            found.setdefault(name, []).append(given)
    return found


WORKED = _worked()


def _explained(name):
    for given in WORKED[name]:
        yield given, explain(name, given, DAY if FUNCTIONS[name].needs_day else None)


def _texts(value):
    """Yield every text of a value; of what is told in both languages the English one."""
    if isinstance(value, dict):
        both = {"zh", "en"} <= set(value)
        for name, part in value.items():
            if not (both and name == "zh"):
                yield from (*([] if both else [name]), *_texts(part))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_it_shows_inputs_steps_citations_and_edition(name):
    for given, told in _explained(name):
        assert told["inputs"] == given
        assert set(told["labels"]) == {*given, *told["answer"]}
        assert told["steps"]
        assert told["citations"]
        for cited in told["citations"]:
            assert cited["instrument"]
            assert cited["instrument_title"]["zh"]
            assert cited["basis"] in {"law", "practice", "setting"}
            assert cited["since"] or parameters()[cited["parameter"]].history[0].period.since is None
        assert told["rests_on"] == told["answer"].rests_on


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_its_english_holds_no_chinese_but_what_the_caller_wrote_or_the_terms_translate(name):
    for given, told in _explained(name):
        mine = set(_texts(given))
        for step in told["steps"]:
            assert set(step) <= {"zh", "en", "value", *OWN_WORDS}
            assert step["en"]
            assert not CHINESE.search(step["en"]), step
        for cited in told["citations"]:
            assert not CHINESE.search(cited["citation"]["en"] + cited["title"]["en"] + cited["instrument_title"]["en"])
        for text in _texts([told["answer"], [step["value"] for step in told["steps"]]]):
            if CHINESE.search(text) and not (_parts(text) & mine):
                assert text in told["terms"], (text, told["function"])
        for field, label in told["labels"].items():
            assert field in mine or not CHINESE.search(label["en"]), (field, label)


def _parts(text):
    """Return a text and what stands before a colon in it: a deviation names the caller's parameter so."""
    return {text, text.partition(":")[0]}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_its_chinese_holds_no_word_left_in_english(name):
    for given, told in _explained(name):
        mine = set(_texts(given))
        for step in told["steps"]:
            left = {word for word in WORD.findall(step["zh"]) if word not in SIGNS and word not in mine}
            assert not left, step
            assert CHINESE.search(step["zh"]) or re.fullmatch(r"[^一-鿿]*=[^一-鿿]*", step["zh"]), step
        for cited in told["citations"]:
            assert CHINESE.search(cited["citation"]["zh"])
            assert CHINESE.search(cited["title"]["zh"])


def test_every_term_is_told_in_both_languages():
    assert len(terms()) > 180
    for word, both in terms().items():
        assert not CHINESE.search(both.en), word
        assert CHINESE.search(both.zh) or word.startswith("cn/gbt-"), word


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_code_in_an_answer_or_a_step_is_told_in_chinese(name):
    for given, told in _explained(name):
        for text in _values([told["answer"], [step["value"] for step in told["steps"]]]):
            if CODE.match(text) and text not in set(_texts(given)):
                assert CHINESE.search(told["terms"][text]["zh"]) or text.startswith("cn/gbt-"), (name, text)


def _values(value):
    """Yield every text that is a value, of those not told in both languages."""
    if isinstance(value, dict):
        for part in [] if {"zh", "en"} <= set(value) else value.values():
            yield from _values(part)
    elif isinstance(value, list):
        for part in value:
            yield from _values(part)
    elif isinstance(value, str):
        yield value


def test_a_reader_of_english_sees_the_english_of_a_chinese_word_and_one_of_chinese_the_names_of_inputs():
    told = explain("accident_grade", {"deaths": 10, "heavy": 0, "loss_wan": 0}, DAY)
    assert "→ grade = 重大 (major)" in list(as_text(told, "en"))
    assert "deaths (死亡人数) = 10" in list(as_text(told, "zh"))
    coloured = list(as_text(explain("lec", {"L": 3, "E": 6, "C": 15}, DAY), "zh"))
    assert "→ D = 270, class = 2, colour = orange (橙)" in coloured
    assert any("2007-06-01" in line for line in as_text(told, "zh"))
    checked = explain("plan_complete", {"fields": {"责任": "甲"}}, DAY)
    assert "→ complete = 否, missing = 措施, 资金, 时限, 预案" in list(as_text(checked, "zh"))
    assert next(line for line in as_text(checked, "en") if "→" in line).startswith(
        "→ complete = no, missing = 措施 (measures)"
    )


def test_a_substance_without_a_row_of_its_own_keeps_the_callers_name_beside_the_step():
    items = [{"name": "氨", "q": 40}, {"name": "某物", "q": 3, "Q": 5, "beta": 2}]
    told = explain("gb18218", {"items": items, "people_500m": 60}, DAY)
    assert {"zh": "氨：q ÷ Q = 40 ÷ 10", "en": "ammonia: q ÷ Q = 40 ÷ 10", "value": 4} in told["steps"]
    assert {"zh": "第 2 种物质：q ÷ Q = 3 ÷ 5", "en": "item 2: q ÷ Q = 3 ÷ 5", "value": 0.6, "of": "某物"} in told[
        "steps"
    ]
    assert "4. [某物] item 2: q ÷ Q = 3 ÷ 5: 0.6" in [line for line in as_text(told, "en") if "某物" in line]


def _choices(hint):
    """Return what an input may be where it has few values."""
    if hint is bool:
        return [True, False]
    hints = [hint, *get_args(hint)]
    return [value for one in hints if get_origin(one) is Literal for value in get_args(one)]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_so_it_does_whatever_is_chosen(name):
    """Every choice of an input beside the worked example: no way through a function is without steps and citations."""
    known = FUNCTIONS[name]
    for field, hint in known.takes.items():
        for chosen in _choices(hint):
            given = {**WORKED[name][0], field: chosen}
            try:
                told = explain(name, given, DAY if known.needs_day else None)
            except Refusal:
                continue
            assert told["steps"], given
            assert told["citations"], given
            assert not [step for step in told["steps"] if CHINESE.search(step["en"])], given


def test_a_code_means_what_the_packs_used_call_it():
    assert explain("injury_grade", {"lost_days": 105}, DAY)["terms"]["serious"]["zh"] == "重伤"
    serious = {"article": "99", "stage": "serious"}
    assert explain("fine_range", serious, DAY)["terms"]["serious"]["zh"] == "情节严重"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("closure_trigger", {"penalty_dates": [], "major_hazard": True}),
        ("coal_closure_trigger", {"found_dates": []}),
        ("hearing_right", {"who": "unit", "fine_yuan": 50000, "province_yuan": 100000}),
        ("supply_cut_from", {"ordered": "2025-07-01T09:00", "urgent": True}),
        ("permits_needed", {"kinds": []}),
        ("plan_revision_needed", {"happened": []}),
        ("enforcement_stats", {"rows": []}),
        ("power_baseline", {"loads_kw": [800, 810], "load_kw": None}),
    ],
)
def test_an_answer_that_needs_no_reckoning_tells_its_rule_too(name, given):
    told = explain(name, given, DAY if FUNCTIONS[name].needs_day else None)
    assert told["steps"]
    assert told["citations"]
