"""The bulletin of a part of the tree: a week or a month from live figures, beside the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from zhiben.dangers.public import Level, reach_of
from zhiben.insights.asked import named
from zhiben.insights.bulletin import Bulletin, bulletin_of, longest_overdue
from zhiben.insights.domain.cycles import Cycle, CycleKind, cycle_at, cycle_named, last_over
from zhiben.insights.domain.measures import What
from zhiben.insights.domain.progress import Ranked, reason_words
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part
from zhiben.insights.tables import CLEARING_COLUMNS
from zhiben.insights.web.behind import number_url
from zhiben.insights.web.dashboard import picker, wanted_part
from zhiben.insights.web.figures import Stat
from zhiben.insights.web.papers import bulletin_papers
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

STOCK = {"open_before": What.OPEN, "open_after": What.OPEN, "overdue": What.OVERDUE}
WHAT_OF = {name: STOCK[name] if name in STOCK else What[name.upper()] for name, _words in CLEARING_COLUMNS}


@door(InsightPermission.VIEW)
@require_GET
def bulletin_page(request: Request) -> HttpResponse:
    """Show a bulletin; where no period is named, that of the last week that is over."""
    today = local_day(timezone.now())
    part, cycle = wanted_part(request), cycle_asked(request, today)
    context: dict[str, Any] = {"part": part, "unit_picker": picker(request.actor, part, "insights:bulletin")}
    if part.is_mixed:
        return render(request, "insights/mixed.html", context)
    bulletin = bulletin_of(part, cycle, today)
    context |= {
        "bulletin": bulletin,
        "cycle": cycle,
        "place": named(part),
        "answer": _answer(bulletin),
        "stats": _stats(bulletin),
        "lines": _lines(bulletin),
        "units": [_shown(bulletin, ranked) for ranked in bulletin.units],
        "enterprises": [_shown(bulletin, ranked) for ranked in bulletin.enterprises],
        "longest": [
            {"danger": row, "days": (bulletin.day - row.due_on).days if row.due_on else 0}
            for row in longest_overdue(reach_of(request.actor), bulletin, today)
        ],
        "late_url": number_url(part, None, cycle.since, cycle.last) if bulletin.late else "",
        **bulletin_papers(request.actor, part, cycle),
        **ways(part, cycle, today, "insights:bulletin", (CycleKind.WEEK, CycleKind.MONTH)),
    }
    return render(request, "insights/bulletin.html", context)


def cycle_asked(request: Request, today: date, kind: CycleKind = CycleKind.WEEK) -> Cycle:
    """Return the period that an address names, else the last one that is over."""
    asked = request.GET.get("period", "")
    return cycle_named(asked) if asked else last_over(kind, today)


def kind_word(kind: CycleKind) -> str:
    """Return what periods of a kind are called on tabs."""
    return {
        CycleKind.WEEK: _("Weekly"),
        CycleKind.MONTH: _("Monthly"),
        CycleKind.QUARTER: _("Quarterly"),
        CycleKind.YEAR: _("Yearly"),
    }[kind]


def ways(part: Part, cycle: Cycle, today: date, page: str, kinds: Sequence[CycleKind]) -> dict[str, Any]:
    """Return the addresses of the kinds of periods, and of those before and after; none after the one under way."""

    def at(wanted: Cycle) -> str:
        return page_url(page, query={**named(part), "period": wanted.name})

    return {
        "tabs": [
            {
                "label": kind_word(kind),
                "url": at(cycle if kind is cycle.kind else last_over(kind, today)),
                "here": kind is cycle.kind,
            }
            for kind in kinds
        ],
        "before_url": at(cycle.before),
        "after_url": "" if cycle_at(cycle.kind, today).since <= cycle.since else at(cycle.after),
    }


def _answer(bulletin: Bulletin) -> dict[str, str]:
    row = bulletin.whole
    came = row.found + row.reopened + row.moved_in
    went = row.signed_off + row.voided + row.moved_out
    said = {
        "came": ngettext("%(n)s hidden danger came", "%(n)s hidden dangers came", came) % {"n": f"{came:,}"},
        "went": ngettext("%(n)s went", "%(n)s went", went) % {"n": f"{went:,}"},
        "late": "",
    }
    if row.overdue:
        words = ngettext("%(n)s stands overdue", "%(n)s stand overdue", row.overdue) % {"n": f"{row.overdue:,}"}
        more = bulletin.change("overdue").delta
        said["late"] = f"{words}{pgettext('in a sentence', ', ')}{_more(more)}"
    return said


def _more(n: int) -> str:
    if n > 0:
        return _("%(n)s more than before") % {"n": f"{n:,}"}
    return _("%(n)s fewer than before") % {"n": f"{-n:,}"} if n else _("as many as before")


def _stats(bulletin: Bulletin) -> list[Stat]:
    since = _("vs the week before") if bulletin.cycle.kind is CycleKind.WEEK else _("vs the month before")

    def stat(label: str, name: str, worse: str, *, of_major: bool = False, tone: str = "") -> Stat:
        change = bulletin.change(name, of_major=of_major)
        return Stat(label, change.now, change.delta, _url(bulletin, name, of_major=of_major), worse, tone, since)

    return [
        stat(_("Found"), "found", "none"),
        stat(_("Signed off"), "signed_off", "less"),
        stat(pgettext("dangers", "Open"), "open_after", "more"),
        stat(_("Overdue"), "overdue", "more", tone="late" if bulletin.whole.overdue else ""),
        stat(_("Major, open"), "open_after", "more", of_major=True),
        stat(_("Major overdue"), "overdue", "more", of_major=True, tone="late" if bulletin.major.overdue else ""),
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the address of its records."""

    n: int
    url: str


def _lines(bulletin: Bulletin) -> list[dict[str, Any]]:
    """Return what came, went and stands: of all, of the major ones, and in the period before."""
    return [
        {
            "words": words,
            "whole": Cell(getattr(bulletin.whole, name), _url(bulletin, name)),
            "major": Cell(getattr(bulletin.major, name), _url(bulletin, name, of_major=True)),
            "before": Cell(getattr(bulletin.whole_before, name), _url(bulletin, name, beside=True)),
            "change": bulletin.change(name).delta,
            "is_stock": name in STOCK,
        }
        for name, words in CLEARING_COLUMNS
    ]


def _url(bulletin: Bulletin, name: str, *, of_major: bool = False, beside: bool = False) -> str:
    since, until = bulletin.beside if beside else (bulletin.cycle.since, bulletin.day)
    if name == "open_before":
        until = since - timedelta(days=1)
        since = until
    if name in STOCK:
        since = until
    return number_url(bulletin.part, WHAT_OF[name], since, until, level=Level.MAJOR if of_major else "")


def _shown(bulletin: Bulletin, ranked: Sequence[Ranked]) -> list[dict[str, Any]]:
    return [
        {"place": one.name, "why": reason_words(one.standing), "standing": one.standing, **_urls(bulletin, one)}
        for one in ranked
    ]


def _urls(bulletin: Bulletin, one: Ranked) -> dict[str, str]:
    since, day = bulletin.cycle.since, bulletin.day
    whose: dict[str, Any] = {"unit": one.path} if one.path else {"of": one.enterprise}
    own = page_url("insights:bulletin", query={"unit": one.path, "period": bulletin.cycle.name})
    return {
        "url": own if one.path else page_url("orgs:enterprise", one.enterprise),
        "signed_off_url": number_url(bulletin.part, What.SIGNED_OFF, since, day, **whose),
        "overdue_url": number_url(bulletin.part, What.OVERDUE, day, day, **whose),
        "open_url": number_url(bulletin.part, What.OPEN, day, day, **whose),
    }
