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
    "unit:not-found": Sentences(
        _("There is no such unit for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Choose a unit from the tree."),
    ),
    "unit:already-there": unfit(
        _("%(parent)s already has a unit called %(unit)s."), _("Use that one, or choose another name.")
    ),
    "unit:being-moved": step(_("%(unit)s is being moved at the moment."), _("Wait until the move has ended.")),
    "unit:changed-meanwhile": step(
        _("%(unit)s was changed after you opened it."), _("Load the page again and decide once more.")
    ),
    "unit:code-taken": unfit(_("The division code %(value)s belongs to %(by)s."), _("Check the code.")),
    "unit:move-into-itself": unfit(_("A unit cannot lie below itself."), _("Choose another place.")),
    "unit:name-unusable": unfit(_("The name is empty or too long."), _("Enter a name of at most 200 characters.")),
    "unit:wrong-level": unfit(
        _("A unit of this kind cannot lie below %(parent)s."), _("Choose another kind or another place.")
    ),
    "enterprise:not-found": Sentences(
        _("There is no such enterprise for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Search by name or credit code."),
    ),
    "enterprise:code-taken": unfit(
        _("The credit code belongs to another enterprise."), _("Search for it; perhaps it is already here.")
    ),
    "enterprise:no-registered-site": step(
        _("%(enterprise)s has no registered site."), _("Add its registered site first.")
    ),
    "person:not-found": unfit(_("There is no such person here."), _("Choose a person from the list.")),
    "person:not-of-this-enterprise": unfit(
        _("The person does not belong to this enterprise."), _("Choose one of its people.")
    ),
    "account:name-taken": unfit(_("The user name %(value)s is taken."), _("Choose another one.")),
    "account:person-has-one": unfit(_("This person already has an account."), _("Give the grant to that account.")),
    "account:not-found": Sentences(
        _("There is no such account for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Choose an account from the list."),
    ),
    "account:unusable": unfit(_("%(reason)s"), _("Choose another user name or password.")),
    "role:unknown": unfit(_("There is no such role."), _("Choose a role from the list.")),
    "grant:held-already": step(_("The account already holds this role there."), _("Nothing needs to be changed.")),
    "grant:not-to-oneself": step(_("Nobody grants roles to themselves."), _("Ask another administrator.")),
    "grant:offices-apart": step(
        _(
            "System, security and audit administration are held by different people; this account already holds: %(held)s."
        ),
        _("Choose another account."),
    ),
    "grant:one-place": unfit(
        _("A grant holds at one unit or for one enterprise."), _("Choose exactly one of the two.")
    ),
    "grant:revoked-already": step(_("The grant has already been taken back."), _("Load the page again.")),
    "period:ends-before-it-begins": unfit(_("The period ends before it begins."), _("Correct one of the two days.")),
    "engagement:not-a-site": unfit(_("An engagement is registered at a site."), _("Choose a site.")),
    "engagement:not-another-party": unfit(
        _("The party must be another enterprise than the owner of the site."), _("Choose another enterprise.")
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
    "token:expired-already": unfit(_("The last day of the token lies in the past."), _("Choose a later day.")),
    "page:unknown-cursor": Sentences(
        _("This place in the list is not known"),
        _("The link is too old, or it was changed."),
        _("Open the list from its first page."),
    ),
    "credit-code:malformed": unfit(
        _("The credit code does not fit: 18 characters, the last one a check character."),
        _("Compare it with the licence."),
    ),
}
