"""What a file is, by its content; what it is called only where the content leaves it open."""

import pytest

from zhiben.files.domain import types
from zhiben.files.domain.types import plain_name, sniff


@pytest.mark.parametrize(
    ("head", "tail", "name", "kind"),
    [
        (b"\xff\xd8\xff\xe0", b"", "a.pdf", types.JPEG),
        (b"RIFF\0\0\0\0WEBPVP8 ", b"", "a", types.WEBP),
        (b"\0\0\0\x18ftypheic\0\0", b"", "a.jpg", types.HEIC),
        (b"PK\x03\x04....xl/workbook.xml", b"", "a.zip", types.XLSX),
        (b"PK\x03\x04....", b"...word/document.xml", "a", types.DOCX),
        (b"PK\x03\x04....", b"", "a.xlsx", types.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", "台账.XLS", types.XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", "a.doc", types.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", "a.exe", types.CFB),
        ("序号,隐患".encode(), b"", "a.csv", types.CSV),
        ("序号,隐患".encode("gb18030"), b"", "a.CSV", types.CSV),
        ("序号\t隐患".encode("utf-16"), b"", "a.txt", types.TEXT),
        ("隐患".encode()[:-1], b"", "a.txt", types.TEXT),  # a character cut at the end of what is looked at
        (b"MZ\x90\0", b"", "a.txt", None),
        (b"\x7fELF\x02", b"", "a.jpg", None),
        (b"\x81\xff\xff\xff\xff", b"", "a.txt", None),
        (b"", b"", "a.txt", None),
    ],
)
def test_the_content_tells_what_it_is(head, tail, name, kind):
    assert sniff(head, tail, name) == kind


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("../../etc/passwd", types.TEXT, "passwd"),
        ("现场 照片.JPEG", types.JPEG, "现场 照片.JPEG"),
        ("photo.html", types.JPEG, "photo.html.jpg"),
        ("a\r\nSet-Cookie: x.pdf", types.PDF, "aSet-Cookie: x.pdf"),
        ("...", types.PDF, "file.pdf"),
        ("长" * 300 + ".pdf", types.PDF, "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_for_saving(given, kind, kept):
    assert plain_name(given, kind) == kept
