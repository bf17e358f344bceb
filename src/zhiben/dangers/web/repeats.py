"""Repeats on screen: what came back, what may have come back, and a person's answer."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.recurrence import RecurrenceState, Tie
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Recurrence
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import kept_instead_of
from zhiben.dangers.selectors.recurrences import VIEWS, recurrence_for, recurrences_for
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.recurring import answer_recurrence
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import asked, page_number, without
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 50
TABS = (("proposed", gettext_lazy("May have come back")), ("counted", gettext_lazy("Came back")))
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}


@door(DangerPermission.VIEW)
@require_GET
def repeat_list(request: Request) -> HttpResponse:
    """Show the links between what was signed off and what was found again."""
    return render(request, "dangers/repeats.html", _list(request))


@door(DangerPermission.CONFIRM)
@require_POST
def repeat_answer(request: Request, recurrence_id: int) -> HttpResponse:
    """Say whether it came back."""
    row = recurrence_for(request.actor, recurrence_id)
    yes, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")
    try:
        answer_recurrence(row.pk, yes=yes, reason=reason, actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed) as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        said = {"refusal": refusal, "status": status, "again": row.pk, "typed": reason}
        return render(request, "dangers/repeats.html", _list(request) | said, status=status)
    messages.success(request, _("It came back: counted.") if yes else _("It did not come back: not counted."))
    return redirect("dangers:detail", row.danger_id)


def _list(request: Request) -> dict[str, Any]:
    wanted = asked(request.GET, request.actor, Mover(request.actor))
    view = request.GET.get("view", "proposed") if request.GET.get("view") in VIEWS else "proposed"
    page = page_number(request.GET.get("page"))
    found = recurrences_for(request.actor, view=view, path=wanted.filters.unit, enterprise=wanted.filters.enterprise)
    rows = list(found[page * SHOWN : (page + 1) * SHOWN + 1])
    return {
        "rows": [shown(row, request.actor) for row in rows[:SHOWN]],
        "tabs": [
            {"label": words, "url": without(request.GET, "page", view=name), "here": name == view}
            for name, words in TABS
        ],
        "unit_picker": unit_picker(request.actor, request.GET, wanted.named.get("unit")),
        "firm": wanted.named.get("enterprise"),
        "older": without(request.GET, page=str(page + 1)) if len(rows) > SHOWN else "",
        "newer": without(request.GET, page=str(page - 1)) if page else "",
    }


def shown(row: Recurrence, actor: Actor, family: Collection[int] = ()) -> dict[str, Any]:
    """Return a link as pages tell it; `family`: the danger whose page it stands on, with what was merged into it."""
    state = RecurrenceState(row.state)
    is_later = row.earlier_id in family
    return {
        "row": row,
        "state": label(state),
        "is_proposed": state is RecurrenceState.PROPOSED,
        "ties": [label(tie) for tie in Tie if tie in row.ties],
        "days": (row.found_on - row.closed_on).days,
        "other": kept_instead_of(row.danger if is_later else row.earlier) if family else row.earlier,
        "is_later": is_later,
        "may": state in {RecurrenceState.PROPOSED, RecurrenceState.LINKED}
        and actor.may(DangerPermission.CONFIRM, row.place),
    }
