"""Enterprises with the newest value of each of their facts, as the columns of a population are laid out from."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from zhiben.analytics.public import Held, Member
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Enterprise, Unit

AT_ONCE = 5_000

# The newest value of a fact counts even when it is stale: an older one that is still fresh would be a lie.
_FACTS = """
select f.enterprise_id, f.name, cast(f.value as text), cast(f.day as text), cast(f.fresh_until as text), f.source
from standards_fact f
where f.day <= %s {inside}
order by f.enterprise_id, f.name, f.day desc, f.recorded_at desc, f.id desc
"""


def members(unit: Unit | None, *, day: date) -> Iterator[Member]:
    """Give every enterprise below a unit, or all, with its facts as of a day; in the order of their numbers."""
    inside, bounds = (
        ("", []) if unit is None else ("and f.path >= %s and f.path < %s", [unit.path, path_end(unit.path)])
    )
    return _members(Enterprise.objects.filter(**_inside(unit)), _newest(inside, bounds, day))


def members_among(numbers: Sequence[int], *, day: date) -> Iterator[Member]:
    """Give these enterprises with their facts as of a day; in the order of their numbers."""
    if not numbers:
        return iter(())
    inside = f"and f.enterprise_id in ({', '.join(['%s'] * len(numbers))})"
    return _members(Enterprise.objects.filter(pk__in=numbers), _newest(inside, list(numbers), day))


def _members(enterprises: QuerySet[Enterprise], newest: Iterator[tuple[Any, ...]]) -> Iterator[Member]:
    facts = groupby(newest, key=itemgetter(0))
    waiting = next(facts, None)
    rows = enterprises.order_by("pk").values_list("pk", "path", "industries_mask")
    for number, path, industries in rows.iterator(AT_ONCE):
        while waiting is not None and waiting[0] < number:
            waiting = next(facts, None)
        held = {row[1]: _held(*row[2:]) for row in waiting[1]} if waiting is not None and waiting[0] == number else {}
        yield Member(number, path, industries, held)


def _inside(unit: Unit | None) -> dict[str, str]:
    return {} if unit is None else {"path__gte": unit.path, "path__lt": path_end(unit.path)}


def _newest(inside: str, bounds: Sequence[Any], day: date) -> Iterator[tuple[Any, ...]]:
    """Give the newest value of each fact of each enterprise."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FACTS.format(inside=inside), [day, *bounds])
        rows = iter(lambda: cursor.fetchmany(AT_ONCE), [])
        for _, same in groupby((row for part in rows for row in part), key=itemgetter(0, 1)):
            yield next(same)


def _held(value: str, day: str, until: str, source: str) -> Held:
    return Held(json.loads(value), date.fromisoformat(day), date.fromisoformat(until), source)
