"""A refusal as an answer: its status, and for the API its JSON with the sentence in the reader's language."""

from typing import Any

from django.http import HttpResponse

from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.orgs.api import told
from zhiben.orgs.doors import NotSignedIn, PasswordMustChange
from zhiben.shell.refusals import sentences_for

STATUS: dict[type[Refusal], int] = {
    NotSignedIn: 401,
    PasswordMustChange: 403,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Refusal: 422,
}
BY_CODE = {  # where HTTP has a word of its own
    "facts:unknown-fact": 422,  # named in a body, not in the address
    "file:too-large": 413,
    "request:too-large": 413,
    "request:too-many": 429,
    "request:unreadable": 400,
    "request:wrong-method": 405,
    "server:broken": 500,
}


def status_of(error: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return BY_CODE.get(error.code) or next(code for kind, code in STATUS.items() if isinstance(error, kind))


def answer_of(error: Refusal) -> HttpResponse:
    """Answer the API with `{code, message, facts}`; facts are plain JSON."""
    status = status_of(error)
    answer = told(problem_of(error), status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer["Retry-After"] = str(error.facts["seconds"])
    return answer


def problem_of(error: Refusal) -> dict[str, Any]:
    """Return `{code, message, facts}` in the language at hand; facts are plain JSON."""
    facts = {name: _plain(value) for name, value in error.facts.items()}
    return {"code": error.code, "message": sentences_for(error, status_of(error)).line(), "facts": facts}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
