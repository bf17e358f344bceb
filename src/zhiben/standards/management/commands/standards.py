"""`zhiben standards determine`: every clause in force over every enterprise of a unit, at once."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.analytics.public import EngineName, engine_named
from zhiben.kernel.arguments import day
from zhiben.kernel.bilingual import Bilingual, terminal_language
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import actor_named, unit_at
from zhiben.orgs.scope import Scope, scope_of, scoped
from zhiben.standards.following import raised_by
from zhiben.standards.management.what_if import add_what_if, answer_what_if
from zhiben.standards.regional import adopted_on
from zhiben.standards.services.snapshotting import Judging, age, behind, judging, snapshot_here, write_snapshot

ROOT = "/1/"
COLUMNS = (
    Bilingual("标准", "standard"),
    Bilingual("条款", "clause"),
    Bilingual("存在", "present"),
    Bilingual("不存在", "absent"),
    Bilingual("尚不能判定", "cannot be judged yet"),
)


class Command(BaseCommand):
    """Judge a population. Without `--raise` and `--ask` nothing is kept but the snapshot that is read."""

    help = "What the determination standards say of all enterprises of a unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the one use."""
        uses = parser.add_subparsers(dest="use", required=True)
        judged = uses.add_parser("determine", help="at how many enterprises each clause is present, absent, unknown")
        judged.add_argument("--unit", metavar="PATH_OR_CODE", help="without it the whole tree")
        judged.add_argument("--on", type=day, metavar="DATE", help="the law and the facts of this day")
        judged.add_argument(
            "--standard", action="append", default=[], metavar="ID", help="only this one; may be given often"
        )
        judged.add_argument(
            "--engine", choices=get_args(EngineName), default="polars", help="polars: in this program; spark: far away"
        )
        judged.add_argument("--spark", metavar="URL", help="where Spark Connect answers, instead of ZHIBEN_SPARK")
        judged.add_argument("--fresh", action="store_true", help="bring the snapshot to what is recorded now first")
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
        add_what_if(uses)

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer."""
        if options["use"] == "what-if":
            answer_what_if(self.stdout.write, **options)
            return
        if options["raises"] or options["asks"]:
            self._raise(**options)
            return
        now = timezone.now()
        on = options["on"] or local_day(now)
        spark = {
            "url": options["spark"] or settings.SPARK,
            "folder": settings.SPARK_SNAPSHOT,
            "tasks": settings.SPARK_TASKS,
        }
        engine = engine_named(options["engine"], **(spark if options["engine"] == "spark" else {}))
        with scoped(Scope(everything=True)):
            unit = unit_at(options["unit"]) if options["unit"] else None
            snapshot = None if options["fresh"] else snapshot_here()
            snapshot = snapshot or write_snapshot(now=now).snapshot
            judged = judging(engine, snapshot, day=on, unit=unit, only=options["standard"], own=adopted_on(on))
            told = _told(judged, unit.path if unit else None, now=now, enterprises=options["enterprises"])
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write("\t".join(title(terminal_language()) for title in COLUMNS))
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
        if options["fresh"]:
            with scoped(Scope(everything=True)):
                write_snapshot(now=now)
        with scoped(scope_of(actor)):
            told = {"snapshot": age(now=now)}
            counts = raised_by()(unit_at(unit or ROOT), asks=asks, actor=actor, now=now)
        if options["json"]:
            self.stdout.write(json.dumps(counts | told))
        else:
            self.stdout.write(", ".join(f"{name} {value}" for name, value in counts.items() if name != "after"))


def _told(judging: Judging, path: str | None, *, now: datetime, enterprises: bool) -> dict[str, Any]:
    tally, snapshot = judging.tally(), judging.snapshot
    told: dict[str, Any] = {
        "on": judging.asked.day.isoformat(),
        "unit": path,
        "judged": tally.judged,
        "snapshot": {
            "made_at": snapshot.made_at.isoformat(),
            "behind": behind(snapshot, now=now),
            "from_history": len(tally.late),
        },
        "clauses": tally.counts(judging.asked),
        "unfit": dict(tally.unfit),
    }
    return told | ({"enterprises": list(judging.enterprises(tally.late))} if enterprises else {})
