"""Dangers told twice: the pairs that wait, two beside each other, merging them or telling them apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.kinds import CLOSED, Channel, EvidenceKind, Level, State
from zhiben.dangers.domain.likeness import Sign
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger, DuplicateProposal
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.alike import likeness_of
from zhiben.dangers.selectors.duplicates import (
    Choice,
    choice_of,
    party_of,
    proposal_between,
    proposal_for,
    proposals_about,
    proposals_for,
)
from zhiben.dangers.selectors.page import DangerPage, danger_page
from zhiben.dangers.selectors.reading import danger_by_number, danger_for
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.merging import merge_danger, unmerge_danger
from zhiben.dangers.services.proposing import tell_apart, told_reasons
from zhiben.dangers.web.photos import photos_of
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import asked, without
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.law.standards import standards
from zhiben.orgs.doors import Request, door

SHOWN = 30
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403, NotFound: 404}


@dataclass(frozen=True)
class Pair:
    """A pair in a list, seen from one of the two, or from neither."""

    row: DuplicateProposal
    other: Danger
    reasons: list[str]


@door(DangerPermission.VIEW)
@require_GET
def duplicate_list(request: Request) -> HttpResponse:
    """Show the pairs that wait for somebody to look."""
    wanted = asked(request.GET, request.actor, Mover(request.actor))
    chosen = wanted.named.get("unit")
    rows = proposals_for(request.actor, unit=wanted.filters.unit, batch=wanted.filters.batch)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows[: SHOWN + 1])
    older = without(request.GET, before=str(found[SHOWN - 1].pk)) if len(found) > SHOWN else ""
    context = {
        "pairs": [Pair(row, row.second, reasons_of(row.reasons)) for row in found[:SHOWN]],
        "older": older,
        "unit_picker": unit_picker(request.actor, request.GET, chosen),
    }
    return render(request, "dangers/duplicates.html", context)


@door(DangerPermission.VIEW)
@require_GET
def danger_compare(request: Request, danger_id: int) -> HttpResponse:
    """Show two beside each other: the other one by its id, or by the number on it that somebody typed."""
    one = danger_for(request.actor, danger_id)
    try:
        other = _other(request, one)
    except Refusal as refusal:
        itself = refusal.code == "danger:merge-itself"
        said = (
            _("That is this hidden danger itself.") if itself else _("There is no hidden danger of that number here.")
        )
        messages.error(request, said)
        return redirect("dangers:detail", danger_id)
    return render(request, "dangers/compare.html", _compared(request, one, other))


def _other(request: Request, one: Danger) -> Danger:
    given = request.GET.get("other", "")
    if given.isascii() and given.isdigit() and len(given) < 18:
        other = danger_for(request.actor, int(given))
    else:
        other = danger_by_number(request.actor, request.GET.get("number", ""))
    if other.pk == one.pk:
        raise Invalid("danger:merge-itself", field="number")
    return other


@door(DangerPermission.MERGE)
@require_POST
def pair_merge(request: Request, danger_id: int) -> HttpResponse:
    """Take one of two into the other; refused, both stand beside each other again with what was typed."""
    one = danger_for(request.actor, danger_id)
    other = danger_for(request.actor, _number(request.POST.get("other")))
    kept = _number(request.POST.get("into"))
    if kept not in {one.pk, other.pk}:
        kept = choice_of(party_of(one), party_of(other)).kept
    merged = other if kept == one.pk else one
    try:
        done = merge_danger(
            merged.pk, kept, request.POST.get("reason", ""), actor=request.actor, now=timezone.now(),
            version=_number(request.POST.get(f"version-{merged.pk}")) or None,
        )  # fmt: skip
    except (Invalid, Conflict, NotAllowed) as refusal:
        return _refused(request, one, other, refusal)
    messages.success(request, _("Merged: it is told under %(number)s from now on.") % {"number": done.number})
    return redirect("dangers:detail", done.into)


@door(DangerPermission.MERGE)
@require_POST
def danger_unmerge(request: Request, danger_id: int) -> HttpResponse:
    """Take a danger out of the one it was merged into."""
    try:
        done = unmerge_danger(danger_id, request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed) as refusal:
        danger = danger_for(request.actor, danger_id)
        if danger.merged_into_id is None:
            messages.error(request, _("It is not merged into another any more."))
            return redirect("dangers:detail", danger_id)
        return _refused(request, danger, danger_for(request.actor, danger.merged_into_id), refusal)
    messages.success(request, _("Taken out again: it stands as it stood before."))
    return redirect("dangers:detail", done.id)


@door(DangerPermission.MERGE)
@require_POST
def pair_not_same(request: Request, proposal_id: int) -> HttpResponse:
    """Say that two are not the same."""
    pair = proposal_for(request.actor, proposal_id)
    try:
        tell_apart(proposal_id, request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed) as refusal:
        return _refused(request, pair.second, pair.first, refusal)
    messages.success(request, _("Remembered: the two are not the same."))
    return redirect("dangers:duplicates")


def _refused(request: Request, one: Danger, other: Danger, refusal: Refusal) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    context = _compared(request, one, other) | {"refusal": refusal, "status": status}
    return render(request, "dangers/compare.html", context, status=status)


def _compared(request: Request, one: Danger, other: Danger) -> dict[str, Any]:
    """Return two dangers with all that helps to tell whether they are one, and which is better kept."""
    now, language = timezone.now(), get_language() or "zh-hans"
    pair = proposal_between(request.actor, one.pk, other.pk)
    likeness = likeness_of(one, other)
    choice = choice_of(party_of(one), party_of(other))
    sides = [_side(danger_page(request.actor, danger.pk, now=now), language) for danger in (one, other)]
    may = all(request.actor.may(DangerPermission.MERGE, danger.place) for danger in (one, other))
    return {
        "danger": one,
        "other": other,
        "pair": pair,
        "likeness": likeness,
        "reasons": reasons_of(told_reasons(likeness)) if likeness else [],
        "sides": sides,
        "alike": _alike(*sides),
        "choice": choice,
        "keep": request.POST.get("into", str(choice.kept)),
        "options": [(danger.pk, danger.number) for danger in (one, other)],
        "is_merged": one.merged_into_id == other.pk or other.merged_into_id == one.pk,
        "may_merge": may and choice.objection is None,
        "may_tell_apart": may and pair is not None and pair.answer == "open",
        "objections": _objections(one, other, choice) if may else [],
        "typed": request.POST.get("reason", ""),
    }


def _objections(one: Danger, other: Danger, choice: Choice) -> list[tuple[str, Refusal]]:
    """Return what stands against keeping each of the two, with its number."""
    numbers = {one.pk: one.number, other.pk: other.number}
    found = [(numbers[choice.kept], choice.objection), (numbers[choice.merged], choice.other_way)]
    return [(number, Conflict(code)) for number, code in found if code]


def _clauses(page: DangerPage, language: str) -> list[str]:
    """Name the candidate clauses, each standard once."""
    found: dict[str, list[str]] = {}
    for row in page.candidates:
        if row.answer != "rejected":
            found.setdefault(row.standard, []).append(row.clause)
    known = standards()
    return [
        f"{known[name].title(language) if name in known else name} {' '.join(refs)}" for name, refs in found.items()
    ]


def _side(page: DangerPage, language: str) -> dict[str, Any]:
    danger = page.danger
    return {
        "danger": danger,
        "level": "" if danger.level == Level.UNSET else danger.level,
        "channel": capfirst(label(Channel(danger.channel))(language)),
        "tellings": [(capfirst(label(Channel(source.channel))(language)), source) for source in page.sources],
        "clauses": _clauses(page, language),
        "photos": photos_of(page, EvidenceKind.PHOTO_BEFORE, language),
        "limit": danger.due_on,
        "closed": State(danger.state) in CLOSED,
        "merged": len(page.merged),
    }


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, bool]:
    """Tell which facts the two have in common: those are shown quietly."""
    a, b = one["danger"], other["danger"]
    names = ("place_text", "found_on", "channel", "level", "matter", "unit_id", "enterprise_id", "party_id")
    return {name: getattr(a, name) == getattr(b, name) for name in names}


def reasons_of(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say the signs in words, the strongest first."""
    strongest = sorted(reasons, key=lambda reason: -abs(reason["points"]))
    return [_said(Sign(reason["sign"]), reason["facts"]) for reason in strongest if reason["points"]]


def _said(sign: Sign, facts: Mapping[str, Any]) -> str:
    days = int(facts.get("days", 0))
    told = {
        Sign.WORDS: _("%(percent)s %% of the words in common") % {"percent": facts.get("percent", 0)},
        Sign.PLACE: _("the same place"),
        Sign.OTHER_PLACE: _("another place, by its number or name"),
        Sign.DAYS: ngettext("found %(n)s day apart", "found %(n)s days apart", days) % {"n": days}
        if days
        else _("found on the same day"),
        Sign.LONG_AGO: _("found %(n)s days apart, the earlier one still open") % {"n": days},
        Sign.CLAUSE: _("the same candidate clause"),
        Sign.PHOTO: _("photos that look the same"),
        Sign.CHANNELS: _("told over two channels"),
        Sign.ONE_ROUND: _("told on one round: same channel, same day"),
    }
    return told[sign]


def section_of(page: DangerPage, actor: Actor) -> dict[str, Any]:
    """Return what the page of a danger shows of its likes and mergers."""
    danger = page.danger
    open_pairs = [] if danger.merged_into_id else list(proposals_about(actor, danger)[:5])
    told: dict[int, list[Any]] = {}
    for source in page.sources:
        told.setdefault(source.danger_id, []).append((label(Channel(source.channel)), source))
    return {
        "alikes": [
            Pair(row, row.second if row.first_id == danger.pk else row.first, reasons_of(row.reasons))
            for row in open_pairs
        ],
        "members": [(member, told.get(member.pk, [])) for member in page.merged],
        "may_merge": actor.may(DangerPermission.MERGE, danger.place),
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
