"""The words that badges show for codes: one table, so that a state is called the same on every page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, str | Promise]

LEVELS: Words = {
    "major": pgettext_lazy("level", "Major"),
    "general": pgettext_lazy("level", "General"),
    "unset": pgettext_lazy("level", "Not confirmed"),
    "": pgettext_lazy("level", "Not confirmed"),
}
GRADES: Words = {
    "major": pgettext_lazy("grade", "Major"),
    "larger": pgettext_lazy("grade", "Larger"),
    "general": pgettext_lazy("grade", "General"),
    "low": pgettext_lazy("grade", "Low"),
    "": pgettext_lazy("grade", "Not graded"),
}
STATES: Words = {
    "registered": pgettext_lazy("state", "Registered"),
    "confirmed": pgettext_lazy("state", "Confirmed"),
    "rectifying": pgettext_lazy("state", "Rectifying"),
    "awaiting_acceptance": pgettext_lazy("state", "Awaiting acceptance"),
    "signed_off": pgettext_lazy("state", "Signed off"),
    "transferred": pgettext_lazy("state", "Transferred"),
    "voided": pgettext_lazy("state", "Voided"),
}
VERDICTS: Words = {
    "present": pgettext_lazy("verdict", "Hazard present"),
    "absent": pgettext_lazy("verdict", "Hazard absent"),
    "unknown": pgettext_lazy("verdict", "Cannot be judged yet"),
}
# How quiet or loud a state is drawn; colours are kept for grades.
STATE_TONES: Mapping[str, str] = {
    "rectifying": "active",
    "awaiting_acceptance": "active",
    "signed_off": "done",
    "transferred": "aside",
    "voided": "aside",
}
VERDICT_TONES: Mapping[str, str] = {"present": "late", "absent": "done", "unknown": "aside"}
