"""A step sent from the page of a danger: taken, or refused with all that was typed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.words import label
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.offers import Offer
from zhiben.dangers.selectors.page import DangerPage, danger_page
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.selectors.undoing import undo_for
from zhiben.dangers.services.evidence import move_with_uploads
from zhiben.dangers.services.moves import Moved
from zhiben.dangers.web.detail import context_of
from zhiben.dangers.web.forms import MoveForm, choices_for
from zhiben.dangers.web.onward import onward
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.orgs.doors import Request, door

STATUS = {Conflict: 409, NotAllowed: 403}


@door(DangerPermission.VIEW)
@require_POST
def danger_move(request: Request, danger_id: int, move: str) -> HttpResponse:
    """Take a danger through a step."""
    page = danger_page(request.actor, danger_id, now=timezone.now())
    offer = next((offer for offer in page.offers if offer.move == move), None)
    if offer is None:
        return refused_page(request, page, None, _not_there(request, page))
    choices = choices_for(request.actor, page.danger, [offer], today=china_day(timezone.now()))
    form = MoveForm(offer, page.danger, choices, plan=page.plan, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return refused_page(request, page, form, None)
    try:
        moved = _taken(request, page, form)
    except (Invalid, Conflict, NotAllowed) as refusal:
        return refused_page(request, page, form, refusal)
    return _onward(request, danger_id, offer, moved)


def _taken(request: Request, page: DangerPage, form: MoveForm) -> Moved:
    seen = request.POST.get("version", "")
    return move_with_uploads(
        page.danger.pk,
        form.offer.move,
        form.given(),
        form.given_files(),
        actor=request.actor,
        now=timezone.now(),
        version=int(seen) if seen.isascii() and seen.isdigit() else None,
    )


def _not_there(request: Request, page: DangerPage) -> Refusal:
    """Say why a step is not offered: somebody was faster, or it is not the actor's; a viewer is told nothing more."""
    if request.POST.get("version", "") not in {"", str(page.danger.version)}:
        return Conflict("danger:already-moved", danger=page.danger.pk)
    if not page.offers:
        raise NotFound("page:not-found")
    return Conflict("danger:no-such-move", danger=page.danger.pk)


def refused_page(request: Request, page: DangerPage, form: MoveForm | None, refusal: Refusal | None) -> HttpResponse:
    """Answer htmx with what is wrong, to stand in the open form; a plain form gets its page back, filled."""
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    if "HX-Request" in request.headers:
        said = {"form": form, "refusal": refusal, "status": status, "danger": page.danger}
        return render(request, "dangers/_refused.html", said, status=status)
    context = context_of(page, request.actor, now=timezone.now(), refused=form, refusal=refusal)
    if form is None or not any(box.is_open for box in context["boxes"]):
        context["page_refusal"] = refusal
    return render(request, "dangers/detail.html", context | {"status": status}, status=status)


def _onward(request: Request, danger_id: int, offer: Offer, moved: Moved) -> HttpResponse:
    language = get_language() or "zh-hans"
    said = {"step": offer.label(language), "state": label(moved.state)(language)}
    words = _("Done: %(step)s. It now stands at: %(state)s.") % said
    undo = undo_for(request.actor, danger_for(request.actor, danger_id), now=timezone.now())
    messages.success(request, words, extra_tags=reverse("dangers:undo", args=[danger_id]) if undo else "")
    return onward(request, reverse("dangers:detail", args=[danger_id]))
