"""The addresses of the records behind a number: the list of hidden dangers, filtered as the number was counted."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from zhiben.insights.selectors import Part
from zhiben.orgs.links import page_url

LIST = "dangers:list"


def dangers_url(part: Part, at: str = "", **filters: Any) -> str:
    """Return the list of dangers of a part, or at a path below it; empty where the list is not built."""
    path = at or (part.unit.path if part.unit else "")
    place: dict[str, Any] = {"unit": path} if path else {"enterprise": part.enterprise.pk if part.enterprise else None}
    several = [(name, each) for name, value in filters.items() if isinstance(value, tuple) for each in value]
    single = {name: _said(value) for name, value in filters.items() if not isinstance(value, tuple)}
    address = page_url(LIST, query=place | single)
    return f"{address}&{urlencode(several)}" if several and address else address


def found_between(part: Part, since: date, until: date, **filters: Any) -> str:
    """Return the dangers found between two days, both included."""
    return dangers_url(part, found_from=since, found_to=until, **filters)


def closed_between(part: Part, since: date, until: date, **filters: Any) -> str:
    """Return the dangers signed off between two days, both included."""
    return dangers_url(part, state="signed_off", closed_from=since, closed_to=until, **filters)


def voided_between(part: Part, since: date, until: date, **filters: Any) -> str:
    """Return the dangers voided, or merged into another, between two days, both included."""
    return dangers_url(part, state="voided", closed_from=since, closed_to=until, **filters)


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
