"""Refusals about enterprises, engagements, departments and people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "engagement:not-a-site": (
        _("%(unit)s is no site"),
        _("Contractors, tenants and projects work on a site of an enterprise."),
        _("Choose one of the enterprise's sites."),
    ),
    "engagement:not-another-party": (
        _("This party cannot be engaged here"),
        _("It does not exist, or the site is its own."),
        _("Choose another enterprise."),
    ),
    "engagement:not-found": (
        _("There is no such engagement for you"),
        _("It does not exist, or its site is not yours."),
        _("Look at the page of the site's enterprise."),
    ),
    "enterprise:ambiguous": (
        _("Several enterprises bear the name %(name)s"),
        _("A name alone does not tell which is meant."),
        _("Give the credit code as well."),
    ),
    "enterprise:code-taken": (
        _("This credit code is entered already"),
        _("Every enterprise has a code of its own."),
        _("Search for the code and use the enterprise that exists."),
    ),
    "enterprise:credit-code-wrong": (
        _("%(value)s is no valid credit code"),
        _("It does not have 18 characters, or its last one does not fit the others."),
        _("Compare it with the business licence."),
    ),
    "enterprise:industry-unknown": (
        _("The industry %(value)s is not known"),
        _("Industries are chosen from the list of the program."),
        _("Choose from the list of industries."),
    ),
    "enterprise:not-found": (
        _("There is no such enterprise for you"),
        _("The enterprise does not exist, or lies outside the units you look after."),
        _("Check the name or the credit code."),
    ),
    "person:not-found": (
        _("There is no such person for you"),
        _("The person does not exist, or belongs to somebody else."),
        _("Search for the name."),
    ),
    "person:not-of-this-enterprise": (
        _("The person does not belong to this enterprise"),
        _("Posts of an enterprise are held by its own people."),
        _("Enter the person with the enterprise first."),
    ),
    "department:above-itself": (
        _("This department cannot stand above %(department)s"),
        _("It does not exist, or it stands below it already."),
        _("Choose another one, or none."),
    ),
    "department:not-found": (
        _("There is no such department for you"),
        _("It does not exist, or it lies outside what you look after."),
        _("Choose a department from the list."),
    ),
    "person:confirm-again": (
        _("The confirmation has run out"),
        _("It holds for %(minutes)s minutes, so that nothing is destroyed by a page left open."),
        _("Go through both steps once more."),
    ),
    "person:forgotten": (
        _("The personal data of this person were destroyed"),
        _("There is nothing left to change."),
        _("Enter the person anew if they come back."),
    ),
    "person:name-does-not-match": (
        _("The name typed is not the name of this person"),
        _("It is asked for so that nobody destroys the data of the wrong person."),
        _("Type the name exactly as it stands on the page."),
    ),
    "person:not-oneself": (
        _("You cannot destroy your own data"),
        _("Somebody else does it, so that it is seen by two."),
        _("Ask another security administrator."),
    ),
    "person:reason-missing": (
        _("A reason is needed"),
        _("The journal keeps on whose wish the data were destroyed."),
        _("Say why, for example the number of the request."),
    ),
    "person:still-in-post": (
        _("This person still holds a post"),
        _("They stand as holder of %(posts)s post(s), or as principal or actual controller."),
        _("End the appointment and name a successor first."),
    ),
}
