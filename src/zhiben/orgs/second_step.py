"""The second step of signing in: passkeys, an authenticator app, recovery codes. What changes is journalled."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.webauthn import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from zhiben.journal.public import Event, Line, record
from zhiben.orgs.events import SecondStepAdded, SecondStepRemoved, SecondStepRenewed
from zhiben.orgs.models import Account
from zhiben.orgs.selectors.access import actor_of


class Steps(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """What a passkey is called, and which address it belongs to."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("The code is not right, was used already, or is too old. Take the newest one."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the address: the one set, so that several names of the program share passkeys, else the one open."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {"id": settings.PASSKEY_DOMAIN or entity["id"], "name": _("Zhiben")}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Name the account as the device will list it."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.person.name if user.person else user.username}

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 -- allauth's signature
        """Propose a name; it is asked for, and this one stands where none was typed."""
        return _("Passkey %(n)d") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}


class Proof:
    """Checks what a device answered; whatever is wrong with it, it is a passkey that is not known here."""

    def clean_credential(self) -> Authenticator:
        """Find the passkey; too many attempts keep their own sentence."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that this is mixed into
        except ValidationError as refused:
            if refused.code != "incorrect_code":
                raise
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
        ):  # a made-up answer: the library takes its shape on trust
            pass
        raise ValidationError(
            _("This passkey is not known here. It may have been removed, or belong to another account.")
        )


class SignIn(Proof, forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Sign in with a passkey alone."""


class SecondStep(Proof, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Prove it after the password."""


class OnceMore(Proof, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Prove it once more before a change."""


class Add(forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Take in a new passkey."""

    def clean(self) -> dict[str, Any]:
        """Refuse what no device makes."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as odd:
            raise ValidationError(_("The device's answer does not fit. Load the page anew and try again.")) from odd
        cleaned["name"] = cleaned.get("name", "")[:60]
        return cleaned


@receiver(authenticator_added)
def _added(user: Account, authenticator: Authenticator, **_signal: Any) -> None:
    _journal(SecondStepAdded(authenticator.pk, authenticator.type), user)


@receiver(authenticator_removed)
def _removed(user: Account, authenticator: Authenticator, **_signal: Any) -> None:
    _journal(SecondStepRemoved(authenticator.type), user)


@receiver(authenticator_reset)
def _renewed(user: Account, authenticator: Authenticator, **_signal: Any) -> None:
    _journal(SecondStepRenewed(authenticator.type), user)


@transaction.atomic
def _journal(event: Event, account: Account) -> None:
    now = timezone.now()
    line = Line(event, f"account/{account.pk}", "system", timezone.localtime(now).date())
    record([line], actor=actor_of(account, now=now), now=now)
