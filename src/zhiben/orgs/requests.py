"""Who stands behind a request: a session, or a token for the API."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Account
from zhiben.orgs.selectors.access import ANONYMOUS, actor_of, actor_of_token

API = "/api/"
BEARER = "bearer "  # the word in any case (RFC 9110)
LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")  # a proxy stands between
SAFE = ("GET", "HEAD", "OPTIONS")
TOUCH_SECONDS = 60
LONGEST = 60  # of an address


def actor_of_request(request: HttpRequest, *, now: datetime) -> Actor:
    """Return who acts in this request, with the grants valid today, or nobody.

    Tokens open the API only. There a session may write only with the page's CSRF token: ninja leaves that to us.
    """
    is_api = request.path.startswith(API)
    if is_api and (token := token_of(request)) is not None:
        return actor_of_token(token, now=now, demo=from_loopback(request)) or ANONYMOUS
    account = request.user
    if not isinstance(account, Account) or (account.is_demo and not from_loopback(request)):
        return ANONYMOUS
    if is_api and request.method not in SAFE and not _comes_from_our_page(request):
        return ANONYMOUS
    _touch(request, now)
    return actor_of(account, now=now)


def token_of(request: HttpRequest) -> str | None:
    """Return the token that a request brings, if it brings one."""
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    return header[len(BEARER) :].strip() if header[: len(BEARER)].lower() == BEARER else None


def from_loopback(request: HttpRequest) -> bool:
    """Tell whether the request was made on this machine, and not handed on by a proxy."""
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.META for name in FORWARDED)


def address_of(request: HttpRequest) -> str:
    """Return the address that limits are counted by: whom the outermost of our own proxies saw, else who connected."""
    seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    hops: int = settings.TRUSTED_PROXIES
    told = seen[-hops] if 0 < hops <= len(seen) else ""
    return (told or str(request.META.get("REMOTE_ADDR", "")))[:LONGEST]


def _touch(request: HttpRequest, now: datetime) -> None:
    """Let the idle time begin anew, writing the session at most once a minute."""
    second = int(now.timestamp())
    if second - request.session.get("touched", 0) >= TOUCH_SECONDS:
        request.session["touched"] = second


def _comes_from_our_page(request: HttpRequest) -> bool:
    guard = CsrfViewMiddleware(lambda _: HttpResponse())
    request.csrf_processing_done = False  # type: ignore[attr-defined]  # Django's own mark on the request
    return guard.process_view(request, _no_view, (), {}) is None


def _no_view(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- stands for a view that is not exempt
    return HttpResponse()
