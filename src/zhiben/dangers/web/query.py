"""The address of a list of dangers: its parameters read (see `selectors.asking`), left out, set anew."""

from datetime import date

from django.http import QueryDict

from zhiben.dangers.selectors.asking import Asked, asked, day_of, filters_of

__all__ = ["EVERYTHING", "Asked", "asked", "filters_of", "key_of", "page_number", "without"]

PAGED = ("after", "trail", "all")
EVERYTHING = "?all=1"  # the whole list: without any parameter a default filter would apply


def without(query: QueryDict, *names: str, **changed: str) -> str:
    """Return the address of the list with some parameters left out or set anew, from its first page."""
    kept = query.copy()
    for name in (*PAGED, *names):
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = value
    for name in [name for name, values in kept.lists() if not any(values)]:
        kept.pop(name)
    return f"?{kept.urlencode()}" if kept else EVERYTHING


def key_of(text: str | None) -> tuple[date, int] | None:
    """Read where a page begins: `2026-11-22.417`."""
    day, _, number = (text or "").rpartition(".")
    found = day_of(day)
    return (found, int(number)) if found and number.isascii() and number.isdigit() else None


def page_number(text: str | None) -> int:
    """Read the number of a page, from 0; nonsense is the first."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
