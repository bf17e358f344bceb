"""What is said when the ladder, listed supervision or a region's rules refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, unfit
from zhiben.shell.sentences.statuses import BY_STATUS

SENTENCES: Mapping[str, Sentences] = {
    "ladder:no-template": unfit(_("There is no such template of a ladder."), _("Choose one of the list.")),
    "ladder:no-rungs": lacking(
        _("A ladder without a rung does nothing."), _("Give the days of at least one rung, or leave the ladder off.")
    ),
    "ladder:days-out-of-range": unfit(
        _("A number of days must lie between 0 and %(most)s."), _("Correct the number of days.")
    ),
    "ladder:days-not-ascending": unfit(
        _("Each rung must come later than the one before it."), _("Give the later rung more days past the limit.")
    ),
    "ladder:not-found": BY_STATUS[404],
    "ladder:already-settled": Sentences(
        _("Nothing was issued"),
        _("This rung was issued, skipped or given up by now."),
        _("Load the list again and take the next one."),
    ),
    "ladder:signed-by-a-person": Sentences(
        _("Nothing was issued"), _("A rung is signed by a person."), _("Sign in as the officer who signs it.")
    ),
    "ladder:reason-needed": lacking(
        _("A skipped rung stays on record with its reason."), _("Write the reason in a sentence.")
    ),
    "rules:not-found": BY_STATUS[404],
    "rules:not-a-region": unfit(
        _("Rules are set for a region: from the nation down to a township."), _("Choose a region.")
    ),
    "rules:already-changed": Sentences(
        _("Nothing was changed"),
        _("Somebody else changed these rules after you opened them."),
        _("Load the page again; simulate the rules as they now stand, then decide."),
    ),
    "rules:already-on": Sentences(
        _("Nothing was changed"),
        _("These rules are switched on already; they are not written again."),
        _("Write a new draft; switched on, it takes their place from its first day."),
    ),
    "rules:not-on": Sentences(
        _("Nothing was changed"), _("These rules are not on, or their last day is set."), _("Load the page again.")
    ),
    "rules:begins-in-the-past": unfit(_("Rules begin today or later."), _("Choose today or a later day.")),
    "rules:ends-in-the-past": unfit(_("Rules end today or later."), _("Choose today or a later day.")),
    "rules:reason-needed": lacking(
        _("Switching rules off stays on record with its reason."), _("Write the reason in a sentence.")
    ),
    "listing:term-out-of-range": unfit(_("A term must lie between 1 and %(most)s."), _("Correct the number.")),
    "listing:no-template": unfit(_("There is no such template of listed supervision."), _("Choose one of the list.")),
}
