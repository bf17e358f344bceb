"""What a bulletin and a locked form say as documents: facts in both languages."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from zhiben.dangers.models import Danger
from zhiben.dangers.public import Level, label
from zhiben.insights.bulletin import Bulletin
from zhiben.insights.domain.cycles import Cycle, CycleKind
from zhiben.insights.domain.form_cells import FILLED_IN, MEANINGS, FormCell, said, shares_of
from zhiben.insights.domain.progress import Ranked, reason_words
from zhiben.insights.forms import FormRow
from zhiben.insights.locked import rows_of, without_amount_of
from zhiben.insights.models import LockedForm
from zhiben.insights.templatetags.figures import percent
from zhiben.kernel.bilingual import Bilingual

EDITIONS = {
    CycleKind.WEEK: Bilingual("周报", "Weekly"),
    CycleKind.MONTH: Bilingual("月报", "Monthly"),
    CycleKind.QUARTER: Bilingual("季报", "Quarterly"),
    CycleKind.YEAR: Bilingual("年报", "Yearly"),
}
FIGURES: Mapping[str, Bilingual] = {
    "open_before": Bilingual("期初未销号", "Open before"),
    "found": Bilingual("发现", "Found"),
    "reopened": Bilingual("重新打开", "Reopened"),
    "moved_in": Bilingual("划入", "Moved in"),
    "moved_out": Bilingual("划出", "Moved out"),
    "signed_off": Bilingual("销号", "Signed off"),
    "voided": Bilingual("不属实", "Voided"),
    "open_after": Bilingual("期末未销号", "Open after"),
    "overdue": Bilingual("超期", "Overdue"),
}
UNKNOWN = Bilingual("未知", "unknown")


def bulletin_facts(bulletin: Bulletin, longest: Sequence[Danger]) -> dict[str, Any]:
    """Return the facts of a bulletin."""
    row, first, last = bulletin.whole, *bulletin.beside
    return {
        **_period(bulletin.part.name, bulletin.cycle),
        "last": bulletin.day,
        **_marks(bulletin),
        "came": row.found + row.reopened + row.moved_in,
        "went": row.signed_off + row.voided + row.moved_out,
        "open": row.open_after,
        "overdue": row.overdue,
        "compared": Bilingual(f"上期为{first}至{last}。", f"The period before is {first} to {last}."),
        "figures": [_figure(bulletin, name) for name in FIGURES],
        "ahead": _ranked(bulletin.units[0]),
        "behind": _ranked(bulletin.units[1]),
        "firms_ahead": _ranked(bulletin.enterprises[0]),
        "firms_behind": _ranked(bulletin.enterprises[1]),
        "longest": [_late(danger, bulletin) for danger in longest],
    }


def _period(name: str, cycle: Cycle) -> dict[str, Any]:
    return {
        "part": name, "period": cycle.words, "first": cycle.since, "last": cycle.last, "edition": EDITIONS[cycle.kind],
    }  # fmt: skip


def _marks(bulletin: Bulletin) -> dict[str, Any]:
    day, late, months = bulletin.day, bulletin.late, "、".join(bulletin.restated)
    under_way = Bilingual(f"本期尚未结束，数字截至{day}。", f"The period is not over yet; the figures reach to {day}.")
    entered = Bilingual(
        f"其中{late}条记录是期满以后才录入的。", f"{late} of its entries were written down after it was over."
    )
    restated = Bilingual(
        f"因补录而重述的月份：{months}。",
        f"Months restated because entries were written later: {', '.join(bulletin.restated)}.",
    )
    return {
        "under_way": None if bulletin.is_over else under_way,
        "late": entered if late else None,
        "restated": restated if months else None,
    }


def _figure(bulletin: Bulletin, name: str) -> dict[str, Any]:
    change = bulletin.change(name)
    return {
        "name": FIGURES[name],
        "now": change.now,
        "major": getattr(bulletin.major, name),
        "before": change.before,
        "change": f"{change.delta:+d}" if change.delta else "0",
    }


def _ranked(some: Sequence[Ranked]) -> list[dict[str, Any]]:
    return [{"name": one.name, "why": reason_words(one.standing)} for one in some]


def _late(danger: Danger, bulletin: Bulletin) -> dict[str, Any]:
    where = danger.enterprise.name if danger.enterprise else danger.unit.name
    days = (bulletin.day - danger.due_on).days if danger.due_on else None
    level = label(Level(danger.level)) if danger.level != Level.UNSET else None
    return {"number": danger.number, "text": danger.description[:200], "where": where, "level": level, "days": days}


def form_facts(name: str, cycle: Cycle, locked: LockedForm) -> dict[str, Any]:
    """Return the facts of a form as it was locked."""
    whole, *below = rows_of(locked)
    who = locked.locked_by
    return {
        **_period(name, cycle),
        "version": locked.version,
        "locked_at": locked.locked_at,
        "locked_by": (who.person.name if who.person else who.username) if who else "",
        "why_restated": locked.reason or None,
        "no_amount": without_amount_of(locked) or None,
        "digest": " ".join(wrap(locked.digest, 16)),
        "cells": _cells(whole, locked),
        "rows": [_row(name, row) for row in below],
    }


def _cells(whole: FormRow, locked: LockedForm) -> list[dict[str, Any]]:
    figures: dict[FormCell, int | None] = {cell: locked.answers.get(cell, {}).get("value") for cell in FILLED_IN}
    figures |= whole.cells
    shares = shares_of(figures)
    return [
        {
            "name": MEANINGS[cell].name,
            "n": said(cell, figures[cell]) or UNKNOWN,
            "share": percent(shares[cell]) if shares.get(cell) is not None else None,
        }
        for cell in FormCell
    ]


def _row(name: str, row: FormRow) -> dict[str, Any]:
    cells = row.cells
    own = Bilingual(f"{name}本级", f"{name} itself")
    return {
        "name": row.name if row.key else own,
        "general": f"{cells[FormCell.GENERAL_FOUND]} / {cells[FormCell.GENERAL_RECTIFIED]}",
        "major": f"{cells[FormCell.MAJOR_FOUND]} / {cells[FormCell.MAJOR_CANCELLED]}",
        "planned": f"{cells[FormCell.PLANNED]} / {cells[FormCell.FIVE_PARTS]}",
        "listed": cells[FormCell.LISTED],
        "funds": said(FormCell.FUNDS, cells[FormCell.FUNDS]),
    }
