"""What is said when other rooms refuse: accounts, units, files, facts, jobs."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, step, unfit

SENTENCES: Mapping[str, Sentences] = {
    "access:not-signed-in": Sentences(
        _("You are not signed in"), _("This page is for people with an account."), _("Sign in and open it again.")
    ),
    "file:empty": unfit(_("The file is empty."), _("Choose another file.")),
    "file:too-large": unfit(
        _("The file is larger than allowed (%(limit)s bytes)."), _("Make it smaller, or split it.")
    ),
    "file:type-not-allowed": unfit(
        _("Files of this kind are not taken here."), _("Choose a photo, PDF, Word or Excel file.")
    ),
    "file:not-found": Sentences(
        _("There is no such file for you"),
        _("It was removed, or it lies outside what you look after."),
        _("Go back to the record it belongs to."),
    ),
    "file:no-space": Sentences(
        _("The file could not be kept"),
        _("The disk of the server is full. Nothing was half written."),
        _("Tell your administrator, then send it again."),
    ),
    "file:no-picture": Sentences(
        _("There is no preview"),
        _("It is not made yet, or none can be made of this file."),
        _("Wait a moment, or save the original."),
    ),
    "file:id-taken": step(_("Another file was sent under the same number."), _("Choose the file again.")),
    "file:busy": step(_("The file is being worked on."), _("Try again in a minute.")),
    "file:must-be-kept": step(_("The file must be kept until %(until)s."), _("Leave it until then.")),
    "workbook:damaged": unfit(
        _("The workbook cannot be read: it is damaged, encrypted, or not a workbook."),
        _("Open it in a spreadsheet program, save it as xlsx without a password, and upload it again."),
    ),
    "workbook:too-large": unfit(
        _("The workbook is larger than can be read safely."),
        _("Split it, or delete empty rows and columns at its end, and upload it again."),
    ),
    "enterprise:no-registered-site": step(
        _("%(enterprise)s has no registered site."), _("Add its registered site first.")
    ),
    "fact:in-the-future": unfit(_("A fact cannot be known for a future day."), _("Choose today or an earlier day.")),
    "fact:no-value": lacking(_("The fact has no value."), _("Enter one, or leave the fact out.")),
    "fact:not-recorded-here": step(
        _("This fact comes from another register and is not entered by hand."), _("Change it where it comes from.")
    ),
    "fact:already-asked": step(_("These facts have already been asked for: %(names)s."), _("Wait for the answer.")),
    "facts:wrong-value": unfit(_("The value of %(field)s does not fit: %(reason)s."), _("Correct it.")),
    "standard:unknown": Sentences(
        _("There is no such standard"), _("Its number is not in the library."), _("Choose a standard from the list.")
    ),
    "standard:not-in-force": step(
        _("The standard was not in force on that day."), _("Choose the edition of that day.")
    ),
    "standard:never-judged": step(
        _("The standard's first day of force is not known, so nothing is judged by it."),
        _("Read it; judge by another one."),
    ),
    "determination:not-found": Sentences(
        _("There is no such determination for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Go back to the enterprise."),
    ),
    "job:not-found": Sentences(
        _("There is no such job for you"),
        _("It has been cleared away, or it is not yours."),
        _("Go back to your work."),
    ),
    "job:already-ended": step(_("The job has already ended."), _("Look at its result.")),
    "job:not-stopped": step(_("Only a stopped job can be started again."), _("Wait until it ends, or cancel it.")),
    "job:died": Sentences(
        _("The job stopped without a result"),
        _("Every time it was tried, the process that ran it ended."),
        _("Try again with less at once, or tell your administrator."),
    ),
    "deadline:already-changed": step(
        _("Somebody set this deadline in the same moment."), _("Load the page again, then decide once more.")
    ),
    "notice:not-given-up": step(_("The message is still being sent."), _("Wait until it arrives.")),
    "notice:already-received": step(_("The receipt is already there."), _("Nothing more is needed.")),
    "notice:not-found": Sentences(
        _("There is no such message for you"),
        _("It does not exist, or it is not yours."),
        _("Go back to your messages."),
    ),
    "page:unknown-cursor": Sentences(
        _("This place in the list is not known"),
        _("The link is too old, or it was changed."),
        _("Open the list from its first page."),
    ),
    "file:already-shredded": step(
        _("The content of the file has already been destroyed."), _("Nothing more is needed.")
    ),
    "suspicion:already-answered": step(
        _("Somebody has already answered this suspicion."), _("Load the page again to see the answer.")
    ),
    "suspicion:not-found": Sentences(
        _("There is no such suspicion for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Go back to the enterprise."),
    ),
    "day:unreadable": unfit(_("%(value)s is not a day."), _("Enter it like %(example)s.")),
    "ledger:two-dimensions": unfit(
        _("The clearing ledger cannot be cut by %(by)s and limited by %(only)s at once."),
        _("Choose one of the two; the records themselves can be filtered by both."),
    ),
    "consumer:not-found": Sentences(
        _("There is no consumer called %(name)s"),
        _("Nothing that is derived from the journal bears this name."),
        _("Check the name, for example insights."),
    ),
    "root:day-not-begun": unfit(_("%(day)s has not begun."), _("Sign a day that is over, or today as it stands.")),
    "root:unreadable": unfit(
        _("The file is no signed root of a journal: %(problem)s"), _("Take the file as it was written, unchanged.")
    ),
    "role:bad-name": unfit(
        _("%(name)s cannot be the name of a PostgreSQL role here."),
        _("Use small letters, digits and underscores, such as zhiben_app."),
    ),
    "credit-code:malformed": unfit(
        _("The credit code does not fit: 18 characters, the last one a check character."),
        _("Compare it with the licence."),
    ),
}
