"""A region's packs as files: out as a workbook, in as a workbook or YAML, and the workbook back with its problems."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.exchange.services.packs import kept_workbook, marked_workbook, pack_workbook, upload_pack
from zhiben.exchange.services.uploading import received
from zhiben.kernel.errors import Conflict, Invalid, Refusal
from zhiben.orgs.doors import Request, door
from zhiben.standards.public import PackPermission, pack_for

SEALED = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(open_because="shows only packs that one writes, reviews or adopts")
@require_GET
def pack_file(request: Request, slug: str, number: int) -> HttpResponse:
    """Give a version of a pack as a workbook."""
    content = pack_workbook(request.actor, slug, number)
    headers = {**SEALED, "Content-Disposition": f'attachment; filename="{slug}-v{number}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@door(PackPermission.WRITE)
@require_http_methods(["GET", "POST"])
def pack_upload(request: Request, slug: str) -> HttpResponse:
    """Take a file as a pack's draft."""
    pack = pack_for(request.actor, slug)
    draft = pack.versions.exclude(state="adopted").first()
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _taken(request, slug)
        except (Invalid, Conflict) as found:
            refusal = found
    context = {"pack": pack, "seen": draft.changes if draft else 0, "refusal": refusal}
    return render(request, "exchange/pack_upload.html", context, status=422 if refusal else 200)


def _taken(request: Request, slug: str) -> HttpResponse:
    file, seen = request.FILES.get("file"), request.POST.get("seen", "")
    if not isinstance(file, UploadedFile):
        raise Invalid("pack:no-file", field="file")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    with received(file, file.name or "pack") as upload:
        kept = upload_pack(slug, upload, seen=number, actor=request.actor, now=timezone.now())
    if kept is not None:
        return redirect("exchange:pack-problems", slug, kept.id)
    messages.success(request, _("The draft is taken from the file."))
    return redirect("standards:pack-edit", slug)


@door(PackPermission.WRITE)
@require_GET
def pack_problems(request: Request, slug: str, file_id: UUID) -> HttpResponse:
    """Show what is wrong with a workbook, cell by cell."""
    kept, read = kept_workbook(request.actor, slug, file_id)
    context = {"pack": pack_for(request.actor, slug), "file": kept, "problems": read.problems}
    return render(request, "exchange/pack_problems.html", context)


@door(PackPermission.WRITE)
@require_GET
def pack_marked(request: Request, slug: str, file_id: UUID) -> HttpResponseBase:
    """Give the same workbook back, each problem in its cell."""
    with marked_workbook(request.actor, slug, file_id, get_language() or "zh-hans") as made:
        return FileResponse(made.open("rb"), as_attachment=True, filename=f"{slug}.xlsx", headers=SEALED)
