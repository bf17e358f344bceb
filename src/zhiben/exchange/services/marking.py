"""The child that marks a user's own workbook: bounded, and given nothing but the file and what to say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from zhiben.exchange.reader import SOURCE

CHILD = """
import sys
sys.path.append(sys.argv[1])
from zhiben.exchange.child.limits import bind_process
bind_process(700 << 20, 60, 100 << 20)
from zhiben.exchange.child.marking import main
sys.exit(main(sys.argv[2:]))
"""
SECONDS = 90.0


def mark(source: Path, made: Path, told: dict[str, Any]) -> bool:
    """Write a workbook back to `made` with problems in their cells; return whether that was possible."""
    spec = made.with_suffix(".json")
    spec.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    child = [sys.executable, "-I", "-X", "utf8", "-c", CHILD, SOURCE, str(source), str(spec), str(made)]
    try:
        done = subprocess.run(
            child, env={}, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and made.is_file()
