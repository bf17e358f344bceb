"""Derived pictures, made by a child process with bounds on memory, time and output."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from zhiben.files import store

CHILD = Path(__file__).with_name("child.py")
WALL_SECONDS = 30.0  # the child's processor time has its own limit; it does not run while waiting
ANSWER_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: width and height of the original upright, or the problem that prevents pictures."""

    width: int | None = None
    height: int | None = None
    problem: str = ""


def make_pictures(sha256: str) -> Made:
    """Make preview and thumbnail of an original; they are in place when this returns without a problem."""
    folder = store.root() / "waiting"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as name:
        drafts = [Path(name) / f"{size}.jpg" for size in store.SIZES]
        answer = _ask(["-I", str(CHILD), str(store.original_path(sha256)), *map(str, drafts)])
        made = _read(answer)
        if not made.problem:
            for draft, size in zip(drafts, store.SIZES, strict=True):
                place = store.derived_path(sha256, size)
                place.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(place)
    return made


def _ask(arguments: list[str]) -> dict[str, Any]:
    """Run the child with nothing but its arguments; whatever it does to itself is only a problem's name."""
    child = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        close_fds=True,
        start_new_session=True,
    )
    try:
        told, _ = child.communicate(timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return {"problem": "too-slow"}
    if child.returncode or len(told) > ANSWER_BYTES:
        return {"problem": "too-much-memory" if child.returncode == -signal.SIGKILL else "damaged"}
    return dict(msgspec.json.decode(told))


def _read(answer: dict[str, Any]) -> Made:
    """Read what the child said; it handled hostile bytes, so it is not believed either."""
    width, height, problem = answer.get("width"), answer.get("height"), answer.get("problem")
    if problem or not isinstance(width, int) or not isinstance(height, int):
        return Made(problem=str(problem or "damaged")[:40])
    return Made(width, height)
