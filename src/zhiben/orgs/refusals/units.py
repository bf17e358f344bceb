"""Refusals about the tree and its reorganisation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "day:unreadable": (
        _("The day could not be read"),
        _("%(value)s is no day of the calendar."),
        _("Write it as year, month and day, for example %(example)s."),
    ),
    "jurisdiction:empty": (
        _("A jurisdiction needs units"),
        _("It is a set of subtrees, and none was named."),
        _("Name at least one unit."),
    ),
    "period:ends-before-it-begins": (
        _("The period ends before it begins"),
        _("The last day is the day before «until»."),
        _("Correct the two days."),
    ),
    "site:wrong-place": (
        _("A site cannot hang on %(unit)s"),
        _("Sites lie in a county, township, village or grid."),
        _("Choose the township or village where the site lies."),
    ),
    "unit:already-there": (
        _("%(unit)s hangs on %(parent)s already"),
        _("Nothing was changed."),
        _("Choose another parent."),
    ),
    "unit:being-moved": (
        _("%(unit)s is being moved"),
        _("A move of it, or of a unit above or below it, has not finished."),
        _("Wait until the job has finished."),
    ),
    "unit:changed-meanwhile": (
        _("%(unit)s changed after you opened it"),
        _("Somebody was faster, so nothing was written."),
        _("Load it again and decide once more."),
    ),
    "unit:code-taken": (
        _("The code %(value)s is in use"),
        _("%(by)s bears it at the same level."),
        _("Check the code, or recode the other unit first."),
    ),
    "unit:kind-not-added-here": (
        _("Units of this kind are not added here"),
        _("The nation stands at the top, and sites belong to enterprises."),
        _("Add a site on the page of its enterprise."),
    ),
    "unit:move-into-itself": (
        _("%(unit)s cannot hang on %(parent)s"),
        _("A unit cannot lie below itself, and the nation has no parent."),
        _("Choose a unit outside its subtree."),
    ),
    "unit:name-unusable": (
        _("This name cannot be used"),
        _("It is empty, too long, or has characters that cannot be printed."),
        _("Enter a name of 1 to 200 characters."),
    ),
    "unit:not-found": (
        _("There is no such unit for you"),
        _("The unit does not exist, or lies outside the units you look after."),
        _("Check the code, or search for the name."),
    ),
    "unit:wrong-level": (
        _("This kind of unit cannot hang on %(parent)s"),
        _("A unit hangs on one of a higher level."),
        _("Choose a higher unit."),
    ),
    "jurisdiction:not-found": (
        _("There is no such jurisdiction for you"),
        _("It does not exist, or is kept by a unit outside your reach."),
        _("Look at the list of jurisdictions."),
    ),
    "unit:still-has-units": (
        _("%(unit)s still has units below it"),
        _("They would hang on a unit that no longer stands."),
        _("End or move them first, or merge the unit into another one."),
    ),
    "reorganisation:agreed-by-another": (
        _("Somebody else has to agree"),
        _("Who planned the change does not agree to the wider grants as well."),
        _("Ask a security administrator."),
    ),
    "reorganisation:before-it-stood": (
        _("%(unit)s did not stand yet on that day"),
        _("It stands since %(since)s."),
        _("Choose a later day."),
    ),
    "reorganisation:crosses-another": (
        _("Another reorganisation is under way here"),
        _("Number %(other)s changes the same units, or units that this one stands on."),
        _("Wait until it is done, or cancel it if it has not begun."),
    ),
    "reorganisation:different-level": (
        _("%(unit)s and %(heir)s are not of the same level"),
        _("A township merges with townships, a county with counties."),
        _("Choose units of one level; to hang a unit elsewhere, move it."),
    ),
    "reorganisation:has-ended": (
        _("%(unit)s has ended"),
        _("It stands no longer since %(until)s."),
        _("Choose a unit that stands."),
    ),
    "reorganisation:into-itself": (
        _("%(unit)s cannot receive and go at once"),
        _("A unit that ends or moves takes nothing in."),
        _("Choose another unit to go on."),
    ),
    "reorganisation:not-a-region": (
        _("%(unit)s is no region"),
        _("Only provinces, cities, counties, townships, villages and grids are merged or split."),
        _("Move the site to another unit, or edit it on the page of its enterprise."),
    ),
    "reorganisation:not-done": (
        _("This reorganisation is not done"),
        _("Only what was carried out can be taken back by another move."),
        _("Wait until it is done, or cancel it."),
    ),
    "reorganisation:not-found": (
        _("There is no such reorganisation for you"),
        _("It does not exist, or lies outside the units you look after."),
        _("Look at the list of reorganisations."),
    ),
    "reorganisation:not-open-to-that": (
        _("The reorganisation no longer stands there"),
        _("Somebody was faster, or it has begun."),
        _("Load the page again."),
    ),
    "reorganisation:nothing-moves": (
        _("Nothing would change"),
        _("No unit moves and none ends."),
        _("Choose which units go where."),
    ),
    "reorganisation:preview-again": (
        _("The preview has run out"),
        _("It holds for %(hours)s hours, so that nobody carries out what has changed meanwhile."),
        _("Ask for it once more on the page of the unit."),
    ),
    "reorganisation:too-far": (
        _("The day lies too far away"),
        _("A reorganisation takes effect at most %(days)s days before or after today."),
        _("Choose a nearer day."),
    ),
    "reorganisation:undone-already": (
        _("This was taken back already"),
        _("Another reorganisation takes it back, or has done so."),
        _("Look at that one."),
    ),
}
