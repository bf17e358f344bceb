"""What a refusal says to people: what happened, why, what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhiben.kernel.errors import Refusal

Text = str | Promise


@dataclass(frozen=True)
class Sentences:
    """The rubric of every refusal; facts of the refusal may be named in it as `%(name)s`."""

    what: Text
    why: Text
    do: Text

    def told(self, facts: dict[str, object]) -> "Sentences":
        """Return the sentences with the facts put in."""
        known = _Facts({name: str(value) for name, value in facts.items()})
        return Sentences(*(str(text) % known for text in (self.what, self.why, self.do)))


class _Facts(dict[str, str]):
    """A fact that a refusal did not bring is a dash, never a second error."""

    def __missing__(self, name: str) -> str:
        return "–"


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
BY_CODE: dict[str, Sentences] = {
    "access:missing-permission": BY_STATUS[403],
    "page:not-found": BY_STATUS[404],
}


def sentences_for(refusal: Refusal | None, status: int) -> Sentences:
    """Return the sentences of a refusal by its code, otherwise those of the status."""
    if refusal and refusal.code in BY_CODE:
        return BY_CODE[refusal.code].told(refusal.facts)
    return BY_STATUS.get(status, BY_STATUS[500])
