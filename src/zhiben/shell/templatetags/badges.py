"""Badges and deadlines drawn without a template of their own: a list draws hundreds of them.

The components `c-badge-…` and `c-deadline` draw the same; `{% load badges %}` in pages with long lists.
"""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from zhiben.shell import words
from zhiben.shell.templatetags.pages import time_left

register = template.Library()


@register.filter
def level_badge(value: str | None, said: str = "") -> SafeString:
    """Draw a level of hidden danger: only major is loud."""
    return _drawn("level", str(value or ""), said, get_language() or "")


@register.filter
def grade_badge(value: str | None, said: str = "") -> SafeString:
    """Draw a grade of risk in its colour, with its word."""
    return _drawn("grade", str(value or ""), said, get_language() or "")


@register.filter
def state_badge(value: str | None, said: str = "") -> SafeString:
    """Draw a state of the loop, quietly."""
    return _drawn("state", str(value or ""), said, get_language() or "")


@register.filter
def verdict_badge(value: str | None, said: str = "") -> SafeString:
    """Draw a verdict of a determination."""
    return _drawn("verdict", str(value or ""), said, get_language() or "")


@register.simple_tag
def deadline(
    due: date | datetime | None,
    today: date | None = None,
    *,
    closed: bool = False,
    clause: object = "",
    short: bool = False,
) -> SafeString:
    """Draw a deadline: its day, the days left unless it is closed, the clause that set it."""
    left = time_left(due, today)
    if left is None:
        return format_html('<span class="quiet">{}</span>', gettext("No deadline"))
    days = SafeString("") if closed else format_html('<span class="deadline-left">{}</span>', left.words)
    return format_html(
        '<span class="deadline {}"><time datetime="{}">{}</time><span class="nowrap">{}{}</span></span>',
        "" if closed else f"deadline-{left.tone}",
        left.day,
        left.day[5:] if short else left.day,
        days,
        _clause_mark(clause) if clause else "",
    )


def _clause_mark(clause: object) -> SafeString:
    said = gettext("Set by %(clause)s") % {"clause": clause}
    return format_html(
        '<button type="button" class="tip" aria-label="{}">§<span class="tip-text" aria-hidden="true">{}</span></button>',
        said,
        said,
    )


WORDS = {"level": words.LEVELS, "grade": words.GRADES, "state": words.STATES, "verdict": words.VERDICTS}
ICONS = {("state", "signed_off"): "check", ("verdict", "present"): "alert-circle", ("verdict", "absent"): "check"}


@lru_cache(maxsize=512)
def _drawn(kind: str, value: str, said: str, language: str) -> SafeString:  # noqa: ARG001 -- words differ by language
    word = said or WORDS[kind].get(value, value)
    return format_html('<span class="{}">{}{}</span>', _look(kind, value), _icon(kind, value), word)


def _look(kind: str, value: str) -> str:
    if kind == "level":
        return "grade grade-major" if value == "major" else "grade level-general"
    if kind == "grade":
        return f"grade grade-{value or 'none'}"
    tones = words.STATE_TONES if kind == "state" else words.VERDICT_TONES
    return f"tag tag-{tones.get(value, 'plain')}"


def _icon(kind: str, value: str) -> SafeString:
    name = ICONS.get((kind, value), "help-circle" if kind == "verdict" else "")
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("shell/icons.svg"), name
    )
