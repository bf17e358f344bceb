"""Bringing a ledger in, on screen: upload, headings, preview, import, report; the workbook back; voiding."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.dangers.public import proposals_for
from zhiben.exchange import samples
from zhiben.exchange.domain.stages import Stage
from zhiben.exchange.models import CHANNELS
from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.selectors.imports import import_for, imports_for, profiles_for
from zhiben.exchange.selectors.places import place_for, places_for
from zhiben.exchange.services.answers import answer_name, made_answer, start_answer
from zhiben.exchange.services.bringing import start_import, start_reading
from zhiben.exchange.services.uploading import map_headings, read_mapping, received, upload_ledger
from zhiben.exchange.services.voiding import start_voiding
from zhiben.exchange.web import drawing
from zhiben.files.public import original_path
from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 50
AT_ONCE = 2_000  # rows of a workbook that is made while one waits
SEALED = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


@door(ExchangePermission.MAKE_IMPORT)
@require_GET
def import_list(request: Request) -> HttpResponse:
    """Show what was brought in, newest first."""
    page = drawing.page_of(request.GET.get("page"))
    found = list(imports_for(request.actor)[page * SHOWN : (page + 1) * SHOWN + 1])
    rows = [drawing.told(batch) for batch in found[:SHOWN]]
    return render(
        request,
        "exchange/imports.html",
        {"rows": rows, **drawing.pages(page, more=len(found) > SHOWN), "shown": len(rows)},
    )


@door(ExchangePermission.MAKE_IMPORT)
@require_http_methods(["GET", "POST"])
def import_new(request: Request) -> HttpResponse:
    """Take a ledger; what is refused is said above the form, which keeps the rest of what was chosen."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return redirect("exchange:import", _upload(request))
        except Invalid as found:
            refusal = found
    context = {
        "places": places_for(request.actor),
        "profiles": profiles_for(request.actor)[:SHOWN],
        "channels": drawing.channels(),
        "chosen": {name: request.POST.get(name, "") for name in ("unit", "channel", "profile")},
        "refusal": refusal,
        "steps": drawing.steps(0),
        "limits": drawing.limits(),
    }
    return render(request, "exchange/upload.html", context, status=422 if refusal else 200)


def _upload(request: Request) -> UUID:
    file = request.FILES.get("ledger")
    if not isinstance(file, UploadedFile):
        raise Invalid("import:no-file", field="ledger")
    unit = place_for(request.actor, drawing.number(request.POST.get("unit")))
    channel = request.POST.get("channel", "")
    with received(file, file.name or "ledger") as upload:
        batch = upload_ledger(
            upload,
            unit,
            channel=channel if channel in CHANNELS else CHANNELS[0],
            profile=drawing.number(request.POST.get("profile")) or None,
            actor=request.actor,
            now=timezone.now(),
        )
    return batch.pk


@door(ExchangePermission.MAKE_IMPORT)
@require_GET
def sample(request: Request) -> HttpResponseBase:  # noqa: ARG001 -- Django's signature
    """Give the sample ledger."""
    return FileResponse(samples.SAMPLE.open("rb"), as_attachment=True, filename=samples.SAMPLE.name)


@door(ExchangePermission.MAKE_IMPORT)
@require_GET
@never_cache
def import_page(request: Request, import_id: UUID) -> HttpResponse:
    """Show an import where it stands."""
    batch = import_for(request.actor, import_id)
    stage = Stage(batch.stage)
    wants_headings = stage is Stage.PREVIEWED and "headings" in request.GET
    if stage is Stage.UPLOADED or wants_headings:
        return _headings(request, batch)
    context = {
        "batch": batch,
        "told": drawing.told(batch),
        "steps": drawing.steps_of(stage),
        "may_void": _may_void(request, batch),
    }
    if stage in drawing.RUNNING:
        return render(request, "exchange/running.html", context)
    if stage is Stage.PREVIEWED:
        return render(request, "exchange/preview.html", context | drawing.preview(batch, request.GET))
    if stage is Stage.REFUSED:
        return render(
            request, "exchange/refused.html", context | {"refusal": Refusal(batch.error, **batch.error_facts)}
        )
    context |= drawing.preview(batch, request.GET) | {"is_small": batch.read <= AT_ONCE}
    context["alike"] = proposals_for(request.actor, batch=str(batch.pk)).count()
    return render(request, "exchange/report.html", context)


def _may_void(request: Request, batch: Any) -> bool:
    return request.actor.may(ExchangePermission.VOID_IMPORT, batch.place)


def _headings(request: Request, batch: Any, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "batch": batch,
        "steps": drawing.steps(1),
        "sheets": drawing.heads(batch, request.POST),
        "fields": drawing.fields(),
        "channels": drawing.channels(),
        "channel": request.POST.get("channel") or batch.channel,
        "assumed_on": request.POST.get("assumed_on") or batch.assumed_on.isoformat(),
        "profile_name": request.POST.get("profile_name", batch.profile.name if batch.profile_id else ""),
        "refusal": refusal,
    }
    return render(request, "exchange/headings.html", context, status=422 if refusal else 200)


@door(ExchangePermission.MAKE_IMPORT)
@require_POST
def import_headings(request: Request, import_id: UUID) -> HttpResponse:
    """Take the headings as corrected, and let the rows be read."""
    batch = import_for(request.actor, import_id)
    channel = request.POST.get("channel", "")
    try:
        map_headings(
            batch.pk,
            read_mapping(drawing.mapping_of(batch, request.POST)),
            channel=channel if channel in CHANNELS else None,
            assumed_on=_day(request.POST.get("assumed_on", "")),
            profile_name=request.POST.get("profile_name", ""),
            actor=request.actor,
            now=timezone.now(),
        )
    except Invalid as refusal:
        return _headings(request, batch, refusal)
    start_reading(batch.pk, actor=request.actor, now=timezone.now())
    return redirect("exchange:import", batch.pk)


def _day(text: str) -> Any:
    try:
        return parse_date(text) if text else None
    except ValueError:
        raise Invalid("import:no-such-day", field="assumed_on") from None


@door(ExchangePermission.MAKE_IMPORT)
@require_GET
@never_cache
def import_progress(request: Request, import_id: UUID) -> HttpResponse:
    """Redraw the progress; when nothing runs any more, the page around it is loaded anew."""
    batch = import_for(request.actor, import_id)
    answer = render(request, "exchange/_progress.html", {"batch": batch, "told": drawing.told(batch)})
    if Stage(batch.stage) not in drawing.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@door(ExchangePermission.MAKE_IMPORT)
@require_POST
def import_start(request: Request, import_id: UUID) -> HttpResponse:
    """Let the accepted rows be written."""
    accept_good = request.POST.get("accept_good") == "1"
    start_import(import_id, accept_good=accept_good, actor=request.actor, now=timezone.now())
    return redirect("exchange:import", import_id)


@door(ExchangePermission.VOID_IMPORT)
@require_POST
def import_void(request: Request, import_id: UUID) -> HttpResponse:
    """Take an import back."""
    start_voiding(import_id, reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    return redirect("exchange:import", import_id)


@door(ExchangePermission.MAKE_IMPORT)
@require_http_methods(["GET", "POST"])
def import_answer(request: Request, import_id: UUID) -> HttpResponseBase:
    """Give the workbook back: at once where it is small, else once a worker has made it."""
    batch = import_for(request.actor, import_id)
    if Stage(batch.stage) not in {Stage.PREVIEWED, Stage.DONE, Stage.VOIDED}:
        raise NotFound("import:not-read-yet")
    language = get_language() or "zh-hans"
    if batch.read <= AT_ONCE:
        with made_answer(batch, language=language, actor=request.actor) as made:
            return _download(made.open("rb"), answer_name(batch))
    if batch.answer and request.method == "GET":
        return _download(original_path(batch.answer_sha256).open("rb"), answer_name(batch))
    start_answer(batch.pk, language=language, actor=request.actor, now=timezone.now())
    messages.success(request, _("The workbook is being made. Load this page again in a minute."))
    return redirect("exchange:import", batch.pk)


def _download(file: Any, name: str) -> FileResponse:
    return FileResponse(
        file, as_attachment=True, filename=name, content_type="application/octet-stream", headers=SEALED
    )
