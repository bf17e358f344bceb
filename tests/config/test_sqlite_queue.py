"""Two processes that write to one SQLite file stand in a queue, and whoever dies leaves it."""

import signal
import subprocess
import sys

PROGRAM = """
import os, sys, time
os.environ.update(DATABASE_URL="sqlite:///" + sys.argv[1], ZHIBEN_VAR=os.path.dirname(sys.argv[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "zhiben.config.settings"
import django
django.setup()
from django.db import connection, transaction
connection.cursor().execute("create table if not exists written (seen integer)")
def write(times):
    for _ in range(times):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("insert into written select count(*) from written")
def hold():
    with transaction.atomic():
        print("held", flush=True)
        time.sleep(60)
def tell():
    cursor = connection.cursor()
    cursor.execute("select count(*), count(distinct seen) from written")
    print(*cursor.fetchone())
"""


def _start(tmp_path, call):
    command = [sys.executable, "-c", PROGRAM + call, str(tmp_path / "queue.sqlite3")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_writers_take_turns_and_lose_nothing(tmp_path):
    both = [_start(tmp_path, "write(150)") for _ in range(2)]
    assert [(one.communicate(timeout=60), one.returncode)[1] for one in both] == [0, 0]
    assert _start(tmp_path, "tell()").communicate(timeout=30)[0].split() == ["300", "300"]


def test_a_writer_that_is_killed_leaves_the_queue(tmp_path):
    holder = _start(tmp_path, "hold()")
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    next_one = _start(tmp_path, "write(1)")
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    next_one.communicate(timeout=30)
    assert next_one.returncode == 0
