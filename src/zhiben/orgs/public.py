"""What other rooms may use of orgs."""

from datetime import datetime

from django.http import HttpRequest

from zhiben.kernel.actor import Actor
from zhiben.orgs.selectors import actor_of

__all__ = ["actor_of", "actor_of_request"]

ANONYMOUS = Actor(id=None, label="")


def actor_of_request(request: HttpRequest, *, now: datetime) -> Actor:
    """Return who acts in this request: the signed-in account with the grants valid today, or nobody."""
    return actor_of(request.user, now=now) if request.user.is_authenticated else ANONYMOUS
