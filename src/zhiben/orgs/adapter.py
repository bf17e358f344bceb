"""How accounts sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from zhiben.orgs.models import Account
from zhiben.orgs.requests import address_of, from_loopback


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an administrator; demo logins answer on this machine only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Nobody signs up by themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which attempts are counted."""
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Check name and password; attempts are counted by address and by name."""
        account: Account | None = super().authenticate(request, **credentials)
        if account and account.is_demo and not from_loopback(request):
            self.authentication_failed(request, **credentials)
            return None
        return account

    def set_password(self, user: Account, password: str) -> None:
        """Keep the person's own password: from now on nobody else knows it."""
        user.must_change_password = False
        super().set_password(user, password)
