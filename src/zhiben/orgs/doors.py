"""Every door of the site says who may come in; a shape test walks them all.

Ninja reads a view's annotations in the module where the view is written: do not postpone them
(`from __future__ import annotations`) in a module whose views are marked here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from zhiben.kernel.actor import Actor, Permission
from zhiben.kernel.errors import NotFound, Refusal

LARGEST_ID = 2**63 - 1
F = TypeVar("F", bound=Callable[..., Any])


class NotSignedIn(Refusal):
    """Nobody is signed in: a page leads to the sign-in, the API answers 401."""


class PasswordMustChange(Refusal):
    """The password was set by somebody else: first it is replaced."""


class Request(HttpRequest):
    """The request every view is typed with: the middleware has put the actor on it."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Door:
    """What a view declares: a permission, or a reason why it is open to every signed-in person, or to anybody."""

    permission: Permission | None = None
    open_because: str = ""
    public_because: str = ""


def door(permission: Permission | None = None, *, open_because: str = "", public_because: str = "") -> Callable[[F], F]:
    """Let in only those who hold `permission` somewhere, or say why the door is open: signed-in persons, or anybody.

    Who is not signed in is asked to. Who is, and lacks the permission altogether, gets 404, as a stranger does: what
    one may not see is not confirmed to exist.
    """
    declared = Door(permission, open_because, public_because)
    if sum(map(bool, (permission, open_because, public_because))) != 1:
        raise TypeError("name a permission or give a reason, one of the three")

    def mark(view: F) -> F:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            pass_door(declared, request)
            if any(isinstance(one, int) and one > LARGEST_ID for one in kwargs.values()):
                raise NotFound("page:not-found")  # no row bears it, and a database cannot even look for it
            return view(request, *args, **kwargs)

        guarded.__dict__["door"] = declared
        return cast("F", guarded)

    return mark


def pass_door(declared: Door, request: Request) -> None:
    """Let the request through, or refuse. The API asks before it reads what was sent."""
    if declared.public_because:
        return
    if request.actor.id is None:
        raise NotSignedIn("access:sign-in-first")
    if getattr(getattr(request, "user", None), "must_change_password", False):
        raise PasswordMustChange("access:change-password-first")
    if declared.permission and not request.actor.has(declared.permission):
        raise NotFound("page:not-found")
