"""The papers of the law: every function is named in both languages and shown by an example; the notebook runs."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.law.test_vectors import VECTORS
from zhiben.law import store
from zhiben.law.functions import FUNCTIONS
from zhiben.law.industry_classes import industry_class, industry_classes
from zhiben.law.naming import SECTIONS, examples, sentence_of, title_of, word_of
from zhiben.law.registry import call

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "law" / "first-steps.ipynb"
CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_is_named_in_chinese_with_all_that_it_takes_and_answers(name):
    known = FUNCTIONS[name]
    assert known.section in SECTIONS
    assert CHINESE.search(title_of(name)), f"packs/functions/{known.section}.yaml lacks {name}"
    assert CHINESE.search(sentence_of(name)), f"packs/functions/about.yaml lacks {name}"
    worked = [vector["given"] for _, vector in VECTORS if vector["call"] == name] or [examples().get(name)]
    assert worked[0] is not None, f"packs/functions/{known.section}.yaml: give an example of {name}"
    fields = {field for given in worked for field in call(name, given)}
    for field in (*known.takes, *fields):
        word = word_of(field, name)
        assert CHINESE.search(word.zh) or not field.isascii(), f"packs/functions lacks the word {field} ({name})"
        assert not CHINESE.search(word.en) or not field.isascii()


def test_no_name_or_example_is_left_of_a_function_that_is_gone():
    assert set(examples()) <= set(FUNCTIONS)


def _cells():
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _run(source, names):
    """Run a cell; return the value of its last line, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 -- our own notebook
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None  # noqa: S307


def test_the_notebook_runs_and_says_what_its_text_promises():
    names = {}
    shown = [_run(cell, names) for cell in _cells()]
    assert shown[0] is None
    assert shown[1] == {"D": 270, "class": 2, "colour": "orange"}
    assert shown[2] == {"S": 4.6, "is_major": True, "alpha": 1.5, "R": 15.6, "level": 3}
    assert {"zh": "R = α × Σ β·q/Q = 1.5 × 10.4", "en": "R = α × Σ β·q/Q = 1.5 × 10.4", "value": 15.6} in shown[3]
    assert shown[4] == ["09", "WSA10010"]
    assert (shown[5].value, shown[5].source.clause) == (10, "17")
    assert shown[6]["grade"] == "较大"


def test_the_notebook_is_ten_lines_and_holds_no_output_of_somebodys_machine():
    lines = [line for cell in _cells() for line in cell.splitlines() if line.strip()]
    assert len(lines) <= 10
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)


def test_the_library_needs_no_django_and_loads_what_is_asked_for_only():
    told = (
        "import sys, zhiben.law\n"
        "assert not [name for name in sys.modules if name.startswith('zhiben.law.')]\n"
        "from zhiben.law import call, explain, parameter\n"
        "assert call('lec', {'L': 3, 'E': 6, 'C': 15})['D'] == 270\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] in {'django', 'yaml', 'jsonschema'}]\n"
    )
    done = subprocess.run([sys.executable, "-c", told], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_an_unknown_name_of_the_library_is_an_attribute_error():
    import zhiben.law  # noqa: PLC0415 -- beside its only use

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        zhiben.law.nothing  # noqa: B018 -- asking is the test


LAW = ROOT / "docs" / "law"
OF_PACKS = sorted(path for path in store.PACKS.rglob("*.*") if path.suffix in {".yaml", ".csv"})


def _titled(page):
    """Hold a page to a heading in both languages; return its text."""
    text = page.read_text(encoding="utf-8")
    chinese, _, english = text.partition("\n")[0].removeprefix("# ").partition(" · ")
    assert CHINESE.search(chinese), page
    assert english, page
    return text


def test_no_pack_is_without_its_page_in_both_languages():
    listed = (LAW / "packs.md").read_text(encoding="utf-8")
    assert len(OF_PACKS) > 200
    for path in OF_PACKS:
        name = path.relative_to(store.PACKS).with_suffix("").as_posix()
        assert _titled(LAW / "packs" / f"{name}.md")
        assert f"](packs/{name}.md)" in listed, name


def test_every_file_of_a_pack_is_one_of_the_kinds_that_get_a_page():
    others = {path.suffix for path in store.PACKS.rglob("*") if path.is_file() and path not in OF_PACKS}
    assert others <= {".json"}  # how packs are written, in packs/schema
    assert all(path.parent.name == "schema" for path in store.PACKS.rglob("*.json"))


def test_no_function_is_without_its_page_in_both_languages():
    listed = (LAW / "index.md").read_text(encoding="utf-8")
    for name, known in FUNCTIONS.items():
        page = (LAW / "functions" / f"{name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {name} · {title_of(name)}\n")
        assert sentence_of(name) in page
        assert " ".join(known.run.__doc__.split("\n\n")[0].split()) in page
        assert f"](functions/{name}.md)" in listed, name


def test_the_page_of_industries_tells_every_code_of_the_table():
    page = (LAW / "packs" / "codes" / "gbt4754.md").read_text(encoding="utf-8")
    for code, name in industry_classes().items():
        written = {1: f"## {code} {name} · ", 2: f"**{code}** {name}", 3: f"| {code} {name} |", 4: f"`{code}` {name}"}
        assert written[industry_class(code).level] in page, code
