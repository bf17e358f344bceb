"""Taking a list out, on screen: choose a form, wait, save."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.selectors.imports import export_for, exports_for
from zhiben.exchange.services.exporting import FORMS, exported_path, start_export
from zhiben.exchange.services.lists import COUNTED, listing_named
from zhiben.orgs.doors import Request, door

SHOWN = 10
SEALED = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


@door(ExchangePermission.MAKE_EXPORT)
@require_http_methods(["GET", "POST"])
def export(request: Request, name: str = "dangers") -> HttpResponse:
    """Offer to export the list whose parameters the address bears; a post puts it in."""
    query, listing = request.GET.urlencode(), listing_named(name)
    count = listing.count(request.actor, request.GET)
    if request.method == "POST":
        language = get_language() or "zh-hans"
        made = start_export(
            name, request.POST.get("form", ""), query, language=language, actor=request.actor, now=timezone.now()
        )
        return redirect("exchange:export-page", made.pk)
    context = {
        "forms": FORMS,
        "listing": listing,
        "count": count,
        "most": COUNTED,
        "query": query,
        "back": f"{reverse(listing.page)}?{query}",
        "exports": exports_for(request.actor)[:SHOWN],
    }
    return render(request, "exchange/export.html", context)


@door(ExchangePermission.MAKE_EXPORT)
@require_GET
@never_cache
def export_page(request: Request, export_id: UUID) -> HttpResponse:
    """Show how far an export is."""
    made = export_for(request.actor, export_id)
    listing = listing_named(made.list)
    back = f"{reverse(listing.page)}?{made.query}"
    return render(request, "exchange/exported.html", {"export": made, "listing": listing, "back": back})


@door(ExchangePermission.MAKE_EXPORT)
@require_GET
@never_cache
def export_progress(request: Request, export_id: UUID) -> HttpResponse:
    """Redraw the progress; when it is done, the page around it is loaded anew."""
    made = export_for(request.actor, export_id)
    answer = render(request, "exchange/_export_progress.html", {"export": made})
    if made.ended_at:
        answer["HX-Refresh"] = "true"
    return answer


@door(ExchangePermission.MAKE_EXPORT)
@require_GET
def export_file(request: Request, export_id: UUID) -> HttpResponseBase:
    """Give the file made."""
    made = export_for(request.actor, export_id)
    name = f"{made.list}-{timezone.localtime(made.created_at):%Y%m%d-%H%M}.{made.form}"
    return FileResponse(
        exported_path(made).open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream",
        headers=SEALED,
    )  # fmt: skip
