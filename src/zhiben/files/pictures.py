"""Derived pictures, made by a child process with bounds on memory, time and output."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Annotated

import msgspec

from zhiben.files import store

CHILD = Path(__file__).with_name("child.py")
WALL_SECONDS = 30.0  # the child's processor time has its own limit; it does not run while waiting
ANSWER_BYTES = 1000

Pixels = Annotated[int, msgspec.Meta(gt=0, lt=1_000_000)]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: width, height and look of the original upright, or the problem that prevents pictures."""

    width: Pixels | None = None
    height: Pixels | None = None
    look: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{16})?$")] = ""
    problem: Annotated[str, msgspec.Meta(max_length=40)] = ""


def make_pictures(sha256: str) -> Made:
    """Make preview and thumbnail of an original; they are in place when this returns without a problem."""
    folder = store.root() / "waiting"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as name:
        drafts = [Path(name) / f"{size}.jpg" for size in store.SIZES]
        made = _ask(["-I", str(CHILD), str(store.original_path(sha256)), *map(str, drafts)])
        if not made.problem:
            for draft, size in zip(drafts, store.SIZES, strict=True):
                place = store.derived_path(sha256, size)
                place.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(place)
    return made


def _ask(arguments: list[str]) -> Made:
    """Run the child with nothing but its arguments; whatever it does to itself is only a problem's name."""
    with TemporaryFile() as told:  # a file: its size is bound by the child's limits, a pipe's is not
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.DEVNULL,
            env={},
            start_new_session=True,
        )
        try:
            code = child.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return Made(problem="too-slow")
        told.seek(0)
        return Made(problem="damaged") if code else _read(told.read(ANSWER_BYTES))


def _read(told: bytes) -> Made:
    """Read what the child said; it handled hostile bytes, so it is not believed either."""
    try:
        made = msgspec.json.decode(told, type=Made)
    except msgspec.MsgspecError:
        return Made(problem="damaged")
    return made if made.problem or (made.width and made.height) else Made(problem="damaged")
