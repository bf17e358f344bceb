"""What is said when something about notices is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, unfit

SENTENCES: Mapping[str, Sentences] = {
    "notice:bad-route": unfit(
        _("A route names known channels, each once, and at least one."), _("Choose every channel once.")
    ),
    "notice:bad-hours": unfit(_("The hours of a leg lie between 0 and 720."), _("Enter whole hours.")),
    "notice:route-starts-late": unfit(
        _("Nothing would be sent at first: the route begins with a channel after 0 hours."),
        _("Let the first channel be used after 0 hours."),
    ),
    "notice:by-hand-not-last": unfit(
        _("Handing over in person is the last leg: it is for those whom nothing else reached."),
        _("Let it come after all channels."),
    ),
}
