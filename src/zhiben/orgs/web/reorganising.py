"""Splitting, merging and moving units on screen: asked for, previewed with all that it concerns, planned, followed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.kernel.errors import Conflict, NotFound, Refusal
from zhiben.kernel.periods import local_day
from zhiben.orgs.concerns import concerned_by
from zhiben.orgs.domain.reorganising import UNDER_WAY, Plan, ReorganisationKind, ReorganisationState
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Reorganisation, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.reorganising import reorganisation_for, reorganisations_for, units_of, wider_grants
from zhiben.orgs.services.reorganising import (
    agree_to_reorganisation,
    cancel_reorganisation,
    check_plan,
    plan_reorganisation,
    resume_reorganisation,
    undoing,
)
from zhiben.orgs.services.units import unit_to_edit
from zhiben.orgs.web.editing_units import unit_crumbs
from zhiben.orgs.web.reorganising_forms import FORMS, MOST_PARTS, PARTS
from zhiben.orgs.web.sheets import STATUS, Sheet, form_of, sheet_page
from zhiben.orgs.web.words import KINDS, Words

SALT = "orgs.reorganise"
KEPT = "reorganise"  # in the session: the plan that is previewed
SHOWN = 100
HOURS = 12
TITLES: Words = {
    ReorganisationKind.MOVE: _("Move the unit"),
    ReorganisationKind.MERGE: _("Merge units"),
    ReorganisationKind.SPLIT: _("Split the unit"),
}
KIND_WORDS: Words = {
    ReorganisationKind.MOVE: pgettext_lazy("reorganisation", "Move"),
    ReorganisationKind.MERGE: pgettext_lazy("reorganisation", "Merger"),
    ReorganisationKind.SPLIT: pgettext_lazy("reorganisation", "Split"),
}
NOTES: Words = {
    ReorganisationKind.MOVE: _("The unit hangs on another parent, with all that lies below it."),
    ReorganisationKind.MERGE: _("Units of one level become one: all that hangs on them goes over, and they end."),
    ReorganisationKind.SPLIT: _("Units below go to new units or to an existing one; the rest stays, or the unit ends."),
}
STATES: dict[str, tuple[Any, str]] = {
    ReorganisationState.AWAITING: (pgettext_lazy("reorganisation", "awaits agreement"), "plain"),
    ReorganisationState.WAITING: (pgettext_lazy("reorganisation", "waits for its day"), "plain"),
    ReorganisationState.RUNNING: (pgettext_lazy("reorganisation", "under way"), "active"),
    ReorganisationState.STUCK: (pgettext_lazy("reorganisation", "stands still"), "late"),
    ReorganisationState.DONE: (pgettext_lazy("reorganisation", "done"), "done"),
    ReorganisationState.CANCELLED: (pgettext_lazy("reorganisation", "cancelled"), "aside"),
}


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def reorganise(request: Request, unit_id: int, kind: str) -> HttpResponse:
    """Ask what shall happen to a unit, and lead on to the preview. Nothing is written here."""
    if kind not in FORMS:
        raise NotFound("page:not-found")
    what = ReorganisationKind(kind)
    unit, today = unit_to_edit(unit_id, request.actor), local_day(timezone.now())
    parts = _parts(request.GET.get("parts", ""))
    form = form_of(FORMS[what], request, unit=unit, actor=request.actor, parts=parts, initial={"on": today})

    def save(given: dict[str, Any]) -> HttpResponse:
        plan, _units = check_plan(form.plan(), on=given["on"], actor=request.actor, now=timezone.now())
        return _previewed(request, packed(plan, given["on"], given["reason"]))

    tabs = [
        {"label": KIND_WORDS[one], "url": page_url("orgs:reorganise", unit.pk, one.value), "here": one is what}
        for one in ReorganisationKind
    ]
    sheet = Sheet(
        TITLES[what], page_url("orgs:unit", unit.pk), _("Preview"), subtitle=unit.name, crumbs=unit_crumbs(unit),
        note=NOTES[what], extra={"tabs": tabs, "parts": _offered(what, parts)}, template="orgs/reorganise.html",
    )  # fmt: skip
    return sheet_page(request, sheet, form, save)


def packed(plan: Plan, on: date, reason: str, undoes: int | None = None) -> str:
    """Seal a plan, so that what is carried out is what was previewed."""
    return signing.dumps([plan.write(), on.isoformat(), reason, undoes], salt=SALT, compress=True)


def _previewed(request: Request, token: str) -> HttpResponse:
    """Lead to the preview of a plan. It waits in the session: an address stands in histories and logs."""
    request.session[KEPT] = token
    return onward(request, "orgs:reorganise-preview")


def _unpacked(token: str) -> tuple[Plan, date, str, int | None]:
    try:
        plan, on, reason, undoes = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise Conflict("reorganisation:preview-again", hours=HOURS) from None
    return Plan.read(plan), date.fromisoformat(on), reason, undoes


def _parts(text: str) -> int:
    """Read how many new units a split makes; nonsense is the usual number."""
    return min(MOST_PARTS, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 4 else PARTS


def _offered(what: ReorganisationKind, parts: int) -> list[tuple[int, bool]]:
    """Return how many new units may be asked for, where the form asks for several."""
    return [(n, n == parts) for n in range(1, MOST_PARTS + 1)] if what is ReorganisationKind.SPLIT else []


@door(OrgsPermission.EDIT_UNIT)
@require_http_methods(["GET", "POST"])
def reorganise_preview(request: Request) -> HttpResponse:
    """Show what would happen and all that it concerns; a second press plans it."""
    now = timezone.now()
    token = request.POST.get("plan", "") if request.method == "POST" else request.session.get(KEPT, "")
    plan, on, reason, undoes = _unpacked(token)
    if request.method == "POST":
        made = plan_reorganisation(plan, on=on, reason=reason, undoes=undoes, actor=request.actor, now=now)
        request.session.pop(KEPT, None)
        messages.success(request, gettext("The reorganisation was planned."))
        return onward(request, "orgs:reorganisation", made.pk)
    refusal = None
    try:
        plan, units = check_plan(plan, on=on, actor=request.actor, now=now)
    except Refusal as refused:
        refusal, units = refused, units_of(plan)
    paths = [units[number].path for number in plan.roots if number in units]
    context = {
        "token": token, "on": on, "reason": reason, "refusal": refusal, "status": STATUS,
        "kind": KIND_WORDS[plan.kind], "told": told(plan, units), "concerned": concerned_by(request.actor, paths),
        "wider": wider_grants(plan, units), "is_past": on < local_day(now), "is_future": on > local_day(now),
        "undoes": undoes,
    }  # fmt: skip
    return render(request, "orgs/reorganise_preview.html", context, status=STATUS if refusal else 200)


def told(plan: Plan, units: dict[int, Unit]) -> list[str]:
    """Say what happens, a sentence each: who is made, who goes where, who ends."""

    def named(number: int) -> str:
        return plan.names.get(str(number)) or (units[number].name if number in units else str(number))

    names = {at: one.name if one.unit is None else named(one.unit) for at, one in enumerate(plan.receivers)}
    said = []
    for at, one in enumerate(plan.receivers):
        if one.is_new:
            words = gettext("%(kind)s %(name)s is made below %(parent)s.")
            said.append(words % {"kind": KINDS[one.kind], "name": names[at], "parent": named(one.parent or 0)})
    said += [gettext("%(name)s stands again.") % {"name": named(number)} for number in plan.revives]
    for at, name in names.items():
        moved = [named(number) for number, to in plan.moves if to == at]
        if moved:
            shown = gettext(", ").join(moved[:8]) + (
                gettext(" and %(n)s more") % {"n": len(moved) - 8} if len(moved) > 8 else ""
            )
            said.append(gettext("%(units)s: hang on %(name)s.") % {"units": shown, "name": name})
    for number, at in plan.ends:
        words = gettext("%(name)s ends; all that still hangs on it goes to %(heir)s, and its code leads there.")
        said.append(words % {"name": named(number), "heir": names[at]})
    for number, at in plan.shares:
        words = gettext("Grants at %(name)s hold at %(other)s too.")
        said.append(words % {"name": named(number), "other": names[at]})
    return said


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def reorganisation_list(request: Request) -> HttpResponse:
    """Show the reorganisations planned inside the actor's reach, newest first."""
    rows = [_row(row) for row in reorganisations_for(request.actor)[:SHOWN]]
    return render(request, "orgs/reorganisations.html", {"rows": rows})


def _row(row: Reorganisation) -> dict[str, Any]:
    plan = Plan.read(row.plan)
    words, tone = STATES[row.state]
    names = gettext(", ").join(plan.names.get(str(number), str(number)) for number in plan.about[:3])
    return {"row": row, "kind": KIND_WORDS[row.kind], "names": names, "more": max(0, len(plan.about) - 3),
            "words": words, "tone": tone}  # fmt: skip


@door(OrgsPermission.VIEW_UNIT)
@require_GET
@never_cache
def reorganisation(request: Request, number: int) -> HttpResponse:
    """Show one reorganisation: what happens, how far it is, what stands in its way, what may be done about it."""
    row = reorganisation_for(request.actor, number)
    plan = Plan.read(row.plan)
    units = units_of(plan)
    heirs = [one.unit for one in plan.receivers if one.unit is not None] + list(row.made.values())
    context = _row(row) | {
        "told": told(plan, units),
        "heirs": Unit.objects.filter(pk__in=heirs).order_by("path"),
        "wider": wider_grants(plan, units) if row.state == ReorganisationState.AWAITING else [],
        "running": row.state in UNDER_WAY and row.next_at is not None and row.next_at <= timezone.now(),
        "refusal": Conflict(row.problem, **row.problem_facts) if row.problem else None,
        "may": _may(request, row),
        "undone_by": Reorganisation.objects.filter(undoes=row).first(),
    }
    return render(request, "orgs/reorganisation.html", context)


def _may(request: Request, row: Reorganisation) -> dict[str, bool]:
    edits, actor = request.actor.has(OrgsPermission.EDIT_UNIT), request.actor
    return {
        "agree": row.state == ReorganisationState.AWAITING
        and actor.has(OrgsPermission.GRANT_ROLE)
        and actor.id != row.planned_by_id,
        "cancel": edits and row.state in {ReorganisationState.AWAITING, ReorganisationState.WAITING},
        "resume": edits and row.state == ReorganisationState.STUCK,
        "undo": edits
        and row.state == ReorganisationState.DONE
        and not Reorganisation.objects.filter(undoes=row).exclude(state=ReorganisationState.CANCELLED).exists(),
    }


@door(OrgsPermission.VIEW_UNIT)
@require_GET
@never_cache
def reorganisation_progress(request: Request, number: int) -> HttpResponse:
    """Redraw the progress; once it has ended, the page around it is loaded anew."""
    row = reorganisation_for(request.actor, number)
    running = row.state in UNDER_WAY
    answer = render(request, "orgs/_reorganisation_progress.html", {"row": row, "running": running})
    if not running:
        answer["HX-Refresh"] = "true"
    return answer


@door(OrgsPermission.GRANT_ROLE)
@require_POST
def reorganisation_agree(request: Request, number: int) -> HttpResponse:
    """Agree that some grants reach further."""
    agree_to_reorganisation(number, actor=request.actor, now=timezone.now())
    messages.success(request, gettext("You agreed. It will be carried out from its day on."))
    return onward(request, "orgs:reorganisation", number)


@door(OrgsPermission.EDIT_UNIT)
@require_POST
def reorganisation_cancel(request: Request, number: int) -> HttpResponse:
    """Take a plan back before it began."""
    cancel_reorganisation(number, actor=request.actor, now=timezone.now())
    messages.success(request, gettext("The reorganisation was cancelled. Nothing was changed."))
    return onward(request, "orgs:reorganisation", number)


@door(OrgsPermission.EDIT_UNIT)
@require_POST
def reorganisation_resume(request: Request, number: int) -> HttpResponse:
    """Let it go on from where it stood."""
    resume_reorganisation(number, actor=request.actor, now=timezone.now())
    messages.success(request, gettext("It goes on."))
    return onward(request, "orgs:reorganisation", number)


@door(OrgsPermission.EDIT_UNIT)
@require_POST
def reorganisation_undo(request: Request, number: int) -> HttpResponse:
    """Preview the reorganisation that takes this one back."""
    row = reorganisation_for(request.actor, number)
    reason = gettext("Takes back reorganisation %(number)s") % {"number": row.pk}
    return _previewed(request, packed(undoing(row), local_day(timezone.now()), reason, row.pk))
