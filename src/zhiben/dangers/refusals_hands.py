"""What the refusals of the tools of daily work say: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhiben.dangers.refusals import MISSING, NOT_NOW, UNFIT

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "filter:not-found": (
        _("This was not found"),
        _("There is no such filter, or it is not yours and nobody shares it with you."),
        _("Open the saved filters and choose one there."),
    ),
    "filter:unknown-value": (
        UNFIT,
        _("The list cannot be narrowed by %(field)s with the value «%(value)s»."),
        _("Take this filter out or choose a value from the list, then save again."),
    ),
    "filter:nothing-chosen": (
        MISSING,
        _("Nothing is asked for yet: the filter would be the whole list."),
        _("Narrow or sort the list first."),
    ),
    "filter:needs-name": (MISSING, _("The filter has no name."), _("Give it a short one.")),
    "filter:unusable-name": (
        UNFIT,
        _("The name is longer than %(longest)s characters or holds characters that cannot be seen."),
        _("Give it a short and plain name."),
    ),
    "filter:name-taken": (
        UNFIT,
        _("You keep another filter under the name «%(name)s»."),
        _("Choose another name, or delete the other filter first."),
    ),
    "filter:too-many": (
        NOT_NOW,
        _("You keep %(most)s filters already."),
        _("Delete one that you no longer use."),
    ),
    "filter:no-colleagues": (
        UNFIT,
        _("Your account belongs to no department and no enterprise: there is nobody to share with."),
        _("Keep the filter for yourself."),
    ),
    "filter:changed-meanwhile": (
        NOT_NOW,
        _("The filter was changed or deleted a moment ago, perhaps in another window."),
        _("Load the page again."),
    ),
    "bulk:not-found": (
        _("This was not found"),
        _("There is no such selection, or it is not yours."),
        _("Choose the rows in the list again."),
    ),
    "bulk:nothing-chosen": (MISSING, _("No hidden danger is chosen."), _("Tick the rows in the list first.")),
    "bulk:one-by-one": (
        UNFIT,
        _("This step is decided for each hidden danger by itself."),
        _("Open them one by one, or choose a step that one form fits."),
    ),
    "bulk:already-started": (
        NOT_NOW,
        _("The step was set going already, perhaps in another window."),
        _("Load the page again and see what became of each."),
    ),
    "bulk:nothing-to-retry": (
        NOT_NOW,
        _("None was refused and none waits."),
        _("Choose other rows in the list."),
    ),
    "bulk:nothing-to-undo": (
        NOT_NOW,
        _("Up to %(most)s dangers are undone together, soon after they were done; here nothing is left to undo."),
        _("Open the dangers one by one and take a step that leads back."),
    ),
    "bulk:not-running": (NOT_NOW, _("Nothing is under way here."), _("Load the page again.")),
    "bulk:step-not-there": (
        NOT_NOW,
        _("Where it stands the step does not exist, or you may not take it there."),
        _("Choose another step for it."),
    ),
    "comment:not-found": (
        _("This was not found"),
        _("There is no such comment, or it is not in your units."),
        _("Open the danger and look at its comments."),
    ),
    "comment:needs-text": (MISSING, _("The comment says nothing."), _("Write a sentence.")),
    "comment:unusable-text": (
        UNFIT,
        _("The comment is longer than %(longest)s characters, or holds signs that are no text."),
        _("Shorten it, or put it into a file and attach that."),
    ),
    "comment:nobody-there": (
        _("This was not found"),
        _("Somebody who is named does not exist, or may not see this danger."),
        _("Name only people whom the form offers after an @."),
    ),
    "comment:too-many-named": (
        UNFIT,
        _("More than %(most)s people are named at once."),
        _("Name only those whose answer you need."),
    ),
    "comment:not-yours": (
        _("You may not do this"),
        _("Only its author changes a comment or takes it back."),
        _("Answer with a comment of your own."),
    ),
    "comment:removed": (NOT_NOW, _("The comment was taken back already."), _("Load the page again.")),
    "comment:too-late": (
        NOT_NOW,
        _("A comment can be changed or taken back for %(minutes)s minutes; others have read it by now."),
        _("Correct it with another comment."),
    ),
    "comment:changed-meanwhile": (
        NOT_NOW,
        _("The comment was changed a moment ago, perhaps in another window."),
        _("Load the page again."),
    ),
    "comment:uid-taken": (
        UNFIT,
        _("Another comment bears this number already."),
        _("Make a new UUID for every comment."),
    ),
    "comment:unusable-key": (UNFIT, _("The number of the comment is no UUID."), _("Load the page again.")),
    "undo:nothing-to-undo": (
        NOT_NOW,
        _("The last step was not yours, or it is of a kind that cannot be undone."),
        _("Take a step that leads back: return, reopen, or change it again."),
    ),
    "undo:moved-since": (
        NOT_NOW,
        _("Something happened to the danger since your step."),
        _("Load the page again and decide from where it stands."),
    ),
    "undo:too-late": (
        NOT_NOW,
        _("A step can be undone for %(minutes)s minutes, on the same day."),
        _("Take a step that leads back: return, reopen, or change it again."),
    ),
    "undo:somebody-was-told": (
        NOT_NOW,
        _("Somebody has got the news of it already: read here, or by a letter that left."),
        _("Tell them by a step that leads back, or by a comment."),
    ),
    "undo:document-issued": (
        NOT_NOW,
        _("A document about this danger was issued since."),
        _("Withdraw the document by its own way, then take a step that leads back."),
    ),
    "measure:not-found": (
        _("This was not found"),
        _("There are no such measures, or they are not proposed for this danger."),
        _("Open the measures again and choose from those offered."),
    ),
    "measure:needs-text": (
        MISSING,
        _("The plan has no measures yet that could be kept."),
        _("Fill the treatment plan first."),
    ),
    "measure:needs-name": (MISSING, _("The measures have no name."), _("Give them a short one.")),
    "measure:unusable": (
        UNFIT,
        _("The name is longer than %(longest)s characters, or name or words hold signs that are no text."),
        _("Give a short and plain name."),
    ),
    "measure:name-taken": (
        UNFIT,
        _("You keep other measures under the name «%(name)s»."),
        _("Choose another name, or delete the others first."),
    ),
    "measure:too-many": (NOT_NOW, _("You keep %(most)s measures already."), _("Delete some that you no longer use.")),
    "measure:removed": (NOT_NOW, _("The measures were deleted a moment ago."), _("Load the page again.")),
}
