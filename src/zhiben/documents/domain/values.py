"""The facts of a document: kept as JSON that still knows days and both languages, and said as text."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.periods import local_day

BLANK = "＿＿＿＿"  # what is not known is written in by hand
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def kept(value: Any) -> Any:
    """Return a fact as it is kept.

    >>> kept(date(2026, 3, 2)), kept(Bilingual("重大", "major"))
    ({'day': '2026-03-02'}, {'zh': '重大', 'en': 'major'})
    """
    if isinstance(value, date):
        return {"day": (local_day(value) if isinstance(value, datetime) else value).isoformat()}
    if isinstance(value, Bilingual):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Mapping):
        return {str(name): kept(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [kept(one) for one in value]
    if isinstance(value, str | Decimal):
        return str(value).replace("\x00", "")
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"{type(value).__name__} is nothing that a document can say")


def said(value: Any, language: str) -> str:
    """Return a kept fact as text; nothing known: nothing said.

    >>> said({"day": "2026-03-02"}, "zh"), said({"day": "2026-03-02"}, "en")
    ('2026年3月2日', '2 March 2026')
    """
    if value is None or value is False:
        return ""
    if value is True:
        return {"zh": "是", "en": "yes"}[language]
    if isinstance(value, Mapping):
        return day_said(date.fromisoformat(value["day"]), language) if "day" in value else str(value.get(language, ""))
    if isinstance(value, list):
        return {"zh": "、", "en": ", "}[language].join(said(one, language) for one in value)
    return str(value)


def day_said(day: date, language: str) -> str:
    """Write a day as documents do: Arabic digits, no zeros in front."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
