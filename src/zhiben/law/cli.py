"""`zhiben law …` (also `zhiben-law …`): the law on the command line, without Django."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from zhiben.kernel.arguments import day
from zhiben.kernel.bilingual import terminal_language
from zhiben.kernel.errors import Invalid, Refusal
from zhiben.law import commands
from zhiben.law.because import because
from zhiben.law.registry import plain
from zhiben.law.sentences import sentence

REFUSED = 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Refuse like everything else refuses: in the reader's language, or as JSON."""
        raise Invalid("command:wrong-words", field=self.prog, reason=because(f"命令行参数有误（{message}）", message))


def main(argv: Sequence[str] | None = None) -> int:
    """Answer one question; return 0, 1 where a check failed, 2 where the question was refused."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        told = _parser().parse_args(words)
        answer = told.run(told)
    except Refusal as refusal:
        _refuse(refusal, words)
        return REFUSED
    text = json.dumps(plain(answer.value), ensure_ascii=False, indent=2) if told.json else "\n".join(answer.lines)
    _print(text)
    return int(answer.exit)


def _print(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese still shows the rest
    try:
        print(text, flush=True)
    except BrokenPipeError:  # `… | head`: who reads has seen enough; the interpreter must not complain on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(refusal: Refusal, words: Sequence[str]) -> None:
    if "--json" in words:
        said = sentence(refusal, _language(words))
        told = {"code": refusal.code, "message": said, "facts": plain(refusal.facts)}
        _print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(sentence(refusal, _language(words)), file=sys.stderr)


def _language(words: Sequence[str]) -> str:
    """Return the language asked for, also where the rest of the command cannot be read."""
    asked = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return terminal_language() if not asked else "zh" if asked[-1].lower().startswith("zh") else "en"


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="answer as JSON")
    shared.add_argument("--lang", choices=["zh", "en"], default=_language(()), help="language of the answer")
    parser = _Parser(prog="zhiben law", description="The law of hidden dangers as a library.")
    words = parser.add_subparsers(dest="word", required=True, parser_class=_Parser)

    listed = words.add_parser("list", parents=[shared], help="the determination standards")
    listed.add_argument("--on", type=day, metavar="DATE", help="only those in force on this day")
    listed.add_argument("--industry", action="append", metavar="SLUG", help="only those that bind this industry")
    listed.set_defaults(run=commands.list_standards)

    shown = words.add_parser("show", parents=[shared], help="a standard, standard/clause, value of law or fact")
    shown.add_argument("id", metavar="ID")
    shown.set_defaults(run=commands.show)

    words.add_parser("check", parents=[shared], help="check every pack").set_defaults(run=commands.check)

    judged = words.add_parser("judge", parents=[shared], help="judge an enterprise by its facts as of a day")
    judged.add_argument("--standard", metavar="ID", help="an edition or a family; without it, all that bind")
    judged.add_argument("--facts", required=True, metavar="FILE", help="a JSON object of facts; - reads standard input")
    judged.add_argument("--on", type=day, required=True, metavar="DATE", help="the day to judge by, YYYY-MM-DD")
    judged.set_defaults(run=commands.judge_facts)

    asked = words.add_parser("ask", parents=[shared], help="which missing facts to ask for first, most decisive first")
    asked.add_argument("--standard", metavar="ID", help="an edition or a family; without it, all that bind")
    asked.add_argument("--facts", required=True, metavar="FILE", help="a JSON object of facts; - reads standard input")
    asked.add_argument("--on", type=day, required=True, metavar="DATE", help="the day to judge by, YYYY-MM-DD")
    asked.add_argument("--most", type=int, default=10, metavar="N", help="how many questions")
    asked.set_defaults(run=commands.ask_next)

    called = words.add_parser("call", parents=[shared], help="run a function of the law; without a name, list them")
    called.add_argument("name", nargs="?", metavar="NAME")
    called.add_argument("inputs", nargs="?", default="{}", metavar="JSON")
    called.add_argument("--on", type=day, metavar="DATE", help="the day whose law holds (default: today)")
    called.add_argument("--explain", action="store_true", help="also tell the steps, and what each rests on")
    called.set_defaults(run=commands.call)

    compiled = words.add_parser("compile", parents=[shared], help="write the compiled packs (for builds)")
    compiled.add_argument("--out", type=Path, metavar="FILE")
    compiled.set_defaults(run=commands.compile_packs)
    return parser
