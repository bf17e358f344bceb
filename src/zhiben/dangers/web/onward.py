"""Where a form leads when it was taken: by htmx the whole page is loaded, so that a refused form can stay open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def onward(request: HttpRequest, url: str) -> HttpResponse:
    """Lead on to an address of ours."""
    return HttpResponse(headers={"HX-Redirect": url}) if "HX-Request" in request.headers else redirect(url)
