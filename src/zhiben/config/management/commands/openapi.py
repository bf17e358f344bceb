"""`zhiben openapi`: the description of the API, as committed in docs/reference/openapi.json."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhiben.config.schema import openapi


class Command(BaseCommand):
    """Print the OpenAPI description, or write it to a file."""

    help = "Print the OpenAPI description of /api/v1/."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--out`."""
        parser.add_argument("--out", type=Path, help="write to this file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        if options["out"]:
            options["out"].write_text(openapi(), encoding="utf-8")
        else:
            self.stdout.write(openapi(), ending="")
