"""Listed supervision on pages: the listings, what is published of them, and the page that everybody may read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.listing import LISTED, NAMES, ListingState, PublicationKind, PublicationState
from zhiben.dangers.models import Listing, Publication
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.listing_papers import ListingPapers, papers_of_listings
from zhiben.dangers.selectors.listings import VIEWS, listed_rows, listing_for
from zhiben.dangers.selectors.publications import preview_of, publications_for, published
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.publications import draft_publication, release_publication, withdraw_publication
from zhiben.dangers.web.papers import drawn
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import asked, page_number, without
from zhiben.dangers.web.refusing import REFUSED, refused
from zhiben.documents.public import kind_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.law.listings import Authority
from zhiben.orgs.doors import Request, door

SHOWN = 50
TABS = (
    ("", gettext_lazy("On the list")),
    ("late", gettext_lazy("Past the limit")),
    ("ended", gettext_lazy("Off the list")),
)


@door(DangerPermission.VIEW)
@require_GET
def listed_list(request: Request) -> HttpResponse:
    """Show the listings in the actor's reach, and the publications that wait for a second person."""
    return render(request, "dangers/listed.html", _context(request))


@door(DangerPermission.PUBLISH)
@require_http_methods(["GET", "POST"])
def publication_new(request: Request, listing_id: int, kind: str) -> HttpResponse:
    """Show what would be published with what was taken out, and keep it as a draft."""
    which = next((each for each in PublicationKind if each == kind), None)
    if which is None:
        raise NotFound("page:not-found")
    listing = listing_for(request.actor, listing_id, DangerPermission.PUBLISH)
    preview, said = preview_of(listing.danger), dict[str, Any]()
    typed = {"place": preview.place.text, "text": preview.text.text}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            draft_publication(listing.pk, which, **typed, actor=request.actor, now=timezone.now())
        except REFUSED as refusal:
            said = refused(refusal)
        else:
            messages.success(request, _("Drafted. A second person reads and releases it."))
            return redirect("dangers:listed")
    context = {"listing": listing, "kind": NAMES[which], "preview": preview, "typed": typed, **_words(listing)}
    return render(request, "dangers/publication.html", context | said, status=said.get("status", 200))


@door(DangerPermission.PUBLISH)
@require_POST
def publication_release(request: Request, publication_id: int) -> HttpResponse:
    """Let everybody read it."""
    try:
        release_publication(publication_id, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        said = refused(refusal)
        return render(request, "dangers/listed.html", _context(request) | said, status=said["status"])
    messages.success(request, _("Published. Everybody can read it now."))
    return redirect("dangers:listed")


@door(DangerPermission.PUBLISH)
@require_POST
def publication_withdraw(request: Request, publication_id: int) -> HttpResponse:
    """Take it back."""
    reason = request.POST.get("reason", "")
    try:
        withdraw_publication(publication_id, reason=reason, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        said = refused(refusal) | {"again": publication_id, "typed": reason}
        return render(request, "dangers/listed.html", _context(request) | said, status=said["status"])
    messages.success(request, _("Withdrawn, with your reason."))
    return redirect("dangers:listed")


@door(public_because="what was released is for everybody to read; it holds no personal data")
@require_GET
def published_list(request: Request) -> HttpResponse:
    """Show what was released, to anybody."""
    before = request.GET.get("before", "")
    items = published(before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None)
    rows = [(item, NAMES[item.kind], NAMES[Authority(item.authority)]) for item in items]
    older = f"?before={items[-1].id}" if len(items) == SHOWN else ""
    return render(request, "dangers/published.html", {"rows": rows, "older": older})


def _context(request: Request) -> dict[str, Any]:
    actor, query, today = request.actor, request.GET, china_day(timezone.now())
    view = query.get("view", "") if query.get("view") in VIEWS else ""
    wanted = asked(query, actor, Mover(actor))
    level = next((each for each in Authority if each == query.get("level")), None)
    rows = listed_rows(actor, view=view, path=wanted.filters.unit, level=level, today=today)
    page = page_number(query.get("page"))
    told = list(rows[page * SHOWN : (page + 1) * SHOWN + 1])
    may_publish = actor.has(DangerPermission.PUBLISH)
    out = _published_of(told) if may_publish else {}
    papers = papers_of_listings(actor, told)
    publications = _publications(actor) if may_publish else []
    drawn_rows = [_row(row, actor, today, out.get(row.pk, set())) | papers_shown(papers.get(row.pk)) for row in told]
    return {
        "rows": drawn_rows[:SHOWN],
        "found": rows.count(),
        "late": rows.filter(limit_on__lt=today).count() if not view else 0,
        "ended": view == "ended",
        "level": level or "",
        "levels": [(str(each), NAMES[each](get_language() or "zh-hans")) for each in Authority],
        "tabs": [
            {"label": words, "url": without(query, "page", view=name), "here": view == name} for name, words in TABS
        ],
        "unit_picker": unit_picker(actor, query, wanted.named.get("unit")),
        "kept": [(name, query[name]) for name in ("unit", "view") if query.get(name)],
        "older": without(query, page=str(page + 1)) if len(told) > SHOWN else "",
        "newer": without(query, page=str(page - 1)) if page else "",
        "drafts": [one for one in publications if one["row"].state == PublicationState.DRAFT],
        "released": [one for one in publications if one["row"].state == PublicationState.RELEASED],
        "may_set_rules": actor.has(DangerPermission.RULES),
    }


def papers_shown(papers: ListingPapers | None) -> dict[str, Any]:
    """Return the documents of a listing as its row shows them."""
    if papers is None:
        return {"documents": [], "called": []}
    return {
        "documents": [drawn(row) for row in papers.rows],
        "called": [(paper, kind_of(paper).title) for paper in papers.called],
    }


def _row(row: Listing, actor: Actor, today: Any, out: set[str]) -> dict[str, Any]:
    kinds = [PublicationKind.LISTING] if row.state != ListingState.WITHDRAWN else []
    kinds += [PublicationKind.REMOVAL] if row.state == ListingState.REMOVED else []
    may = actor.may(DangerPermission.PUBLISH, row.danger.place)
    return {
        "row": row,
        **_words(row),
        "late": row.state in LISTED and row.limit_on < today,
        "publish": [(str(kind), NAMES[kind]) for kind in kinds if kind not in out] if may else [],
    }


def _published_of(rows: list[Listing]) -> dict[int, set[str]]:
    kept = [str(PublicationState.DRAFT), str(PublicationState.RELEASED)]
    found: dict[int, set[str]] = {}
    for listing, kind in Publication.objects.filter(listing__in=rows, state__in=kept).values_list("listing_id", "kind"):
        found.setdefault(listing, set()).add(kind)
    return found


def _publications(actor: Actor) -> list[dict[str, Any]]:
    kept = [str(PublicationState.DRAFT), str(PublicationState.RELEASED)]
    rows = publications_for(actor).filter(state__in=kept)[:SHOWN]
    return [
        {"row": row, "kind": NAMES[PublicationKind(row.kind)], "mine": row.drafted_by_id == actor.id} for row in rows
    ]


def _words(row: Listing) -> dict[str, Any]:
    return {"state": NAMES[ListingState(row.state)], "authority": NAMES[Authority(row.authority)]}
