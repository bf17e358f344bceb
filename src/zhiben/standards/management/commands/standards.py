"""`zhiben standards determine`: every clause in force over every enterprise of a unit, at once."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.analytics.public import Determined, determine, population
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import unit_at
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.members import members


class Command(BaseCommand):
    """Judge a population. Nothing is written: whoever wants a determination kept judges the enterprise."""

    help = "What the determination standards say of all enterprises of a unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the one use."""
        uses = parser.add_subparsers(dest="use", required=True)
        judged = uses.add_parser("determine", help="at how many enterprises each clause is present, absent, unknown")
        judged.add_argument("--unit", metavar="PATH_OR_CODE", help="without it the whole tree")
        judged.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the law and the facts of this day")
        judged.add_argument(
            "--standard", action="append", default=[], metavar="ID", help="only this one; may be given often"
        )
        judged.add_argument("--engine", choices=["polars"], default="polars", help="the one in this program")
        judged.add_argument("--enterprises", action="store_true", help="tell each enterprise's clauses too")
        judged.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer."""
        day = options["on"] or local_day(timezone.now())
        with scoped(Scope(everything=True)):
            unit = unit_at(options["unit"]) if options["unit"] else None
            held = population(members(unit, day=day), day)
        determined = determine(held, day, only=options["standard"])
        told: dict[str, Any] = {
            "on": day.isoformat(),
            "unit": unit.path if unit else None,
            "judged": held.size,
            "clauses": determined.counts(),
            "unfit": dict(held.unfit),
        }
        if options["enterprises"]:
            told["enterprises"] = list(_enterprises(determined))
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for each in told["clauses"]:
            self.stdout.write(
                "\t".join(str(each[name]) for name in ("standard", "clause", "present", "absent", "unknown"))
            )


def _enterprises(determined: Determined) -> Iterator[dict[str, Any]]:
    """Tell for each enterprise the clauses that bind it, with the facts that settled them."""
    by_clause = [(judged, determined.told(judged)) for judged in determined.clauses]
    for at, number in enumerate(determined.population.enterprises.tolist()):
        clauses = [
            {"standard": judged.standard.id, "clause": judged.clause, **told.at(at)}
            for judged, told in by_clause
            if told.verdicts[at] >= 0
        ]
        yield {"enterprise": number, "clauses": clauses}
