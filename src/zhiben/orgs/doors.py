"""Every door of the site says who may come in; a shape test walks them all."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from zhiben.kernel.actor import Actor, Permission
from zhiben.kernel.errors import NotFound

F = TypeVar("F", bound=Callable[..., Any])


class Request(HttpRequest):
    """The request every view is typed with: the middleware has put the actor on it."""

    actor: Actor


def door(permission: Permission | None = None, *, open_because: str = "") -> Callable[[F], F]:
    """Let in only those who hold `permission` somewhere, or say why the door is open to every signed-in person.

    Whoever lacks it altogether gets 404, as a stranger does: what one may not see is not confirmed to exist.
    """
    if bool(permission) == bool(open_because):
        raise TypeError("name a permission or give a reason, one of the two")

    def mark(view: F) -> F:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if permission and not request.actor.has(permission):
                raise NotFound("page:not-found")
            return view(request, *args, **kwargs)

        guarded.__dict__["door"] = permission or open_because
        return cast("F", guarded)

    return mark
