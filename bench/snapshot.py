"""Facts as columns: a snapshot of all enterprises written whole from their packed rows, then what changed, then judged.

    python bench/snapshot.py [ENTERPRISES] [FACTS]

Packed rows are laid down directly, each enterprise with `FACTS` known facts of its industries and some besides; 1 in 1,000
then changes, in one shard and scattered over all. DATABASE_URL chooses the database; without it an embedded one.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENTERPRISES = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
FACTS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
LIMIT_FULL_S, OF = 120, 1_000_000  # the whole of a million enterprises
KINDS = 2_000  # different packed rows; the values are drawn, the days are each enterprise's own
AT_ONCE = 5_000


def prepare(folder):
    """Set the program up with an empty database."""
    os.environ["ZHIBEN_VAR"] = str(folder)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "analytics")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def packed_rows(word, draw, day):
    """Return some thousand different packed rows with industries: what their law asks, filled up to FACTS with others."""
    from populations import value_of

    from zhiben.analytics.held import Held
    from zhiben.analytics.packed import pack
    from zhiben.law.facts import vocabulary
    from zhiben.law.standards import facts_asked
    from zhiben.orgs.domain.industries import BIT

    made = []
    for _ in range(KINDS):
        slugs = draw.sample(sorted(BIT), draw.choice([1, 1, 2]))
        asked = sorted(facts_asked(slugs, day))
        names = draw.sample(asked, min(FACTS, len(asked)))
        names += draw.sample(sorted(set(vocabulary()) - set(asked)), FACTS - len(names))
        since = [day - timedelta(days=draw.randint(0, 300)) for _ in names]
        facts = {
            name: Held(value_of(name, draw), one, one + timedelta(days=365), "person")
            for name, one in zip(names, since, strict=True)
        }
        made.append((sum(BIT[slug] for slug in slugs), pack(facts, word)))
    return made


def populate(day):
    """Lay down enterprises below a hundred places, and their packed rows."""
    from zhiben.orgs.models import Enterprise
    from zhiben.standards.models import CurrentFacts
    from zhiben.standards.services.packing import words_made

    draw = random.Random(11)
    rows = packed_rows(words_made(), draw, day)
    for start in range(0, ENTERPRISES, AT_ONCE):
        some = range(start, min(start + AT_ONCE, ENTERPRISES))
        drawn = [draw.choice(rows) for _ in some]
        made = Enterprise.objects.bulk_create(
            Enterprise(name=f"E{n}", plain_name=f"E{n}", path=f"/1/{n % 100:04}/{n}/", industries_mask=mask)
            for n, (mask, _) in zip(some, drawn, strict=True)
        )
        CurrentFacts.objects.bulk_create(
            CurrentFacts(pk=one.pk, packed=packed, position=0) for one, (_, packed) in zip(made, drawn, strict=True)
        )
    return rows


def change(numbers, rows, position):
    """Give enterprises other packed rows."""
    from zhiben.journal.models import Cursor
    from zhiben.standards.models import CurrentFacts
    from zhiben.standards.services.packing import CONSUMER

    changed = [CurrentFacts(pk=n, packed=rows[n % len(rows)][1], position=position) for n in numbers]
    CurrentFacts.objects.bulk_update(changed, ["packed", "position"], batch_size=200)
    Cursor.objects.filter(name=CONSUMER).update(position=position)


def timed(doing):
    """Return what was done and its seconds, by the clock and of all cores together."""
    began, cpu = time.perf_counter(), time.process_time()
    done = doing()
    return done, round(time.perf_counter() - began, 3), round(time.process_time() - cpu, 3)


def bytes_of(folder):
    """Return the bytes of a folder's Parquet files."""
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def most_memory():
    """Return the MiB this process took at most; what `getrusage` says of a child includes its parent."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


def judged(day):
    """Judge the snapshot in a process of its own; return seconds, clauses and the most memory it took."""
    code = (
        "import sys, time, json; from pathlib import Path; from datetime import date;"
        "from zhiben.analytics.snapshots import opened; from zhiben.analytics.judging import Embedded, question;"
        "asked = question(date.fromisoformat(sys.argv[2])); snapshot = opened(Path(sys.argv[1]));"
        "asked.lines; began, cpu = time.perf_counter(), time.process_time(); tally = Embedded().tally(snapshot, asked);"
        "spent, core = time.perf_counter() - began, time.process_time() - cpu;"
        "print(json.dumps([round(spent, 3), round(core, 3), tally.judged, len(tally.lines),"
        " int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024]))"
    )
    from zhiben.standards.services.snapshotting import root

    command = [sys.executable, "-c", code, str(root()), day.isoformat()]
    return json.loads(
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
        ).stdout
    )


def main():
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        prepare(Path(name))
        from django.db import connection
        from django.utils import timezone

        from zhiben.kernel.periods import local_day
        from zhiben.standards.services.snapshotting import root, write_snapshot

        now = timezone.now()
        day = local_day(now)
        rows = populate(day)
        full, full_s, full_cpu = timed(lambda: write_snapshot(now=now, full=True))
        some = max(1, ENTERPRISES // 1_000)
        change(range(1, some + 1), rows, 1)
        near, near_s, near_cpu = timed(lambda: write_snapshot(now=now))
        change(range(1, ENTERPRISES + 1, 1_000), rows, 2)
        far, far_s, far_cpu = timed(lambda: write_snapshot(now=now))
        none, none_s, _ = timed(lambda: write_snapshot(now=now))
        assert (full.enterprises, near.enterprises, none.enterprises) == (ENTERPRISES, some, 0)
        judge_s, judge_cpu, asked, clauses, judge_mib = judged(day)
        assert asked == ENTERPRISES
        print(json.dumps({
            "figure": "facts as columns", "database": connection.vendor, "enterprises": ENTERPRISES, "facts": FACTS,
            "shards": full.shards,
            "full_seconds": full_s, "limit_full_seconds": round(LIMIT_FULL_S * ENTERPRISES / OF, 2),
            "full_core_seconds": full_cpu, "full_per_million_seconds": round(full_s * OF / ENTERPRISES, 1),
            "changed_together": near.enterprises, "shards_written_together": near.shards, "together_seconds": near_s, "together_core_seconds": near_cpu,
            "changed_scattered": far.enterprises, "shards_written_scattered": far.shards, "scattered_seconds": far_s, "scattered_core_seconds": far_cpu,
            "nothing_changed_seconds": none_s,
            "bytes_an_enterprise": round(bytes_of(root()) * full.shards / (full.shards + near.shards + far.shards) / ENTERPRISES),
            "peak_mib": most_memory(),
            "judged_seconds": judge_s, "judged_core_seconds": judge_cpu, "judged_clauses": clauses, "judged_peak_mib": judge_mib,
        }))  # fmt: skip


if __name__ == "__main__":
    main()
