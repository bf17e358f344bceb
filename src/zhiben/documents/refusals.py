"""What the refusals of documents say to people: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Told = tuple[Promise | str, Promise | str, Promise | str]
NOT_NOW = _("This cannot be done with the document")
NOT_YOU = _("You may not do this with the document")
LACKING = _("Something is still missing")
NOT_NOW_TEMPLATE = _("This cannot be done with the template")
NOT_TAKEN = _("The template was not taken")

REFUSALS: dict[str, Told] = {
    "document:not-found": (
        _("There is no such document for you"),
        _("It lies outside what you look after, or it is still a draft of somebody else."),
        _("Go back to the list of documents."),
    ),
    "document:unknown-kind": (
        NOT_NOW,
        _("There is no kind of document %(kind)s."),
        _("Choose a kind from the list."),
    ),
    "document:no-office": (
        _("The document has no issuing office"),
        _("Neither a department nor an enterprise was named that issues it."),
        _("Name the department that issues it, then draft it again."),
    ),
    "document:sign-yourself": (
        NOT_YOU,
        _("A signature is given by oneself: you cannot sign in somebody else's name."),
        _("Ask the signer to sign in and to issue the document."),
    ),
    "document:other-office": (
        NOT_YOU,
        _("It is signed by a member of the office that issues it, and you belong to another one."),
        _("Ask somebody of the issuing office to sign it."),
    ),
    "document:no-draft": (
        NOT_NOW,
        _("It is no draft any more: somebody issued or discarded it."),
        _("Load it again to see how it stands now."),
    ),
    "document:not-issued": (
        NOT_NOW,
        _("It has not been issued, so it cannot have been served."),
        _("Sign and issue it first."),
    ),
    "document:not-out": (
        NOT_NOW,
        _(
            "Only a document that is issued can be withdrawn; this one is a draft, was discarded, or is withdrawn already."
        ),
        _("Load it again to see how it stands now. A draft is discarded instead."),
    ),
    "document:withdrawn-by-its-office": (
        NOT_YOU,
        _("It is withdrawn by a member of the office that issued it, and you belong to another one."),
        _("Ask somebody of the issuing office to withdraw it."),
    ),
    "document:withdrawal-needs-reason": (
        LACKING,
        _("An issued document is not withdrawn without a reason: whoever received it has to know it."),
        _("Write why it is withdrawn."),
    ),
    "document:none-chosen": (
        LACKING,
        _("No document was chosen."),
        _("Tick at least one document in the list."),
    ),
    "document:too-many": (
        NOT_NOW,
        _("More than %(most)s documents at once are too many."),
        _("Choose fewer."),
    ),
    "document:reason-needed": (
        LACKING,
        _("A draft is not discarded without a reason."),
        _("Write why it is discarded."),
    ),
    "document:recipient-needed": (
        LACKING,
        _("Nobody is named who received the document."),
        _("Write the name of the person who received it."),
    ),
    "document:unknown-channel": (
        NOT_NOW,
        _("There is no way of service called %(channel)s."),
        _("Choose one of: %(known)s."),
    ),
    "document:served-outside": (
        NOT_NOW,
        _("%(day)s lies before its issue on %(issued)s, or in the future."),
        _("Enter the day on which it was really received."),
    ),
    "document:unknown-form": (
        NOT_NOW,
        _("Documents are given as pdf or docx, not as %(form)s."),
        _("Choose one of the two."),
    ),
    "register:not-found": (
        _("There is no such register for you"),
        _("It belongs to an office that you do not issue documents for."),
        _("Go back to the registers of numbers."),
    ),
    "template:not-found": (
        _("There is no such template for you"),
        _("It lies outside the units you look after."),
        _("Go back to the list of templates."),
    ),
    "template:in-force-already": (
        NOT_NOW_TEMPLATE,
        _("This version is in force, or was: documents were made with it."),
        _("Save your text as a new version."),
    ),
    "template:in-the-past": (
        NOT_NOW_TEMPLATE,
        _("It cannot hold from %(day)s on: that day is past."),
        _("Choose today or a later day."),
    ),
    "template:retired-in-the-past": (
        NOT_NOW_TEMPLATE,
        _("It cannot be retired from %(day)s on: that day is past, and documents were made with it since."),
        _("Choose today or a later day."),
    ),
    "template:never-in-force": (
        NOT_NOW_TEMPLATE,
        _("This version is a draft: it holds nowhere, so there is nothing to retire."),
        _("Leave it, or write over it."),
    ),
    "template:retired-already": (
        NOT_NOW_TEMPLATE,
        _("Somebody retired this version already."),
        _("Load the page again to see what holds now."),
    ),
    "template:superseded": (
        NOT_NOW_TEMPLATE,
        _("A newer version of your unit takes its place by that day."),
        _("Retire the newer version instead."),
    ),
    "office:unfit-code": (
        _("The code was not taken"),
        _("“%(value)s” cannot stand in a number."),
        _("Give up to 20 characters without blanks, digits and brackets, such as 川应急."),
    ),
    "template:too-large": (
        NOT_TAKEN,
        _("It is longer than %(most)s characters."),
        _("Make it shorter."),
    ),
    "template:unreadable": (
        NOT_TAKEN,
        _("It is not written as YAML: line %(line)s cannot be read."),
        _("Look at that line: blanks at its beginning, colons; texts with {fields} need quotation marks."),
    ),
    "template:wrong-part": (
        NOT_TAKEN,
        _("At “%(place)s” something is missing or does not fit."),
        _("What can stand there: %(wanted)s."),
    ),
    "template:unknown-part": (
        NOT_TAKEN,
        _("At “%(place)s” there is “%(part)s”, which no template knows."),
        _("What can stand there: %(known)s."),
    ),
    "template:unknown-field": (
        NOT_TAKEN,
        _(
            "At “%(place)s”, character %(character)s, it names the field {%(name)s}, which this kind of document does not have."
        ),
        _("Fields it has: %(known)s."),
    ),
    "template:stray-bracket": (
        NOT_TAKEN,
        _("At “%(place)s” there is a “%(bracket)s” that belongs to no field."),
        _("Write fields as {name}; other braces are not possible."),
    ),
}
