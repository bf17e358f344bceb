"""What the refusals of standards say to people: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "fact:none-named": (
        _("Nothing was asked for"),
        _("No fact was chosen."),
        _("Choose at least one fact and ask again."),
    ),
    "population:as-of-today": (
        _("Nothing was judged"),
        _("What follows from judging is kept for today, by all standards in force; a day or a standard was named."),
        _("Leave out the day, the standard and the list of enterprises, or judge without keeping."),
    ),
    "population:no-account": (
        _("Nothing was judged"),
        _("It was not said who raises suspicions or asks for facts."),
        _("Name the account: --as NAME."),
    ),
    "population:no-unit": (
        _("Nothing was judged"),
        _("No unit was chosen."),
        _("Choose the part of the tree to judge."),
    ),
    "population:no-such-rhythm": (
        _("The rhythm was not kept"),
        _("A part of the tree is judged every 1 to 90 nights."),
        _("Choose a number of nights in that range."),
    ),
}
