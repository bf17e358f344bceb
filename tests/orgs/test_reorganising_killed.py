"""A real worker, killed with -9 at random moments while it merges units: the next one goes on where it stood."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.server

PREPARE = """
import django; django.setup()
from make import NOW, make_enterprise, make_site, make_tree, make_unit
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.services.reorganising import plan_reorganisation
tree = make_tree()
heir = make_unit(tree.county, "township", "合江亭街道", "510104020")
enterprise = make_enterprise(tree.township, "成都示例机械有限公司")
for number in range(25):
    make_site(enterprise, tree.township if number % 2 else tree.village, f"分厂{number}")
plan = Plan(ReorganisationKind.MERGE, (Receiver(unit=heir.pk),), ends=((tree.township.pk, 0),))
print(plan_reorganisation(plan, on=NOW.date(), actor=SYSTEM, now=NOW).pk)
"""
WORK = """
import sys; import django; django.setup()
from make import NOW
from zhiben.orgs.services.carrying import carry
print("ready", flush=True)
while carry(int(sys.argv[1]), now=NOW, ticks=1, limit=1):
    pass
"""
CHECK = """
import django; django.setup()
from zhiben.journal.public import verify
from zhiben.kernel.ids import segment
from zhiben.orgs.models import Reorganisation, Unit, UnitMove
from zhiben.orgs.services.moving import strayed_rows
row = Reorganisation.objects.get()
units = {unit.pk: unit for unit in Unit.objects.all()}
whole = all(
    unit.parent_id is None
    or (unit.path == f"{units[unit.parent_id].path}{segment(unit.pk)}/" and unit.old_path == "")
    for unit in units.values()
)
heir = next(unit for unit in units.values() if unit.name == "合江亭街道")
below = sum(unit.path.startswith(heir.path) for unit in units.values())
print(row.state, whole, below, UnitMove.objects.filter(finished_at=None).count(), strayed_rows(), verify().broken)
"""


def test_killed_with_minus_nine_nothing_is_lost_or_done_twice(tmp_path):
    environment = {
        **os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}", "DJANGO_SETTINGS_MODULE": "zhiben.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "ZHIBEN_VAR": str(tmp_path),
    }  # fmt: skip

    def run(code, *arguments):
        return subprocess.run(
            [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    subprocess.run([sys.executable, "-m", "zhiben", "migrate", "-v0"], env=environment, check=True)
    number, moments = run(PREPARE), random.Random(7)
    kills = 0
    while kills < 6:
        working = subprocess.Popen(
            [sys.executable, "-c", WORK, number], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert working.stdout.readline().strip() == "ready"
        time.sleep(moments.uniform(0.02, 0.3))
        if working.poll() is not None:
            break
        working.send_signal(signal.SIGKILL)
        working.wait()
        kills += 1
    assert kills >= 2, "it was over before it could be killed"
    run(WORK, number)
    # the heir, its village below, one registered site and 25 more: 27 besides the heir itself
    assert run(CHECK) == "done True 28 0 {} []"
