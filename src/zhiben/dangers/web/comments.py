"""Comments on the page of a danger: said, changed, taken back; whom to name is offered while one types."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.comments import LONGEST, may_change
from zhiben.dangers.models import Comment
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.comments import comment_for, comments_of, people_to_mention
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.services.comments import add_comment, edit_comment, remove_comment
from zhiben.dangers.web.onward import onward
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid
from zhiben.orgs.doors import Request, door


def comments_shown(actor: Actor, danger_id: int, *, now: datetime) -> dict[str, Any]:
    """Return the comments of a danger as its page shows them."""
    minutes = habits().comment_minutes
    rows = [_shown(each, actor, minutes, now) for each in comments_of(actor, danger_id)]
    return {"comments": rows, "comment_longest": LONGEST, "comment_minutes": minutes}


def _shown(each: Comment, actor: Actor, minutes: int, now: datetime) -> dict[str, Any]:
    is_own = each.account_id == actor.id and each.removed_at is None and may_change(each.at, now, minutes)
    return {
        "id": each.pk,
        "who": each.person.name if each.person else each.account.get_username(),
        "at": each.at,
        "text": each.text,
        "is_removed": each.removed_at is not None,
        "is_edited": each.edited_at is not None,
        "may_change": is_own,
        "version": each.version,
        "named": [mention.person.name for mention in each.mentions.all()],
    }


@door(DangerPermission.VIEW)
@require_POST
def comment_add(request: Request, danger_id: int) -> HttpResponse:
    """Say something about a danger."""
    said = add_comment(
        danger_id,
        request.POST.get("text", ""),
        mentions=_numbers(request.POST.getlist("mention")),
        uid=_uid(request.POST.get("key", "")),
        actor=request.actor,
        now=timezone.now(),
    )
    remove = reverse("dangers:comment-remove", args=[said.pk]) + "?undo=1"
    messages.success(request, _("Your comment stands."), extra_tags=remove)
    return _back(request, danger_id)


@door(DangerPermission.VIEW)
@require_POST
def comment_edit(request: Request, comment_id: int) -> HttpResponse:
    """Change one's own comment."""
    said = edit_comment(
        comment_id,
        request.POST.get("text", ""),
        mentions=_numbers(request.POST.getlist("mention")),
        version=next(iter(_numbers([request.POST.get("version", "")])), None),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return _back(request, said.danger_id)


@door(DangerPermission.VIEW)
@require_POST
def comment_remove(request: Request, comment_id: int) -> HttpResponse:
    """Take one's own comment back; as an undo only while nobody was told of it."""
    said, is_undo = comment_for(request.actor, comment_id), request.GET.get("undo") == "1"
    remove_comment(comment_id, only_unsent=is_undo, actor=request.actor, now=timezone.now())
    messages.success(request, _("Your comment is taken back."))
    return _back(request, said.danger_id)


@door(DangerPermission.VIEW)
@require_GET
def danger_people(request: Request, danger_id: int) -> HttpResponse:
    """Offer whom a comment may name: only people who may see the danger."""
    people = people_to_mention(request.actor, danger_id, request.GET.get("q", ""), now=timezone.now())
    return render(request, "dangers/_people_offered.html", {"people": people})


def _back(request: Request, danger_id: int) -> HttpResponse:
    page = reverse("dangers:detail", args=[danger_id])  # by htmx without a place in it: that would load nothing
    return onward(request, page if "HX-Request" in request.headers else f"{page}#comments")


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18]


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("comment:unusable-key", field="key") from None
