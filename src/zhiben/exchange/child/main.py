"""The child's way from a path to lines of JSON: look, check, send, say the end.

Import it only in a process that `bind_process` has bound: the parsers load with it.
"""

import sys
from pathlib import Path

import msgspec

from zhiben.exchange.child.kinds import check_ole, kind_of
from zhiben.exchange.child.limits import Out, Refused
from zhiben.exchange.child.packages import check_package
from zhiben.exchange.child.sheets import send_workbook
from zhiben.exchange.child.texts import send_csv
from zhiben.exchange.domain.workbook import Limits


def main(arguments: list[str]) -> int:
    """Read the one file named; every refusal is the last line, every crash is the exit code."""
    path, limits = Path(arguments[0]), msgspec.json.decode(arguments[1], type=Limits)
    out = Out(sys.stdout.buffer, limits.line_bytes)
    try:
        send(path, out, limits)
        out.send(["end"])
    except Refused as refused:
        out.send(["refused", refused.problem, refused.facts])
    except MemoryError:
        out.send(["refused", "too-large", {"limit": "memory"}])
    sys.stdout.buffer.flush()
    return 0


def send(path: Path, out: Out, limits: Limits) -> None:
    """Find out what the file is and hand it to the one parser for it."""
    kind = kind_of(path)
    if kind == "zip":
        check_package(path, limits)
        send_workbook(path, "xlsx", out, limits)
    elif kind == "ole":
        check_ole(path)
        send_workbook(path, "xls", out, limits)
    else:
        send_csv(path, out, limits)
