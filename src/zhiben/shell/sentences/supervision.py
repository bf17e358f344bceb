"""What is said when the ladder, listed supervision or a region's rules refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, step, unfit
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
    "danger:is-listed": step(
        _("The danger is under listed supervision."),
        _("Have it reviewed on site and removed from the list by another person first, or withdraw the listing."),
    ),
    "danger:needs-order": lacking(
        _("This step stands on a document of the department."), _("Give the number of the document.")
    ),
    "listing:not-found": BY_STATUS[404],
    "listing:not-listed": step(_("The danger is not under listed supervision."), _("List it first, by an order.")),
    "listing:no-authority": step(
        _("No department is known that would list it."), _("Have the danger assigned to a supervising department.")
    ),
    "listing:already-reviewed": step(
        _("It has passed the review already."), _("Another person now removes it from the list.")
    ),
    "listing:not-reviewed": step(
        _("It has not passed the review on site yet."), _("Have it reviewed by the supervising department first.")
    ),
    "listing:reviewer-removes-nothing": step(
        _("You passed the review yourself; review and removal take two people."),
        _("Ask a colleague to remove it from the list."),
    ),
    "listing:limit-too-long": unfit(
        _("The terms of listed supervision allow a limit until %(longest)s."), _("Choose that day or an earlier one.")
    ),
    "listing:extension-too-late": step(
        _("Under listed supervision more time is asked for earlier; that day has passed."),
        _("Finish the rectification and submit it; the delay stays on record."),
    ),
    "publication:not-found": BY_STATUS[404],
    "publication:sealed": Sentences(
        _("Nothing was published"), _("The danger is sealed."), _("Have its class changed first, if it may be read.")
    ),
    "publication:not-removed": Sentences(
        _("Nothing was published"), _("It has not been removed from the list."), _("Remove it from the list first.")
    ),
    "publication:listing-withdrawn": Sentences(
        _("Nothing was published"),
        _("The listing was withdrawn."),
        _("Withdraw the draft; there is nothing to publish."),
    ),
    "publication:already-there": Sentences(
        _("Nothing was published"),
        _("A publication of it stands or is drafted already."),
        _("Withdraw that one first, with the reason."),
    ),
    "publication:needs-text": lacking(_("The public would read nothing."), _("Write what is to be published.")),
    "publication:personal-data": unfit(
        _("The text still holds personal data: %(pieces)s."), _("Take them out, then try again.")
    ),
    "publication:released-by-another": Sentences(
        _("Nothing was published"),
        _("Who drafted a publication does not release it."),
        _("Ask a colleague who may publish to read and release it."),
    ),
    "publication:no-draft": Sentences(
        _("Nothing was published"), _("It was published or withdrawn by now."), _("Load the list again.")
    ),
    "publication:needs-reason": lacking(
        _("A withdrawal stays on record with its reason."), _("Write the reason in a sentence.")
    ),
    "publication:already-withdrawn": Sentences(
        _("Nothing was changed"), _("It was withdrawn by now."), _("Load the list again.")
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
