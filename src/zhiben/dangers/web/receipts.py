"""Who was told of a major danger, who has read it and what remains; and the page on which a notice is handed over."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.words import ROLE_WORDS as ROLES
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.notice_papers import may_issue_notice, paper_of_notice
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.selectors.receipts import Told, message_about, told_of, told_one
from zhiben.dangers.services.addressing import Gap, gaps_of
from zhiben.dangers.services.notice_papers import issue_notice
from zhiben.dangers.services.receipts import note_nobody_met, note_receipt, print_notice
from zhiben.documents.public import DocumentRow, DocumentState, Slip, attached, render_with_slip
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, Refusal
from zhiben.notices.public import (
    RELATIONS,
    NotedBy,
    NoticePermission,
    Printed,
    Relation,
    channel_label,
    kind_title,
    own_address,
)
from zhiben.orgs.doors import Request, door


def receipts_shown(actor: Actor, danger: Danger, *, now: datetime) -> dict[str, Any]:
    """Return what the page of a danger shows of notices with receipts."""
    told = told_of(actor, danger)
    return {
        "receipts": [_row(one) for one in told],
        "receipts_missing": sum(not one.is_settled for one in told),
        "receipts_gaps": [(_gap(one), one.enterprise) for one in gaps_of(danger, now)] if told else [],
        "may_hand_over": actor.may(NoticePermission.DELIVER, danger.place),
    }


def _row(one: Told) -> dict[str, Any]:
    """Return one notice with its words."""
    return {
        "told": one,
        "title": kind_title(one.kind),
        "who": _(", ").join(one.people[:3]) + (_(" and others") if len(one.people) > 3 else ""),
        "roles": [ROLES[role] for role in one.roles if role in ROLES],
        "sent": [(channel_label(each.channel), each) for each in one.sent],
        "got": [
            (channel_label(each.channel), RELATIONS[Relation(each.relation)] if each.relation else None, each)
            for each in one.got
        ],
        "next": channel_label(one.next_channel) if one.next_channel else None,
    }


def _gap(gap: Gap) -> Bilingual:
    return ROLES[gap.role]


@door(NoticePermission.DELIVER)
@require_GET
def danger_told(request: Request, danger_id: int, message_id: UUID) -> HttpResponse:
    """Show one notice: what was tried, and the form for a receipt."""
    return _told_page(request, danger_id, message_id)


def _told_page(request: Request, danger_id: int, message_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    """Draw the page of a notice; a receipt that was refused comes back as it was typed."""
    danger = danger_for(request.actor, danger_id)
    require(request.actor, NoticePermission.DELIVER, danger.place)
    message, status = message_about(danger, message_id), 422 if refusal else 200
    context = {
        "danger": danger,
        "message": message,
        "row": _row(told_one(danger, message)),
        "ways": [(str(way), channel_label(way)(_language())) for way in NotedBy],
        "relations": [(str(key), words(_language())) for key, words in RELATIONS.items()],
        "paper": paper_of_notice(danger, message),
        "may_issue": may_issue_notice(request.actor, danger),
        "typed": request.POST,
        "refusal": refusal,
        "status": status,
    }
    return render(request, "dangers/told.html", context, status=status)


@door(NoticePermission.DELIVER)
@require_POST
def told_receipt(request: Request, danger_id: int, message_id: UUID) -> HttpResponse:
    """Note a receipt."""
    given = {name: request.POST.get(name, "") for name in ("channel", "name", "relation", "note")}
    try:
        note_receipt(danger_id, message_id, **given, actor=request.actor, now=timezone.now())
    except Invalid as refusal:
        return _told_page(request, danger_id, message_id, refusal)
    messages.success(request, _("The receipt is noted."))
    return redirect("dangers:told", danger_id, message_id)


@door(NoticePermission.DELIVER)
@require_POST
def told_missed(request: Request, danger_id: int, message_id: UUID) -> HttpResponse:
    """Note that nobody was met."""
    note_nobody_met(danger_id, message_id, note=request.POST.get("note", ""), actor=request.actor, now=timezone.now())
    messages.success(request, _("It is noted; the notice still has to be handed over."))
    return redirect("dangers:told", danger_id, message_id)


@door(NoticePermission.DELIVER)
@require_POST
@never_cache
def told_print(request: Request, danger_id: int, message_id: UUID) -> HttpResponse:
    """Give the numbered notice as PDF, with a code that is made for this print alone. Who may sign it signs it with this.

    Inside an enterprise, as long as no department has issued one, it is a slip without a number.
    """
    danger, now = danger_for(request.actor, danger_id), timezone.now()
    message = message_about(danger, message_id)
    paper = paper_of_notice(danger, message)
    if may_issue_notice(request.actor, danger):
        issue_notice(danger_id, message_id, actor=request.actor, now=now)
        paper = paper_of_notice(danger, message)
    printed = print_notice(danger_id, message_id, actor=request.actor, now=now)
    address = (own_address() or f"{request.scheme}://{request.get_host()}") + reverse("slip", args=[printed.token])
    code = segno.make(address, error="m", micro=False)
    if paper and paper.state is not DocumentState.DRAFT:
        return _numbered(paper, code, address, printed)
    context = {
        "danger": danger,
        "message": message,
        "title": kind_title(message.kind),
        "roles": [ROLES[role] for role in message.roles if role in ROLES],
        "code": code.svg_inline(scale=5, border=2, svgclass=None, lineclass=None),
        "address": address,
        "until": printed.until,
        "today": now,
    }
    return render(request, "dangers/told_print.html", context)


def _numbered(paper: DocumentRow, code: segno.QRCode, address: str, printed: Printed) -> HttpResponse:
    """Answer with the document and its slip, to be saved and printed."""
    until = date_format(timezone.localtime(printed.until), "Y-m-d")
    drawing = BytesIO()
    code.save(drawing, kind="svg", scale=5, border=0, xmldecl=False, svgclass=None, lineclass=None)
    slip = Slip(
        code=drawing.getvalue().decode(),
        title=_("Scan the code and confirm that you have read this notice."),
        words=_("No account is needed. The code serves once, until %(until)s.") % {"until": until},
        address=address,
    )
    return attached(render_with_slip(paper.id, _language(), slip), None, "pdf", name=f"{paper.number} {paper.title.zh}")


def _language() -> str:
    return get_language() or "zh-hans"
