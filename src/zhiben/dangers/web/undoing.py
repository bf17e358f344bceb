"""Undoing one's own last step, from the page of a danger or from the message after the step."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.page import danger_page
from zhiben.dangers.services.undoing import undo_step
from zhiben.dangers.web.moving import refused_page
from zhiben.dangers.web.onward import onward
from zhiben.kernel.errors import Conflict, NotAllowed
from zhiben.orgs.doors import Request, door


@door(DangerPermission.VIEW)
@require_POST
def danger_undo(request: Request, danger_id: int) -> HttpResponse:
    """Take one's last step back, or say why it cannot be."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    try:
        undo_step(danger_id, version=seen, actor=request.actor, now=timezone.now())
    except (Conflict, NotAllowed) as refusal:
        page = danger_page(request.actor, danger_id, now=timezone.now())
        return refused_page(request, page, None, refusal)
    messages.success(request, _("Undone. It stands as it stood before."))
    return onward(request, reverse("dangers:detail", args=[danger_id]))
