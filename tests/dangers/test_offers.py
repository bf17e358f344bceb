"""Buttons: what may be done now, by whom, and why not."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from make import NOW
from stories import DUE, awaiting, confirmed, fresh, ordered, photo, rectifying, reported, step

import zhiben.dangers
from zhiben.clocks.domain.kinds import JOBS, SWEEPS
from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.domain.moves import Move, Need
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.public import danger_page, moves_for, sweep_dangers, work_today
from zhiben.journal.events import REGISTRY
from zhiben.journal.services.consuming import CONSUMERS
from zhiben.kernel.errors import NotFound
from zhiben.notices.domain.kinds import KINDS
from zhiben.shell.refusals import BY_CODE


def offered(actor, danger):
    return {offer.move: offer for offer in moves_for(actor, fresh(danger.pk), now=NOW)}


def test_each_sees_the_steps_of_their_own_office(cast):
    danger = awaiting(cast)
    assert offered(cast.gong.actor, danger).keys() >= {Move.FILL_PLAN}
    assert Move.ACCEPT not in offered(cast.gong.actor, danger)
    assert offered(cast.wang.actor, danger)[Move.ACCEPT].is_open
    assert offered(cast.su.actor, danger) == {}


def test_a_step_that_is_not_open_says_why(cast):
    danger = awaiting(cast, "major")
    accept = offered(cast.zhou.actor, danger)[Move.ACCEPT]
    assert (accept.is_open, accept.reasons) == (False, ("danger:is-major",))
    sign_off = offered(cast.zhao.actor, danger)[Move.SIGN_OFF]
    assert sign_off.is_open
    assert set(sign_off.to_give) == {Need.ON_SITE, Need.OFFICERS}  # both photos are there already


def test_open_steps_come_first_in_the_order_of_the_table(cast):
    danger = rectifying(cast)
    offers = moves_for(cast.wang.actor, danger, now=NOW)
    kinds = [offer.is_open for offer in offers]
    assert kinds == sorted(kinds, reverse=True)
    assert offers[0].move is Move.SUBMIT


def test_the_page_of_a_danger_shows_all_that_lies_beside_it(cast):
    danger = ordered(cast, "major")
    danger = step(danger, "submit", cast.gong, report="已改", proofs=(photo(danger),))
    page = danger_page(cast.zhao.actor, danger.pk, now=NOW)
    assert {view.clock for view in page.deadlines if view.is_current} == {"accept", "report", "plan"}
    assert {p.role for p in page.participants} >= {"finder", "confirmer", "owner", "rectifier"}
    assert len(page.files) == len(page.evidence) == 1
    assert [one.is_filled for one in page.five] == [False] * 5
    assert page.history[0].code == "danger:found"
    with pytest.raises(NotFound):
        danger_page(cast.zhang.actor, danger.pk, now=NOW)


def test_my_work_today_is_what_waits_for_me(cast):
    rectifying(cast)
    confirmed(cast, description="待指派")
    reported(cast, description="待核实")
    reported(cast, by=cast.li, description="检查发现", channel=Channel.INSPECTION)
    awaiting(cast, "major", description="重大")
    waiting = {one.name: one.count for one in work_today(cast.wang.actor)}
    assert waiting == {"confirm": 2, "assign": 1}
    assert {one.name: one.count for one in work_today(cast.gong.actor)} == {"rectify": 1}
    assert {one.name: one.count for one in work_today(cast.zhao.actor)} == {"confirm": 2, "assign": 1, "sign-off": 1}
    assert work_today(cast.zhang.actor) == []
    sweep_dangers(NOW + (DUE - NOW.date()) + timedelta(days=2))
    assert {one.name: one.count for one in work_today(cast.gong.actor)} == {"overdue-mine": 1, "rectify": 1}


NO_REFUSALS = {*REGISTRY, *KINDS, *SWEEPS, *JOBS, *CONSUMERS, *map(str, DangerPermission)}


def test_every_refusal_has_its_sentences():
    """A code written anywhere in this room is told in words; so is every need a step may have."""
    written = set()
    for path in Path(zhiben.dangers.__file__).parent.rglob("*.py"):
        written |= set(re.findall(r'"(danger:[a-z-]+)"', path.read_text()))
    written |= {f"danger:needs-{need.replace('_', '-')}" for need in Need}
    assert written - NO_REFUSALS - set(BY_CODE) == set()
