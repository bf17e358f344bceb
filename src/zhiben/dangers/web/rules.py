"""A region's own rules on pages: written down, simulated on past records, switched on from a day, switched off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.listing import NAMES
from zhiben.dangers.domain.rungs import RUNG_NAMES
from zhiben.dangers.domain.standing_rules import RulesKind, regional_terms
from zhiben.dangers.models import RegionalRules
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.regional import rules_by_id, rules_of_unit
from zhiben.dangers.selectors.simulation import Counts, shown, simulate, year_before
from zhiben.dangers.services.regional import REGIONS, draft_rules, switch_off, switch_on
from zhiben.dangers.web.refusing import REFUSED, refused
from zhiben.dangers.web.rule_forms import TERM_FIELDS, LadderForm, TermsForm
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law.instruments import citation
from zhiben.law.ladders import ladder_template
from zhiben.law.listings import Authority, Term, templates
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Unit
from zhiben.orgs.public import branch_for, children_of, unit_for, unit_place

PAGE = 50


@dataclass(frozen=True)
class Section:
    """The rules of one kind of a region: what holds, the draft, the form."""

    kind: RulesKind
    on: RegionalRules | None
    draft: RegionalRules | None
    former: list[RegionalRules]
    form: Any


@door(DangerPermission.RULES)
@require_GET
def rules_page(request: Request) -> HttpResponse:
    """Show a region's rules of both kinds."""
    unit = _unit(request.actor, request.GET.get("unit"))
    return render(request, "dangers/rules.html", _context(request, unit))


@door(DangerPermission.RULES)
@require_POST
def rules_draft(request: Request, unit_id: int, kind: str) -> HttpResponse:
    """Write a draft."""
    unit, which = _unit(request.actor, str(unit_id)), _kind(kind)
    form = LadderForm(request.POST) if which is RulesKind.LADDER else TermsForm(request.POST)
    said: dict[str, Any] = {"status": 422}
    if form.is_valid():
        told = {
            "template": form.template(),
            "basis": form.cleaned_data["basis"],
            "version": form.cleaned_data["version"],
        }
        try:
            rules = draft_rules(which, unit, form.body(), **told, actor=request.actor, now=timezone.now())
        except REFUSED as refusal:
            said = refused(refusal)
        else:
            messages.success(request, _("The draft is kept. It holds nothing until you switch it on."))
            return redirect("dangers:simulation", rules.pk) if which is RulesKind.LADDER else redirect(_url(unit))
    context = _context(request, unit, {which: form}) | said | {"open_kind": str(which)}
    return render(request, "dangers/rules.html", context, status=said["status"])


@door(DangerPermission.RULES)
@require_GET
def rules_simulation(request: Request, rules_id: int) -> HttpResponse:
    """Show what a ladder would have sent in the past year, when and to whom. Nothing is written."""
    return render(request, "dangers/simulation.html", _simulated(request, rules_by_id(request.actor, rules_id)))


@door(DangerPermission.RULES)
@require_POST
def rules_on(request: Request, rules_id: int) -> HttpResponse:
    """Switch a draft on from a day."""
    rules = rules_by_id(request.actor, rules_id)
    since, version = _day(request.POST.get("since")), request.POST.get("version", "")
    try:
        number = int(version) if version.isascii() and version.isdigit() else 0
        switch_on(rules.pk, since or date.min, version=number, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        said = refused(refusal)
        if rules.kind == RulesKind.LADDER:
            return render(request, "dangers/simulation.html", _simulated(request, rules) | said, status=said["status"])
        return render(request, "dangers/rules.html", _context(request, rules.unit) | said, status=said["status"])
    messages.success(request, _("Switched on from %(day)s.") % {"day": since})
    return redirect(_url(rules.unit))


@door(DangerPermission.RULES)
@require_POST
def rules_off(request: Request, rules_id: int) -> HttpResponse:
    """Switch rules off from a day, with a reason."""
    rules = rules_by_id(request.actor, rules_id)
    until, reason = _day(request.POST.get("until")), request.POST.get("reason", "")
    try:
        switch_off(rules.pk, until or date.min, reason=reason, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        said = refused(refusal) | {"again": rules.pk, "typed": reason}
        return render(request, "dangers/rules.html", _context(request, rules.unit) | said, status=said["status"])
    messages.success(request, _("Switched off from %(day)s.") % {"day": until})
    return redirect(_url(rules.unit))


def _context(request: Request, unit: Unit, forms: Mapping[RulesKind, Any] | None = None) -> dict[str, Any]:
    ladder, listing = (_section(unit, kind, (forms or {}).get(kind)) for kind in RulesKind)
    return {
        "unit": unit,
        "ladder": ladder,
        "listing": listing,
        "rung_rows": [
            (RUNG_NAMES[rung], [ladder.form[f"{level}_{rung}"] for level in ("general", "major")]) for rung in Rung
        ],
        "term_rows": [(words, listing.form[name]) for name, words in TERM_FIELDS.items()],
        "ladder_note": ladder_template("default").note,
        "templates": [(each, _terms(each.name)) for each in templates().values()],
        "today": china_day(timezone.now()),
        "unit_picker": _picker(request, unit),
    }


def _section(unit: Unit, kind: RulesKind, form: Any) -> Section:
    rows = list(rules_of_unit(kind, unit)[:20])
    today = china_day(timezone.now())
    draft = next((row for row in rows if row.since is None), None)
    standing = [row for row in rows if row.since and (row.until is None or row.until > today)]
    kept = draft or (standing[0] if standing else None)
    maker = LadderForm if kind is RulesKind.LADDER else TermsForm
    former = [row for row in rows if row is not draft and row not in standing]
    return Section(kind, standing[0] if standing else None, draft, former, form or maker.of(kept, draft))


def _terms(name: str) -> list[tuple[Any, Term, Any, Any]]:
    """Return the clocks of a template in words, with what sets each."""
    terms = regional_terms(name, {}, Authority.COUNTY, china_day(timezone.now()))
    return [
        (NAMES[kind], term, NAMES[term.span], citation(term.source) if term.source else None)
        for kind, term in terms.items()
    ]


def _simulated(request: Request, rules: RegionalRules) -> dict[str, Any]:
    today = china_day(timezone.now())
    since, until = year_before(today)
    units = {unit.pk: unit for unit in children_of(rules.unit)}
    within = units.get(_number(request.GET.get("unit")))
    found = simulate(rules, since, until, today=today, within=within)
    rung = next((rung for rung in Rung if rung == request.GET.get("rung")), None)
    month = request.GET.get("month", "")
    rows = [
        row
        for row in found.rows
        if (rung is None or row.rung is rung) and (not month or row.day.isoformat()[:7] == month)
    ]
    start = max(0, _number(request.GET.get("from")))
    return {
        "rules": rules,
        "since": since,
        "last": today,
        "today": today,
        "counts": found.counts,
        "by_rung": [(RUNG_NAMES[each], n) for each, n in found.counts.by_rung().items()],
        "rung_names": [RUNG_NAMES[each] for each in Rung],
        "by_unit": _table(found.counts, units) if within is None else [],
        "by_month": _months(found.counts),
        "rows": [(each, RUNG_NAMES[each.sent.rung]) for each in shown(rows[start : start + PAGE])],
        "found": len(rows),
        "shown": min(PAGE, max(0, len(rows) - start)),
        "older": _page(request.GET, start + PAGE) if start + PAGE < len(rows) else "",
        "newer": _page(request.GET, start - PAGE) if start else "",
        "within": within,
        "chosen_rung": RUNG_NAMES[rung] if rung else None,
        "month": month,
        "rungs": [(str(each), capfirst(RUNG_NAMES[each](get_language() or ""))) for each in Rung],
        "units": [(unit.pk, unit.name) for unit in units.values()],
        "months": [(each, each) for each in sorted({month for _, _, month in found.counts.cells})],
        "days": _days_of(rules),
    }


def _days_of(rules: RegionalRules) -> list[tuple[Any, Any, Any]]:
    rows = {row["rung"]: row for row in rules.body["rungs"]}
    return [(RUNG_NAMES[r], rows[r][Level.GENERAL], rows[r][Level.MAJOR]) for r in Rung if r in rows]


def _table(counts: Counts, units: Mapping[int, Unit]) -> list[tuple[Unit | None, list[tuple[Bilingual, int]], int]]:
    """Return the counts by unit below the region, most first."""
    found: dict[int | None, dict[Rung, int]] = {}
    for (unit, rung, _month), n in counts.cells.items():
        line = found.setdefault(unit if unit in units else None, dict.fromkeys(Rung, 0))
        line[rung] += n
    rows = [(units.get(unit or 0), _named(line), sum(line.values())) for unit, line in found.items()]
    return sorted(rows, key=lambda row: -row[2])


def _months(counts: Counts) -> list[tuple[str, list[tuple[Bilingual, int]], int]]:
    found: dict[str, dict[Rung, int]] = {}
    for (_unit_id, rung, month), n in counts.cells.items():
        found.setdefault(month, dict.fromkeys(Rung, 0))[rung] += n
    return [(month, _named(line), sum(line.values())) for month, line in sorted(found.items())]


def _named(line: Mapping[Rung, int]) -> list[tuple[Bilingual, int]]:
    return [(RUNG_NAMES[rung], n) for rung, n in line.items()]


def _page(query: QueryDict, start: int) -> str:
    kept = query.copy()
    kept["from"] = str(max(0, start))
    return f"?{kept.urlencode()}"


def _picker(request: Request, chosen: Unit) -> dict[str, Any] | None:
    tops = _regions(request.actor, branch_for(request.actor))
    below = _regions(request.actor, children_of(chosen))
    choices = [
        {"name": unit.name, "url": f"?unit={unit.pk}", "here": unit.pk == chosen.pk}
        for unit in dict.fromkeys([*tops, chosen, *below])
    ]
    return {"name": chosen.name, "choices": choices, "more": ""} if len(choices) > 1 else None


def _regions(actor: Actor, units: Iterable[Unit]) -> list[Unit]:
    return [
        unit for unit in units if UnitKind(unit.kind) in REGIONS and actor.may(DangerPermission.RULES, unit_place(unit))
    ]


def _unit(actor: Actor, text: str | None) -> Unit:
    """Return the region asked for, else the first where the actor's reach begins."""
    found = [unit_for(actor, _number(text))] if text else list(branch_for(actor))
    regions = _regions(actor, found)
    if not regions:
        raise NotFound("unit:not-found")
    return regions[0]


def _url(unit: Unit) -> str:
    return f"{reverse('dangers:rules')}?unit={unit.pk}"


def _kind(text: str) -> RulesKind:
    found = next((kind for kind in RulesKind if kind == text), None)
    if found is None:
        raise NotFound("page:not-found")
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
