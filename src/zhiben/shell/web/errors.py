"""The pages for what no view answered; config names them as handlers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

PAGE = "shell/_refusal_page.html"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 400."""
    return render(request, PAGE, {"status": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 403."""
    return render(request, PAGE, {"status": 403}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 404."""
    return render(request, PAGE, {"status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 500 without session, actor or database: one of them may be what broke."""
    return HttpResponse(render_to_string(PAGE, {"status": 500}), status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form whose token does not fit: most often a page left open over a sign-in."""
    return render(request, PAGE, {"status": 419}, status=403)
