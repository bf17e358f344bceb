"""One page of rows in the order they were made: what lists of records about dangers share."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

from zhiben.orgs.api import Page, cursor_of, keys_of

Row = TypeVar("Row", bound=Model)
Out = TypeVar("Out")


def paged(rows: QuerySet[Row], out: Callable[[Row], Out], *, after: str, limit: int) -> Page[Out]:
    """Return a page, and where the next one begins."""
    keys = keys_of(after, [int])
    found = list((rows.filter(pk__gt=keys[0]) if keys else rows).order_by("pk")[: limit + 1])
    following = cursor_of(found[limit - 1].pk) if len(found) > limit else None
    return Page(items=[out(row) for row in found[:limit]], next=following)
