"""`zhiben law …` as it is typed: answers, refusals, both languages, exit codes."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from zhiben.kernel.errors import Refusal
from zhiben.law import commands, store
from zhiben.law.cli import main
from zhiben.law.sentences import SENTENCES, sentence

LAW = Path(commands.__file__).parent


@pytest.fixture
def ask(capsys, monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def run(*words):
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words else out, err

    return run


@pytest.fixture
def facts(tmp_path):
    def write(**given):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(given), "utf-8")
        return path

    return write


def test_list_names_every_edition_and_its_state(ask):
    code, listed, _ = ask("list", "--json")
    states = {each["id"]: each["state"] for each in listed}
    assert (code, len(listed)) == (0, 40)
    assert states["gongmao-2023"] == "complete"
    assert states["chem-2026"] == "topics only"
    assert states["fire-2025"] == states["coal-2015"] == "header only"
    assert [each["id"] for each in listed if not each["may_be_judged"]] == [
        "agri-machinery-trial", "elderly-care-2026", "grain-milling", "railway-2026", "railway-trial",
    ]  # fmt: skip


def test_list_of_a_day_and_an_industry(ask):
    assert [each["id"] for each in ask("list", "--on", "2026-06-30", "--industry", "coal_mine", "--json")[1]] == [
        "coal-2020"
    ]
    assert "coal-2020" not in ask("list", "--on", "2026-07-01")[1]
    assert ask("list", "--industry", "coal_mine", "--json")[0] == 2


def test_show_a_standard_a_clause_a_value_and_a_fact(ask):
    assert len(ask("show", "gongmao-2023", "--json")[1]["clauses"]) == 65
    assert ask("show", "fire-2017", "--json")[1]["composites"][0]["counts"][0]["at_least"] == 3
    shown = ask("show", "gongmao-2023/12(2)", "--json")[1]
    assert shown["rule"] == "not quick_freezer_separate_room or quick_freezer_room_workers_count > 9"
    assert ask("show", "noncoal-2022/2(10)", "--json")[1]["facts"] == ["seen:noncoal-2022/2(10)"]
    assert ask("show", "power_circuits_count", "--json")[1]["used_by"]
    assert "工贸企业重大事故隐患判定标准" in ask("show", "gongmao-2023", "--lang", "zh")[1]
    for name in ("gongmoa-2023", "gongmao-2023/99"):
        assert ask("show", name, "--json")[0] == 2


@pytest.mark.parametrize(
    ("lang", "cited", "checked"),
    [
        ("zh", "《安全生产治本攻坚三年行动方案", "[须对照原文核实]"),
        ("en", "Three-year action plan", "[to be checked against the text]"),
    ],
)
def test_a_value_of_law_is_shown_to_people_with_its_days_and_its_source_in_words(ask, lang, cited, checked):
    lines = ask("show", "cn/emergency/evacuation-drills", "--lang", lang)[1].splitlines()
    old, new = (line for line in lines if '{"other": 1, "high_risk": 2}' in line)
    assert old.startswith("2024-01-01 – 2027-01-01  ")
    assert new.startswith("2027-01-01 –  ")
    assert cited in old
    assert (old.endswith(checked), new.endswith(checked)) == (False, True)


def test_a_clause_is_shown_to_people_in_words_and_as_its_rule(ask):
    shown = ask("show", "gongmao-2023/12(2)", "--lang", "en")[1].splitlines()
    assert shown[1] == "Any one of these"
    assert shown[-1] == "not quick_freezer_separate_room or quick_freezer_room_workers_count > 9"
    assert ask("show", "gongmao-2023/12(2)", "--lang", "zh")[1].splitlines()[1] == "满足其一"


def test_a_value_of_law_is_shown_with_its_source(ask):
    shown = ask("show", "cn/danger/recheck-days", "--json")[1]
    assert shown["values"][0]["source"]["instrument"]


def test_judge_prints_the_promised_shape(ask, facts):
    file = facts(quick_freezer_separate_room=True, quick_freezer_room_workers_count=10)
    code, told, _ = ask("judge", "--standard", "gongmao-2023", "--facts", file, "--on", "2024-05-01", "--json")
    assert code == 0
    assert (told["standard"], told["edition"]["id"], told["verdict"]) == ("gongmao-2023", "gongmao-2023", "present")
    found = next(each for each in told["clauses"] if each["clause"] == "12(2)")
    assert (found["verdict"], found["missing"]) == ("present", [])
    assert found["reasons"][0]["facts"] == {"quick_freezer_room_workers_count": 10}


@pytest.mark.parametrize(("lang", "said"), [("zh", "存在隐患"), ("en", "hazard present")])
def test_judge_speaks_both_languages(ask, facts, lang, said):
    file = facts(quick_freezer_room_workers_count=10)
    assert said in ask("judge", "--standard", "gongmao", "--facts", file, "--on", "2024-05-01", "--lang", lang)[1]


def test_ask_names_the_most_decisive_facts_first(ask, facts):
    file = facts(industries=["noncoal_mine_openpit"], banned_equipment_in_use_count=0)
    code, told, _ = ask("ask", "--facts", file, "--on", "2026-11-22", "--most", "3", "--json")
    assert code == 0
    assert (told["clauses"], told["open"], len(told["questions"])) == (15, 14, 3)
    scores = [each["expected"] for each in told["questions"]]
    assert scores == sorted(scores, reverse=True)
    assert "banned_equipment_in_use_count" not in {each["fact"] for each in told["questions"]}
    settles = told["questions"][0]["answers"][0]["settles"]
    assert settles[0]["verdict"] in {"present", "absent"}


@pytest.mark.parametrize(("lang", "said"), [("zh", "尚不能判定"), ("en", "cannot be judged yet")])
def test_ask_speaks_both_languages(ask, facts, lang, said):
    assert said in ask("ask", "--standard", "gongmao", "--facts", facts(), "--on", "2026-11-22", "--lang", lang)[1]


def test_judge_without_a_standard_takes_all_that_bind(ask, facts):
    told = ask("judge", "--facts", facts(industries=["noncoal_mine_openpit"]), "--on", "2026-11-22", "--json")[1]
    assert [each["standard"] for each in told] == ["noncoal-2022", "noncoal-2024-supplement"]


def test_facts_may_come_from_standard_input(ask, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'\xef\xbb\xbf{"power_circuits_count": 1}')))
    assert (
        ask("judge", "--standard", "coal-2020", "--facts", "-", "--on", "2026-06-30", "--json")[1]["verdict"]
        == "present"
    )


def test_decimals_of_a_file_stay_exact(ask, tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"coal_capacity_approved_t": 0.3, "coal_output_year_t": 0.33, "is_underground_mine": false}')
    told = ask("judge", "--standard", "coal-2026", "--facts", path, "--on", "2026-07-01", "--json")[1]
    assert next(each for each in told["clauses"] if each["clause"] == "4(1)")["verdict"] == "absent"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "command:not-json"),
        (b"[]", "command:not-json"),
        (b"{", "command:not-json"),
        (b'{"a": 1, "a": 2}', "command:not-json"),
        (b"\xff\xfe", "command:not-json"),
        (b"[" * 100_000, "command:not-json"),
        (b'{"power_circuits_count": ' + b"9" * 5000 + b"}", "command:not-json"),
        (b'{"power_circuits_count": 1e999999999}', "facts:wrong-value"),
        (b'{"power_circuits_count": "1"}', "facts:wrong-value"),
        (b'{"power_circuit_count": 1}', "facts:unknown-fact"),
    ],
)
def test_a_file_of_facts_that_cannot_be_used_is_refused(ask, tmp_path, content, code):
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    exit_code, told, _ = ask("judge", "--standard", "coal-2020", "--facts", path, "--on", "2026-06-30", "--json")
    assert (exit_code, told["code"]) == (2, code)
    assert told["facts"]["field"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["judge", "--standard", "gongmao-2017", "--facts", "F", "--on", "2024-05-01"], "standard:not-in-force"),
        (["judge", "--standard", "railway-2026", "--facts", "F", "--on", "2026-11-22"], "standard:never-judged"),
        (["judge", "--standard", "nothing", "--facts", "F", "--on", "2026-11-22"], "standard:unknown"),
        (["judge", "--standard", "gongmao-2023", "--facts", "/no/such", "--on", "2026-11-22"], "command:no-file"),
        (["judge", "--standard", "gongmao-2023", "--facts", "F", "--on", "2026-11-31"], "command:wrong-day"),
        (["judge", "--standard", "gongmao-2023", "--facts", "F", "--on", "20261122"], "command:wrong-day"),
        (["judge", "--facts", "F"], "command:wrong-words"),
        (["nonsense"], "command:wrong-words"),
        ([], "command:wrong-words"),
        (["call", "no_such"], "function:unknown"),
        (["call", "recheck_due", "{"], "command:not-json"),
        (["call", "recheck_due", "{}"], "function:missing-input"),
        (["call", "recheck_due", '{"trigger": "20 June"}'], "function:wrong-input"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_refusals_say_what_happened_in_both_languages(ask, facts, words, code, lang):
    words = [facts() if word == "F" else word for word in words]
    exit_code, _, said = ask(*words, "--lang", lang)
    assert exit_code == 2
    assert bool(re.search("[一-鿿]", said)) is (lang == "zh")
    if words:
        assert ask(*words, "--json")[1]["code"] == code


def test_call_answers_with_plain_json(ask):
    assert ask("call", "recheck_due", '{"trigger": "2025-06-20"}', "--json")[1] == {
        "due": "2025-06-30",
    }
    names = {each["name"] for each in ask("call", "--json")[1]}
    assert {"quarter_report_due", "uscc_valid", "is_offday", "stock_increment"} <= names


def test_check_passes_on_the_packs_as_shipped(ask):
    code, told, _ = ask("check", "--json")
    assert (code, told["problems"]) == (0, [])
    assert told["packs"] > 40


def test_compile_writes_what_loading_reads(ask, tmp_path):
    out = tmp_path / "packs.json"
    assert ask("compile", "--out", out, "--json")[1] == {"path": str(out), "bytes": out.stat().st_size}
    assert out.read_bytes() == store.compiled()
    (tmp_path / "file").write_text("")
    assert ask("compile", "--out", tmp_path / "file" / "x", "--json")[0] == 2


def test_both_commands_answer_without_django():
    for module in ("zhiben", "zhiben.law.cli"):
        start = "['zhiben', 'law', 'list']" if module == "zhiben" else "['zhiben-law', 'list']"
        told = (
            f"import sys; sys.argv = {start}\n"
            f"from {'zhiben.__main__' if module == 'zhiben' else module} import main\n"
            "try: code = main()\n"
            "except SystemExit as end: code = end.code\n"
            "print(code, 'django' in sys.modules, 'yaml' in sys.modules)"
        )
        run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
        assert run.stdout.splitlines()[-1].startswith("0 False")


def test_a_reader_that_stops_early_and_a_terminal_without_chinese_are_no_errors():
    command = [sys.executable, "-m", "zhiben", "law", "show", "coal-2026"]
    quiet = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    quiet.stdout.close()
    assert (quiet.stderr.read(), quiet.wait()) == (b"", 0)
    latin = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    run = subprocess.run([*command, "--json"], capture_output=True, env=latin, check=True)
    assert json.loads(run.stdout.decode("latin-1"))["title"]["zh"].startswith("煤矿")


def test_every_refusal_of_the_law_has_a_sentence_in_both_languages():
    raised = re.compile(r'(?:Invalid|NotFound|Conflict|NotAllowed)\(\s*"([a-z]+:[a-z-]+)"')
    codes = {code for path in LAW.rglob("*.py") for code in raised.findall(path.read_text("utf-8"))}
    assert codes <= set(SENTENCES)
    for code, told in SENTENCES.items():
        assert re.search("[一-鿿]", told.zh), code
        assert not re.search("[一-鿿]", told.en), code
        assert set(re.findall(r"\{\w+\}", told.zh)) <= set(re.findall(r"\{\w+\}", told.en)) | {"{reason}"}


def test_a_refusal_without_a_sentence_still_tells_its_facts():
    assert sentence(Refusal("thing:odd", day=date(2025, 1, 1)), "en").startswith("thing:odd")


@pytest.mark.parametrize(
    "words", [["show", "zzzzzz"], ["judge", "--standard", "zzzzzz", "--on", "2025-01-01", "--facts"]]
)
def test_where_nothing_is_near_the_refusal_says_where_to_look(ask, facts, words):
    code, _, told = ask(*words, *([facts()] if words[-1] == "--facts" else []))
    assert code == 2
    assert "zhiben law list names every standard" in told


def test_inputs_that_cannot_be_read_are_refused_with_those_the_function_takes(ask):
    assert "quarter" in ask("call", "quarter_report_due", "{", "--json")[1]["facts"]["example"]
    assert ask("call", "no_such_function", "{", "--json")[1]["facts"]["example"] == {}
