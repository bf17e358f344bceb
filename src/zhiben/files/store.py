"""Originals on disk: under their own hash, whole or not at all.

`aa/bb/<sha256>` below FILES_ROOT is the original, `derived/aa/bb/<sha256>.<size>.jpg` what was made of it.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

from zhiben.files.domain.types import HEAD
from zhiben.kernel.errors import Invalid, Refusal

CHUNK = 1024 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SIZES = ("preview", "thumb")


@dataclass(frozen=True, slots=True)
class Received:
    """A file on our disk that nobody holds yet."""

    path: Path
    sha256: str
    size: int
    head: bytes
    tail: bytes


def root() -> Path:
    """Return where files are kept."""
    return Path(settings.FILES_ROOT)


def original_path(sha256: str) -> Path:
    """Return where an original lies."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def derived_path(sha256: str, size: str) -> Path:
    """Return where a derived picture lies; `size` is one of SIZES."""
    return root() / "derived" / sha256[:2] / sha256[2:4] / f"{sha256}.{size}.jpg"


@contextmanager
def received(stream: IO[bytes], *, max_bytes: int) -> Iterator[Received]:
    """Copy a stream to our disk and hash it; whatever is not kept before the end of the block is gone."""
    with _clear_when_full():
        waiting = root() / "waiting"
        waiting.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=waiting, delete=False) as file:
            path = Path(file.name)
    try:
        with _clear_when_full():
            taken = _copy(stream, path, max_bytes)
        yield taken
    finally:
        path.unlink(missing_ok=True)


def put(taken: Received) -> None:
    """Move a received file under its hash, for good: file and folder are on the disk when this returns."""
    place = original_path(taken.sha256)
    if place.is_file() and place.stat().st_size == taken.size:
        return
    with _clear_when_full():
        place.parent.mkdir(parents=True, exist_ok=True)
        taken.path.chmod(0o440)
        taken.path.replace(place)
        for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
            _sync(folder)


def remove(sha256: str) -> None:
    """Remove an original and what was made of it; safe to repeat."""
    for path in (original_path(sha256), *(derived_path(sha256, size) for size in SIZES)):
        path.unlink(missing_ok=True)


def tidy(before: float) -> int:
    """Remove what killed processes left waiting since before a moment (seconds since 1970); return how much."""
    left = [path for path in (root() / "waiting").glob("*") if path.stat().st_mtime < before]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


def hash_of(path: Path) -> str:
    """Return the hash of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept() -> Iterator[str]:
    """Yield the hashes under which originals lie on disk."""
    for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        yield path.name


def _copy(stream: IO[bytes], path: Path, max_bytes: int) -> Received:
    """Write a stream to `path` down to the disk, refusing what is too large while it comes."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    with path.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise Invalid("file:too-large", limit=max_bytes)
            digest.update(chunk)
            out.write(chunk)
            head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
            tail = (tail + chunk)[-HEAD:]
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Invalid("file:empty")
    return Received(path, digest.hexdigest(), size, head, tail)


@contextmanager
def _clear_when_full() -> Iterator[None]:
    """Say plainly that the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refusal("file:no-space") from error
        raise


def _sync(folder: Path) -> None:
    """Make a rename in a folder last."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
