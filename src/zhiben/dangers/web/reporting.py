"""Reporting a danger, with one thumb: where, what, photos; and what happens next."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.clocks.public import current_deadlines
from zhiben.dangers.domain.kinds import Channel, EvidenceKind, State
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.duplicates import known_alike
from zhiben.dangers.selectors.page import basis_of, promise_of
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.selectors.showing import main_deadline
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.evidence import Upload, report_with_photos
from zhiben.dangers.services.intake import NewDanger
from zhiben.dangers.services.retelling import Retelling, tell_again
from zhiben.dangers.web.detail import waits_for
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.kernel.ids import uuid7
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.models import Appointment, Enterprise, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.public import (
    enterprise_place,
    enterprises_for,
    search_enterprises,
    sites_of,
    unit_for,
    units_for,
)

FEW = 6  # places that are shown at once; of more one searches
FOUND = 12
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403, NotFound: 404}


@dataclass(frozen=True)
class Place:
    """A site that may be chosen."""

    unit: Unit
    is_chosen: bool

    @property
    def words(self) -> str:
        """Its name, with the enterprise's where that differs."""
        owner = self.unit.enterprise
        return self.unit.name if owner is None or owner.name == self.unit.name else f"{owner.name} · {self.unit.name}"


@door(DangerPermission.REPORT)
@require_http_methods(["GET", "POST"])
def danger_report(request: Request) -> HttpResponseBase:
    """Show the form, or take what was told."""
    if request.method == "GET":
        return render(request, "dangers/report.html", _form(request, chosen=_asked_for(request)))
    try:
        new = _told(request)
        photos = [
            Upload(EvidenceKind.PHOTO_BEFORE, photo.file, photo.name or "")
            for photo in request.FILES.getlist("photos")
            if photo.file
        ]
        if same := _number(request.POST.get("same")):
            again = Retelling(channel=new.channel, text=new.description, place=new.place_text, uid=new.uid)
            reported = tell_again(same, again, photos, actor=request.actor, now=timezone.now())
        else:
            reported = report_with_photos(new, photos, actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        return _refused(request, refusal)
    address = reverse("dangers:reported", args=[reported.id]) + ("" if reported.is_new else "?known=1")
    return HttpResponse(headers={"HX-Redirect": address}) if "HX-Request" in request.headers else redirect(address)


@door(DangerPermission.REPORT)
@require_GET
def report_places(request: Request) -> HttpResponse:
    """Offer the sites whose enterprise or name fits what was typed."""
    return render(request, "dangers/_places.html", {"places": _found(request.actor, request.GET.get("find", ""))})


@door(DangerPermission.REPORT)
@require_GET
def report_alike(request: Request) -> HttpResponse:
    """Show what stands already and may be the same as what is being typed; nothing depends on an answer."""
    typed = request.GET
    unit = units_for(request.actor, DangerPermission.REPORT).filter(pk=_number(typed.get("unit"))).first()
    description = typed.get("description", "").strip()
    found = known_alike(request.actor, unit, description, typed.get("place", "")) if unit and description else []
    return render(request, "dangers/_known.html", {"known": found})


@door(DangerPermission.REPORT)
@require_GET
def danger_reported(request: Request, danger_id: int) -> HttpResponse:
    """Say that it is in, under which number, and who does what by when."""
    danger = danger_for(request.actor, danger_id)
    running = current_deadlines([subject_of(danger.pk)])
    deadline = main_deadline(running, danger.pk, State(danger.state))
    context = {
        "danger": danger,
        "waits_for": waits_for(danger),
        "deadline": deadline,
        "basis": basis_of(promise_of(deadline)) if deadline else None,
        "known": request.GET.get("known") == "1",
        "photos": danger.evidence.count(),
    }
    return render(request, "dangers/reported.html", context)


def _told(request: Request) -> NewDanger:
    typed = request.POST
    unit = unit_for(request.actor, _number(typed.get("unit")), DangerPermission.REPORT)
    return NewDanger(
        unit_id=unit.pk,
        uid=_uid(typed.get("uid")),
        description=typed.get("description", ""),
        place_text=typed.get("place", "")[:300],
        found_on=_day(typed.get("found_on")) or timezone.localdate(),
        found_at=timezone.now() if not typed.get("found_on") else None,
        channel=Channel.INSPECTION if Mover(request.actor).is_supervisor else Channel.SELF_CHECK,
        party_id=_party(request.actor, unit),
    )


def _party(actor: Actor, unit: Unit) -> int | None:
    """Return one's own enterprise where it is engaged on another's site: what it reports there is its own to clear."""
    own = {grant.enterprise for grant in actor.grants if grant.enterprise is not None}
    inside = any(grant.path is not None and unit.path.startswith(grant.path) for grant in actor.grants)
    return None if inside or unit.enterprise_id in own else min(own, default=None)


def _refused(request: Request, refusal: Refusal) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    chosen = units_for(request.actor, DangerPermission.REPORT).filter(pk=_number(request.POST.get("unit"))).first()
    if chosen is None and isinstance(refusal, NotFound):
        refusal, status = Invalid("danger:needs-place", field="unit"), 422
    if "HX-Request" in request.headers:
        return render(request, "dangers/_refused.html", {"refusal": refusal, "status": status}, status=status)
    context = _form(request, chosen=chosen) | {"refusal": refusal, "status": status}
    return render(request, "dangers/report.html", context, status=status)


def _form(request: Request, *, chosen: Unit | None) -> dict[str, Any]:
    """Return the form: few places as buttons, one chosen beforehand; many by search."""
    reach = units_for(request.actor, DangerPermission.REPORT).filter(kind=UnitKind.SITE).select_related("enterprise")
    units = list(reach.order_by("pk")[: FEW + 1])
    is_few = len(units) <= FEW
    chosen = chosen or (_usual(request.actor, units) if is_few else None)
    typed = request.POST.get("find", "")
    places = [Place(unit, chosen is not None and unit.pk == chosen.pk) for unit in units] if is_few else []
    if not is_few:
        places = [Place(chosen, is_chosen=True)] if chosen else _found(request.actor, typed)
    return {
        "places": places,
        "lacks": None if places or not is_few else _lacking(request.actor),
        "searches": not is_few,
        "typed": request.POST,
        "today": timezone.localdate(),
        "draft": f"report-{chosen.pk}" if chosen and request.GET else "report",
    }


def _lacking(actor: Actor) -> dict[str, Any]:
    """Return whose site is missing where none can be chosen, and the page to add it for who may."""
    own = enterprises_for(actor, DangerPermission.REPORT).filter(people=actor.person or 0).first()
    if own is None:
        may = actor.has(OrgsPermission.EDIT_ENTERPRISE)
        return {"enterprise": None, "url": page_url("orgs:enterprise-new") if may else ""}
    may = actor.may(OrgsPermission.EDIT_ENTERPRISE, enterprise_place(own))
    return {"enterprise": own, "url": page_url("orgs:site-new", own.pk) if may else ""}


def _asked_for(request: Request) -> Unit | None:
    """Return the site that the address names, `unit=` or `enterprise=`: scanned at a gate, or come from its page."""
    reach = units_for(request.actor, DangerPermission.REPORT).select_related("enterprise")
    if number := _number(request.GET.get("unit")):
        return reach.filter(pk=number).first()
    if number := _number(request.GET.get("enterprise")):
        return reach.filter(enterprise=number, kind=UnitKind.SITE).order_by("pk").first()
    return None


def _usual(actor: Actor, units: list[Unit]) -> Unit | None:
    """Return where the actor works: the site of a post, else their enterprise's registered one, else the only one."""
    posts = Appointment.objects.filter(person=actor.person or 0, until__isnull=True).values_list(
        "post__unit", flat=True
    )
    by_post = [unit for unit in units if unit.pk in set(posts)]
    own = Enterprise.objects.filter(people=actor.person or 0).values_list("registered_site", flat=True)
    by_home = [unit for unit in units if unit.pk in set(own)]
    return next(iter([*by_post, *by_home, *(units if len(units) == 1 else [])]), None)


def _found(actor: Actor, text: str) -> list[Place]:
    """Return the sites of the enterprises that fit, inside the actor's reach."""
    reach = units_for(actor, DangerPermission.REPORT)
    sites = [site for found in search_enterprises(actor, text, limit=FOUND) for site in sites_of(found)]
    allowed = set(reach.filter(pk__in=[site.pk for site in sites]).values_list("pk", flat=True))
    return [Place(site, len(allowed) == 1) for site in sites if site.pk in allowed][:FOUND]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def _uid(text: str | None) -> UUID:
    """Return the number the device made; without scripts one is made here."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid7()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("danger:found-in-the-future", field="found_on", found_on=text) from None
