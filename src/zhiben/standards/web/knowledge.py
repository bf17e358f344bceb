"""Beside a clause: the guide of a region with its pictures, and the texts that speak of it with who confirmed them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.files.public import derived_path
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound, Refusal
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place
from zhiben.standards.knowledge import guide_for, guides_for, link_for, links_for, pictures_of, regions_with
from zhiben.standards.models import ClauseLink, Guide
from zhiben.standards.permissions import ClausePermission
from zhiben.standards.regional import edition_for
from zhiben.standards.services.knowledge import CONFIRMERS, confirm_link, make_link, withdraw_link, write_guide
from zhiben.standards.services.recording import Photo
from zhiben.standards.web.library import OPEN
from zhiben.standards.web.packs import REFUSED, STATUS

SIZES = frozenset({"preview", "thumb"})
SHOWN = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=86400, immutable",
}
PHOTOS = 10
LINKS_SHOWN = 50


def beside(request: Request, standard: str, clause: str) -> dict[str, Any]:
    """Return what a clause's page shows beside the law."""
    guides = guides_for(request.actor, standard, clause)
    pictures = pictures_of(guides)
    links = list(links_for(request.actor, standard, clause)[:LINKS_SHOWN])
    return {
        "guides": [
            {
                "guide": each,
                "words": Bilingual(each.zh or each.en, each.en or each.zh),
                "photos": [_photo(each, one) for one in pictures[each.pk]],
            }
            for each in guides
            if each.zh or each.en or pictures[each.pk]
        ],
        "links": [_link(request.actor, each) for each in links],
        "may_guide": request.actor.has(ClausePermission.GUIDE),
        "may_link": request.actor.has(ClausePermission.LINK),
        "regions": [(unit.pk, unit.name) for unit in regions_with(request.actor, ClausePermission.LINK)],
    }


def _photo(guide: Guide, one: Any) -> dict[str, str]:
    return {
        "url": page_url("standards:guide-picture", guide.pk, one.id, "preview"),
        "thumb": page_url("standards:guide-picture", guide.pk, one.id, "thumb"),
        "alt": one.name,
        "note": "",
    }


def _link(actor: Actor, link: ClauseLink) -> dict[str, Any]:
    people = [each.person for each in link.confirmations.all()]
    may = actor.may(ClausePermission.CONFIRM, unit_place(link.unit))
    return {
        "link": link,
        "people": [each.name for each in people],
        "needed": CONFIRMERS,
        "may_confirm": may and actor.person not in {each.pk for each in people},
        "may_withdraw": may,
    }


@door(ClausePermission.GUIDE)
@require_http_methods(["GET", "POST"])
def guide_edit(request: Request, standard_id: str, ref: str) -> HttpResponse:
    """Write how to look at a clause, for one of the regions one may write for."""
    known = edition_for(request.actor, standard_id)
    clause = next((each for each in known.clauses if each.ref == ref), None)
    regions = regions_with(request.actor, ClausePermission.GUIDE)
    if clause is None or not regions:
        raise NotFound("clause:unknown", standard=standard_id, clause=ref[:60])
    told = request.POST if request.method == "POST" else request.GET
    unit = next((each for each in regions if str(each.pk) == told.get("unit")), regions[0])
    held = Guide.objects.filter(unit=unit, standard=known.id, clause=ref).first()
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _write(request, unit, known.id, ref)
            messages.success(request, _("The guide is kept."))
            return redirect("standards:clause", known.id, ref)
        except REFUSED as found:
            refusal = found
    status = STATUS.get(type(refusal), 422) if refusal else 200
    context = {
        "standard": known,
        "clause": clause,
        "units": [(str(each.pk), each.name) for each in regions],
        "unit": unit,
        "zh": request.POST.get("zh", held.zh if held else ""),
        "en": request.POST.get("en", held.en if held else ""),
        "seen": held.changes if held else 0,
        "refusal": refusal,
        "status": status,
    }
    return render(request, "standards/guide.html", context, status=status)


def _write(request: Request, unit: Unit, standard: str, ref: str) -> None:
    seen = request.POST.get("seen", "")
    write_guide(
        unit,
        standard,
        ref,
        request.POST.get("zh", ""),
        request.POST.get("en", ""),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
        photos=[Photo(each, each.name or "photo") for each in request.FILES.getlist("photos")[:PHOTOS]],
        actor=request.actor,
        now=timezone.now(),
    )


@door(open_because=OPEN)
@require_GET
def guide_picture(request: Request, guide_id: int, file_id: UUID, size: str) -> HttpResponseBase:
    """Show a picture of a guide to whom the guide is shown."""
    guide = guide_for(request.actor, guide_id)
    found = next((one for one in pictures_of([guide])[guide.pk] if one.id == file_id), None)
    if found is None or size not in SIZES or not derived_path(found.sha256, size).is_file():
        raise NotFound("file:no-picture")
    return FileResponse(derived_path(found.sha256, size).open("rb"), content_type="image/jpeg", headers=SHOWN)


@door(ClausePermission.LINK)
@require_POST
def link_make(request: Request, standard_id: str, ref: str) -> HttpResponse:
    """Say that a text speaks of a clause."""
    units = regions_with(request.actor, ClausePermission.LINK)
    unit = next((each for each in units if str(each.pk) == request.POST.get("unit")), units[0] if units else None)
    if unit is None:
        raise NotFound("page:not-found")
    told = {"kind": request.POST.get("kind", "danger"), "text": request.POST.get("text", "")}
    make_link(unit, standard_id, ref, **told, actor=request.actor, now=timezone.now())
    messages.success(request, _("Linked, not verified yet: two people must confirm it."))
    return onward(request, "standards:clause", standard_id, ref)


@door(ClausePermission.CONFIRM)
@require_POST
def link_confirm(request: Request, link_id: int) -> HttpResponse:
    """Confirm a link."""
    link = link_for(request.actor, link_id)
    row = confirm_link(link, actor=request.actor, now=timezone.now())
    told = _("Confirmed by two people: the link is verified.") if row.verified_at else _("Your confirmation is kept.")
    messages.success(request, told)
    return onward(request, "standards:clause", link.standard, link.clause)


@door(ClausePermission.CONFIRM)
@require_POST
def link_withdraw(request: Request, link_id: int) -> HttpResponse:
    """Take a wrong link back."""
    link = link_for(request.actor, link_id)
    withdraw_link(link, reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    messages.success(request, _("The link is withdrawn."))
    return onward(request, "standards:clause", link.standard, link.clause)
