"""A function of the law explains its answer: steps in both languages, and every value of law it used."""

import json
from datetime import date

import pytest

from zhiben.kernel.errors import NotFound
from zhiben.law import deadlines, registry
from zhiben.law.cli import main
from zhiben.law.collecting import collecting, step
from zhiben.law.explaining import as_text, explain
from zhiben.law.parameters import parameter, parameter_of


def _parameter(basis, since="2020-01-01", *, verify=False):
    source = {"instrument": "cn/saws-order-15", "clause": "17"}
    value = {"since": since, "value": 3, "source": source, "confidence": "low", "verify": verify}
    title = {"zh": "倍数", "en": "Factor"}
    return parameter_of(
        {"id": f"cn/example/{basis}", "title": title, "unit": "x", "values": [value], "basis": basis, "examples": []}
    )


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setattr(registry, "_FUNCTIONS", {})

    @registry.function(section="test")
    def tripled(n: int, bases: list[str], on: date) -> dict[str, object]:
        for basis in bases:
            _parameter(basis, verify=basis == "practice").in_force(on)
        step(f"{n}×3", f"{n} × 3", n * 3)
        return {"tripled": n * 3}


def test_the_day_whose_law_was_taken_is_told_though_nobody_named_it(offered, monkeypatch):
    monkeypatch.setattr(registry, "today", lambda: date(2026, 2, 3))
    assert explain("tripled", {"n": 2, "bases": []})["on"] == "2026-02-03"


def test_an_explanation_holds_inputs_steps_answer_and_citations(offered):
    told = explain("tripled", {"n": 2, "bases": ["law"]}, date(2025, 1, 1))
    assert told["answer"] == {"tripled": 6} == registry.call("tripled", {"n": 2, "bases": ["law"]}, date(2025, 1, 1))
    assert (told["function"], told["on"], told["inputs"]) == ("tripled", "2025-01-01", {"n": 2, "bases": ["law"]})
    assert told["steps"] == [{"zh": "2×3", "en": "2 × 3", "value": 6}]
    (cited,) = told["citations"]
    assert (cited["parameter"], cited["value"], cited["clause"], cited["since"]) == (
        "cn/example/law",
        3,
        "17",
        "2020-01-01",
    )
    assert cited["instrument_title"]["zh"].startswith("安全生产违法行为")
    assert (told["rests_on"], told["verify"]) == ("law", False)


@pytest.mark.parametrize(
    ("bases", "rests_on", "verify"),
    [
        ([], "practice", False),
        (["law"], "law", False),
        (["law", "practice"], "practice", True),
        (["setting", "law", "practice"], "setting", True),
        (["law", "setting"], "setting", False),
    ],
)
def test_an_answer_is_no_firmer_than_the_weakest_value_under_it(offered, bases, rests_on, verify):
    told = explain("tripled", {"n": 1, "bases": bases}, date(2025, 1, 1))
    assert (told["rests_on"], told["verify"]) == (rests_on, verify)


def test_a_value_used_twice_is_cited_once(offered):
    assert len(explain("tripled", {"n": 1, "bases": ["law", "law"]}, date(2025, 1, 1))["citations"]) == 1


def test_where_nothing_was_in_force_it_is_refused_and_collecting_ends(offered):
    with pytest.raises(NotFound, match="not-in-force"):
        explain("tripled", {"n": 1, "bases": ["law"]}, date(2019, 12, 31))
    step("不收", "not collected", 1)
    with collecting() as collected:
        pass
    assert collected.steps == []


def test_a_day_not_given_is_today(offered, monkeypatch):
    monkeypatch.setattr(registry, "today", lambda: date(2019, 1, 1))
    with pytest.raises(NotFound, match="2019-01-01"):
        registry.call("tripled", {"n": 1, "bases": ["law"]})


def test_a_dated_value_tells_when_it_was_looked_up():
    with collecting() as collected:
        parameter("cn/danger/recheck-days").in_force(date(2025, 6, 20))
        parameter("cn/danger/legacy-until").latest()
    assert [known.id for known, _ in collected.used.values()] == ["cn/danger/recheck-days", "cn/danger/legacy-until"]


def test_the_command_line_explains_as_json_and_as_text(capsys):
    words = ["call", "recheck_due", '{"trigger": "2025-06-20"}', "--explain"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["answer"], told["rests_on"]) == ({"due": "2025-06-30"}, "law")
    assert told["citations"][0]["clause"] == "17"
    assert main([*words, "--lang", "zh"]) == 0
    text = capsys.readouterr().out
    assert "第17条" in text
    assert "依据法律" in text


def test_the_text_marks_what_is_still_to_be_checked(offered):
    told = explain("tripled", {"n": 1, "bases": ["practice"]}, date(2025, 1, 1))
    assert "[to be checked against the text]" in "\n".join(as_text(told, "en"))
    assert "[须对照原文核实]" in "\n".join(as_text(told, "zh"))


def test_an_answer_says_what_it_rests_on_also_unasked_and_in_the_readers_language(capsys):
    assert registry.call("recheck_due", {"trigger": "2025-06-20"}).rests_on == "law"
    assert deadlines.recheck_due(date(2025, 6, 20)).rests_on == "law"
    assert main(["call", "lec", '{"L": 3, "E": 6, "C": 15}', "--lang", "zh"]) == 0
    assert "依据通行做法，不是法律规定" in capsys.readouterr().out
    assert main(["call", "lec", '{"L": 3, "E": 6, "C": 15}', "--lang", "en"]) == 0
    assert "rests on common practice, not on law" in capsys.readouterr().out


def test_a_part_of_an_answer_is_told_of_the_whole():
    told = explain("fund_year", {"opening_wan": 10, "due_wan": 20, "spent_wan": 35, "last_year_wan": 3})
    assert told["rests_on"] == told["answer"].rests_on == "law"
    assert "cn/fund/pause-times" in {each["parameter"] for each in told["citations"]}
    assert told["steps"][0]["zh"].startswith("结余")
