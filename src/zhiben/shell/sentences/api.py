"""What is said when the API refuses a request as such."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, unfit
from zhiben.shell.sentences.statuses import BY_STATUS

_UNREADABLE = _("The request could not be read")
SENTENCES: Mapping[str, Sentences] = {
    "access:no-valid-token": Sentences(
        _("The token opens nothing"),
        _("It is unknown, expired or revoked, or its account is closed."),
        _("Make a new token and send it as `Authorization: Bearer …`."),
    ),
    "access:not-from-our-page": Sentences(
        _("The request does not come from a page of ours"),
        _("A session may write only with the page's CSRF token."),
        _("Send a token as `Authorization: Bearer …`, or the header X-CSRFToken."),
    ),
    "facts:unknown-fact": unfit(
        _("There is no fact called %(field)s."), _("Choose one from the vocabulary; near it are: %(near)s.")
    ),
    "idempotency:key-used-otherwise": Sentences(
        _("This Idempotency-Key was used for another request"),
        _("A key belongs to one address and one body."),
        _("Send the first request again as it was, or use a new key."),
    ),
    "idempotency:unusable-key": Sentences(
        _("This Idempotency-Key cannot be used"),
        _("It must have 1 to %(longest)s printable characters."),
        _("Use a random UUID."),
    ),
    "period:too-long": unfit(
        _("One question covers at most %(years)s years."),
        _("Ask for a shorter period, or for several one after another."),
    ),
    "request:too-large": Sentences(
        _("The request is too large"), _("At most %(limit)s bytes are read."), _("Send less at once.")
    ),
    "request:too-many": Sentences(
        _("Too many requests"),
        _("This account may send %(limit)s requests a minute."),
        _("Wait %(seconds)s seconds, then go on more slowly."),
    ),
    "request:unknown-parameter": Sentences(
        _UNREADABLE, _("The address does not know these parameters: %(unknown)s."), _("It knows these: %(known)s.")
    ),
    "request:unreadable": Sentences(
        _UNREADABLE, _("The body is not what its Content-Type says."), _("Send well-formed JSON in UTF-8.")
    ),
    "request:unusable-character": Sentences(
        _UNREADABLE, _("It contains the character %(character)s, which no record keeps."), _("Leave it out.")
    ),
    "request:wrong-method": Sentences(
        _UNREADABLE, _("This address does not take that method."), _("Use one of: %(allowed)s.")
    ),
    "request:wrong-shape": Sentences(
        _UNREADABLE, _("These fields do not fit: %(fields)s."), _("Compare it with the description of the API.")
    ),
    "server:broken": BY_STATUS[500],
}
