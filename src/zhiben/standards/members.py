"""Enterprises with the newest value of each of their facts, as the columns of a population are laid out from."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet

from zhiben.analytics.columns import Member
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Enterprise, Unit
from zhiben.standards.services.packing import Known, newest_facts

AT_ONCE = 5_000


def members(unit: Unit | None, *, day: date) -> Iterator[Member]:
    """Give every enterprise below a unit, or all, with its facts as of a day; in the order of their numbers."""
    inside = "" if unit is None else "and f.path >= %s and f.path < %s"
    bounds = [] if unit is None else [unit.path, path_end(unit.path)]
    facts = newest_facts(f"standards_fact f where f.day <= %s {inside}", [day, *bounds])
    within = {} if unit is None else {"path__gte": unit.path, "path__lt": path_end(unit.path)}
    yield from _members(Enterprise.objects.filter(**within), facts)


def members_among(numbers: Sequence[int], *, day: date) -> Iterator[Member]:
    """Give these enterprises with their facts as of a day; in the order of their numbers."""
    if not numbers:
        return iter(())
    marks = ", ".join(["%s"] * len(numbers))
    facts = newest_facts(f"standards_fact f where f.day <= %s and f.enterprise_id in ({marks})", [day, *numbers])
    return _members(Enterprise.objects.filter(pk__in=numbers), facts)


def _members(enterprises: QuerySet[Enterprise], facts: Iterator[Known]) -> Iterator[Member]:
    waiting = next(facts, None)
    rows = enterprises.order_by("pk").values_list("pk", "path", "industries_mask")
    for number, path, industries in rows.iterator(AT_ONCE):
        while waiting is not None and waiting[0] < number:
            waiting = next(facts, None)
        yield Member(number, path, industries, waiting[1] if waiting is not None and waiting[0] == number else {})
