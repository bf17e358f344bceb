"""What the refusals about stops, look-backs, draws, repeats and candidates say: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MISSING, NOT_NOW, UNFIT = (
    _("Something is still missing"),
    _("This step cannot be taken now"),
    _("This could not be accepted"),
)
REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "danger:notice-by-department": (
        _("The notice was not signed"),
        _("A notice of a major hidden danger is signed by a member of the department that supervises it."),
        _("Print the slip, or ask the department to issue the notice."),
    ),
    "danger:notice-of-closed": (
        _("The notice was not signed"),
        _("The danger is signed off or voided: there is nothing more to be notified of."),
        _("Note the receipt of the notice that went out, if there was one."),
    ),
    "danger:notice-just-issued": (
        _("The notice was not signed"),
        _("Somebody issued this notice in this very moment."),
        _("Load the page again: it has its number now, and can be printed."),
    ),
    "danger:no-such-paper": (
        NOT_NOW,
        _("The danger does not stand where this document is drafted, or it is not your office that issues it."),
        _("Look at the page of the danger: it offers the documents that can be drafted now."),
    ),
    "danger:paper-drafted": (
        NOT_NOW,
        _("A draft of this document is already there."),
        _("Open it among the documents of the danger: issue it, or discard it first."),
    ),
    "danger:needs-withdrawn": (
        MISSING,
        _("It is not said how many people were withdrawn."),
        _("Give the number; nought is a number too."),
    ),
    "danger:needs-addressee": (
        MISSING,
        _("It is not said which government is asked."),
        _("Name the government or the office asked."),
    ),
    "danger:needs-conclusion": (
        MISSING,
        _("The assessment has no conclusion."),
        _("Choose whether the treatment is fit to resume, or not yet."),
    ),
    "danger:needs-assessment": (
        MISSING,
        _("The written assessment is not there."),
        _("Attach the assessment as a file; a photo of the paper will do."),
    ),
    "danger:needs-ground": (
        MISSING,
        _("It is not said on what ground closure is asked for."),
        _("Choose the ground."),
    ),
    "danger:workshop-not-on-site": (
        UNFIT,
        _("The workshop lies neither on the site nor with the enterprise of this danger."),
        _("Choose a workshop of this site, or name the part in words."),
    ),
    "danger:assistance-pending": (
        NOT_NOW,
        _("The government was asked already, and has not answered yet."),
        _("Enter what came of it first."),
    ),
    "danger:no-assistance-pending": (
        NOT_NOW,
        _("No request for assistance waits for an answer."),
        _("Load the page again; the answer may have been entered."),
    ),
    "danger:closure-not-requested": (
        NOT_NOW,
        _("Nobody has asked the government to close this enterprise."),
        _("Ask for closure first, with its ground."),
    ),
    "lookback:not-found": (
        _("This was not found"),
        _("There is no such look-back, or it is not in your units."),
        _("Open the list of look-backs and choose one there."),
    ),
    "lookback:not-open": (
        NOT_NOW,
        _("Somebody has recorded this look-back, or the danger was opened again meanwhile."),
        _("Open the danger and see what was recorded."),
    ),
    "lookback:needs-result": (
        MISSING,
        _("It is not said whether it holds."),
        _("Choose: it holds, it came back, or it could not be checked."),
    ),
    "lookback:needs-words": (MISSING, _("It is not said what was seen."), _("Write it in a sentence.")),
    "lookback:needs-photo": (
        MISSING,
        _("A photo of today is needed, unless it could not be checked."),
        _("Take one on site and add it."),
    ),
    "recurrence:not-found": (
        _("This was not found"),
        _("There is no such link, or it is not in your units."),
        _("Open the list of repeats and choose one there."),
    ),
    "recurrence:already-answered": (
        NOT_NOW,
        _("Somebody has answered this meanwhile, or just this is said already."),
        _("Load the page again and see what was answered."),
    ),
    "as-accident:not-found": (
        _("This was not found"),
        _("There is no such candidate, or it is not in your units."),
        _("Open the list of candidates and choose one there."),
    ),
    "as-accident:already-answered": (
        NOT_NOW,
        _("Somebody has answered this candidate already."),
        _("Load the page again and see what was answered."),
    ),
    "sample:not-found": (
        _("This was not found"),
        _("There is no such sample, or it is not in your units."),
        _("Open the list of samples and choose one there."),
    ),
    "sample:already-drawn": (
        NOT_NOW,
        _("This sample is drawn already."),
        _("Open it; those drawn are listed there."),
    ),
    "sample:nothing-to-draw": (
        UNFIT,
        _("Nothing of this kind was signed off there in these days."),
        _("Choose other days, a larger unit or another population."),
    ),
    "sample:needs-days": (MISSING, _("It is not said in which days they were signed off."), _("Give both days.")),
    "sample:days-out-of-order": (
        UNFIT,
        _("The last day lies before the first."),
        _("Correct the days."),
    ),
    "sample:days-ahead": (
        UNFIT,
        _("The days reach into the future, where nothing is signed off yet."),
        _("End today at the latest."),
    ),
    "sample:percent-impossible": (
        UNFIT,
        _("The share is no whole number from 1 to 100."),
        _("Give a share in percent."),
    ),
    "danger:watch-needs-person": (
        UNFIT,
        _("This account belongs to no person, and only a person can be told."),
        _("Sign in as yourself."),
    ),
}
