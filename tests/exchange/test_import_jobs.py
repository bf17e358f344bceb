"""The same import as the worker does it: in parts, resumed after a kill, refused when the file cannot be read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from exchange.ledgers import good_rows, ledger, row
from make import NOW

from zhiben.clocks.models import Job
from zhiben.clocks.running import run_step, take_job
from zhiben.dangers.models import Danger
from zhiben.exchange.domain import staging
from zhiben.exchange.domain.stages import Stage
from zhiben.exchange.models import Import, ImportPart
from zhiben.exchange.selectors import imports
from zhiben.exchange.selectors.imports import staged_rows
from zhiben.exchange.services import bringing, judging
from zhiben.exchange.services.bringing import start_import, start_reading
from zhiben.exchange.services.importing import LATER, import_ledger
from zhiben.exchange.services.uploading import Upload, upload_ledger
from zhiben.exchange.services.voiding import start_voiding
from zhiben.files.public import original_path
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(judging, "PART", 10)
    with scoped(Scope(everything=True)):
        yield


@pytest.fixture
def uploaded(cast, tmp_path):
    def go(rows):
        path = ledger(tmp_path, rows)
        return upload_ledger(Upload(path, path.name), cast.tree.county, actor=cast.li.actor, now=NOW)

    return go


def work(now=NOW, steps=100):
    """Do what a worker does until nothing waits, or it is killed after some steps."""
    while steps and (held := take_job(now)):
        steps -= 1
        while run_step(held, lambda: now) and steps:
            steps -= 1


def test_a_worker_judges_and_writes_part_by_part(uploaded, cast):
    batch = uploaded(good_rows(25))
    start_reading(batch.pk, actor=cast.li.actor, now=NOW)
    work()
    batch.refresh_from_db()
    assert (batch.stage, batch.read, batch.accepted) == (Stage.PREVIEWED, 25, 25)
    job = start_import(batch.pk, accept_good=False, actor=cast.li.actor, now=NOW)
    work(steps=2)
    assert (Danger.unscoped.count(), Job.objects.get(pk=job).done) == (20, 20)
    work(NOW + timedelta(minutes=5))
    batch.refresh_from_db()
    assert (batch.stage, batch.written, Danger.unscoped.count()) == (Stage.DONE, 25, 25)
    start_voiding(batch.pk, reason="文件传错了", actor=cast.li.actor, now=NOW)
    work(NOW + timedelta(minutes=5))
    batch.refresh_from_db()
    assert (batch.stage, batch.withdrawn) == (Stage.VOIDED, 25)


def test_what_the_command_wrote_is_done_in_the_job_too(cast, tmp_path):
    import_ledger(ledger(tmp_path, good_rows(25)), cast.tree.county, actor=cast.li.actor, now=NOW)
    work(timezone.now() + LATER)
    job = Job.objects.get(kind="import:write")
    assert (job.state, job.done, job.total) == ("done", 25, 25)


def test_a_worker_that_dies_inside_a_part_leaves_nothing_of_it(uploaded, cast, monkeypatch):
    batch = uploaded(good_rows(25))
    bringing.lay_down(batch, actor=cast.li.actor, now=NOW)
    start_import(batch.pk, accept_good=False, actor=cast.li.actor, now=NOW)
    real, calls = bringing.report_dangers, []

    def dies(told, **known):
        calls.append(len(told))
        found = real(told, **known)
        if len(calls) == 2:
            raise RuntimeError("the power fails after the rows are in")
        return found

    monkeypatch.setattr(bringing, "report_dangers", dies)
    work()
    assert Danger.unscoped.count() == 10
    assert ImportPart.objects.filter(batch=batch, is_written=True).count() == 1
    work(NOW + timedelta(minutes=10))
    assert Danger.unscoped.count() == 25
    assert Import.unscoped.get().stage == Stage.DONE


def test_a_file_that_cannot_be_read_any_more_says_why(uploaded, cast):
    batch = uploaded(good_rows(2))
    path = original_path(batch.sha256)
    path.chmod(0o640)
    path.write_bytes(b"PK\x03\x04 torn")
    start_reading(batch.pk, actor=cast.li.actor, now=NOW)
    work()
    batch.refresh_from_db()
    assert (batch.stage, batch.error) == (Stage.REFUSED, "workbook:damaged")


def test_reading_again_replaces_what_a_killed_reading_left(uploaded, cast):
    batch = uploaded(good_rows(25))
    ImportPart.objects.create(batch=batch, number=0, rows=b"", accepted=10)
    ImportPart.objects.create(batch=batch, number=7, rows=b"", accepted=10)
    bringing.lay_down(batch, actor=cast.li.actor, now=NOW)
    assert list(ImportPart.objects.order_by("number").values_list("number", "accepted")) == [(0, 10), (1, 10), (2, 5)]


def test_a_long_ledger_is_written_day_by_day_and_read_in_its_own_order(uploaded, cast, monkeypatch):
    for module in (bringing, imports):
        monkeypatch.setattr(module, "LONG", 20)
    for name, size in (("PART", 10), ("WINDOW", 30)):
        monkeypatch.setattr(staging, name, size)
    days = [f"2026-01-{1 + number * 7 % 25:02d}" for number in range(33)]
    rows = [row(number, day=day) for number, day in enumerate(days, 1)]
    rows[4] = row(5, name="没有登记的示例企业")
    batch = uploaded(rows)
    bringing.lay_down(batch, actor=cast.li.actor, now=NOW)
    batch.refresh_from_db()
    assert [one.row for one in staged_rows(batch)] == list(range(3, 36))
    start_import(batch.pk, accept_good=True, actor=cast.li.actor, now=NOW)
    work()
    batch.refresh_from_db()
    assert (batch.stage, batch.read, batch.written, batch.rejected) == (Stage.DONE, 33, 32, 1)
    found = list(Danger.unscoped.order_by("number").values_list("found_on", flat=True))
    assert found[:29] == sorted(found[:29])  # the first window of thirty, less its rejected row
    assert found[29:] == sorted(found[29:])
    told = {one.row: one.danger for one in staged_rows(batch)}
    assert list(told) == list(range(3, 36))
    assert {number: pk for pk, number in Danger.unscoped.values_list("pk", "import_row")} == {
        number: pk for number, pk in told.items() if pk
    }


def test_two_imports_of_one_file_write_each_row_once(uploaded, cast):
    first, second = uploaded([*good_rows(15), row(99)]), uploaded([*good_rows(15), row(99)])
    for batch in (first, second):
        bringing.lay_down(batch, actor=cast.li.actor, now=NOW)
        start_import(batch.pk, accept_good=False, actor=cast.li.actor, now=NOW)
    for batch in (first, second, first, second):
        bringing.write_part(batch, actor=cast.li.actor, now=NOW)
    work(NOW + timedelta(minutes=5))
    assert Danger.unscoped.count() == 16
    counts = [(b.accepted, b.repeated, b.written) for b in Import.unscoped.order_by("created_at", "pk")]
    assert sum(written for _, _, written in counts) == 16
    assert all(accepted + repeated == 16 for accepted, repeated, _ in counts)
