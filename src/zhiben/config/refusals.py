"""A refusal as an answer: its status, and its JSON with the sentence in the reader's language."""

from typing import Any

from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.shell.refusals import sentences_for

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409, Invalid: 422, Refusal: 422}


def status_of(error: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return next(code for kind, code in STATUS.items() if isinstance(error, kind))


def problem_of(error: Refusal, status: int) -> dict[str, Any]:
    """Return `{code, message, facts}`; facts are plain JSON."""
    told = sentences_for(error, status)
    message = " ".join(str(text) for text in (told.what, told.why, told.do) if str(text))
    return {"code": error.code, "message": message, "facts": {name: _plain(v) for name, v in error.facts.items()}}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)
