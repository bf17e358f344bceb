"""What is said when something about notices is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, step, unfit

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
    "notice:no-such-code": Sentences(
        _("This code is not known"),
        _("It was not read completely, or it was never printed here."),
        _("Scan the code on the notice again, or call the office that sent it."),
    ),
    "notice:code-expired": Sentences(
        _("This code is no longer valid"),
        _("The time to confirm by this print has passed, or the matter is settled."),
        _("Call the office that sent the notice; it can print it anew."),
    ),
    "notice:code-used": Sentences(
        _("This notice has been confirmed already"), _("A code serves once."), _("Nothing more is needed.")
    ),
    "notice:too-often": Sentences(
        _("Too many tries"),
        _("This page was asked for too often in a short time."),
        _("Wait a minute, then try again."),
    ),
    "notice:needs-reader": lacking(_("The name of whoever read the notice is missing."), _("Enter it.")),
    "notice:needs-relation": lacking(_("It is not said who read the notice."), _("Choose what you are to the person.")),
    "notice:name-differs": unfit(
        _("The notice is for somebody of another name."), _("If you read it for them, choose what you are to them.")
    ),
    "notice:relation-differs": unfit(
        _("This is the name on the notice itself."),
        _("Choose «the person named», or enter the name of whoever read it."),
    ),
    "notice:needs-channel": lacking(_("It is not said how the person got the notice."), _("Choose one of the ways.")),
    "notice:not-to-hand-over": step(
        _("Nobody is asked to hand this notice over any more."), _("Load the page again to see how it stands.")
    ),
    "notice:no-address": step(_("No e-mail address is known."), _("Enter it with the person, then try again.")),
    "notice:no-phone": step(_("No phone number is known."), _("Enter it with the person, then try again.")),
    "notice:no-account": step(_("The person has no account."), _("Reach them another way.")),
    "notice:address-refused": step(_("The provider refuses the address."), _("Correct it, then try again.")),
    "notice:channel-off": step(_("The channel is not used here."), _("Switch it on, or use another one.")),
    "notice:read-before": step(_("It was read before."), _("Nothing more is needed.")),
    "notice:forgotten": step(_("The person's data were removed."), _("Nothing more is needed.")),
    "notice:cannot-choose": unfit(
        _("This kind of notice, or this channel, cannot be chosen."),
        _("Load the page again and choose from what it offers."),
    ),
    "notice:bad-time": unfit(_("A time of day is missing or unreadable."), _("Enter it like 22:00.")),
    "notice:no-such-kind": Sentences(
        _("There is no such kind of notice with a route"), _("Its name is not known here."), _("Load the page again.")
    ),
    "channel:not-found": Sentences(
        _("There is no such channel"), _("Its name is not known here."), _("Load the page again.")
    ),
    "channel:always-on": step(_("The program itself is always a channel."), _("Switch another one.")),
    "channel:not-ready": step(
        _("%(setting)s is not set on the server, so nothing could be sent."),
        _("Set it, start the program again, then switch it on."),
    ),
    "channel:no-person": step(
        _("Your account belongs to no person, so nothing can be sent to you."), _("Try it with an account of a person.")
    ),
    "channel:bad-price": unfit(
        _("A price is a number of yuan from 0 to 100 with at most three decimals."), _("Enter it like 0.045.")
    ),
    "channel:already-changed": step(
        _("Somebody changed this setting in the same moment."), _("Load the page again, then decide once more.")
    ),
}
