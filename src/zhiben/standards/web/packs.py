"""A region's own packs on pages: written with their problems in place, reviewed by two, adopted, withdrawn, taken out."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.kernel.periods import local_day
from zhiben.law.pack_texts import KINDS, Checked, TextProblem
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.models import Unit
from zhiben.orgs.public import person_names, unit_place, units_for
from zhiben.standards.models import Pack, PackVersion
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.permissions import PackPermission
from zhiben.standards.regional import REGIONS, kind_of, pack_for, packs_for, version_for
from zhiben.standards.services.packs import (
    REVIEWERS,
    adopt_pack,
    check_text,
    checked,
    passed_by,
    review_pack,
    start_pack,
    submit_pack,
    withdraw_pack,
    write_draft,
)
from zhiben.standards.web.determinations import day_of

IN_HAND = "shows only packs that one writes, reviews or adopts"
REFUSED = (Invalid, Conflict, NotAllowed)
STATUS: Mapping[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}
KIND_WORDS: Mapping[str, str | Promise] = {
    "standards": pgettext_lazy("pack", "Determination standard"),
    "key_items": pgettext_lazy("pack", "Key inspection items"),
}
STATES: Mapping[str, tuple[str | Promise, str]] = {
    "draft": (pgettext_lazy("pack", "draft"), "plain"),
    "review": (pgettext_lazy("pack", "in review"), "active"),
    "coming": (pgettext_lazy("pack", "adopted, not yet in force"), "active"),
    "in-force": (pgettext_lazy("pack", "in force"), "done"),
    "ended": (pgettext_lazy("pack", "no longer in force"), "aside"),
}
AROUND = 1  # lines shown before and after one with a problem


@door(open_because=IN_HAND)
@require_GET
def pack_list(request: Request) -> HttpResponse:
    """Show the packs one has a hand in, and who may begin one."""
    today = local_day(timezone.now())
    rows = [_listed(pack, today) for pack in packs_for(request.actor)]
    context = {"rows": rows, "shown": len(rows), "may_start": request.actor.has(PackPermission.WRITE)}
    return render(request, "standards/packs.html", context)


def _listed(pack: Pack, today: date) -> dict[str, Any]:
    versions = sorted(pack.versions.all(), key=lambda one: one.number)
    newest = versions[-1]
    holding = next((one for one in versions if state_of(one, today) == "in-force"), None)
    words, tone = STATES[state_of(newest, today)]
    return {
        "pack": pack,
        "title": title_of(newest),
        "kind": KIND_WORDS[pack.kind],
        "version": newest,
        "words": words,
        "tone": tone,
        "holding": holding,
    }


def title_of(version: PackVersion) -> Bilingual:
    """Return a version's title; a draft may have none yet."""
    told = {"zh": version.title_zh, "en": version.title_en}
    return Bilingual.of(told) if any(told.values()) else Bilingual.of(version.pack.slug)


def state_of(version: PackVersion, today: date) -> str:
    """Return how a version stands on a day."""
    if version.state != "adopted" or version.since is None:
        return version.state
    if version.until is not None and version.until <= max(today, version.since):
        return "ended"
    return "in-force" if version.since <= today else "coming"


@door(PackPermission.WRITE)
@require_http_methods(["GET", "POST"])
def pack_new(request: Request) -> HttpResponse:
    """Begin a pack of a region."""
    problem: Refusal | None = None
    kind = request.POST.get("kind", "")
    slug = request.POST.get("slug", "").strip()
    if request.method == "POST":
        try:
            unit = _region(request.actor, request.POST.get("unit", ""))
            text = STARTS.get(kind, "").replace("{slug}", slug)
            made = start_pack(unit, kind, slug, text, actor=request.actor, now=timezone.now())
            return redirect("standards:pack-edit", made.pack.slug)
        except REFUSED as refusal:
            problem = refusal
    status = STATUS.get(type(problem), 422) if problem else 200
    context = {
        "regions": [(str(unit.pk), unit.name) for unit in _regions(request.actor)],
        "kinds": [(kind, KIND_WORDS[kind]) for kind in KINDS],
        "typed": {"unit": request.POST.get("unit", ""), "kind": kind or KINDS[0], "slug": slug},
        "refusal": problem,
        "status": status,
    }
    return render(request, "standards/pack_new.html", context, status=status)


def _regions(actor: Actor) -> list[Unit]:
    rows = units_for(actor, PackPermission.WRITE).filter(kind__in=[str(kind) for kind in REGIONS])
    return list(rows.order_by("depth", "path")[:200])


def _region(actor: Actor, text: str) -> Unit:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    unit = units_for(actor, PackPermission.WRITE).filter(pk=number).first()
    if unit is None:
        raise Invalid("pack:not-a-region", field="unit")
    return unit


@door(open_because=IN_HAND)
@require_GET
def pack_page(request: Request, slug: str) -> HttpResponse:
    """Show a pack with its versions."""
    pack = pack_for(request.actor, slug)
    return _page(request, pack)


def _page(request: Request, pack: Pack, refusal: Refusal | None = None) -> HttpResponse:
    today = local_day(timezone.now())
    versions = list(pack.versions.select_related("written_by__person", "adopted_by__person").order_by("-number"))
    for version in versions:
        version.pack = pack
    draft = next((one for one in versions if one.state != "adopted"), None)
    place = unit_place(pack.unit)
    mine = {right.name.lower(): request.actor.may(right, place) for right in PackPermission}
    status = STATUS.get(type(refusal), 422) if refusal else 200
    context = {
        "pack": pack,
        "title": title_of(versions[0]),
        "kind": KIND_WORDS[pack.kind],
        "rows": [_version(one, today) for one in versions],
        "draft": draft,
        "may": mine,
        "upload_url": page_url("exchange:pack-upload", pack.slug)
        if mine["write"] and (draft is None or draft.state == "draft")
        else "",
        "today": today,
        "refusal": refusal,
        "status": status,
        **(_reviewing(request.actor, draft) if draft else {}),
    }
    return render(request, "standards/pack.html", context, status=status)


def _version(version: PackVersion, today: date) -> dict[str, Any]:
    state = state_of(version, today)
    words, tone = STATES[state]
    return {
        "version": version,
        "title": title_of(version),
        "state": state,
        "words": words,
        "tone": tone,
        "file": page_url("exchange:pack-file", version.pack.slug, version.number),
        "edition": f"{version.pack.slug}-v{version.number}" if version.state == "adopted" else "",
        "may_end": state in {"in-force", "coming"} and version.until is None,
    }


def _reviewing(actor: Actor, draft: PackVersion) -> dict[str, Any]:
    reviews = list(draft.reviews.select_related("person").order_by("-at"))
    passed = passed_by(draft)
    return {
        "problems": len(checked(draft).problems),
        "reviews": reviews,
        "passed": len(passed),
        "needed": REVIEWERS,
        "writers": list(person_names(draft.writers).values()),
        "is_writer": actor.person in draft.writers,
        "has_passed": actor.person in passed,
    }


@door(PackPermission.WRITE)
@require_http_methods(["GET", "POST"])
def pack_edit(request: Request, slug: str) -> HttpResponse:
    """Write a draft, checked while it is written; kept also with problems, put to review only without."""
    pack = pack_for(request.actor, slug)
    draft = pack.versions.exclude(state="adopted").first()
    newest = draft or pack.versions.order_by("-number").first()
    if newest is None:
        raise NotFound("pack:not-found", pack=slug)
    text, problem = newest.text, None
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        if request.POST.get("do") != "check":
            try:
                write_draft(slug, text, seen=_number(request.POST.get("seen")), actor=request.actor, now=timezone.now())
                messages.success(request, _("The draft is kept. It holds for nobody until it is adopted."))
                return redirect("standards:pack-edit", slug)
            except REFUSED as refusal:
                problem = refusal
    found = check_text(pack.slug, kind_of(pack), text)
    status = STATUS.get(type(problem), 422) if problem else 200
    context = {
        "pack": pack,
        "kind": KIND_WORDS[pack.kind],
        "draft": draft,
        "newest": newest,
        "seen": _number(request.POST.get("seen")) if problem else draft.changes if draft else 0,
        "text": text,
        "refusal": problem,
        "status": status,
        **told_problems(found, text),
    }
    return render(request, "standards/pack_edit.html", context, status=status)


def told_problems(found: Checked, text: str) -> dict[str, Any]:
    """Return the problems, and the lines they stand in with a line before and after."""
    by_line: dict[int, list[TextProblem]] = {}
    for one in found.problems:
        by_line.setdefault(one.line, []).append(one)
    lines = text.split("\n")
    near = sorted({at for line in by_line for at in range(line - AROUND, line + AROUND + 1) if 1 <= at <= len(lines)})
    shown = [
        {"line": at, "text": lines[at - 1][:300], "problems": [_worded(one) for one in by_line.get(at, ())]}
        for at in near
    ]
    return {"problems": found.problems, "lines": shown, "counted": _counted(found)}


def _worded(one: TextProblem) -> dict[str, Any]:
    return {"field": one.field, "why": Bilingual(one.reason.zh, str(one.reason))}


def _counted(found: Checked) -> int:
    if found.standard is not None:
        return len(found.standard.clauses)
    return len(found.key_list.items) if found.key_list is not None else 0


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@door(open_because=IN_HAND)
@require_GET
def pack_text(request: Request, slug: str, number: int) -> HttpResponse:
    """Give a version's text, byte by byte as it was written."""
    version = version_for(request.actor, slug, number)
    headers = {
        "Content-Disposition": f'attachment; filename="{slug}-v{number}.yaml"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(version.text.encode(), content_type="application/yaml; charset=utf-8", headers=headers)


@door(PackPermission.WRITE)
@require_POST
def pack_submit(request: Request, slug: str, number: int) -> HttpResponse:
    """Put a draft to review."""
    seen = _number(request.POST.get("seen"))
    return _done(
        request,
        slug,
        lambda: submit_pack(slug, number, seen=seen, actor=request.actor, now=timezone.now()),
        _("The draft is in review. Two people who did not write in it must pass it."),
    )


@door(PackPermission.REVIEW)
@require_POST
def pack_review(request: Request, slug: str, number: int) -> HttpResponse:
    """Pass a text, or send it back."""
    told = {"digest": request.POST.get("digest", ""), "words": request.POST.get("words", "")}
    is_passed = request.POST.get("answer") == "pass"
    return _done(
        request,
        slug,
        lambda: review_pack(slug, number, is_passed=is_passed, **told, actor=request.actor, now=timezone.now()),
        _("Your review is kept."),
    )


@door(PackPermission.ADOPT)
@require_POST
def pack_adopt(request: Request, slug: str, number: int) -> HttpResponse:
    """Adopt a reviewed text from a day on."""
    digest = request.POST.get("digest", "")
    return _done(
        request,
        slug,
        lambda: adopt_pack(
            slug, number, _day(request, "since"), digest=digest, actor=request.actor, now=timezone.now()
        ),
        _("Adopted. Enterprises of the region are judged by it from that day on."),
    )


@door(PackPermission.ADOPT)
@require_POST
def pack_withdraw(request: Request, slug: str, number: int) -> HttpResponse:
    """Let a version hold no more from a day on."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        slug,
        lambda: withdraw_pack(
            slug, number, _day(request, "until"), reason=reason, actor=request.actor, now=timezone.now()
        ),
        _("Withdrawn from that day on. What was judged before stands."),
    )


def _day(request: Request, name: str) -> date:
    day = day_of(request.POST.get(name, ""), name)
    if day is None:
        raise Invalid("day:unreadable", field=name, value="", example="2026-01-31")
    return day


def _done(request: Request, slug: str, step: Callable[[], PackVersion], told: str) -> HttpResponse:
    """Take a step; where it is refused the page comes back and says why."""
    try:
        step()
    except REFUSED as refusal:
        return _page(request, pack_for(request.actor, slug), refusal)
    messages.success(request, told)
    return redirect("standards:pack", slug)
