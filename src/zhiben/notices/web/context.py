"""What every page may show: how many messages wait."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhiben.notices.selectors.reading import unread_for


def unread(request: HttpRequest) -> dict[str, Any]:
    """Count the unread messages, if the page shows them at all."""
    actor = getattr(request, "actor", None)
    return {"unread": SimpleLazyObject(lambda: unread_for(actor))} if actor else {}
