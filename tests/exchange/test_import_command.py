"""`zhiben import dangers`: what it prints, how it ends, what a kill, a full disk and a hostile file leave."""

import errno
import json
import os
import sqlite3
import time
from contextlib import closing

import openpyxl
import pytest
from cast import make_cast
from django.core.management import call_command
from exchange.ledgers import MIXED, good_rows, ledger
from exchange.make_files import write_xlsx

from zhiben.config import command
from zhiben.dangers.models import Danger
from zhiben.exchange.models import Import
from zhiben.exchange.services import answers
from zhiben.files import store


@pytest.fixture
def run(cast, capsys):
    def go(path, *options, unit=None, who="li"):
        code = 0
        try:
            call_command("import", "dangers", str(path), "--unit", unit or "510104", "--as", who, *options)
        except SystemExit as ended:
            code = ended.code
        return code, capsys.readouterr()

    return go


def told(printed):
    return json.loads(printed.out)


def test_a_clean_ledger_is_written_and_told_in_the_fields_promised(run, tmp_path):
    code, printed = run(ledger(tmp_path, good_rows(3)), "--json")
    assert code == 0
    assert told(printed) == {
        "read": 3, "accepted": 3, "repeated": 0, "rejected": 0, "written": 3, "warnings": [], "problems": [],
    }  # fmt: skip


def test_rejected_rows_end_with_1_and_nothing_written(run, tmp_path):
    code, printed = run(ledger(tmp_path, MIXED), "--json")
    found = told(printed)
    assert (code, found["written"], Danger.unscoped.count()) == (1, 0, 0)
    assert {"sheet": "台账", "row": 8, "column": "D", "code": "date:impossible", "value": "2026-02-30"} in found[
        "problems"
    ]
    assert {one["code"] for one in found["warnings"]} == {"date:assumed-day"}


def test_good_rows_are_accepted_when_told_to_and_the_workbook_comes_back(run, tmp_path):
    out = tmp_path / "back.xlsx"
    code, printed = run(ledger(tmp_path, MIXED), "--accept-good", "--errors", str(out))
    assert code == 0
    assert "written 5" in printed.out
    assert "B7" in printed.err
    assert openpyxl.load_workbook(out)["台账"]["K7"].value == "已退回"


def test_a_dry_run_marks_the_workbook_and_writes_nothing(run, tmp_path):
    out = tmp_path / "back.xlsx"
    code, printed = run(ledger(tmp_path, MIXED), "--dry-run", "--json", "--errors", str(out))
    assert (code, told(printed)["written"], Import.unscoped.count()) == (1, 0, 0)
    assert openpyxl.load_workbook(out)["台账"]["K8"].value == "已退回"


@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "The file is empty"), ("zh_CN.UTF-8", "文件是空的")])
def test_a_refused_file_is_told_in_the_language_of_the_terminal(run, tmp_path, monkeypatch, language, word):
    monkeypatch.setenv("LC_ALL", language)
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")
    code, printed = run(path, "--json")
    assert code == 2
    assert word in told(printed)["message"]
    assert word in printed.err


BROKEN = {
    "empty.xlsx": (b"", "workbook:empty"),
    "torn.xlsx": (b"PK\x03\x04" + b"\x00" * 40, "workbook:damaged"),
    "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "workbook:wrong-type"),
    "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + b"\x01" * 40, "workbook:wrong-type"),
    "letter.csv": ("今天天气很好\n明天也是\n".encode(), "workbook:no-ledger"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_ledger_is_refused_by_name_and_ends_with_2(run, tmp_path, name):
    content, code = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    ended, printed = run(path, "--json")
    assert ended == 2
    assert told(printed)["code"] == code
    assert code in printed.err
    assert not Import.unscoped.exists()


def test_who_may_not_import_and_what_is_not_there_end_with_2(run, tmp_path):
    path = ledger(tmp_path, good_rows(1))
    refused = [
        run(path, "--json", who="nobody"),
        run(path, "--json", who="zhang"),
        run(path, "--json", unit="999999"),
        run(tmp_path / "none.xlsx", "--json"),
    ]
    assert [code for code, _ in refused] == [2, 2, 2, 2]
    assert [told(printed)["code"] for _, printed in refused] == [
        "account:not-found", "access:missing-permission", "unit:not-found", "file:not-found",
    ]  # fmt: skip


def test_hostile_words_are_kept_as_words_and_given_back_as_words(run, tmp_path):
    hostile = ['=HYPERLINK("http://x","点我")', "@SUM(1+1)*cmd|' /C calc'!A0", "<script>alert(1)</script>灭火器过期",
               "'; DROP TABLE dangers_danger;--", "+86灯坏", "-2+3+cmd|' /C calc'!D2 灯坏", "\u202e灭火器过期x"]  # fmt: skip
    header = ["隐患描述", "排查日期"]
    path = tmp_path / "hostile.csv"
    lines = [header, *([f'"{text.replace(chr(34), chr(34) * 2)}"', "2026-01-05"] for text in hostile)]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    out = tmp_path / "back.xlsx"
    code, printed = run(path, "--json", "--errors", str(out))
    found = told(printed)
    assert (code, found["read"]) == (0, len(hostile))
    assert Danger.unscoped.filter(description__contains="DROP TABLE").exists()
    cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(str(cell.value).startswith(("=", "@", "+", "-")) for cell in cells)


def test_a_formula_of_a_user_that_reaches_out_is_given_back_as_text(run, tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [
            ["隐患描述", "排查日期", "备注"],
            ["灭火器过期", "2026-01-05", '=WEBSERVICE("http://x")'],
            ["灯坏", "2026-01-05", "=1+1"],
        ],
    )
    out = tmp_path / "back.xlsx"
    run(path, "--errors", str(out))
    sheet = openpyxl.load_workbook(out).active
    assert (sheet["C2"].data_type, sheet["C2"].value[:2]) == ("s", "'=")
    assert sheet["C3"].value == "=1+1"


def full(*_args, **_known):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_refuses_before_anything_is_written(run, tmp_path, monkeypatch):
    path = ledger(tmp_path, good_rows(3))
    monkeypatch.setattr(store, "_copy", full)
    code, printed = run(path, "--json")
    assert (code, told(printed)["code"]) == (2, "file:no-space")
    assert (Import.unscoped.count(), Danger.unscoped.count()) == (0, 0)


def test_a_full_disk_at_the_workbook_given_back_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr(answers.Path, "write_bytes", full)
    code, printed = run(ledger(tmp_path, good_rows(3)), "--json", "--errors", str(tmp_path / "x.xlsx"))
    assert (code, told(printed)["code"]) == (2, "file:no-space")


@pytest.mark.server
def test_a_command_killed_in_the_middle_goes_on_when_run_again(tmp_path, pristine, child):
    """A real process, killed as hard as can be while it writes; then the same command once more."""
    child(lambda: make_cast() and None, pristine).told()
    path = ledger(tmp_path, good_rows(3000))
    words = ["zhiben", "import", "dangers", str(path), "--unit", "510104", "--as", "li", "--json"]

    def written():
        with closing(sqlite3.connect(f"file:{pristine}?mode=ro", uri=True)) as database:
            return database.execute("select count(*) from dangers_danger").fetchone()[0]

    importing = child(lambda: command.run(words), pristine)
    while not written() and importing.poll() is None:
        time.sleep(0.005)
    importing.kill()
    left = written()
    assert 0 < left < 3000
    assert left % 500 == 0  # whole parts only
    again = json.loads(child(lambda: command.run(words), pristine).told())
    assert (again["read"], again["repeated"], again["written"]) == (3000, left, 3000 - left)
    assert written() == 3000
