"""What is said where a refusal has no sentences of its own: by HTTP status."""

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences

OF_COMMANDS = Sentences(
    _("The command was not carried out"),
    _("Something in its words does not fit."),
    _("Correct it and run the command again."),
)
BY_STATUS: dict[int, Sentences] = {
    400: Sentences(
        _("The request could not be read"),
        _("Something in the address or in what was sent is not as it should be."),
        _("Go back, check what you entered and send it again."),
    ),
    403: Sentences(
        _("You may not do this here"),
        _("Your role does not include this step, or not at this unit."),
        _("Ask the person who manages roles in your unit, or go back to your work."),
    ),
    404: Sentences(
        _("There is no such page for you"),
        _("It may have been moved, or it lies outside the units you look after."),
        _("Check the address, search for it, or go back to your work."),
    ),
    409: Sentences(
        _("Somebody was faster"),
        _("The record changed after you opened it, so nothing was written."),
        _("Load it again to see how it stands now, then decide once more."),
    ),
    419: Sentences(
        _("This page is too old to be sent"),
        _(
            "You signed in or out after it was opened, or cookies are blocked, so we cannot tell that it comes from you."
        ),
        _("Load the page again and send it once more."),
    ),
    422: Sentences(
        _("This could not be accepted"),
        _("Some of what was entered does not fit the rules."),
        _("Go back, correct it and send it again; what you typed is still there."),
    ),
    500: Sentences(
        _("Something went wrong on our side"),
        _("The program met an error it did not expect; it has been recorded. Nothing was half written."),
        _("Try again in a minute. If it happens again, tell your administrator the time and what you did."),
    ),
}
