"""`zhiben import dangers FILE`: a ledger of hidden dangers brought in from the command line."""

import gc
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import override
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from zhiben.exchange.domain.sentences import sentence_of
from zhiben.exchange.domain.staging import Staged
from zhiben.exchange.models import CHANNELS
from zhiben.exchange.public import Report, import_ledger, rows_of, try_ledger
from zhiben.exchange.services.answers import write_answer
from zhiben.kernel.bilingual import terminal_language
from zhiben.kernel.errors import NotFound, Refusal
from zhiben.orgs.public import actor_named, unit_at
from zhiben.orgs.scope import scope_of, scoped

DONE, REJECTED, REFUSED = 0, 1, 2
SHOWN = 20


class Command(BaseCommand):
    """Bring ledgers in."""

    help = "Bring a ledger of hidden dangers in (xlsx, xls, csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the one use there is so far."""
        kinds = parser.add_subparsers(dest="kind", required=True)
        dangers = kinds.add_parser("dangers", help="a ledger of hidden dangers")
        dangers.add_argument("file", type=Path)
        dangers.add_argument("--unit", required=True, help="path or division code: where enterprises are looked for")
        dangers.add_argument("--as", dest="username", required=True, help="the account that imports")
        dangers.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        dangers.add_argument(
            "--accept-good", action="store_true", help="write the good rows though others are rejected"
        )
        dangers.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="give the workbook back with its problems")
        dangers.add_argument("--channel", choices=CHANNELS, default="self_check", help="of rows that do not name one")
        dangers.add_argument(
            "--language", choices=["zh-hans", "en"], default="zh-hans", help="of the workbook given back"
        )
        dangers.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; 0 when done, 1 when rows were rejected and nothing written, 2 when the file was refused."""
        try:
            report = self._import(**options)
        except Refusal as refusal:
            self._refuse(refusal, as_json=options["json"])
            raise SystemExit(REFUSED) from None
        self._tell(report, as_json=options["json"])
        if report.rejected and not options["accept_good"]:
            raise SystemExit(REJECTED)

    def _import(
        self, *, file: Path, unit: str, username: str, dry_run: bool, accept_good: bool, channel: str, **options: Any
    ) -> Report:
        now = timezone.now()
        if not file.is_file():
            raise NotFound("file:not-found", name=str(file))
        actor = actor_named(username, now=now)
        gc.freeze()  # a batch makes many values and no cycles: looking for them takes a sixth of the time
        gc.set_threshold(50_000, 20, 100)
        with scoped(scope_of(actor)), override(options["language"]), _bar(quiet=options["json"]) as bar:
            rows: list[Staged] | None = None
            if dry_run:
                report, rows = try_ledger(file, unit_at(unit), actor=actor, now=now, channel=channel, tell=bar)
            else:
                report = import_ledger(
                    file, unit_at(unit), actor=actor, now=now, accept_good=accept_good, channel=channel, tell=bar
                )
            if options["errors"]:
                write_answer(file, options["errors"], rows or rows_of(report.id), actor=actor)
        return report

    def _refuse(self, refusal: Refusal, *, as_json: bool) -> None:
        message = sentence_of(refusal.code)(terminal_language())
        if as_json:
            facts = {name: str(value) for name, value in refusal.facts.items()}
            told = {"code": refusal.code, "message": message, "facts": facts}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        self.stderr.write(f"{refusal.code}: {message}")

    def _tell(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.told(), ensure_ascii=False))
            return
        for one in report.problems[:SHOWN]:
            self.stderr.write(
                f"{one.sheet} {one.column}{one.row}: {sentence_of(one.code)(terminal_language())} {one.value!r}"
            )
        if len(report.problems) > SHOWN:
            self.stderr.write(f"and {len(report.problems) - SHOWN} more problems")
        counts = ("read", "accepted", "repeated", "rejected", "written")
        told = ", ".join(f"{name} {getattr(report, name)}" for name in counts)
        self.stdout.write(f"{told}, warnings {len(report.warnings)}")


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[int, int | None], None]]:
    """Show how far it is, on a terminal: first the rows read, then the rows written."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as progress:
        reading = progress.add_task("reading", total=None)
        writing = progress.add_task("writing", total=None, visible=False)

        def tell(done: int, total: int | None) -> None:
            progress.update(reading if total is None else writing, completed=done, total=total, visible=True)

        yield tell
