"""What a file is by its content; its name is never asked."""

from pathlib import Path
from struct import error as struct_error
from struct import unpack_from

from zhiben.exchange.child.limits import Refused

SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "sqlite"),
)
MARKUP = (
    (b"<html", "html"), (b"<!doctype", "html"), (b"<table", "html"), (b"<meta", "html"), (b"<script", "html"),
    (b"<head", "html"), (b"<?xml", "xml"), (b"mime-version:", "mhtml"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def kind_of(path: Path) -> str:
    """Return zip, ole or text; refuse what is plainly something else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \t\r\n"):
        raise Refused("empty")
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    if head.startswith(b"\x09\x08") or head[:2] in {b"\x09\x00", b"\x09\x02", b"\x09\x04"}:
        raise Refused("wrong-type", found="old-excel")  # a bare stream of Excel 2 to 5
    for mark, name in SIGNATURES:
        if head.startswith(mark):
            raise Refused("wrong-type", found=name)
    refuse_markup(head)
    return "text"


def refuse_markup(head: bytes) -> None:
    """Refuse a web page that calls itself a workbook, as many web systems "export to Excel"."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        start = head[2:].replace(b"\0", b"").lstrip().lower()
    for mark, name in MARKUP:
        if start.startswith(mark):
            raise Refused("wrong-type", found=name)


def check_ole(path: Path) -> None:
    """Let an Excel 97 workbook pass; refuse encrypted ones, other documents and torn ones."""
    content = path.read_bytes()
    try:
        streams = _streams(content)
        book = next((streams[name] for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in streams), None)
        if "EncryptedPackage" in streams or (book is not None and _is_locked(content, book)):
            raise Refused("encrypted")
    except (struct_error, IndexError):
        raise Refused("damaged") from None
    if book is None:
        raise Refused("wrong-type", found="word" if "WordDocument" in streams else "ole")


def _is_locked(content: bytes, start: int) -> bool:
    """Tell whether a FilePass record ([MS-XLS] 2.4.117) stands among the stream's first ones."""
    at = (start + 1) * _sector(content)
    for _ in range(8):
        record, length = unpack_from("<HH", content, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False


def _sector(content: bytes) -> int:
    size = 1 << min(int(unpack_from("<H", content, 30)[0]), 16)
    if size not in {512, 4096}:
        raise Refused("damaged")
    return size


def _streams(content: bytes) -> dict[str, int]:
    """Return the names at the top of the compound file ([MS-CFB] 2.6) with their first sectors, not deeper ones."""
    entries = _directory(content, _sector(content))
    todo, seen = [unpack_from("<I", entries, 76)[0]], set[int]()
    found: dict[str, int] = {}
    while todo:
        at = todo.pop()
        if at in seen or at * 128 >= len(entries):
            continue
        seen.add(at)
        length = unpack_from("<H", entries, at * 128 + 64)[0]
        name = entries[at * 128 : at * 128 + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        found[name] = unpack_from("<I", entries, at * 128 + 116)[0]
        todo += unpack_from("<II", entries, at * 128 + 68)
    return found


def _directory(content: bytes, sector: int) -> bytes:
    """Follow the directory's chain of sectors through the allocation table."""
    tables = [number for number in unpack_from("<109I", content, 76) if number < 0xFFFFFFFA]
    at, chain, visited = unpack_from("<I", content, 48)[0], bytearray(), set[int]()
    while at < 0xFFFFFFFA and at not in visited and len(visited) < 4096:
        visited.add(at)
        start = (at + 1) * sector
        if start + 128 > len(content):
            raise Refused("damaged")
        chain += content[start : start + sector]
        table, entry = divmod(at, sector // 4)
        at = unpack_from("<I", content, (tables[table] + 1) * sector + entry * 4)[0]
    return bytes(chain)
