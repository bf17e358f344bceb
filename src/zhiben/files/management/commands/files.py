"""`zhiben files verify`: whether every original is there and unchanged."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhiben.files.selectors import verify_originals


class Command(BaseCommand):
    """Look after the originals."""

    help = "Hash every original again; exit 1 when one is missing or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `verify`."""
        parser.add_argument("what", choices=["verify"], help="what to do")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and print."""
        found = verify_originals()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found)))
        else:
            told = [f"files {found.files}", f"bytes {found.size}", f"orphans {len(found.orphans)}"]
            told += [f"missing {sha256}" for sha256 in found.missing]
            told += [f"changed {sha256}" for sha256 in found.changed]
            self.stdout.write("\n".join(told))
        if not found.ok:
            sys.exit(1)
