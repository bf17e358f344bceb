"""The packs as plain documents, compiled into one artefact so that a command answers without parsing YAML.

The artefact is keyed by the contents of the packs, so it can never be stale, also after copying or installing them.
It is written beside the packs, else in the user's cache, else kept in memory only.
"""

import hashlib
import importlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

PACKS = Path(__file__).parent / "packs"
FORMAT = "zhiben packs 1"  # change it whenever `compiled` writes something else
FILE = ".compiled.json"

Document = dict[str, Any]


@cache
def documents(folder: str) -> Mapping[str, Any]:
    """Return the packs below `packs/<folder>`, by path without suffix; dates are ISO text. Read once a process.

    A single file such as `facts.yaml` is the folder "" with the name "facts".
    """
    start = f"{folder}/" if folder else ""
    named = {name.removeprefix(start): found for name, found in packs_read().items() if name.startswith(start)}
    return {name: found for name, found in named.items() if folder or "/" not in name}


def day(written: str) -> date:
    """Read a day as packs write it."""
    return date.fromisoformat(written)


def key(packs: Path = PACKS) -> str:
    """Return the fingerprint of the packs' names and contents."""
    digest = hashlib.blake2b(FORMAT.encode(), digest_size=20)
    for name, path in _files(packs):
        text = path.read_bytes()
        digest.update(f"\n{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def compiled(packs: Path = PACKS) -> bytes:
    """Parse every pack; return the artefact: a line with key and checksum, then JSON."""
    parsed = {name: _plain(_parse(path)) for name, path in _files(packs)}
    body = json.dumps(parsed, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{key(packs)} {_sum(body)}\n".encode() + body


def write(path: Path, content: bytes) -> bool:
    """Put the artefact in place at once, or leave no trace; tell whether the place could be written."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(6).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        return False
    return True


def places(packs: Path = PACKS) -> tuple[Path, Path]:
    """Return where the artefact may stand: beside the packs, and in the user's cache."""
    cache_home = os.environ.get("XDG_CACHE_HOME") or str(Path(os.environ.get("HOME", "/nonexistent")) / ".cache")
    return packs.parent / FILE, Path(cache_home) / "zhiben" / "packs.json"


def load(packs: Path = PACKS) -> Mapping[str, Document]:
    """Return all packs by path: from the artefact when it is of these very packs, else parsed and kept."""
    wanted = key(packs)
    for place in places(packs):
        found = _read(place, wanted)
        if found is not None:
            return found
    content = compiled(packs)
    any(write(place, content) for place in places(packs))  # the first that can be written
    return _body(content)


@cache
def packs_read() -> Mapping[str, Document]:
    """Return all packs by path, read once a process."""
    return load()


def _read(path: Path, wanted: str) -> Mapping[str, Document] | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    return _body(content) if head == f"{wanted} {_sum(body)}".encode() else None


def _body(content: bytes) -> Mapping[str, Document]:
    found: Mapping[str, Document] = json.loads(content.partition(b"\n")[2])
    return found


def _sum(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=20).hexdigest()


def _files(packs: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(packs.rglob("*.yaml")):
        yield path.relative_to(packs).with_suffix("").as_posix(), path


def _parse(path: Path) -> object:
    yaml = importlib.import_module("yaml")  # only who compiles pays for it
    return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        if any(isinstance(name, bool) for name in value):
            raise ValueError("YAML reads on, off, yes and no as true and false: quote that key")
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
