"""A fresh import is right on the dashboard at once: what is past its limit waits for no sweep."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dangers.stories import codes, fresh
from make import DAY, NOW

from zhiben.dangers.domain.kinds import Channel, Level, State
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.insights.board import board_of
from zhiben.insights.selectors import part_for
from zhiben.journal.public import run_consumers
from zhiben.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def test_a_ledgers_row_past_its_limit_counts_as_overdue_before_any_sweep(cast):
    row = ImportedDanger(
        unit_id=cast.site.pk, description="旧账", found_on=DAY - timedelta(90), channel=Channel.SELF_CHECK,
        state=State.RECTIFYING, level=Level.GENERAL, due_on=DAY - timedelta(60),
    )  # fmt: skip
    ahead = replace(row, description="新账", due_on=DAY, uid=uuid7())
    ids = [report_danger(one, actor=cast.wang.actor, now=NOW).id for one in (row, ahead)]
    assert [fresh(pk).overdue_since for pk in ids] == [DAY - timedelta(59), None]
    assert [codes(fresh(pk)).count("danger:overdue") for pk in ids] == [1, 0]
    run_consumers(now=NOW)
    assert board_of(part_for(cast.li.actor), DAY).overdue.now == 1
    sweep_dangers(NOW + timedelta(seconds=1))
    assert codes(fresh(ids[0])).count("danger:overdue") == 1
