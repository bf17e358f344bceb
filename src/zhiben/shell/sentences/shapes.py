"""Why a field of a request does not fit, in words: by the kinds of pydantic, which speaks English only."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TEXT, _WHOLE, _NUMBER = _("It must be a text."), _("It must be a whole number."), _("It must be a number.")
_DAY = _("It must be a day like 2026-03-01.")
_MOMENT = _("It must be a moment with its time zone, like 2026-03-01T08:00:00+08:00.")
_UUID = _("It must be a UUID.")
_TRUTH = _("It must be true or false.")
_ONE_OF = _("It must be one of these: %(expected)s.")
_LIST, _OBJECT = _("It must be a list."), _("It must be an object with named fields.")
REASONS: Mapping[str, str | Promise] = {
    "missing": _("It is missing."),
    "extra_forbidden": _("Nothing of this name is known here."),
    "string_type": _TEXT,
    "string_too_short": _("It must have at least %(min_length)s characters."),
    "string_too_long": _("It may have at most %(max_length)s characters."),
    "string_pattern_mismatch": _("It must be written like this pattern: %(pattern)s"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than_equal": _("It must be at least %(ge)s."),
    "greater_than": _("It must be more than %(gt)s."),
    "less_than_equal": _("It may be at most %(le)s."),
    "less_than": _("It must be less than %(lt)s."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "day_implausible": _("It must be a day between %(earliest)s and %(latest)s."),
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "uuid_version": _UUID,
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "list_type": _LIST,
    "too_short": _("It must have at least %(min_length)s entries."),
    "too_long": _("It may have at most %(max_length)s entries."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "json_invalid": _("It is not well-formed JSON."),
}


def reason_of(problem: Mapping[str, Any]) -> str:
    """Say what is wrong with one field; in pydantic's own words what is not foreseen here."""
    said = REASONS.get(problem["type"])
    if said is None:
        return str(problem["msg"])
    facts = {name: str(value).replace("' or '", "', '") for name, value in problem.get("ctx", {}).items()}
    return str(said) % facts
