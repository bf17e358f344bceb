"""Addresses of pages by name. Rooms link upward and sideways only by name, and only to what is built."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from zhiben.orgs.doors import Request


def page_url(page: str, *args: object, query: Mapping[str, Any] | None = None) -> str:
    """Return the address of a page by name, filters that say nothing left out; nothing where it is not built."""
    try:
        address = reverse(page, args=args)
    except NoReverseMatch:
        return ""
    said = {name: value for name, value in (query or {}).items() if value not in {None, ""}}
    return f"{address}?{urlencode(said)}" if said else address


def onward(request: Request, page: str, *args: object, query: Mapping[str, Any] | None = None) -> HttpResponse:
    """Lead on after a form was accepted: a form sent by htmx is led like a plain one."""
    address = page_url(page, *args, query=query)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
