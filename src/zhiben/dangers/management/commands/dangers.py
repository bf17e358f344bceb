"""`zhiben dangers diagram`: the loop drawn from its table, or a page of the docs and its picture drawn anew."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhiben.dangers.domain.diagram import picture, redrawn, table


class Command(BaseCommand):
    """Commands about hidden dangers."""

    help = "Draw the loop of a hidden danger from its table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the page to draw into."""
        parser.add_argument("what", choices=["diagram"])
        parser.add_argument("--into", type=Path, help="a page with the marks; it and its picture (.svg) are rewritten")

    def handle(self, *args: Any, into: Path | None = None, **options: Any) -> None:
        """Print the table of moves, or put it into a page and the picture beside it."""
        if into is None:
            self.stdout.write(table())
            return
        into.write_text(redrawn(into.read_text(encoding="utf-8")), encoding="utf-8")
        into.with_suffix(".svg").write_text(picture(), encoding="utf-8")
