"""Workbooks made for the tests, honest and hostile."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import xlwt

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_xlsx(path: Path, rows: list[list[object]], merges: tuple[str, ...] = (), name: str = "台账") -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(path)
    return path


def write_xls(path: Path, rows: list[list[object]]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    book.save(str(path))
    return path


def parts_of(sheet: str, head: str = "") -> dict[str, str]:
    """The least an xlsx needs, with a sheet's inside given as text."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship '
        f'Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{sheet}</sheetData></worksheet>",
    }


def write_parts(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def write_claiming_xlsx(path: Path, last: str = "XFD1048576") -> Path:
    number = "".join(one for one in last if one.isdigit())
    sheet = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{number}"><c r="{last}"><v>2</v></c></row>'
    return write_parts(path, parts_of(sheet))


def write_compound(path: Path, streams: tuple[str, ...]) -> Path:
    """A compound file (OLE) with named, empty streams: what encryption and old Word look like from outside."""
    header = bytearray(b"\xff" * 512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[8:24] = bytes(16)
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    header[34:40] = bytes(6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", header, 76, 0)
    table = bytearray(b"\xff" * 512)
    struct.pack_into("<II", table, 0, 0xFFFFFFFD, 0xFFFFFFFE)
    entries = b""
    for number, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(raw)] = raw
        kind = 5 if number == 0 else 2
        struct.pack_into("<HBB", entry, 64, len(raw) + 2, kind, 1)
        right = number + 1 if 0 < number < len(streams) else 0xFFFFFFFF
        struct.pack_into("<III", entry, 68, 0xFFFFFFFF, right, 1 if number == 0 else 0xFFFFFFFF)
        entries += bytes(entry)
    path.write_bytes(bytes(header) + bytes(table) + entries.ljust(1024, b"\0") + bytes(4096))
    return path


def xlsx_bytes(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()
