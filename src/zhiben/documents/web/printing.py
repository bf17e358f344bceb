"""All documents of a list as one PDF: asked for, waited for, saved."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhiben.documents.answers import SEALED
from zhiben.documents.models import PrintRun
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.services.printing import start_print
from zhiben.documents.web.listing import wanted_of
from zhiben.files.public import original_path
from zhiben.kernel.errors import NotFound
from zhiben.orgs.doors import Request, door


@door(DocumentPermission.VIEW)
@require_POST
def print_start(request: Request) -> HttpResponse:
    """Put in a PDF of all documents that the list is narrowed to."""
    language = get_language() or "zh-hans"
    run = start_print(wanted_of(request.GET), language=language, actor=request.actor, now=timezone.now())
    return redirect("documents:print", run.pk)


@door(DocumentPermission.VIEW)
@require_GET
@never_cache
def print_page(request: Request, run_id: UUID) -> HttpResponse:
    """Show how far it is."""
    return render(request, "documents/print.html", {"run": _run(request, run_id)})


@door(DocumentPermission.VIEW)
@require_GET
@never_cache
def print_progress(request: Request, run_id: UUID) -> HttpResponse:
    """Redraw the progress; when it is done, the page around it is loaded anew."""
    run = _run(request, run_id)
    answer = render(request, "documents/_print_progress.html", {"run": run})
    if run.ended_at:
        answer["HX-Refresh"] = "true"
    return answer


@door(DocumentPermission.VIEW)
@require_GET
def print_file(request: Request, run_id: UUID) -> HttpResponseBase:
    """Give the file made."""
    run = _run(request, run_id)
    if not run.file:
        raise NotFound("document:not-found")
    name = f"documents-{timezone.localtime(run.created_at):%Y%m%d-%H%M}.pdf"
    content = original_path(run.sha256).open("rb")
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/pdf", headers=SEALED)


def _run(request: Request, run_id: UUID) -> PrintRun:
    """Return a run of one's own; another's does not exist."""
    run = PrintRun.objects.filter(pk=run_id, account=request.actor.id or 0).first()
    if run is None:
        raise NotFound("document:not-found")
    return run
