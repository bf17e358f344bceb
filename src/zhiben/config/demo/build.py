"""Preparing the example records, from an empty database to three years of history; a second time changes nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file, files
from random import Random

from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from zhiben.config.demo import after, cast, facts, library
from zhiben.config.demo.history import STRIDE, History
from zhiben.config.demo.scenes import scenes
from zhiben.exchange.public import import_ledger
from zhiben.journal.public import run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Account, Unit
from zhiben.orgs.public import unit_at
from zhiben.orgs.services.divisions import import_divisions

SEED = 20231201
FIRST_DAY = date(2024, 1, 8)  # the calendar of working days begins in 2024; the first turn tells of late 2023
EACH_TIME = 8
SAMPLE = "隐患排查治理台账（示例）.xlsx"
LAST_LOGIN = "worker"  # made last of all: where it stands, the preparation was finished


@dataclass
class Shown:
    """Progress bars on the console."""

    console: Console = field(default_factory=Console)

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[cast.Step]:
        """Show one bar while the block runs; the block calls what it is given with each step."""
        columns = (TextColumn("{task.description:<34}"), BarColumn(28), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console) as progress:
            task = progress.add_task(what, total=total)
            yield lambda n: progress.advance(task, n)
            progress.update(task, completed=total)


def is_prepared() -> bool:
    """Tell whether the example records stand complete."""
    return Account.objects.filter(username=LAST_LOGIN, is_demo=True).exists()


def prepare(shown: Shown, *, now: datetime) -> None:
    """Write everything; whoever interrupts it starts again with an empty database."""
    _hurry()
    random, began = Random(SEED), time.monotonic()  # noqa: S311 -- the same examples every time
    then = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) - timedelta(days=30)
    with shown.bar("regions 区划", 1) as step, as_file(files("zhiben.orgs") / "divisions") as folder:
        import_divisions(folder / "divisions-2023.csv.xz", under=scenes().prefecture, actor=SYSTEM, now=then)
        step(1)
    city = unit_at(scenes().prefecture)
    counties = list(Unit.objects.filter(parent=city, kind=UnitKind.COUNTY).order_by("pk"))
    townships = list(Unit.objects.filter(parent__in=counties, kind=UnitKind.TOWNSHIP).order_by("pk"))
    general = cast.add_departments(counties, city, now=then)
    county = counties[0]
    made = cast.register(townships, county, random, now=then)
    with shown.bar("enterprises and people 企业与人员", len(made)) as step:
        parties = cast.people(made, random, now=then, step=step)
    offices = cast.add_offices([city, *counties], random, now=then)
    turns = (local_day(now) - FIRST_DAY) // STRIDE + 1
    with shown.bar("three years of dangers 三年隐患", turns) as step:
        history = History(parties, offices, {unit: department.pk for unit, department in general.items()}, random)
        history.each_turn = lambda moment: _each_turn(history, moment, now)
        history.live(FIRST_DAY, now, each_time=EACH_TIME, step=step)
        after.order_stops(history, now)
        after.list_some(history, now)
    home = history.busiest(county)
    known = [home, *(party for party in parties[::12] if party is not home)]
    with shown.bar("facts and determinations 事实与判定", len(known)) as step:
        facts.record(known, random, now=now, step=step)
    with shown.bar("sample ledger 示例台账", 1) as step, as_file(files("zhiben.exchange") / "samples") as folder:
        officer = offices[general[city.pk].pk].officer
        report = import_ledger(folder / SAMPLE, city, actor=officer, now=now, accept_good=True)
        step(1)
    with shown.bar("figures 统计", 1):
        while run_consumers(now=now):
            pass
    after.answer_suspicions(now)
    library.add(cast.make_logins(cast.logins(home, county, general[county.pk]), now=now), county, now=now)
    shown.console.print(
        f"sample ledger: read {report.read}, accepted {report.accepted}, repeated {report.repeated}, "
        f"rejected {report.rejected}, written {report.written}"
    )
    shown.console.print(f"ready in {time.monotonic() - began:.0f} s")


def _each_turn(history: History, moment: datetime, now: datetime) -> None:
    """Let happen in a fortnight what happens beside the dangers' own steps."""
    after.look_back(history, moment, now)
    after.confirm_notices(moment, now)


def _hurry() -> None:
    """Let SQLite not wait for the disk: what is lost by a power cut here is made again from nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
