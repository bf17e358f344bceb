"""What is said when the ladder, listed supervision or a region's rules refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, unfit

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
    "listing:no-template": unfit(_("There is no such template of listed supervision."), _("Choose one of the list.")),
}
