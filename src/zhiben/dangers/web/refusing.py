"""What a page does when a service refuses: it comes back with what was typed, and the right status."""

from collections.abc import Mapping
from typing import Any

from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal

REFUSED = (Invalid, Conflict, NotAllowed)
STATUS: Mapping[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}


def refused(refusal: Refusal) -> dict[str, Any]:
    """Return what a page shows of a refusal."""
    return {"refusal": refusal, "status": STATUS.get(type(refusal), 422)}
