"""The list of hidden dangers: the answer, the filters, the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhiben.dangers.domain.bulk import BULK_MOVES
from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Channel, Flag, Level, State
from zhiben.dangers.domain.steps import STEPS
from zhiben.dangers.domain.words import label
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.duplicates import proposals_for
from zhiben.dangers.selectors.lists import COUNTED, count_dangers_for, dangers_for
from zhiben.dangers.selectors.showing import shown_rows
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.selectors.suspicions import suspicions_for
from zhiben.dangers.web import saved_filters
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import Asked, asked, key_of, without
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import people_for

SHOWN = 50
EXPORT = "export:make"  # a right of the room above, which this page only links to
BULK_RIGHTS = tuple({step.permission for step in STEPS if step.move in BULK_MOVES})
DEPTH = 40  # pages one may walk back
KEPT = (
    "unit",
    "enterprise",
    "overdue",
    "transferred_to",
    "closed_from",
    "closed_to",
    "lasted_from",
    "lasted_to",
    "batch",
)  # asked for elsewhere than in the bar
Words = str | Promise
TABS: tuple[tuple[Words, Mapping[str, str]], ...] = (
    (pgettext_lazy("dangers", "All"), {}),
    (pgettext_lazy("dangers", "Open"), {"state": "open"}),
    (pgettext_lazy("dangers", "Overdue"), {"state": "open", "overdue": "1"}),
    (pgettext_lazy("dangers", "Major, open"), {"state": "open", "level": "major"}),
    (pgettext_lazy("dangers", "Listed"), {"state": "open", "flag": "listed"}),
    (pgettext_lazy("dangers", "Mine, open"), {"state": "open", "owner": "me"}),
    (pgettext_lazy("dangers", "Signed off"), {"state": "signed_off"}),
)
CHIPS: Mapping[str, Words] = {
    "unit": gettext_lazy("Unit"),
    "enterprise": gettext_lazy("Enterprise"),
    "owner": gettext_lazy("Owner"),
    "department": gettext_lazy("Department"),
    "transferred_to": gettext_lazy("Transferred to"),
    "found_from": gettext_lazy("Found from"),
    "found_to": gettext_lazy("Found until"),
    "closed_from": gettext_lazy("Closed from"),
    "closed_to": gettext_lazy("Closed until"),
    "lasted_from": gettext_lazy("Days open, at least"),
    "lasted_to": gettext_lazy("Days open, at most"),
    "q": gettext_lazy("Words"),
}


@door(DangerPermission.VIEW)
@require_GET
def danger_list(request: Request) -> HttpResponse:
    """Show the dangers that the actor may see, narrowed as asked; asked for nothing, as their own filter says."""
    saved = saved_filters.shown(request.GET, request.actor)
    if not request.GET and saved["default_url"]:
        return redirect(request.path + saved["default_url"])
    mover = Mover(request.actor)
    wanted = asked(request.GET, request.actor, mover)
    after = key_of(request.GET.get("after"))
    page = dangers_for(request.actor, wanted.filters, after=after, limit=SHOWN, order=wanted.order)
    rows = shown_rows(page.rows)
    language = get_language() or "zh-hans"
    context = {
        "rows": rows,
        "filters": saved,
        "tabs": _tabs(request.GET, request.actor),
        "chips": _chips(request.GET, wanted, language),
        "options": _options(language),
        "may_bulk": any(request.actor.has(right) for right in BULK_RIGHTS),
        "may_export": request.actor.has(EXPORT),
        "may_sample": request.actor.has(DangerPermission.SAMPLE),
        "may_accident": request.actor.has(DangerPermission.ACCIDENT),
        "duplicates": proposals_for(request.actor)[:COUNTED].count(),
        "suspicions": suspicions_for(request.actor).filter(answer="open").count(),
        "departments": _departments(wanted, mover),
        "owner_names": _owner_names(rows, wanted, request.actor),
        "owner_is_chosen": wanted.filters.owner is not None,
        "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name) if value],
        "unit_picker": unit_picker(request.actor, request.GET, wanted.named.get("unit")),
        "empty_hint": _is_empty_everywhere(request.actor, wanted) if not rows else False,
        **_answer(request.actor, wanted.filters),
        **_pages(request.GET, page.next, len(rows)),
    }
    return render(request, "dangers/list.html", context)


def _answer(actor: Actor, filters: Filters) -> dict[str, Any]:
    """Count what was asked for, and how much of it is overdue; beyond a thousand a page says «more than»."""
    found = count_dangers_for(actor, filters)
    closed_only = bool(filters.states) and filters.states <= CLOSED
    late = 0 if not found or closed_only else _late(actor, filters)
    return {
        "found": found,
        "late": late,
        "many": COUNTED,
        "still_open": bool(filters.states) and filters.states <= OPEN and filters.overdue is None,
    }


def _late(actor: Actor, filters: Filters) -> int:
    """Count the overdue among what was asked for, unless just those or none of them were."""
    return 0 if filters.overdue is not None else count_dangers_for(actor, replace(filters, overdue=True))


def _is_empty_everywhere(actor: Actor, wanted: Asked) -> bool:
    """Tell an empty ledger from a filter that finds nothing."""
    return wanted.filters == Filters() or count_dangers_for(actor, at_most=1) == 0


def _tabs(query: QueryDict, actor: Actor) -> list[dict[str, Any]]:
    """Return the usual views of the list; what else was asked for stays asked for."""
    owned = ("state", "overdue", "level", "owner", "flag")
    now = {name: query[name] for name in owned if query.get(name)}
    return [
        {"label": words, "url": without(query, *owned, **asks), "here": now == asks}
        for words, asks in TABS
        if "owner" not in asks or actor.person is not None
    ]


def _chips(query: QueryDict, wanted: Asked, language: str) -> list[dict[str, Any]]:
    """Return each narrowing in words, with the address that leaves it out."""
    said = [*_named(query, wanted), *_coded(wanted.filters, query, language)]
    return [{"label": capfirst(words), "url": without(query, name)} for name, words in said]


def _named(query: QueryDict, wanted: Asked) -> Iterable[tuple[str, str]]:
    for name, title in CHIPS.items():
        if text := query.get(name, "").strip():
            yield name, f"{title}{_(': ')}{getattr(wanted.named.get(name), 'name', text)}"


def _coded(filters: Filters, query: QueryDict, language: str) -> Iterable[tuple[str, str]]:
    if filters.states:
        whole = {"open": _("Open"), "closed": _("Closed")}.get(query.get("state", ""))
        yield "state", whole or _(", ").join(label(state)(language) for state in State if state in filters.states)
    for name in ("level", "channel"):
        if code := getattr(filters, name):
            yield name, label(code)(language)
    if filters.flag:
        yield "flag", label(Flag(filters.flag))(language)
    if filters.batch:
        yield "batch", _("Brought in by one import")
    if filters.matter:
        yield "matter", matters()[filters.matter].title(language)
    if filters.industry:
        yield "industry", industries()[filters.industry].label(language)
    if filters.overdue is not None:
        yield "overdue", _("Overdue") if filters.overdue else _("Not overdue")


def _options(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the filters."""

    def told(words: Iterable[tuple[str, Bilingual]]) -> list[tuple[str, str]]:
        return [(value, capfirst(text(language))) for value, text in words]

    states = [("open", _("Open")), ("closed", _("Closed")), *told((state.value, label(state)) for state in State)]
    return {
        "states": states,
        "levels": told((level.value, label(level)) for level in (Level.MAJOR, Level.GENERAL, Level.UNSET)),
        "channels": told((channel.value, label(channel)) for channel in Channel),
        "matters": told((slug, each.title) for slug, each in matters().items()),
        "industries": told((slug, each.label) for slug, each in industries().items()),
        "flags": told((flag.value, label(flag)) for flag in Flag),
    }


def _departments(wanted: Asked, mover: Mover) -> list[tuple[str, str]]:
    """Offer one's own department, and the one asked for."""
    named = wanted.named.get("department")
    mine = [("mine", _("My department"))] if mover.department else []
    return [*mine, *([(str(named.pk), named.name)] if named and named != mover.department else [])]


def _owner_names(rows: Sequence[Mapping[str, Any]], wanted: Asked, actor: Actor) -> list[str]:
    """Offer the names of the owners shown, and of the people of the enterprise asked for; any other may be typed."""
    shown = {row["owner_name"] for row in rows if row["owner_name"]}
    enterprise = wanted.filters.enterprise
    if enterprise is not None:
        shown |= set(people_for(actor).filter(enterprise=enterprise).values_list("name", flat=True)[:SHOWN])
    return sorted(shown)


def _pages(query: QueryDict, following: tuple[str, int] | None, shown: int) -> dict[str, Any]:
    """Return the addresses of the pages before and behind; the way back is kept in the address."""
    here, trail = query.get("after", ""), [key for key in query.get("trail", "").split("~") if key_of(key)]
    older = newer = ""
    if following:
        walked = "~".join([*trail, here][-DEPTH:]) if here else ""
        older = without(query, after=f"{following[0]}.{following[1]}", trail=walked)
    if here:
        newer = without(query, after=trail[-1] if trail else "", trail="~".join(trail[:-1]))
    return {"older": older, "newer": newer, "shown": shown}
