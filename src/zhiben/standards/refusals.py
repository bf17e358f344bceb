"""What the refusals of standards say to people: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "fact:none-named": (
        _("Nothing was asked for"),
        _("No fact was chosen."),
        _("Choose at least one fact and ask again."),
    ),
}
