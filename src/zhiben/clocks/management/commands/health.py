"""`zhiben health`: whether workers, sweeps and jobs are in time."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from zhiben.clocks.selectors import health


class Command(BaseCommand):
    """Print what is late or broken; exit 1 when anything is."""

    help = "Tell whether workers, sweeps and jobs are in time; exit 1 when not."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask and print."""
        found = health(timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json()))
        else:
            self.stdout.write(f"workers: {found.workers}")
            for trouble in found.troubles:
                self.stdout.write(f"{trouble.code} {trouble.about} {trouble.since or ''} {trouble.error}".rstrip())
        if not found.ok:
            sys.exit(1)
