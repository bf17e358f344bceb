"""`zhiben analytics snapshot`: the facts of all enterprises as columns."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.services.snapshotting import write_snapshot


class Command(BaseCommand):
    """Write the snapshot that populations are judged from."""

    help = "The facts of all enterprises as columns, for judging many at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the one use."""
        uses = parser.add_subparsers(dest="use", required=True)
        taken = uses.add_parser(
            "snapshot", help="bring the snapshot to what is recorded now: what changed, or all of it"
        )
        taken.add_argument("--full", action="store_true", help="write every shard anew from the packed rows")
        taken.add_argument(
            "--anew", action="store_true", help="make the packed rows anew too, from the history of facts"
        )
        taken.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and tell what was written."""
        began = time.perf_counter()
        with scoped(Scope(everything=True)):
            done = write_snapshot(now=timezone.now(), full=options["full"], anew=options["anew"])
        told = {
            "folder": str(done.snapshot.root),
            "made_at": done.snapshot.made_at.isoformat(),
            "position": done.snapshot.position,
            "full": done.full,
            "enterprises": done.snapshot.enterprises,
            "read": done.enterprises,
            "shards": len(done.snapshot.files),
            "written": done.shards,
            "facts": sum(done.snapshot.values.values()),
            "seconds": round(time.perf_counter() - began, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            self.stdout.write(f"{name}\t{value}")
