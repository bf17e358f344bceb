"""How a request to `/api/` travels: with a token past everything that pages need, with a session through all of it.

Either way it is answered inside the actor's scope, once for each idempotency key, and every refusal is JSON.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import ResolverMatch, resolve
from django.utils import timezone, translation

from zhiben.config.refusals import answer_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import actor_of_request
from zhiben.orgs.requests import API, token_of
from zhiben.orgs.scope import scope_of, scoped
from zhiben.shell.idempotency import answer_once
from zhiben.shell.pace import Pace

Answer = Callable[[HttpRequest], HttpResponse]
ENVELOPE = 1024 * 1024  # what a form adds around its file
NOBODY = AnonymousUser()
PACE = Pace()


class ApiFirst:
    """Stand before sessions, cookies and pages: a request that brings a token needs none of them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request to the API; let every other one pass."""
        if not request.path_info.startswith(API):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            return _finished(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > _most(request):
            return answer_of(Refusal("request:too-large", limit=_most(request)))
        if token_of(request) is None:
            return self.get_response(request)
        request.user = NOBODY
        now = timezone.now()
        return answer_as(actor_of_request(request, now=now), request, _routed, now=now)


def answer_as(actor: Actor, request: HttpRequest, answer: Answer, *, now: datetime) -> HttpResponse:
    """Answer inside the actor's scope; what is sent again under its key is not done again."""
    request.actor = actor  # type: ignore[attr-defined]  # see orgs.doors.Request
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    with scoped(scope_of(actor)):
        try:
            if actor.id is None:
                return answer(request)
            _keep_pace(actor.id, now)
            if key is None:
                return answer(request)
            return answer_once(request, key, account=actor.id, now=now, answer=lambda: answer(request))
        except Refusal as error:
            return answer_of(error)
        except RequestDataTooBig:
            return answer_of(Refusal("request:too-large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
        except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
            return answer_of(Refusal("request:unreadable"))


def _keep_pace(account: int, now: datetime) -> None:
    """Refuse who asks faster than this installation lets one account ask."""
    most = settings.API_PER_MINUTE
    if most and (seconds := PACE.wait(account, most, now=now)):
        raise Refusal("request:too-many", limit=most, seconds=seconds)


def _routed(request: HttpRequest) -> HttpResponse:
    """Call the view that the address names; there is one for every address below `/api/`."""
    request.resolver_match = match = _place_of(request.path_info)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


@lru_cache(maxsize=256)
def _place_of(path: str) -> ResolverMatch:
    return resolve(path)


def _finished(answer: HttpResponse) -> HttpResponse:
    """Give an answer what all answers of the API have."""
    if answer.status_code == 405 and not answer.content.startswith(b"{"):
        allowed = ", ".join(sorted(answer["Allow"].split(", ")))
        answer = answer_of(Refusal("request:wrong-method", allowed=allowed))
        answer["Allow"] = allowed
    if not answer.streaming:
        answer.headers["Content-Length"] = str(len(answer.content))  # pages have it from a middleware
    answer.headers.setdefault("Cache-Control", "private, no-store")
    answer.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    answer.headers.setdefault("Vary", "Accept-Language, Authorization, Cookie")
    return answer


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _most(request: HttpRequest) -> int:
    if request.META.get("CONTENT_TYPE", "").startswith("multipart/"):
        return int(settings.FILES_MAX_BYTES) + ENVELOPE
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


@door(public_because="tells only that nothing is here")
def nowhere(request: Request) -> HttpResponse:
    """Answer below `/api/` where nothing else does."""
    raise NotFound("page:not-found", path=request.path)


def check_text(text: str) -> str:
    """Refuse the one character that no database keeps."""
    if "\0" in text:
        raise Invalid("request:unusable-character", character="U+0000")
    return text
