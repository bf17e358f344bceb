"""What is said when a ledger is not taken in, or not given out."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhiben.shell.sentences.rubric import Sentences, lacking, step, unfit

SENTENCES: Mapping[str, Sentences] = {
    "import:already-started": step(
        _("The import has already begun, so its columns can no longer be changed."),
        _("Wait for its report; a batch that went wrong can be voided and imported again."),
    ),
    "import:rows-rejected": step(
        _("%(rejected)s rows have problems, and you did not say that the good rows alone may enter."),
        _("Correct the problems in the workbook, or accept the good rows only."),
    ),
    "import:not-written": step(
        _("Only a batch that was written can be voided."), _("Load the page again to see how the import stands.")
    ),
    "import:needs-reason": lacking(_("A batch is voided with a reason that stays visible."), _("Enter the reason.")),
    "import:field-twice": unfit(
        _("Two columns are meant to hold the same field (%(value)s)."), _("Leave one of them out.")
    ),
    "import:no-description": lacking(
        _("No column holds the description, without which a row says nothing."),
        _("Choose the column that says what is wrong."),
    ),
    "import:assumed-day-to-come": unfit(
        _("The day to assume for rows without one lies in the future."), _("Choose today or an earlier day.")
    ),
    "import:no-such-day": unfit(_("There is no such day."), _("Choose today or an earlier day.")),
    "import:no-file": lacking(_("No workbook was chosen."), _("Choose an xlsx, xls or csv file.")),
    "import:not-read-yet": step(_("The file is still being made."), _("Wait a moment and load the page again.")),
    "export:not-ready": step(_("The file is still being made."), _("Wait a moment and load the page again.")),
    "export:no-such-list": unfit(_("There is no such list to export."), _("Begin from the page of the list.")),
    "export:no-such-form": unfit(_("Lists are exported as xlsx or csv."), _("Choose one of the two.")),
    "import:not-found": Sentences(
        _("There is no such import for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Choose one from the list of imports."),
    ),
    "profile:not-found": Sentences(
        _("There is no such profile for you"),
        _("It was removed, or it belongs to somebody else."),
        _("Choose another profile, or set the columns by hand."),
    ),
    "export:not-found": Sentences(
        _("There is no such export for you"),
        _("It was cleared away, or it is not yours."),
        _("Open the list and export it again."),
    ),
    "workbook:empty": unfit(_("The file is empty."), _("Export it again and upload that.")),
    "workbook:encrypted": unfit(
        _("The workbook is protected by a password."), _("Save it without a password and upload it again.")
    ),
    "workbook:wrong-type": unfit(
        _("This is no xlsx, xls or csv; what web systems export as xls is often a web page."),
        _("Open it in a spreadsheet program, save it as xlsx and upload that."),
    ),
    "workbook:no-ledger": unfit(
        _("No sheet has the header of a ledger of hidden dangers. Sheets: %(sheets)s."),
        _("A header names a column such as 隐患描述; compare the sample ledger."),
    ),
}
