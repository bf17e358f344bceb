"""What the refusals of orgs say to people: what happened, why, what to do now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, tuple[Promise | str, Promise | str, Promise | str]] = {
    "access:change-password-first": (
        _("Your password has to be replaced first"),
        _("Somebody else set it, so somebody else knows it."),
        _("Choose a password of your own; then go on."),
    ),
    "access:sign-in-first": (
        _("You are not signed in"),
        _("This page is for people with an account."),
        _("Sign in; you will be brought back here."),
    ),
    "account:name-taken": (
        _("This user name is taken"),
        _("Another account bears it already, perhaps in other letters."),
        _("Choose another name."),
    ),
    "account:not-found": (
        _("There is no such account for you"),
        _("It does not exist, or was closed."),
        _("Check the number, or search for the person."),
    ),
    "account:person-has-one": (
        _("This person has an account already"),
        _("One person signs in with one account."),
        _("Use the account that exists."),
    ),
    "account:unusable": (
        _("This account could not be made"),
        _("The user name or the password does not meet the rules: %(reason)s"),
        _("Correct it and try again."),
    ),
    "day:unreadable": (
        _("The day could not be read"),
        _("%(value)s is no day of the calendar."),
        _("Write it as year, month and day, for example %(example)s."),
    ),
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
    "grant:held-already": (
        _("The account holds this role there already"),
        _("Nothing was changed."),
        _("Look at the grants of the account."),
    ),
    "grant:not-found": (
        _("There is no such grant"),
        _("It was revoked, or never given."),
        _("Look at the grants of the account."),
    ),
    "grant:not-to-oneself": (
        _("You cannot change your own roles"),
        _("Roles are given and taken by somebody else."),
        _("Ask another security administrator."),
    ),
    "grant:offices-apart": (
        _("These roles do not go together"),
        _("System administration, security administration and audit are in three hands; the account holds: %(held)s."),
        _("Use a separate account, or revoke the other role first."),
    ),
    "grant:one-place": (
        _("A role is given at one place"),
        _("Exactly one unit, enterprise or jurisdiction is named."),
        _("Name one of them."),
    ),
    "grant:place-not-found": (
        _("There is no such place for you"),
        _("%(place)s does not exist."),
        _("Check the number."),
    ),
    "grant:revoked-already": (
        _("The role was revoked already"),
        _("Somebody was faster."),
        _("Load the page again."),
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
    "role:unknown": (
        _("There is no role %(value)s"),
        _("Roles are chosen from the list."),
        _("Choose from the list."),
    ),
    "site:wrong-place": (
        _("A site cannot hang on %(unit)s"),
        _("Sites lie in a county, township, village or grid."),
        _("Choose the township or village where the site lies."),
    ),
    "token:expired-already": (
        _("The token would be expired at once"),
        _("Its last moment lies in the past."),
        _("Choose a later day."),
    ),
    "token:not-found": (
        _("There is no such token for you"),
        _("It was revoked, or belongs to somebody else."),
        _("Look at the list of your tokens."),
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
    "grant:ends-in-the-past": (
        _("A grant cannot end in the past"),
        _("What was done with it until now stays done."),
        _("Choose a later day, or revoke it at once."),
    ),
    "jurisdiction:not-found": (
        _("There is no such jurisdiction for you"),
        _("It does not exist, or is kept by a unit outside your reach."),
        _("Look at the list of jurisdictions."),
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
    "role:kept-for-the-offices": (
        _("Some of these permissions belong to the three offices"),
        _("System administration, security administration and audit stay in three hands: %(permissions)s."),
        _("Leave them out; grant the office itself to a separate account."),
    ),
    "role:name-taken": (
        _("Another role is called %(value)s"),
        _("Two roles of one name could not be told apart."),
        _("Choose another name."),
    ),
    "role:permission-unknown": (
        _("This permission is not known"),
        _("No part of the program asks for %(permissions)s."),
        _("Choose from the list."),
    ),
    "role:permits-nothing": (
        _("The role permits nothing"),
        _("A role without permissions would be of no use."),
        _("Choose at least one permission."),
    ),
    "role:shipped": (
        _("This role came with the program"),
        _("Roles that are shipped change only with a new release."),
        _("Make a role of your own with the permissions you need."),
    ),
    "role:still-held": (
        _("The role %(role)s is still held"),
        _("Removing it would take it from somebody without a word."),
        _("Revoke its grants first."),
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
