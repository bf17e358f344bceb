"""Candidates for treating as an accident on screen: the facts behind each, and a person's answer."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.accountability import Ground
from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import AccidentCandidate
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.accountability import candidate_for, candidates_for, numbers_of
from zhiben.dangers.services.accountability import answer_candidate
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 50
TABS = (
    ("open", gettext_lazy("To be answered")),
    ("confirmed", gettext_lazy("Confirmed")),
    ("dismissed", gettext_lazy("Dismissed")),
)
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}


@door(DangerPermission.ACCIDENT)
@require_GET
def accident_list(request: Request) -> HttpResponse:
    """Show the candidates, those that wait first."""
    return render(request, "dangers/as_accident.html", _list(request))


@door(DangerPermission.ACCIDENT)
@require_POST
def accident_answer(request: Request, candidate_id: int) -> HttpResponse:
    """Confirm a candidate, or dismiss it."""
    row = candidate_for(request.actor, candidate_id)
    yes, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")
    try:
        answer_candidate(row.pk, yes=yes, reason=reason, actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed) as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        said = {"refusal": refusal, "status": status, "again": (row.pk, yes), "typed": reason}
        return render(request, "dangers/as_accident.html", _list(request) | said, status=status)
    messages.success(request, _("Confirmed, with your reason.") if yes else _("Dismissed, with your reason."))
    return redirect("dangers:as-accident")


def _list(request: Request) -> dict[str, Any]:
    answer = request.GET.get("answer", "open") if request.GET.get("answer") in dict(TABS) else "open"
    rows = list(candidates_for(request.actor, answer=answer)[:SHOWN])
    numbers = numbers_of(request.actor, rows)
    return {
        "rows": [_shown(row, numbers) for row in rows],
        "tabs": [{"label": words, "url": f"?answer={name}", "here": name == answer} for name, words in TABS],
    }


def _shown(row: AccidentCandidate, numbers: dict[int, str]) -> dict[str, Any]:
    own = [(pk, numbers[pk]) for pk in row.facts.get("own_dangers", []) if pk in numbers]
    return {"row": row, "ground": label(Ground(row.ground)), "facts": list(_told(row.facts)), "own": own}


def _told(facts: dict[str, Any]) -> Iterator[str]:
    """Say in words what the record holds; nothing that it does not."""
    if "own_findings" in facts:
        yield _("Found by: %(channel)s") % {"channel": label(Channel(facts["channel"]))(get_language() or "")}
        words = ngettext(
            "Between %(since)s and %(until)s the enterprise's own checks left %(n)s hidden danger on record, none naming this one by place, clause or words.",
            "Between %(since)s and %(until)s the enterprise's own checks left %(n)s hidden dangers on record, none naming this one by place, clause or words.",
            facts["own_findings"],
        )  # fmt: skip
        yield words % {"since": facts["since"], "until": facts["until"], "n": facts["own_findings"]}
        last = facts["last_own_finding"]
        yield (
            _("Its last own finding before: %(day)s") % {"day": last}
            if last
            else _("No own finding of it is on record at all.")
        )
        yield _("Checks that found nothing are not on record here.")
    elif "closure_asked_on" in facts:
        yield _("Closure was asked for on %(day)s because it refuses to rectify.") % {"day": facts["closure_asked_on"]}
    else:
        yield _("The ordered limit %(day)s passed without rectification.") % {"day": facts["due_on"]}
        asked, refused = facts["extensions_asked"], facts["extensions_refused"]
        yield _("Extensions asked for: %(asked)s, refused: %(refused)s, granted or pending for this limit: none.") % {
            "asked": asked,
            "refused": refused,
        }
        yield _("Implementations filled by then: %(n)s of 5.") % {"n": facts["parts_filled"]}
