"""A real worker, killed with -9 at random moments while it merges units: the next one goes on where it stood."""

import random
import time

import pytest
from make import NOW, make_enterprise, make_site, make_tree, make_unit

from zhiben.journal.public import verify
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.ids import segment
from zhiben.orgs.domain.reorganising import Plan, Receiver, ReorganisationKind
from zhiben.orgs.models import Reorganisation, Unit, UnitMove
from zhiben.orgs.services.carrying import carry
from zhiben.orgs.services.moving import strayed_rows
from zhiben.orgs.services.reorganising import plan_reorganisation

pytestmark = pytest.mark.server


def prepare():
    tree = make_tree()
    heir = make_unit(tree.county, "township", "合江亭街道", "510104020")
    enterprise = make_enterprise(tree.township, "成都示例机械有限公司")
    for number in range(25):
        make_site(enterprise, tree.township if number % 2 else tree.village, f"分厂{number}")
    plan = Plan(ReorganisationKind.MERGE, (Receiver(unit=heir.pk),), ends=((tree.township.pk, 0),))
    print(plan_reorganisation(plan, on=NOW.date(), actor=SYSTEM, now=NOW).pk)


def work(number):
    print("ready")
    while carry(number, now=NOW, ticks=1, limit=1):
        pass


def check():
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


def test_killed_with_minus_nine_nothing_is_lost_or_done_twice(pristine, child):
    number, moments = int(child(prepare, pristine).told()), random.Random(7)
    kills = 0
    while kills < 6:
        working = child(lambda: work(number), pristine)
        assert working.stdout.readline().strip() == "ready"
        time.sleep(moments.uniform(0.005, 0.1))
        if working.poll() is not None:
            break
        working.kill()
        kills += 1
    assert kills >= 2, "it was over before it could be killed"
    child(lambda: work(number), pristine).told()
    # the heir, its village below, one registered site and 25 more: 27 besides the heir itself
    assert child(check, pristine).told() == "done True 28 0 {} []"
