"""`/api/v1/`: the rooms' endpoints under one roof, with one way to sign in and one shape of refusals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.utils import check_csrf

from zhiben.config.refusals import problem_of, status_of
from zhiben.kernel.errors import Refusal
from zhiben.orgs.api import told
from zhiben.standards.rest.endpoints import router as standards


def signed_in(request: HttpRequest) -> Any:
    """Let in whoever the middleware recognised: by token, or by session with the token against forgery."""
    actor = request.actor  # type: ignore[attr-defined]  # see orgs.doors.Request
    if actor.id is None:
        return None
    by_session = not request.headers.get("Authorization")
    if by_session and request.method not in {"GET", "HEAD", "OPTIONS"} and check_csrf(request):
        return None
    return actor


api = NinjaAPI(
    title="Zhiben",
    version="1",
    urls_namespace="api",
    auth=signed_in,
    docs_url="/docs",
    openapi_url="/openapi.json",
    description="Hidden dangers of work safety: units, enterprises, facts, determinations, dangers, files. "
    "Send `Authorization: Bearer <token>`; send `Idempotency-Key` with what must not happen twice.",
)
api.add_router("", standards)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a refusal with its status and sentence."""
    status = status_of(error)
    return told(problem_of(error, status), status)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer whoever is not signed in."""
    return told(problem_of(Refusal("access:not-signed-in"), 401), 401)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a request that does not fit the declared shape, naming each field."""
    errors = [{"field": ".".join(str(p) for p in e["loc"][1:]), "reason": e["msg"]} for e in error.errors]
    return told(problem_of(Refusal("request:wrong-shape", errors=errors), 422), 422)


@api.exception_handler(HttpError)
def broken(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a body that cannot be parsed."""
    return told(problem_of(Refusal("request:unreadable", reason=str(error)), error.status_code), error.status_code)
