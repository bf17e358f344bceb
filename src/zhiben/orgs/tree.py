"""Growing the tree: ids are drawn before rows are written, because a unit's path ends in its own id."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from zhiben.kernel.ids import segment
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit

NATION_ID = 1
NATION_PATH = "/1/"
NATION_NAME = "中华人民共和国"
ANCESTOR_FIELDS = {
    UnitKind.PROVINCE: "province_id",
    UnitKind.CITY: "city_id",
    UnitKind.COUNTY: "county_id",
    UnitKind.TOWNSHIP: "township_id",
}


def nation() -> Unit:
    """Return the root of the tree; make it where it is missing. Its path is `/1/` everywhere."""
    root, _ = Unit.objects.get_or_create(
        pk=NATION_ID, defaults={"kind": UnitKind.NATION, "name": NATION_NAME, "path": NATION_PATH, "depth": 0}
    )
    return root


def reserve_ids(count: int) -> Sequence[int]:
    """Draw unit ids in ascending order. Call it inside the transaction that writes the rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select nextval(pg_get_serial_sequence('orgs_unit', 'id')) from generate_series(1, %s)", [count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("select seq from sqlite_sequence where name = 'orgs_unit'")  # the write lock is ours (IMMEDIATE)
        row = cursor.fetchone()
    first = max(row[0] if row else 0, NATION_ID) + 1
    return range(first, first + count)


def sprout(parent: Unit, number: int, kind: UnitKind, name: str, **facts: Any) -> Unit:
    """Return a new unit below `parent` that bears the drawn id, not yet saved."""
    unit = Unit(id=number, kind=kind, name=name, parent_id=parent.pk, depth=parent.depth + 1, **facts)
    unit.path = f"{parent.path}{segment(number)}/"
    for field in ANCESTOR_FIELDS.values():
        setattr(unit, field, getattr(parent, field))
    if own := ANCESTOR_FIELDS.get(kind):
        setattr(unit, own, number)
    return unit


def grow(parent: Unit, kind: UnitKind, name: str, **facts: Any) -> Unit:
    """Save one new unit below `parent`. Without a journal entry: services add that."""
    unit = sprout(parent, reserve_ids(1)[0], kind, name, **facts)
    unit.save(force_insert=True)
    return unit
