"""What kind of file it is, told from its first and last bytes and never from what it is called.

Nothing is parsed here: containers are only searched for the names that give them away.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

HEAD = 65_536  # bytes at either end that are looked at

JPEG, PNG, WEBP, GIF, HEIC = "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"
PDF, ZIP, CFB = "application/pdf", "application/zip", "application/x-cfb"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLS, DOC = "application/vnd.ms-excel", "application/msword"
CSV, TEXT = "text/csv", "text/plain"

PICTURES = frozenset({JPEG, PNG, WEBP, GIF})  # of which previews are made
ALLOWED = PICTURES | {HEIC, PDF, XLSX, DOCX, PPTX, XLS, DOC, CFB, CSV, TEXT}

_MAGIC: Mapping[bytes, str] = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"%PDF-": PDF,
}
_OFFICE: Mapping[bytes, str] = {b"xl/workbook": XLSX, b"word/document": DOCX, b"ppt/presentation": PPTX}
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_OLD_OFFICE = {".xls": XLS, ".et": XLS, ".doc": DOC, ".wps": DOC}
_ENDINGS = {
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
    GIF: ".gif",
    HEIC: ".heic",
    PDF: ".pdf",
    XLSX: ".xlsx",
    DOCX: ".docx",
    PPTX: ".pptx",
}


def sniff(head: bytes, tail: bytes, name: str) -> str | None:
    """Return the media type of what begins with `head` and ends with `tail`; None where it is none we know.

    >>> sniff(b"%PDF-1.7 ...", b"", "photo.jpg")
    'application/pdf'
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _OFFICE.items() if mark in head or mark in tail), ZIP)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(PurePosixPath(name.lower()).suffix, CFB)
    return _text(head, name)


def _text(head: bytes, name: str) -> str | None:
    """Tell plain text: no control characters, and readable in one of the encodings of Chinese texts."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not head or (not wide and any(byte < 32 and byte not in b"\t\n\r\x0c" for byte in head)):
        return None
    if not any(_readable(head, encoding) for encoding in (("utf-16",) if wide else ("utf-8", "gb18030"))):
        return None
    return CSV if name.lower().endswith((".csv", ".tsv")) else TEXT


def _readable(head: bytes, encoding: str) -> bool:
    """Tell whether `head` can be read, allowing for a character cut at its end."""
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def plain_name(name: str, kind: str) -> str:
    r"""Return a name fit for a download: no folders, no control characters, an ending that fits the content.

    >>> plain_name("C:\\photos\\a\u202egpj.exe", JPEG)
    'agpj.exe.jpg'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(ch for ch in last if ch.isprintable()).strip(" .")[-120:] or "file"
    ending = _ENDINGS.get(kind)
    endings = {ending, ".jpeg"} if ending == ".jpg" else {ending}
    fits = ending is None or any(clean.lower().endswith(one) for one in endings if one)
    return clean if fits else clean + str(ending)
