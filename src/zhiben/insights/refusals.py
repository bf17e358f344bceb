"""What the refusals of bulletins and forms say: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNREAD = _("The period could not be read")

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "period:unreadable": (
        UNREAD,
        _("«%(value)s» names no week, month, quarter or year."),
        _("Write it like one of these: %(example)s."),
    ),
}
