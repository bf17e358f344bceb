"""The `zhiben` command: every other command is a management command of a room."""

import json
import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line
from django.utils import translation

from zhiben.config.refusals import problem_of
from zhiben.kernel.bilingual import terminal_language
from zhiben.kernel.errors import Refusal

REFUSED = 2  # as `zhiben law` ends


def run(argv: list[str]) -> int:
    """Run one management command; Django prints its own errors, a refusal is told as on a page."""
    try:
        execute_from_command_line(["zhiben", *argv[1:]])
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head`: who reads has seen enough; the interpreter must not complain on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Refusal as refusal:
        _tell(refusal, argv)
        return REFUSED
    return 0


def _tell(refusal: Refusal, words: Sequence[str]) -> None:
    with translation.override("zh-hans" if terminal_language() == "zh" else "en"):
        problem = problem_of(refusal)
    if "--json" in words:
        print(json.dumps(problem, ensure_ascii=False))
    else:
        print(f"{problem['message']} ({problem['code']})", file=sys.stderr)
