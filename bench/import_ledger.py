"""A ledger of 100,000 rows through `zhiben import dangers`: seconds and memory, beside django-import-export on the file.

`python bench/import_ledger.py [--rows N] [--peer-rows N] [--no-peer]`. Uses DATABASE_URL, or a SQLite file of its own;
on another database it leaves its rows behind. The peer is what people write: one resource for the same columns, each row
saved through Django's ORM, enterprise looked up by name, and nothing else: no journal, no candidate clauses, no deadlines.
Both judge every row before they write any: ours lays its verdicts down, the peer's way is a dry run and then the import.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "bench")]
HOME = tempfile.mkdtemp(prefix="zhiben-bench-")
os.environ.setdefault("ZHIBEN_VAR", HOME)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{HOME}/bench.sqlite3")
os.environ.setdefault("ZHIBEN_SECRET_KEY", "bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
LIMIT_SECONDS, LIMIT_MIB, LIMIT_RATIO = 60, 500, 10

import django

django.setup()

from cast import make_cast
from django.core.management import call_command
from django.db import connection, models
from make import make_enterprise
from read_ledger import write


def prepare():
    """A county with the 4,000 enterprises that the generated ledger names."""
    call_command("migrate", verbosity=0)
    cast = make_cast()
    for number in range(4000):
        make_enterprise(cast.tree.township, f"示例企业{number:04d}有限公司")


def tree_rss(pid):
    """Memory of a process and its children, in bytes."""
    total = 0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):  # without the pages of the database file that the kernel lends
                total += int(line.split()[1]) * 1024
    except OSError:
        return 0
    return total + sum(tree_rss(int(child)) for child in children)


def run(path):
    """Run the command; return its seconds, its report, the peak of its whole tree and its processor time."""
    command = [
        sys.executable,
        "-m",
        "zhiben",
        "import",
        "dangers",
        str(path),
        "--unit",
        "510104",
        "--as",
        "li",
        "--json",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    peak = [0]
    ended = threading.Event()

    def watch():
        while not ended.wait(0.05):
            peak[0] = max(peak[0], tree_rss(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, _ = process.communicate()
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, json.loads(out), peak[0] / 1024**2, cpu


def peer(path, *, indexed):
    """django-import-export with an ordinary resource, on an ordinary table of its own, with or without an index."""
    import tablib
    from import_export import fields, resources, widgets

    from zhiben.orgs.models import Enterprise

    class Plain(models.Model):
        enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+")
        place = models.CharField(max_length=300)
        found_on = models.DateField()
        finder = models.CharField(max_length=100)
        description = models.TextField()
        level = models.CharField(max_length=8)
        measure = models.TextField()
        owner = models.CharField(max_length=100)
        funds = models.FloatField(null=True)
        due_on = models.DateField(null=True)
        status = models.CharField(max_length=20)

        class Meta:
            app_label = "exchange"
            db_table = "bench_plain"
            indexes = [models.Index(fields=["enterprise", "found_on"], name="bench_plain_repeat")] if indexed else []

    days = widgets.DateWidget()
    days.formats = ("%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y/%m/%d")

    class PlainResource(resources.ModelResource):
        enterprise = fields.Field("enterprise", "企业名称", widgets.ForeignKeyWidget(Enterprise, "name"))
        place = fields.Field("place", "场所（部位）")
        found_on = fields.Field("found_on", "排查日期", days)
        finder = fields.Field("finder", "检查人")
        description = fields.Field("description", "隐患描述")
        level = fields.Field("level", "隐患级别")
        measure = fields.Field("measure", "整改措施")
        owner = fields.Field("owner", "责任人")
        funds = fields.Field("funds", "整改资金（万元）", widgets.FloatWidget())
        due_on = fields.Field("due_on", "整改期限", days)
        status = fields.Field("status", "是否整改")

        class Meta:
            model = Plain
            exclude = ("id",)
            import_id_fields = ("enterprise", "found_on", "place", "description")  # what a repeat is
            skip_unchanged = True
            use_transactions = True

    with connection.schema_editor() as editor:
        editor.create_model(Plain)
    started, began = time.perf_counter(), time.process_time()
    book = tablib.Dataset().load(path.read_bytes(), format="xlsx", headers=True)
    PlainResource().import_data(book, dry_run=True, raise_errors=True)
    previewed = time.perf_counter() - started
    result = PlainResource().import_data(book, raise_errors=True)
    seconds, cpu = time.perf_counter() - started, time.process_time() - began
    with connection.schema_editor() as editor:
        editor.delete_model(Plain)
    return seconds, previewed, cpu, result.totals


def without_title(source, target, rows):
    """The same rows as the peer wants them: the header on the first line."""
    import openpyxl

    book = openpyxl.load_workbook(source, read_only=True)
    plain = openpyxl.Workbook(write_only=True)
    sheet = plain.create_sheet()
    for number, row in enumerate(book.active.iter_rows(values_only=True)):
        if 0 < number <= rows + 1:
            sheet.append(row)
    plain.save(target)


def told_of_peer(folder, chosen):
    """Run the peer over the first rows of the same ledger; scaled where these are not all."""
    without_title(folder / "ledger.xlsx", folder / "plain.xlsx", chosen.peer_rows)
    taken, previewed, cpu, totals = peer(folder / "plain.xlsx", indexed=chosen.peer_index)
    return {
        "peer": "django-import-export", "peer_index": chosen.peer_index, "peer_rows": chosen.peer_rows,
        "peer_seconds": round(taken, 1), "peer_of_these_preview": round(previewed, 1), "peer_cpu_seconds": round(cpu, 1), "peer_totals": dict(totals),
        "peer_scaled_seconds": round(taken * chosen.rows / chosen.peer_rows),
    }  # fmt: skip


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--peer-rows", type=int, default=5_000, help="the whole file takes the peer some minutes")
    options.add_argument("--peer-only", action="store_true")
    options.add_argument("--peer-index", action="store_true", help="give the peer an index for what a repeat is")
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    prepare()
    folder = Path(HOME)
    write(folder / "warm.xlsx", 200)
    write(folder / "ledger.xlsx", chosen.rows)
    if chosen.peer_only:
        json.dump({"rows": chosen.rows, **told_of_peer(folder, chosen)}, sys.stdout)
        return
    run(folder / "warm.xlsx")
    seconds, report, peak, cpu = run(folder / "ledger.xlsx")
    again, repeated, _, _ = run(folder / "ledger.xlsx")
    result = {
        "database": connection.vendor, "rows": chosen.rows, "seconds": round(seconds, 1), "limit_seconds": LIMIT_SECONDS,
        "cpu_seconds": round(cpu, 1), "peak_mib_parent_and_child": round(peak), "limit_mib": LIMIT_MIB,
        "rows_a_second": round(chosen.rows / seconds), "load": os.getloadavg()[0],
        **{name: report[name] for name in ("read", "accepted", "repeated", "rejected", "written")},
        "again": {"seconds": round(again, 1), "written": repeated["written"], "repeated": repeated["repeated"]},
    }  # fmt: skip
    if not chosen.no_peer:
        result |= told_of_peer(folder, chosen)
        result |= {"ratio": round(result["peer_scaled_seconds"] / seconds, 1), "limit_ratio": LIMIT_RATIO}
    json.dump(result, sys.stdout, ensure_ascii=False, default=str)
    print()


if __name__ == "__main__":
    main()
