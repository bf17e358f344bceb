"""`zhiben insights clearing`: the clearing ledger on the command line; `rebuild` derives it anew from the journal."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from zhiben.insights.ledger import By, clearing
from zhiben.insights.services.counting import rebuild_tallies
from zhiben.orgs.public import unit_at
from zhiben.orgs.scope import Scope, scoped


class Command(BaseCommand):
    """Read and rebuild the figures."""

    help = "The clearing ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe both uses."""
        uses = parser.add_subparsers(dest="use", required=True)
        ledger = uses.add_parser("clearing", help="what came, went and stands open between two days")
        ledger.add_argument("--unit", metavar="PATH_OR_CODE", help="without it the whole tree")
        for word, dest, told in (("--from", "since", "first day"), ("--to", "until", "last day, included")):
            ledger.add_argument(word, dest=dest, type=date.fromisoformat, required=True, metavar="DATE", help=told)
        ledger.add_argument("--by", type=By, choices=list(By), help="what a row stands for; without it one row")
        ledger.add_argument("--json", action="store_true")
        uses.add_parser("rebuild", help="empty the tallies and derive them anew from the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer."""
        with scoped(Scope(everything=True)):
            if options["use"] == "rebuild":
                self.stdout.write(f"{rebuild_tallies()} entries counted")
                return
            unit = unit_at(options["unit"]) if options["unit"] else None
            rows = clearing(unit, options["since"], options["until"], by=options["by"])
        if options["json"]:
            self.stdout.write(json.dumps({"rows": [{"cell": c, **asdict(r)} for c, r in rows]}, ensure_ascii=False))
            return
        for cell, row in rows:
            name = " ".join(str(value) for value in cell.values())
            self.stdout.write(f"{name}\t" + "\t".join(f"{key} {value}" for key, value in asdict(row).items()))
