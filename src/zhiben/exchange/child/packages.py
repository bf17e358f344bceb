"""What a zip says of itself, checked before anything in it is parsed: bombs, tears, other documents."""

import zipfile
import zlib
from pathlib import Path

from zhiben.exchange.child.limits import Refused
from zhiben.exchange.domain.workbook import Limits

CHUNK = 256 * 1024
LARGE_PART = 16 * 1024 * 1024
OTHERS = (
    ("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("xl/workbook.bin", "xlsb"),
    ("content.xml", "ods"), ("META-INF/MANIFEST.MF", "jar"), ("AndroidManifest.xml", "apk"),
)  # fmt: skip


def check_package(path: Path, limits: Limits) -> None:
    """Let an honest xlsx pass; calamine opens it afterwards with nothing left to blow up."""
    try:
        with zipfile.ZipFile(path) as package:
            names = {part.filename for part in package.infolist()}
            _check_type(names)
            _check_directory(package.infolist(), path.stat().st_size, limits)
            for part in _read_parts(package.infolist()):
                _check_part(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Refused("damaged") from None
    except RuntimeError:  # how zipfile says "a password is needed"
        raise Refused("encrypted") from None


def _check_type(names: set[str]) -> None:
    if "EncryptedPackage" in names:
        raise Refused("encrypted")
    if "xl/workbook.xml" in {name.replace("\\", "/") for name in names}:
        return
    raise Refused("wrong-type", found=next((kind for mark, kind in OTHERS if mark in names), "zip"))


def _read_parts(parts: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Keep what the reader will open; pictures and embedded files are never unpacked."""
    return [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]


def _check_directory(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Refuse by what the directory declares: too many parts, overlapping parts, too much or too tight."""
    if len(parts) > limits.parts:
        raise Refused("too-large", limit="parts", parts=len(parts))
    if sum(part.compress_size for part in parts) > size:
        raise Refused("damaged", reason="overlapping-parts")
    if len({part.filename for part in parts}) < len(parts):
        raise Refused("damaged", reason="repeated-parts")
    read = _read_parts(parts)
    unpacked = sum(part.file_size for part in read)
    if unpacked > limits.unpacked_bytes:
        raise Refused("too-large", limit="unpacked", bytes=unpacked)
    for part in read:
        if part.file_size > LARGE_PART and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise Refused("too-large", limit="ratio", bytes=part.file_size)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack once without keeping: the size is what was declared, and no entity is defined.

    zipfile stops at the declared size and compares the checksum, so a part that lies about either ends here.
    """
    with package.open(part) as stream:
        head = stream.read(CHUNK)
        lowered = head[:4096].replace(b"\0", b"").lower()  # UTF-16 too
        if b"<!doctype" in lowered or b"<!entity" in lowered:
            raise Refused("damaged", reason="entities")
        while stream.read(CHUNK):
            pass
