"""`zhiben standards determine`: every clause in force over every enterprise of a unit, at once."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.analytics.public import Determined, determine, population
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import actor_named, unit_at
from zhiben.orgs.scope import Scope, scope_of, scoped
from zhiben.standards.following import raised_by
from zhiben.standards.members import members

ROOT = "/1/"


class Command(BaseCommand):
    """Judge a population. Without `--raise` and `--ask` nothing is written."""

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
        judged.add_argument(
            "--raise",
            dest="raises",
            action="store_true",
            help="keep what is present as suspicions for people to confirm",
        )
        judged.add_argument("--ask", dest="asks", action="store_true", help="ask for the missing facts, too")
        judged.add_argument("--as", dest="username", metavar="NAME", help="the account that raises or asks")
        judged.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer."""
        if options["raises"] or options["asks"]:
            self._raise(**options)
            return
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

    def _raise(self, *, unit: str | None, asks: bool, username: str | None, **options: Any) -> None:
        """Keep what follows from judging today, by today's law; run again nothing is made twice."""
        if options["on"] or options["standard"] or options["enterprises"]:
            raise Invalid("population:as-of-today", field="raise")
        if not username:
            raise Invalid("population:no-account", field="as")
        now = timezone.now()
        actor = actor_named(username, now=now)
        with scoped(scope_of(actor)):
            counts = raised_by()(unit_at(unit or ROOT), asks=asks, actor=actor, now=now)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{name} {value}" for name, value in counts.items() if name != "after"))


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
