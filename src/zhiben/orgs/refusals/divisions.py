"""Refusals about division codes and files of divisions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "division-code:malformed": (
        _("This is no division code"),
        _("Division codes have 2, 4, 6, 9 or 12 digits."),
        _("Enter it as printed, for example 510104."),
    ),
    "division-file:code-not-in-it": (
        _("The file does not contain %(value)s"),
        _("Only divisions that stand in the file can be taken from it."),
        _("Check the code, or choose another file."),
    ),
    "division-file:columns-missing": (
        _("This is not a table of divisions"),
        _("These columns are missing: %(missing)s"),
        _("The first row must name the columns code12, name and parent12."),
    ),
    "division-file:not-a-table": (
        _("The file cannot be read as a table"),
        _("Row %(row)s is not as a csv file should be."),
        _("Save it as csv again and try once more."),
    ),
    "division-file:not-text": (
        _("The file is no text"),
        _("It is neither in UTF-8 nor in GB 18030."),
        _("Save it as csv in UTF-8."),
    ),
    "division-file:too-large": (
        _("The file is too large"),
        _("Unpacked it has more than %(most)s bytes."),
        _("Import one province after another."),
    ),
    "division-file:too-long": (
        _("The file has too many rows"),
        _("No table of divisions has more than %(most)s."),
        _("Import one province after another."),
    ),
    "division-file:unreadable": (
        _("The file %(file)s cannot be opened"),
        _("It is missing or damaged."),
        _("Check its name, or fetch it again."),
    ),
    "division:code-malformed": (
        _("The code is no division code"),
        _("A code has twelve digits and does not begin with 0."),
        _("Correct the cell."),
    ),
    "division:level-unknown": (
        _("This level is not known"),
        _("Levels are 1 (province) to 5 (village)."),
        _("Correct the cell."),
    ),
    "division:name-unusable": (
        _("This name cannot be used"),
        _("It is empty, too long, or has characters that cannot be printed."),
        _("Correct the cell."),
    ),
    "division:parent-in-another-province": (
        _("The parent lies in another province"),
        _("The first two digits of both codes must be the same."),
        _("Correct the cell."),
    ),
    "division:parent-malformed": (
        _("The code of the parent is wrong"),
        _("All but provinces have a parent with a code of twelve digits."),
        _("Correct the cell."),
    ),
    "division:parent-unknown": (
        _("The parent is not known"),
        _("It stands neither in the file nor in the tree, at a higher level."),
        _("Add a row for the parent, or correct the code."),
    ),
    "division:repeated": (
        _("The row is repeated"),
        _("The same code stands at the same level in a row above."),
        _("Delete one of the two rows."),
    ),
}
