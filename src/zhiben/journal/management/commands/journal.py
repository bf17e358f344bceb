"""`zhiben journal`: verify the journal, sign a day, tell a history, derive anew."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from zhiben.journal.domain.roles import grants
from zhiben.journal.domain.signed import SignedRoot, read_roots
from zhiben.journal.selectors.reading import history
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services.consuming import rebuild
from zhiben.journal.services.signing import sign_day
from zhiben.kernel.arguments import count, day
from zhiben.kernel.bilingual import terminal_language
from zhiben.kernel.errors import NotFound

PROBLEMS = {
    "altered": _lazy("the entry or its place was changed"),
    "gap": _lazy("entries are missing from here on"),
    "cut-short": _lazy("the newest entries are missing from here on"),
    "head": _lazy("the chain does not end where it should"),
    "no-chain": _lazy("entries of a chain that is gone"),
    "value": _lazy("a personal value does not fit its hash"),
    "re-chained": _lazy("another entry stood here when the day was signed"),
    "signature": _lazy("the signature of the day does not hold"),
    "root": _lazy("the root of the day is not made of its chains"),
}


class Command(BaseCommand):
    """Answer 1 where the journal is broken."""

    help = "Verify the journal, sign a day, tell a history, derive anew, separate roles."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the subcommands."""
        which = parser.add_subparsers(dest="which", required=True)
        checked = which.add_parser("verify", help="check every entry; exit 1 where something was changed")
        checked.add_argument("--against", type=Path, metavar="FILE", help="a root file kept outside this installation")
        checked.add_argument("--json", action="store_true")
        signed = which.add_parser("roots", help="write the signed root of a day")
        signed.add_argument(
            "--day", type=partial(day, field="--day"), required=True, metavar="YYYY-MM-DD", help="the day to sign"
        )
        signed.add_argument("--out", type=Path, required=True, metavar="FILE", help="to keep outside this installation")
        roles = which.add_parser("roles", help="print what the owner of the tables grants the application (PostgreSQL)")
        roles.add_argument("--app", required=True, metavar="ROLE", help="the role the program works under")
        anew = which.add_parser("rebuild", help="derive what a consumer keeps anew, from the first entry")
        anew.add_argument("consumer", help="its name, such as insights")
        told = which.add_parser("history", help="tell what happened to one thing, such as danger/12")
        told.add_argument("subject", help="kind and number, such as danger/12")
        told.add_argument("--limit", type=count, default=200, help="at most so many entries")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one of them, in the language of the terminal."""
        with override("zh-hans" if terminal_language() == "zh" else "en"):
            getattr(self, f"_{options['which']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        report = verify(_read(options["against"]) if options["against"] else ())
        if options["json"]:
            broken = [one._asdict() for one in report.broken]
            self.stdout.write(json.dumps({**asdict(report), "broken": broken}, ensure_ascii=False))
        else:
            for one in report.broken:
                self.stdout.write(f"{one.chain}\t{one.seq or '-'}\t{one.problem}: {PROBLEMS[one.problem]}")
            counts = {"entries": report.entries, "chains": report.chains, "broken": len(report.broken)}
            self.stdout.write(_("%(entries)d entries on %(chains)d chains read; broken: %(broken)d") % counts)
        if report.broken:
            sys.exit(1)

    def _roots(self, options: dict[str, Any]) -> None:
        root = sign_day(options["day"], now=timezone.now())
        text = json.dumps(root.as_json(), ensure_ascii=False, indent=1) + "\n"
        try:
            options["out"].write_text(text, encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{options['out']}: {problem.strerror}", returncode=2) from None
        told = {"until": root.signed["until"], "chains": root.signed["n"], "root": root.signed["root"]}
        self.stdout.write(_("%(chains)d chains as of %(until)s: root %(root)s") % told)

    def _roles(self, options: dict[str, Any]) -> None:
        self.stdout.write("".join(f"{statement};\n" for statement in grants(options["app"])), ending="")

    def _rebuild(self, options: dict[str, Any]) -> None:
        rebuild(options["consumer"])
        self.stdout.write(_("%(consumer)s begins anew; the worker derives it again") % options)

    def _history(self, options: dict[str, Any]) -> None:
        for entry in history(options["subject"], limit=options["limit"]):
            who = entry.actor_label or entry.actor
            self.stdout.write(
                f"{entry.at.isoformat()}\t{entry.code}\t{who}\t{json.dumps(entry.body, ensure_ascii=False)}"
            )


def _read(file: Path) -> list[SignedRoot]:
    try:
        return read_roots(file.read_bytes())
    except OSError as problem:
        raise NotFound("command:no-file", field=str(file), reason=problem.strerror) from None
