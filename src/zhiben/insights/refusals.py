"""What the refusals of bulletins and forms say: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNREAD = _("The period could not be read")
NOT_LOCKED, NOT_KEPT = _("The form was not locked"), _("The number was not kept")
NOT_DRAFTED = _("Nothing was drafted")

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "period:unreadable": (
        UNREAD,
        _("«%(value)s» names no week, month, quarter or year."),
        _("Write it like one of these: %(example)s."),
    ),
    "form:no-weekly": (
        UNREAD,
        _("A form covers a month, a quarter or a year; %(value)s is a week."),
        _("Choose a month, a quarter or a year."),
    ),
    "form:counted-cell": (
        NOT_KEPT,
        _("This number is counted from the records and is not filled in by hand."),
        _("Correct the records: the form follows by itself."),
    ),
    "form:not-a-count": (
        NOT_KEPT,
        _("«%(value)s» is no whole number from 0 to %(most)s."),
        _("Write digits only, or leave it empty if it is not known."),
    ),
    "form:source-needed": (
        NOT_KEPT,
        _("A number that no record tells needs its source."),
        _("Say where it comes from: the plan or the list of checks, its number and day."),
    ),
    "form:more-than-should": (
        NOT_KEPT,
        _("%(did)s units would have checked, of %(should)s that should."),
        _("Correct one of the two numbers."),
    ),
    "form:part-of-the-figures": (
        NOT_LOCKED,
        _("Your role shows only some industries or matters here, and a form covers all of them."),
        _("Ask somebody who sees the whole unit."),
    ),
    "form:of-the-enterprise": (
        NOT_LOCKED,
        _("The form of an enterprise is filled in and locked by its own people."),
        _("Lock the form of your unit instead, or ask the enterprise."),
    ),
    "form:not-over": (
        NOT_LOCKED,
        _("The period %(period)s is not over yet."),
        _("Lock it once its last day has passed."),
    ),
    "form:reason-needed": (
        NOT_LOCKED,
        _("It is locked as version %(version)s; a restatement needs a reason."),
        _("Give the reason, then lock it anew."),
    ),
    "form:nothing-differs": (
        NOT_LOCKED,
        _("Today's records tell just what version %(version)s says."),
        _("Nothing needs to be done."),
    ),
    "form:locked-meanwhile": (
        NOT_LOCKED,
        _("Somebody else locked %(period)s at the same moment."),
        _("Look at the form again: it is locked."),
    ),
    "form:no-such-version": (
        _("There is no such version"),
        _("The form was never locked as version %(version)s."),
        _("Go back to the form and choose one of its versions."),
    ),
    "form:lock-first": (
        NOT_DRAFTED,
        _("A form is signed as it was locked, and this one is not locked."),
        _("Lock the form first, then draft it."),
    ),
    "bulletin:drafted": (
        NOT_DRAFTED,
        _("A draft of it is already there."),
        _("Open that draft: sign it, or discard it first."),
    ),
    "bulletin:week-or-month": (
        NOT_DRAFTED,
        _("A bulletin is made for a week or a month of a unit; %(value)s is neither."),
        _("Choose a week or a month."),
    ),
    "bulletin:no-department": (
        NOT_DRAFTED,
        _("A scheduled bulletin is issued by a department, and you belong to none."),
        _("Ask somebody of the department to set the day."),
    ),
    "bulletin:no-such-day": (
        _("The day was not kept"),
        _("«%(value)s» is no day from 1 to %(last)s."),
        _("Write the number of the day, or leave it empty to end it."),
    ),
}
