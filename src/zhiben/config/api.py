"""`/api/v1/`: the rooms' endpoints under one roof, with one way to sign in and one shape of refusals."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security.base import AuthBase

from zhiben.config.refusals import answer_of
from zhiben.config.wire import check_text
from zhiben.dangers.rest.after import router as after
from zhiben.dangers.rest.bulk import router as bulk
from zhiben.dangers.rest.comments import router as comments
from zhiben.dangers.rest.dangers import router as dangers
from zhiben.dangers.rest.duplicates import router as duplicates
from zhiben.dangers.rest.files import router as danger_files
from zhiben.dangers.rest.lookbacks import router as lookbacks
from zhiben.dangers.rest.measures import router as measures
from zhiben.dangers.rest.moves import router as moves
from zhiben.dangers.rest.papers import router as papers
from zhiben.dangers.rest.receipts import router as receipts
from zhiben.dangers.rest.saved_filters import router as saved_filters
from zhiben.dangers.rest.supervision import router as supervision
from zhiben.dangers.rest.suspicions import router as suspicions
from zhiben.documents.rest.documents import router as documents
from zhiben.files.rest.files import router as files
from zhiben.insights.rest.clearing import router as clearing
from zhiben.insights.rest.forms import router as forms
from zhiben.kernel.errors import Invalid, NotAllowed, Refusal
from zhiben.orgs.doors import NotSignedIn, pass_door
from zhiben.orgs.requests import token_of
from zhiben.orgs.rest.enterprises import router as enterprises
from zhiben.orgs.rest.me import router as me
from zhiben.orgs.rest.units import router as units
from zhiben.shell.sentences.shapes import reason_of
from zhiben.standards.rest.determinations import router as determinations
from zhiben.standards.rest.facts import router as facts
from zhiben.standards.rest.what_ifs import router as what_ifs

Run = Callable[..., HttpResponse]
log = logging.getLogger(__name__)
DESCRIPTION = """Hidden dangers of work safety: units, enterprises, facts, determinations, dangers, files, figures.

Send `Authorization: Bearer <token>`. Send `Idempotency-Key` with every POST that must not happen twice.
Every refusal is `{code, message, facts}`: the code is stable, the message is in the language of `Accept-Language`.
"""


class Token(AuthBase):
    """Whoever the middleware recognised: by token, or by a session that comes from a page of ours."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        """Let in whoever is known; a session without its token against forgery is told so."""
        actor = request.actor  # type: ignore[attr-defined]  # see orgs.doors.Request
        if actor.id is not None:
            return actor
        if token_of(request) is None and request.user.is_authenticated:
            raise NotAllowed("access:not-from-our-page")
        return None


class Renderer(BaseRenderer):
    """Write answers as `told` does: UTF-8, times in UTC."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:  # noqa: ARG002 -- ninja's signature
        """Write one answer."""
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)


class Json(Parser):
    """Read bodies and queries; what no database keeps is refused here, once for all."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read a body."""
        body = orjson.loads(request.body)
        if b"\\u0000" in request.body:
            _check_texts(body)
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        """Read a query or a form."""
        for values in data.lists():
            for value in (values[0], *values[1]):
                if isinstance(value, str):
                    check_text(value)
        return super().parse_querydict(data, list_fields, request)


def _check_texts(value: Any) -> None:
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            _check_texts([name, one])
    elif isinstance(value, list):
        for one in value:
            _check_texts(one)


IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "sent again with the same key and body within two days, a request gets its first answer",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
    "required": False,
}


class Api(NinjaAPI):
    """Ninja's, with a description that knows what the wire does beside it."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the description; whoever asks for it needs no server of ours."""
        schema = super().get_openapi_schema(**{"path_prefix": "/api/v1/", **kwargs})
        for operations in schema["paths"].values():
            if post := operations.get("post"):
                post["parameters"] = [*post["parameters"], IDEMPOTENCY_KEY]
        return schema


api = Api(
    title="Zhiben",
    version="1",
    urls_namespace="api",
    auth=Token(),
    parser=Json(),
    renderer=Renderer(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    description=DESCRIPTION,
)


def door_first(run: Run) -> Run:
    """Ask at the door before reading what was sent: who may not come in learns nothing about the form."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # a method of it
    declared, known = operation.view_func.door, _query_names(operation)  # type: ignore[attr-defined]  # see orgs.doors

    @wraps(run)
    def guarded(request: Any, **values: Any) -> HttpResponse:
        if request.actor.id is None:
            return run(request, **values)  # its own check says who is missing
        try:
            pass_door(declared, request)
            if not known.issuperset(request.GET):  # a slip in a filter's name would answer with everything
                raise Invalid(
                    "request:unknown-parameter", unknown=sorted(set(request.GET) - known), known=sorted(known)
                )
            if request.method != "GET" and not request.content_type.startswith("multipart/"):
                request.body  # noqa: B018 -- read here, where what is too large can be told
        except (Refusal, RequestDataTooBig) as error:
            return api.on_exception(request, error)
        return run(request, **values)

    return guarded


def _query_names(operation: Operation) -> frozenset[str]:
    """Return the names an operation takes in its address."""
    models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in models for name in getattr(model, "__ninja_flatten_map__", model.model_fields))


api.add_decorator(door_first, mode="view")
ROUTERS = (  # what is asked most is looked for first
    dangers, moves, duplicates, lookbacks, receipts, papers, saved_filters, bulk, comments, measures, danger_files, files, documents, me, units, enterprises, facts, determinations, clearing, forms,
    supervision, suspicions, after, what_ifs,
)  # fmt: skip
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a refusal with its status and sentence."""
    return answer_of(error)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer whoever is not signed in."""
    return answer_of(NotSignedIn("access:no-valid-token" if token_of(request) else "access:not-signed-in"))


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a request that does not fit the declared shape, naming each field."""
    errors = [
        {"field": ".".join(str(part) for part in one["loc"][1:]), "problem": one["type"], "reason": reason_of(one)}
        for one in error.errors
    ]
    fields = ", ".join(one["field"] for one in errors)
    return answer_of(Invalid("request:wrong-shape", fields=fields, errors=errors))


@api.exception_handler(HttpError)
def broken(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer a body that cannot be parsed."""
    return answer_of(Refusal("request:unreadable"))


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def malformed(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer what Django will not read."""
    return answer_of(Refusal("request:unreadable"))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """Answer what is larger than a request may be."""
    return answer_of(Refusal("request:too-large"))


@api.exception_handler(Exception)
def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for a fault of ours; it is recorded with its traceback."""
    log.error("%s %s", request.method, request.path, exc_info=error)
    return answer_of(Refusal("server:broken"))
