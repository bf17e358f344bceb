"""What every endpoint of `/api/v1/` shares: problems, pages, the words of cursors. Endpoints stand in the rooms' `rest/`."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Generic, TypeVar

import orjson
from django.http import HttpResponse
from ninja import Path, Query, Schema
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, Refusal

T = TypeVar("T")
MOST = 200
BIGGEST = 2**53 - 1  # what JSON numbers carry exactly everywhere
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def _plausible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        facts = {"earliest": str(EARLIEST), "latest": str(LATEST)}
        raise PydanticCustomError("day_implausible", "a day between {earliest} and {latest}", facts)
    return day


Limit = Annotated[int, Query(ge=1, le=MOST, description="rows of one page")]
After = Annotated[str, Query(max_length=400, description="the `next` of the page before; leave out for the first")]
Id = Annotated[int, Field(ge=1, le=BIGGEST)]
PathId = Annotated[int, Path(ge=1, le=BIGGEST)]
Day = Annotated[date, AfterValidator(_plausible)]
UnitName = Annotated[
    Annotated[int, Field(ge=1, le=BIGGEST)] | Annotated[str, Field(min_length=2, max_length=200)],
    Field(description="a unit: its number, or as text its path (`/1/b/4k/`) or division code (`510104`)"),
]


class In(Schema):
    """What a client sends; a name that is not known is refused, because it is most likely a slip."""

    model_config = ConfigDict(extra="forbid")


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str


class Problem(Schema):
    """A refusal: a stable code, what it says in the reader's language, and its facts."""

    code: str
    message: str
    facts: dict[str, Any]


class Page(Schema, Generic[T]):
    """One page: its rows, and the cursor of the next one where there is more."""

    items: list[T]
    next: str | None


READING: dict[Any, Any] = {frozenset({401, 403, 404, 422, 429, 500}): Problem}
WRITING: dict[Any, Any] = {**READING, frozenset({400, 409, 413}): Problem}


def answers(ok: Any) -> dict[Any, Any]:
    """Return the documented answers of an endpoint that reads: its own, and every refusal."""
    return {200: ok, **READING}


def writes(ok: Any, status: int = 201) -> dict[Any, Any]:
    """Return the documented answers of an endpoint that writes."""
    return {status: ok, **WRITING}


_said: list[Callable[[Refusal], str]] = []


def register_sentences(said: Callable[[Refusal], str]) -> None:
    """Say how a refusal is told: the shell knows the sentences of all rooms, and lies above them."""
    _said[:] = [said]


def sentence_of(refusal: Refusal) -> str:
    """Tell a refusal in the reader's language, for answers that hold several of them."""
    return _said[0](refusal) if _said else refusal.code


def cursor_of(*keys: Any) -> str:
    """Write the place after which the next page begins."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).rstrip(b"=").decode()


def keys_of(cursor: str, kinds: Sequence[type]) -> tuple[Any, ...] | None:
    """Read a cursor of our own; None for the first page; refuse anything else."""
    if not cursor:
        return None
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as problem:
        raise Invalid("page:unknown-cursor", field="after", value=cursor) from problem
    if not isinstance(keys, list) or [type(key) for key in keys] != list(kinds):
        raise Invalid("page:unknown-cursor", field="after", value=cursor)
    if any(isinstance(key, int) and abs(key) > BIGGEST for key in keys):
        raise Invalid("page:unknown-cursor", field="after", value=cursor)
    return tuple(keys)


def words(text: Bilingual) -> Words:
    """Return a text in both languages as the API tells it."""
    return Words(zh=text.zh, en=text.en)


def day_after(day: date | None) -> date | None:
    """Return the first day past a last one: people name both ends, the house is half-open."""
    return day + timedelta(days=1) if day else None


def told(body: Any, status: int = 200) -> HttpResponse:
    """Answer with JSON as it is: what is declared for the documentation is not run over every row."""
    return HttpResponse(orjson.dumps(body), content_type="application/json", status=status)
