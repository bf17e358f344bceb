"""Refusals about accounts, roles, grants and tokens."""

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
    "account:closed": (
        _("This account has been closed"),
        _("Nobody signs in with %(account)s any more, with whatever password."),
        _("Make a new account for the person."),
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
    "account:office-by-command": (
        _("This password is set anew at the command line only"),
        _(
            "%(account)s grants roles or audits. Whoever sets its password could act as it, and the three offices would "
            "be in one hand."
        ),
        _("Ask whoever runs the server; the command is zhiben orgs password %(account)s."),
    ),
    "account:person-has-one": (
        _("This person has an account already"),
        _("One person signs in with one account."),
        _("Use the account that exists."),
    ),
    "account:reaches-further": (
        _("You cannot set the password of this account"),
        _("%(account)s holds roles at places that you do not administer."),
        _("Ask an administrator of the unit above both."),
    ),
    "account:reset-own": (
        _("Your own password is not reset here"),
        _("You know it, so you change it yourself."),
        _("Choose “Change password” in the menu under your name."),
    ),
    "account:unusable": (
        _("This account could not be made"),
        _("The user name or the password does not meet the rules: %(reason)s"),
        _("Correct it and try again."),
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
    "role:unknown": (
        _("There is no role %(value)s"),
        _("Roles are chosen from the list."),
        _("Choose from the list."),
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
    "grant:ends-in-the-past": (
        _("A grant cannot end in the past"),
        _("What was done with it until now stays done."),
        _("Choose a later day, or revoke it at once."),
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
}
