"""`zhiben insights`: the clearing ledger, bulletins and forms on the command line; `rebuild` derives figures anew."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.insights.bulletin import bulletin_of
from zhiben.insights.domain.cycles import Cycle, cycle_named
from zhiben.insights.domain.form_cells import FILLED_IN
from zhiben.insights.forms import form_of
from zhiben.insights.ledger import By, clearing
from zhiben.insights.locked import answers_to, rows_of, versions_of
from zhiben.insights.selectors import Part, part_for
from zhiben.insights.services.counting import rebuild_tallies
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.arguments import day
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import unit_at
from zhiben.orgs.scope import Scope, scoped


class Command(BaseCommand):
    """Read and rebuild the figures."""

    help = "The clearing ledger, bulletins and statutory forms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe both uses."""
        uses = parser.add_subparsers(dest="use", required=True)
        ledger = uses.add_parser("clearing", help="what came, went and stands open between two days")
        ledger.add_argument("--unit", metavar="PATH_OR_CODE", help="without it the whole tree")
        for word, dest, told in (("--from", "since", "first day"), ("--to", "until", "last day, included")):
            ledger.add_argument(
                word, dest=dest, type=partial(day, field=word), required=True, metavar="DATE", help=told
            )
        ledger.add_argument("--by", type=By, choices=list(By), help="what a row stands for; without it one row")
        ledger.add_argument("--json", action="store_true")
        for use, told in (("bulletin", "a week or a month of a unit"), ("form", "the statutory form of a unit")):
            one = uses.add_parser(use, help=told)
            one.add_argument("--unit", metavar="PATH_OR_CODE", default="", help="without it the whole tree")
            one.add_argument("--period", required=True, help="2026-W09, 2026-02, 2026-Q1 or 2026")
            one.add_argument("--json", action="store_true")
        uses.add_parser("rebuild", help="empty the tallies and derive them anew from the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer."""
        with scoped(Scope(everything=True)):
            if options["use"] == "rebuild":
                self.stdout.write(f"{rebuild_tallies()} entries counted")
                return
            if options["use"] in {"bulletin", "form"}:
                self._tell(
                    TOLD[options["use"]](part_for(SYSTEM, options["unit"]), cycle_named(options["period"])), **options
                )
                return
            unit = unit_at(options["unit"]) if options["unit"] else None
            rows = clearing(unit, options["since"], options["until"], by=options["by"])
        if options["json"]:
            self.stdout.write(json.dumps({"rows": [{"cell": c, **asdict(r)} for c, r in rows]}, ensure_ascii=False))
            return
        for cell, row in rows:
            name = " ".join(str(value) for value in cell.values())
            self.stdout.write(f"{name}\t" + "\t".join(f"{key} {value}" for key, value in asdict(row).items()))

    def _tell(self, figures: Mapping[str, object], **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, n in figures.items():
            self.stdout.write(f"{name}\t{n}")


def _bulletin(part: Part, cycle: Cycle) -> dict[str, object]:
    told = bulletin_of(part, cycle, local_day(timezone.now()))
    return {"period": cycle.name, "is_over": told.is_over, "late": told.late, **asdict(told.whole)}


def _form(part: Part, cycle: Cycle) -> dict[str, object]:
    """Return the newest locked version, else what the records tell now; unknown is None."""
    versions = versions_of(part, cycle)
    filled: dict[str, object] = dict.fromkeys(map(str, FILLED_IN))
    if versions:
        filled |= {cell: one["value"] for cell, one in versions[0].answers.items()}
        cells = rows_of(versions[0])[0].cells
    else:
        filled |= {str(cell): one.value for cell, one in answers_to(part, cycle).items()}
        cells = form_of(part, cycle, local_day(timezone.now())).total
    figures = {str(cell): n for cell, n in cells.items()}
    return {"period": cycle.name, "version": versions[0].version if versions else None, **filled, **figures}


TOLD = {"bulletin": _bulletin, "form": _form}
