"""Registers of numbers on pages: which there are, and what stands under each number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors import registers
from zhiben.documents.web.listing import drawn
from zhiben.orgs.doors import Request, door


@door(DocumentPermission.DRAFT)
@require_GET
def register_list(request: Request) -> HttpResponse:
    """Show the registers of the offices on one's side."""
    return render(request, "documents/registers.html", {"registers": registers.registers_for(request.actor)})


@door(DocumentPermission.DRAFT)
@require_GET
def register_page(request: Request, register_id: int) -> HttpResponse:
    """Show what stands under each number, withdrawn ones included."""
    register = registers.register_for(request.actor, register_id)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    rows = registers.numbers_of(request.actor, register, before=before)
    older = f"?before={rows[-1].running}" if len(rows) == registers.SHOWN else ""
    context = {
        "register": register,
        "rows": [{"document": one, "signature": getattr(one, "signature", None), **drawn(one)} for one in rows],
        "older": older,
    }
    return render(request, "documents/register.html", context)
