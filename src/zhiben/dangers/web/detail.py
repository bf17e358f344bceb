"""The page of one danger: the next step first, then what is known, promised and done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import CLOSED, Channel, EvidenceKind, Flag, Level, Role, SetBy, State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.offers import Offer
from zhiben.dangers.selectors.page import DangerPage, danger_page
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.selectors.undoing import undo_for
from zhiben.dangers.selectors.watching import is_watched
from zhiben.dangers.web import clauses, duplicates, lookbacks, repeats
from zhiben.dangers.web.comments import comments_shown
from zhiben.dangers.web.forms import PLAN_TEXTS, MoveForm, choices_for
from zhiben.dangers.web.measures import chosen_measure
from zhiben.dangers.web.papers import papers_of
from zhiben.dangers.web.photos import photos_of
from zhiben.dangers.web.receipts import receipts_shown
from zhiben.dangers.web.stopping import stop_of
from zhiben.dangers.web.story import reached, story_of
from zhiben.dangers.web.supervision import supervision_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Refusal
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.orgs.doors import Request, door
from zhiben.standards.public import ClausePermission

WAY = (State.REGISTERED, State.CONFIRMED, State.RECTIFYING, State.AWAITING_ACCEPTANCE, State.SIGNED_OFF)
NEVER = "danger:not-imported"  # no change of the danger opens such a step: it is not worth telling
MAIN_BUTTONS = 2  # beside the first one, in reach of the thumb


@door(DangerPermission.VIEW)
@require_GET
def danger_detail(request: Request, danger_id: int) -> HttpResponse:
    """Show a danger."""
    page = danger_page(request.actor, danger_id, now=timezone.now())
    begin = chosen_measure(request, page.danger)
    return render(request, "dangers/detail.html", context_of(page, request.actor, now=timezone.now(), measures=begin))


def context_of(
    page: DangerPage,
    actor: Actor,
    *,
    now: datetime,
    refused: MoveForm | None = None,
    refusal: Refusal | None = None,
    measures: str = "",
) -> dict[str, Any]:
    """Return what the page shows; a form that was refused comes back open, with what was typed.

    `measures`: words with which the plan begins, whose form stands open.
    """
    language, danger, mover = get_language() or "zh-hans", page.danger, Mover(actor)
    family = [danger.pk, *(one.pk for one in page.merged)]
    return {
        "page": page,
        "danger": danger,
        "level": "" if danger.level == Level.UNSET else danger.level,
        "channel": label(Channel(danger.channel)),
        "matter": matters()[danger.matter].title if danger.matter in matters() else danger.matter,
        "industry": industries()[danger.industry].label if danger.industry in industries() else danger.industry,
        "due_by": label(SetBy(danger.due_set_by)) if danger.due_set_by else None,
        "marks": [(label(flag), flag is Flag.STOP_ORDERED) for flag in Flag if getattr(danger, f"is_{flag}")],
        "closed": State(danger.state) in CLOSED,
        "steps": _way(page, language),
        "waits_for": waits_for(danger),
        **_moves(page, actor, now=now, refused=refused, refusal=refusal, measures=measures),
        "may_keep": actor.may(DangerPermission.RECTIFY, danger.place),
        "photos_before": photos_of(page, EvidenceKind.PHOTO_BEFORE, language),
        "photos_after": photos_of(page, EvidenceKind.PHOTO_AFTER, language),
        "papers": _papers(page, language),
        "running": [deadline for deadline in page.deadlines if deadline.is_current],
        "former": [deadline for deadline in reversed(page.deadlines) if not deadline.is_current],
        "candidates": clauses.drawn(page.candidates, clauses.links_of(actor, danger, page.candidates)),
        "may_link": actor.has(ClausePermission.LINK) and len(danger.description) <= clauses.LONGEST_LINK,
        "coverage": clauses.coverage_of(page.candidates),
        "may_answer": actor.may(DangerPermission.CONFIRM, danger.place) and State(danger.state) not in CLOSED,
        "five": [(label(one.part), one, [PLAN_TEXTS[name] for name in one.lacks]) for one in page.five],
        "five_stand": sum(one.stands for one in page.five),
        "plan": [(words, getattr(page.plan, name)) for name, words in PLAN_TEXTS.items()] if page.plan else [],
        "is_major": danger.level == Level.MAJOR,
        "people": _people(page),
        "stop": stop_of(page),
        "repeats": [repeats.shown(row, actor, family) for row in page.recurrences],
        "lookbacks": [lookbacks.shown(row, mover) for row in page.lookbacks],
        "is_watched": is_watched(actor, danger=danger.pk),
        "sources": [(label(Channel(source.channel)), source) for source in page.sources],
        **receipts_shown(actor, danger, now=now),
        "documents": papers_of(actor, danger, family),
        "undo": undo_for(actor, danger, now=now),
        **comments_shown(actor, danger.pk, now=now),
        **duplicates.section_of(page, actor),
        "story": story_of(page.history, language),
        **supervision_of(danger, now=now),
    }


def _way(page: DangerPage, language: str) -> list[dict[str, Any]]:
    """Return the loop as a line: what was reached and when, where it stands, what is to come."""
    state, when = State(page.danger.state), reached(page.history)
    if state in {State.TRANSFERRED, State.VOIDED}:
        way = [*(each for each in WAY[:3] if each in when), state]
    else:
        way = list(WAY)
    here, merged = way.index(state), pgettext("state", "Merged")
    return [
        {
            "label": merged if each is State.VOIDED and page.merger else capfirst(label(each)(language)),
            "state": "now" if at == here and each not in CLOSED else "done" if at <= here else "todo",
            "when": f"{timezone.localtime(when[each]):%m-%d}" if at <= here and each in when else "",
        }
        for at, each in enumerate(way)
    ]


def waits_for(danger: Danger) -> str:
    """Say whose turn it is."""
    theirs = danger.judged_as in {Channel.INSPECTION, Channel.PUBLIC_REPORT}
    supervised = theirs or danger.level == Level.MAJOR or danger.due_set_by == SetBy.ORDER
    department = danger.department.name if danger.department else _("the supervising department")
    if danger.merged_into:
        return _("It was merged into %(number)s and is dealt with there.") % {"number": danger.merged_into.number}
    owner = danger.owner_person.name if danger.owner_person else danger.owner_text or _("the owner")
    return {
        State.REGISTERED: _("%(who)s confirms it and its level.")
        % {"who": department if theirs else _("The enterprise's safety manager")},
        State.CONFIRMED: _("Somebody must be made responsible, until a day."),
        State.RECTIFYING: _("%(who)s rectifies it and submits it with what was done.") % {"who": owner},
        State.AWAITING_ACCEPTANCE: _("%(who)s looks at it on site and signs it off.") % {"who": department}
        if supervised
        else _("Somebody who neither found nor rectified it accepts it."),
        State.TRANSFERRED: _("%(who)s receives it.")
        % {"who": danger.transferred_to.name if danger.transferred_to else _("the other department")},
        State.SIGNED_OFF: _("Nothing more is to be done."),
        State.VOIDED: _("It was found not to be true; nothing is to be done."),
    }[State(danger.state)]


@dataclass(frozen=True)
class MoveBox:
    """An open step with its form."""

    offer: Offer
    form: MoveForm
    is_open: bool  # came back refused
    refusal: Refusal | None
    refusal_code: str

    @property
    def kind(self) -> str:
        """The look of its button."""
        return {"primary": "primary", "danger": "stern"}.get(self.offer.style, "")

    @property
    def is_multipart(self) -> bool:
        """Files may come with it."""
        return bool(self.form.file_asks)


def _moves(
    page: DangerPage,
    actor: Actor,
    *,
    now: datetime,
    refused: MoveForm | None,
    refusal: Refusal | None,
    measures: str,
) -> dict[str, Any]:
    """Return the open steps with their forms, and the others with the reasons that stand against them."""
    usable = [offer for offer in page.offers if offer.is_open]
    choices = choices_for(actor, page.danger, usable, today=china_day(now))
    boxes = []
    for offer in usable:
        mine = refused if refused and refused.offer.move is offer.move else None
        form = mine or MoveForm(offer, page.danger, choices, plan=page.plan)
        begins = bool(measures) and not mine and offer.move is Move.FILL_PLAN
        if begins:
            form.initial["measures"] = measures
        is_open = mine is not None or begins
        boxes.append(MoveBox(offer, form, is_open, refusal if mine else None, refusal.code if mine and refusal else ""))
    closed = [
        (offer, [Refusal(code) for code in offer.reasons])
        for offer in page.offers
        if not offer.is_open and NEVER not in offer.reasons
    ]
    return {"boxes": boxes, "first": boxes[: 1 + MAIN_BUTTONS], "more": boxes[1 + MAIN_BUTTONS :], "not_open": closed}


def _papers(page: DangerPage, language: str) -> list[dict[str, Any]]:
    """Return the files that are no photos, under what they show."""
    files = {file.id: file for file in page.files}
    photos = {EvidenceKind.PHOTO_BEFORE, EvidenceKind.PHOTO_AFTER}
    return [
        {"file": files[row.file], "words": label(EvidenceKind(row.kind))(language), "at": row.at}
        for row in page.evidence
        if EvidenceKind(row.kind) not in photos and row.file in files
    ]


def _people(page: DangerPage) -> list[tuple[Any, str]]:
    """Return who did what: the roles in order, each with the names."""
    found: dict[str, dict[str, None]] = {}
    for each in page.participants:
        if each.is_current and each.person:
            found.setdefault(each.role, {})[each.person.name] = None
    return [(label(Role(role)), _(", ").join(names)) for role, names in found.items()]
