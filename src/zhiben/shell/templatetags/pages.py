"""Tags and filters that templates of every room may use: `{% load pages %}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal
from zhiben.shell import navigation, refusals, words

register = template.Library()

SOON_DAYS = 3


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is decoration."""
    named = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', named, static("shell/icons.svg"), name)


@register.simple_tag(takes_context=True)
def nav_groups(context: Context) -> list[tuple[Any, list[navigation.Entry]]]:
    """Return the navigation of this actor in groups: (title, entries)."""
    request = context.get("request")
    entries = navigation.entries_for(getattr(request, "actor", None), getattr(request, "path", ""))
    groups = ((title, [e for e in entries if e.door.group == key]) for key, title in navigation.GROUPS.items())
    return [(title, found) for title, found in groups if found]


@register.simple_tag(takes_context=True)
def nav_door(context: Context, page: str) -> navigation.Entry | None:
    """Return one door of the navigation by the name of its page; None where it is not open."""
    request = context.get("request")
    doors = tuple(door for door in (*navigation.DOORS, navigation.REPORT) if door.page == page)
    found = navigation.entries_for(getattr(request, "actor", None), getattr(request, "path", ""), doors)
    return found[0] if found else None


@register.simple_tag
def page_url(name: str) -> str:
    """Return the address of a page by name, or nothing where it is not built."""
    return navigation.url_of(name)


@register.simple_tag
def refusal_words(refusal: Refusal | None, status: int) -> refusals.Sentences:
    """Return what happened, why, and what to do now."""
    return refusals.sentences_for(refusal, int(status))


@register.filter
def refusal_why(code: str) -> object:
    """Say why a step is not open, by the code of what stands against it."""
    return refusals.sentences_for(Refusal(code), 422).why


@register.filter
def told(value: object) -> object:
    """Show a bilingual text in the language of the page; anything else as it is."""
    return value(get_language() or "zh-hans") if isinstance(value, Bilingual) else value


@register.filter
def level_word(value: str | None) -> object:
    """Name a level of hidden danger."""
    return _word(words.LEVELS, value)


@register.filter
def grade_word(value: str | None) -> object:
    """Name a grade of risk."""
    return _word(words.GRADES, value)


@register.filter
def state_word(value: str | None) -> object:
    """Name a state of the loop."""
    return _word(words.STATES, value)


@register.filter
def verdict_word(value: str | None) -> object:
    """Name a verdict."""
    return _word(words.VERDICTS, value)


def _word(table: words.Words, value: object) -> object:
    key = str(value or "")
    return table.get(key, key)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as 2026-11-22, in the time zone of the page."""
    return _day_of(value).isoformat() if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as 2026-11-22 09:30, in the time zone of the page."""
    return date_format(_local(value), "Y-m-d H:i") if value else ""


@dataclass(frozen=True)
class Left:
    """How a deadline stands: its day, calendar days left (negative: past), the words, how loud."""

    day: str
    days: int
    words: str
    tone: str


@register.simple_tag
def time_left(due: date | datetime | None, today: date | None = None) -> Left | None:
    """Say how a deadline stands today."""
    if not due:
        return None
    on = _day_of(due)
    days = (on - (today or timezone.localdate())).days
    tone = "late" if days < 0 else "soon" if days <= SOON_DAYS else "calm"
    return Left(on.isoformat(), days, _left_words(days), tone)


def _left_words(days: int) -> str:
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return gettext("due today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day_of(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


@register.filter
def delta(value: int | None) -> str:
    """Write a change with its sign: +7, −3, 0."""
    if value is None:
        return ""
    return f"+{value:,}" if value > 0 else f"−{-value:,}" if value < 0 else "0"


@register.filter
def count(value: int | None) -> str:
    """Write a number with thousands set apart; a dash where it is not known."""
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Sort:
    """A heading that sorts: the address that sorts by it, and how the list is sorted by it now."""

    url: str
    direction: str


@register.simple_tag(takes_context=True)
def sort_by(context: Context, key: str, first: str = "asc") -> Sort:
    """Return the link of a heading: sorts by `key`, turns round when pressed again, starts at the first page."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    direction = "asc" if now == key else "desc" if now == f"-{key}" else ""
    turned = {"asc": f"-{key}", "desc": key}.get(direction, key if first == "asc" else f"-{key}")
    for name in ("after", "before", "cursor"):
        query.pop(name, None)
    query["sort"] = turned
    return Sort(f"?{query.urlencode()}", direction)


@register.filter
def control(field: BoundField, extra: str = "") -> SafeString:
    """Draw a form field in our own look, tied to its error and help."""
    widget = field.field.widget
    if isinstance(widget, (CheckboxSelectMultiple, RadioSelect)):
        return field.as_widget()
    kind = (
        "form-check-input"
        if isinstance(widget, CheckboxInput)
        else "form-select"
        if isinstance(widget, Select)
        else "form-control"
    )
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, (kind, widget.attrs.get("class", ""), extra)))}
    described = [f"{field.auto_id}_error" if field.errors else "", f"{field.auto_id}_help" if field.help_text else ""]
    if any(described):
        attrs["aria-describedby"] = " ".join(filter(None, described))
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def at(mapping: Mapping[str, object] | None, key: str) -> object:
    """Return the value of a mapping at a key that is itself a value; nothing where there is no mapping."""
    return mapping.get(key) if mapping else None


@register.filter
def words_of(text: str) -> list[str]:
    """Split a text at its blanks: a short list written in a template."""
    return text.split()


@register.filter
def chart_rows(chart: dict[str, Any]) -> list[tuple[str, list[object]]]:
    """Return a chart's figures row by row, for the table beside it."""
    return [(label, [one["values"][index] for one in chart["series"]]) for index, label in enumerate(chart["labels"])]
