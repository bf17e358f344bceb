"""A board's figures in words, each with the address of the records behind it."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zhiben.insights.board import Board, Child
from zhiben.insights.domain.measures import What
from zhiben.insights.selectors import Part
from zhiben.insights.web.records import closed_between, dangers_url, found_between, voided_between
from zhiben.orgs.links import page_url


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure at the top."""

    label: str
    value: int | str | None
    delta: int | None
    href: str
    worse: str = "more"
    tone: str = ""
    since: str = ""


def stats(board: Board) -> list[Stat]:
    """Return the figures at the top, how much they changed, and their records."""
    part, month, last_month = board.part, board.day.replace(day=1), _("vs last month")
    signed_off = closed_between(part, month, board.day)
    return [
        Stat(pgettext("dangers", "Open"), board.open.now, board.open.delta, dangers_url(part, state="open")),
        Stat(_("Major, open"), board.major.now, board.major.delta, dangers_url(part, state="open", level="major")),
        Stat(
            _("Overdue"), board.overdue.now, board.overdue.delta, dangers_url(part, state="open", overdue=1),
            tone="late" if board.overdue.now else "",
        ),
        Stat(
            _("Found this month"), board.found.now, board.found.delta, found_between(part, month, board.day),
            worse="none", since=last_month,
        ),
        Stat(
            _("Signed off this month"), board.signed_off.now, board.signed_off.delta, signed_off, worse="less",
            since=last_month,
        ),
        *_age_stats(board, signed_off),
    ]  # fmt: skip


def _age_stats(board: Board, url: str) -> list[Stat]:
    if board.ages is None:
        return []
    now, before = board.ages
    share = None if now.on_time_share is None else f"{round(now.on_time_share * 100)} %"
    points = _difference(now.on_time_share, before.on_time_share, times=100)
    days = None if now.median_days is None else round(now.median_days)
    more_days = _difference(now.median_days, before.median_days)
    return [
        Stat(_("On time"), share, points, url, worse="less", since=_("points vs last month")),
        Stat(_("Median days"), days, more_days, url, since=_("vs last month")),
    ]


def _difference(now: Fraction | None, before: Fraction | None, *, times: int = 1) -> int | None:
    return None if now is None or before is None else round(now * times) - round(before * times)


def answer(board: Board) -> dict[str, str]:
    """Say how it stands: how many are open, whether that is more, what is worst and where."""
    open_now = board.open.now
    said = {"open": _("No hidden danger is open"), "change": _change(board.open.delta)}
    if open_now:
        words = ngettext("%(n)s hidden danger is open", "%(n)s hidden dangers are open", open_now)
        said["open"] = words % {"n": f"{open_now:,}"}
    if late := _late(board):
        said["late"] = late
        worst = [child.unit.name for child in board.children if child.overdue][:2]
        if worst:
            said["where"] = _("first look at %(places)s") % {"places": _(" and ").join(worst)}
    return said


def _late(board: Board) -> str:
    if board.major_overdue:
        words = ngettext(
            "%(late)s of %(major)s major one is overdue",
            "%(late)s of %(major)s major ones are overdue",
            board.major.now,
        )
        return words % {"late": f"{board.major_overdue:,}", "major": f"{board.major.now:,}"}
    if board.overdue.now:
        words = ngettext("%(n)s general one is overdue", "%(n)s general ones are overdue", board.overdue.now)
        return words % {"n": f"{board.overdue.now:,}"}
    return ""


def _change(delta: int) -> str:
    if delta > 0:
        return _("%(n)s more than yesterday") % {"n": f"{delta:,}"}
    if delta < 0:
        return _("%(n)s fewer than yesterday") % {"n": f"{-delta:,}"}
    return _("as many as yesterday")


def row(part: Part, child: Child) -> dict[str, Any]:
    """Return a line of the table «worst first»."""
    unit = child.unit
    return {
        "child": child,
        "url": page_url("insights:dashboard", query={"unit": unit.path}),
        "open_url": dangers_url(part, unit.path, state="open"),
        "major_url": dangers_url(part, unit.path, state="open", level="major"),
        "overdue_url": dangers_url(part, unit.path, state="open", overdue=1),
        "major_overdue_url": dangers_url(part, unit.path, state="open", level="major", overdue=1),
    }


def tile_words() -> dict[str, str]:
    """Say what the four colours mean on this map: what stands open, not an assessed level of risk."""
    return {
        "major": _("major late"),
        "larger": _("major open"),
        "general": _("some late"),
        "low": _("none late"),
    }


def tile(part: Part, child: Child) -> dict[str, Any]:
    """Return a tile of the map."""
    unit = child.unit
    return {
        "name": unit.name,
        "grade": child.grade,
        "count": child.open.now,
        "url": dangers_url(part, unit.path, state="open") or page_url("insights:dashboard", query={"unit": unit.path}),
    }


def news(board: Board) -> list[dict[str, Any]]:
    """Return what happened yesterday and today, each with its records where the list can be narrowed to them."""
    part, since = board.part, board.day - timedelta(days=1)
    moved = board.news[What.MOVED_IN] - board.news[What.MOVED_OUT]
    told = (
        (pgettext("yesterday and today", "found"), board.news[What.FOUND], found_between(part, since, board.day)),
        (
            pgettext("yesterday and today", "signed off"),
            board.news[What.SIGNED_OFF],
            closed_between(part, since, board.day),
        ),
        (pgettext("yesterday and today", "reopened"), board.news[What.REOPENED], ""),
        (
            pgettext("yesterday and today", "voided or merged"),
            board.news[What.VOIDED],
            voided_between(part, since, board.day),
        ),
    )
    changes = (
        (_("overdue, change"), board.news[What.OVERDUE], dangers_url(part, state="open", overdue=1)),
        (_("moved here, less moved away"), moved, ""),
    )
    return [{"words": words, "n": f"{n:,}", "url": url} for words, n, url in told if n] + [
        {"words": words, "n": f"{n:+,}", "url": url} for words, n, url in changes if n
    ]
