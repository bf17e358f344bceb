"""`zhiben export dangers --out F`: a list of hidden dangers taken out from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.dangers.public import CLOSED, OPEN, Filters, Level
from zhiben.exchange.domain.sentences import sentence_of
from zhiben.exchange.public import DANGERS, danger_rows, write_export
from zhiben.kernel.bilingual import terminal_language
from zhiben.kernel.errors import NotFound, Refusal
from zhiben.orgs.public import actor_named, unit_at
from zhiben.orgs.scope import scope_of, scoped

STATES = {"open": OPEN, "closed": CLOSED}
REFUSED = 2


class Command(BaseCommand):
    """Take lists out."""

    help = "Export a list of hidden dangers (xlsx, csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the one list there is so far."""
        kinds = parser.add_subparsers(dest="kind", required=True)
        dangers = kinds.add_parser("dangers", help="the list of hidden dangers")
        dangers.add_argument("--as", dest="username", required=True, help="the account that exports: what it may see")
        dangers.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|FILE.csv")
        dangers.add_argument("--unit", default="", help="path or division code; without it all that the account sees")
        dangers.add_argument("--state", choices=sorted(STATES))
        dangers.add_argument("--level", choices=[str(level) for level in Level])
        dangers.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how many rows it has; 2 when refused."""
        try:
            rows = self._export(**options)
        except Refusal as refusal:
            self.stderr.write(f"{refusal.code}: {sentence_of(refusal.code)(terminal_language())}")
            raise SystemExit(REFUSED) from None
        self.stdout.write(f"{rows} rows written to {options['out']}")

    def _export(self, *, username: str, out: Path, unit: str, state: str, level: str, language: str, **_: Any) -> int:
        form = out.suffix.lower().removeprefix(".")
        if form not in {"xlsx", "csv"}:
            raise NotFound("export:no-such-form", form=form)
        actor = actor_named(username, now=timezone.now())
        with scoped(scope_of(actor)):
            filters = Filters(
                unit=unit_at(unit).path if unit else "",
                states=STATES.get(state, frozenset()),
                level=Level(level) if level else None,
            )
            rows = danger_rows(actor, filters)
            return write_export(out, form, DANGERS, rows, actor=actor, language=language)
