"""A list taken out: what the actor may see, typed, and nothing in it that a spreadsheet runs."""

import csv
from datetime import date, datetime

import openpyxl
import pytest
from dangers.stories import told
from django.core.management import call_command
from django.http import QueryDict
from make import DAY, NOW

from zhiben.dangers.domain.filters import ALL, Filters
from zhiben.dangers.domain.kinds import State
from zhiben.dangers.services.report import report_dangers
from zhiben.exchange.services import exporting, lists
from zhiben.exchange.services.exporting import write_export
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Refusal
from zhiben.orgs.selectors.listing import Wanted, enterprises_listed

pytestmark = pytest.mark.django_db
HOSTILE = ["=1+1", "+86电话线裸露", "-2号罐泄漏", "@SUM(A1)", "\t=cmd", "  =HYPERLINK(1)", "灭火器过期"]


@pytest.fixture
def dangers(cast):
    at = {"unit_id": cast.site.pk}
    report_dangers([told(cast, text, **at) for text in HOSTILE], actor=SYSTEM, now=NOW)
    report_dangers([told(cast, "青羊的隐患", unit_id=cast.other_enterprise.registered_site_id)], actor=SYSTEM, now=NOW)


def taken_out(out, form, filters, actor, **told):
    return write_export(out, form, lists.DANGERS, lists.danger_rows(actor, filters), actor=actor, **told)


def test_csv_holds_what_the_actor_sees_and_no_formula(dangers, cast, tmp_path):
    out = tmp_path / "x.csv"
    assert taken_out(out, "csv", ALL, cast.li.actor, language="zh-hans") == len(HOSTILE)
    rows = list(csv.reader(out.open(encoding="utf-8-sig")))
    assert rows[0][:3] == ["编号", "发现日期", "企业"]
    assert rows[1][1] == DAY.isoformat()
    texts = [row[5] for row in rows[1:]]
    assert "青羊的隐患" not in texts
    assert "灭火器过期" in texts
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))]


def test_xlsx_has_typed_days_and_no_formula(dangers, cast, tmp_path):
    out = tmp_path / "x.xlsx"
    taken_out(out, "xlsx", ALL, cast.li.actor, language="en")
    sheet = openpyxl.load_workbook(out).active
    assert sheet["A1"].value == "Number"
    assert sheet["B2"].value == datetime.combine(DAY, datetime.min.time())
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert {sheet.cell(row, 8).value for row in range(2, sheet.max_row + 1)} == {"registered"}


def test_the_filters_of_the_list_hold(dangers, cast, tmp_path):
    assert taken_out(tmp_path / "a.csv", "csv", Filters(text="灭火器"), cast.li.actor, language="en") == 1
    closed = Filters(states=frozenset({State.SIGNED_OFF}))
    assert taken_out(tmp_path / "b.csv", "csv", closed, cast.li.actor, language="en") == 0
    later = Filters(found_since=date(2026, 3, 3))
    assert taken_out(tmp_path / "c.csv", "csv", later, cast.li.actor, language="en") == 0


def test_a_long_list_is_walked_page_by_page_and_goes_on_in_another_sheet(dangers, cast, tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    monkeypatch.setattr(exporting, "SHEET_ROWS", 3)
    seen = []
    out = tmp_path / "x.xlsx"
    assert taken_out(out, "xlsx", ALL, cast.li.actor, language="en", tell=seen.append) == len(HOSTILE)
    assert seen[-1] == len(HOSTILE)
    assert [sheet.max_row for sheet in openpyxl.load_workbook(out)] == [4, 4, 2]


def test_the_list_of_enterprises_holds_those_in_reach(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 1)
    rows = in_file("enterprises", "", cast.li.actor, tmp_path)
    assert rows[0] == [
        "Enterprise",
        "Credit code",
        "Industries",
        "Registered in",
        "Principal person in charge",
        "Employees",
    ]
    names = {one.name for one in enterprises_listed(cast.li.actor, Wanted(), limit=100)}
    assert {row[0] for row in rows[1:]} == names
    assert len(rows) == len(names) + 1
    found = in_file("enterprises", f"q={cast.enterprise.name}", cast.li.actor, tmp_path)
    assert [row[0] for row in found[1:]] == [cast.enterprise.name]


def test_the_clearing_ledger_holds_the_figures_of_its_page(dangers, cast, tmp_path):
    run_consumers(now=NOW)
    rows = in_file("clearing", f"unit=510104&by=level&from={DAY}&to={DAY}", cast.li.actor, tmp_path)
    assert rows[0][:3] == ["Cut", "Open before", "Found"]
    assert [row[:3] for row in rows[1:]] == [["level not set", "0", str(len(HOSTILE))]]


def test_no_list_but_these(cast):
    with pytest.raises(Refusal, match="export:no-such-list"):
        lists.listing_named("people")


def in_file(name, query, actor, folder):
    listing, out = lists.listing_named(name), folder / "x.csv"
    rows = listing.rows(actor, QueryDict(query))
    assert listing.count(actor, QueryDict(query)) == write_export(
        out, "csv", listing.columns, rows, actor=actor, language="en"
    )
    return list(csv.reader(out.open(encoding="utf-8-sig")))


def test_a_full_disk_is_told(dangers, cast, tmp_path):
    with pytest.raises(Refusal, match="file:no-space"):
        taken_out(tmp_path / "none" / "x.csv", "csv", ALL, cast.li.actor, language="en")


def test_the_command_takes_out_what_the_account_sees(dangers, cast, tmp_path, capsys):
    out = tmp_path / "x.csv"
    call_command(
        "export", "dangers", "--as", "li", "--unit", "510104", "--state", "open", "--out", str(out), "--language", "en"
    )
    assert f"{len(HOSTILE)} rows written" in capsys.readouterr().out
    assert len(list(csv.reader(out.open(encoding="utf-8-sig")))) == len(HOSTILE) + 1


REFUSED = {
    ("li", "x.pdf"): "export:no-such-form",
    ("nobody", "x.csv"): "account:not-found",
    ("gong", "x.csv"): "access:missing-permission",
}


@pytest.mark.parametrize("asked", REFUSED)
@pytest.mark.usefixtures("dangers")
def test_the_command_refuses_by_name_and_ends_with_2(tmp_path, capsys, asked):
    who, name = asked
    with pytest.raises(SystemExit) as ended:
        call_command("export", "dangers", "--as", who, "--out", str(tmp_path / name))
    assert ended.value.code == 2
    assert REFUSED[asked] in capsys.readouterr().err
    assert not (tmp_path / name).exists()
