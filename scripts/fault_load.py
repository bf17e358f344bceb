"""The load of `faults.py`: promises in rungs, jobs in steps, letters in the outbox, each effect also journalled."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from zhiben.clocks.domain.kinds import JobKind, JobView, StepResult, Sweep, register_job, register_sweep
from zhiben.clocks.models import Job
from zhiben.clocks.services import enqueue
from zhiben.clocks.serving import stop_on_signals
from zhiben.clocks.sweeping import sweep_rows
from zhiben.clocks.worker import Worker
from zhiben.journal import public as journal
from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Letter
from zhiben.notices.domain.kinds import NoticeKind, register_notice
from zhiben.notices.models import ChannelSetting, Delivery, Message
from zhiben.notices.services import sending
from zhiben.orgs.models import Person

GAP = timedelta(milliseconds=700)  # between two rungs of a promise
LEASE = timedelta(seconds=2)


class Promise(models.Model):
    """Something that must be done at its moment, `rungs` times."""

    next_at = models.DateTimeField(null=True, db_index=True)
    rung = models.IntegerField(default=0)

    class Meta:
        app_label = "clocks"


class Kept(models.Model):
    """One effect. Without a unique key: doing it twice would show."""

    promise = models.BigIntegerField()
    rung = models.IntegerField()

    class Meta:
        app_label = "clocks"


class Part(models.Model):
    """One step's effect, likewise."""

    job = models.UUIDField()
    step = models.IntegerField()

    class Meta:
        app_label = "clocks"


@dataclass(frozen=True)
class FaultKept(journal.Event):
    """A rung was kept."""

    code = "fault:kept"
    label = Bilingual("已履行", "Kept")

    rung: int


@dataclass(frozen=True)
class Load:
    """How much there is to do, and where sent letters are noted."""

    promises: int
    jobs: int
    letters: int
    rungs: int
    steps: int
    sent: Path
    spread: timedelta

    @property
    def vendor(self) -> str:
        """The database's name."""
        return connection.vendor

    def prepare(self, now: datetime) -> None:
        """Make the tables and what is to be done, due evenly over the time of the killing."""
        call_command("migrate", verbosity=0)
        with connection.schema_editor() as editor:
            for table in (Promise, Kept, Part):
                editor.create_model(table)
        self._register()
        moments = [now + self.spread * n / self.promises for n in range(self.promises)]
        Promise.objects.bulk_create([Promise(next_at=at) for at in moments], batch_size=500)
        with transaction.atomic():
            for n in range(self.jobs):
                at = now + self.spread * n / self.jobs
                enqueue("fault:parts", {}, key=f"fault/{n}", total=self.steps, actor=SYSTEM, now=now, at=at)
            ChannelSetting.objects.create(name="fault", is_on=True)
            people = Person.objects.bulk_create([Person(name=str(n), email="x") for n in range(self.letters)])
            messages = [
                Message(person=person, kind="fault:told", subject="fault/1", key="fault", made_at=now)
                for person in people
            ]
            Message.objects.bulk_create(messages)
            outgoing = [
                Delivery(message=message, channel="fault", next_at=now + self.spread * n / self.letters)
                for n, message in enumerate(messages)
            ]
            Delivery.objects.bulk_create(outgoing)
        connection.close()

    def fork(self) -> int:
        """Start a worker in a process of its own; return its id."""
        if pid := os.fork():
            return pid
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            worker = Worker()
            stop_on_signals(worker.stop)
            worker.run()
            code = 0
        finally:
            os._exit(code)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is open; tell whether that came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self._open():
                connection.close()
                return True
            time.sleep(0.2)
        return False

    def count(self) -> dict[str, Any]:
        """Compare what was wanted with what is there."""
        kept = list(Kept.objects.values_list("promise", "rung"))
        parts = list(Part.objects.values_list("job", "step"))
        sent = self.sent.read_text().split()
        entries = Entry.objects.filter(code=FaultKept.code).count()
        wanted = (self.promises * self.rungs, self.jobs * self.steps)
        return {
            "effects_wanted": wanted[0],
            "effects_found": len(kept),
            "effects_journalled": entries,
            "parts_wanted": wanted[1],
            "parts_found": len(parts),
            "letters_wanted": self.letters,
            "letters_sent": len(set(sent)),
            "letters_repeated_under_their_key": len(sent) - len(set(sent)),
            "lost": (wanted[0] - len(set(kept)))
            + (wanted[1] - len(set(parts)))
            + (self.letters - len(set(sent)))
            + abs(entries - len(kept)),
            "twice": len(kept) - len(set(kept)) + len(parts) - len(set(parts)),
            "open": self._open(),
        }

    def _open(self) -> int:
        """Return how much is still to be done."""
        waiting = (Promise.objects, Job.objects, Delivery.objects)
        return sum(rows.filter(next_at__isnull=False).count() for rows in waiting)

    def _register(self) -> None:
        """Let workers know the load."""
        register_sweep(Sweep("fault:keep", self._keep, every=timedelta(0)))
        label = Bilingual("故障演练", "Fault drill")
        register_notice(NoticeKind("fault:told", label, label, is_urgent=True))  # at night too
        register_job(JobKind("fault:parts", self._part, label, lease=LEASE, tries=1000))
        sending.LEASE = LEASE
        CHANNELS["fault"] = _Noted(self.sent)  # type: ignore[index]  # a plain dict below

    def _keep(self, now: datetime) -> int:
        """Keep what is due."""

        def claim(row: Promise) -> dict[str, Any]:
            last = row.rung + 1 == self.rungs
            return {"rung": row.rung + 1, "next_at": None if last else now + GAP}

        def effect(won: Sequence[Promise]) -> None:
            Kept.objects.bulk_create([Kept(promise=row.pk, rung=row.rung) for row in won])
            lines = [journal.Line(FaultKept(row.rung), f"fault/{row.pk}", "system", now.date()) for row in won]
            journal.record(lines, actor=SYSTEM, now=now)

        return sweep_rows("fault:keep", Promise.objects.all(), claim=claim, effect=effect, now=now, limit=200)

    def _part(self, view: JobView) -> StepResult:
        """Do one part of a job."""
        Part.objects.create(job=view.id, step=view.done)
        return StepResult(finished=view.done + 1 == self.steps)


class _Noted:
    """A channel that writes each letter's key into a file, down to the disk, as a mail server would."""

    name = "fault"
    label = Bilingual("故障演练", "Fault drill")

    def __init__(self, file: Path) -> None:
        self.file = file

    def lacks(self) -> str:
        """Name no setting: a file is all there is."""
        return ""

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 -- the protocol's
        """Count a letter as one."""
        return 1

    def send(self, letter: Letter) -> str:
        """Note one letter."""
        with self.file.open("a") as out:
            out.write(letter.key + "\n")
            out.flush()
            os.fsync(out.fileno())
        return letter.key
