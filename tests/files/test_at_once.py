"""The same content kept, shredded and removed by several processes at once: no row ever misses its file."""

import io
import os
import time
import traceback

import pytest
from django.db import connection
from django.utils import timezone
from make import make_enterprise, make_tree

from zhiben.files.models import Original
from zhiben.files.public import keep_file, shred_file
from zhiben.files.selectors import verify_originals
from zhiben.files.services import remove_unheld
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.server
TIMES = 80


@pytest.fixture
def fork(tmp_path, settings, transactional_db):
    """Give a way to run something in a process with its own connection."""
    settings.FILES_ROOT = tmp_path / "files"
    make_enterprise(make_tree().township, "成都示例机械有限公司")

    def start(work):
        connection.close()  # no connection may be carried into another process
        if pid := os.fork():
            return pid
        code = 1
        try:
            with scoped(Scope(everything=True)):
                work()
            code = 0
        except BaseException:  # noqa: BLE001 -- told to whoever waits
            (tmp_path / f"failed-{os.getpid()}").write_text(traceback.format_exc())
        finally:
            os._exit(code)

    return start


def keep_and_shred():
    unit = Unit.objects.get(kind="site")
    for n in range(TIMES):
        kept = keep_file(
            io.BytesIO(b"the same text"), "a.txt", subject="danger/1", place=unit_place(unit), unit_id=unit.pk,
            actor=SYSTEM, now=timezone.now(),
        )  # fmt: skip
        if n + 1 < TIMES:
            shred_file(kept.id, actor=SYSTEM, now=timezone.now())
            time.sleep(0.001 * (n % 8))  # out of step with each other, so that now and then nobody holds it


def ended_well(pid, folder):
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, [p.read_text() for p in folder.glob("failed-*")]


def test_content_kept_while_it_is_being_removed_is_never_lost(fork, tmp_path):
    stop, removed = tmp_path / "stop", tmp_path / "removed"

    def remove():
        count = 0
        while not stop.exists():
            count += remove_unheld(timezone.now())
            time.sleep(0.001)
        removed.write_text(str(count))

    def look():
        found = verify_originals()
        assert (found.files, found.missing, found.changed, found.orphans) == (1, (), (), ())
        assert Original.objects.get().holders == 2

    remover = fork(remove)
    for keeper in [fork(keep_and_shred) for _ in range(2)]:
        ended_well(keeper, tmp_path)
    stop.touch()
    ended_well(remover, tmp_path)
    assert int(removed.read_text()) > 0
    ended_well(fork(look), tmp_path)
