"""The page behind the code on a printed notice: whoever holds the paper confirms on a phone that they read it."""

import hashlib
import time
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhiben.kernel.errors import Conflict, Invalid, NotFound, Refusal
from zhiben.notices.domain.readers import RELATIONS
from zhiben.notices.models import Slip
from zhiben.notices.selectors.reading import view_of
from zhiben.notices.selectors.slips import open_slip
from zhiben.notices.services.slips import confirm_slip
from zhiben.orgs.doors import Request, door
from zhiben.orgs.requests import address_of

PAPER = "whoever holds the printed notice confirms it without an account; the code is a secret of 192 random bits"
MINUTE = 60
OF_ONE_CODE, OF_ONE_ADDRESS = 20, 120  # requests a minute
UNFIT = 422


class TooOften(Refusal):
    """The page is asked for faster than a person reads."""


STATUS: dict[type[Refusal], int] = {NotFound: 404, Conflict: 410, TooOften: 429}


@door(public_because=PAPER)
@csrf_exempt  # the secret in the address is the right to post, no session is; and some phones keep no cookies
@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: Request, token: str) -> HttpResponse:
    """Show the notice as it was printed and take the confirmation; a code that no longer serves says so."""
    now = timezone.now()
    try:
        _keep_pace(request, token)
        found = open_slip(token, now=now)
        if request.method == "GET":
            return _page(request, found)
        name, relation = request.POST.get("name", ""), request.POST.get("relation", "")
        confirm_slip(token, name=name, relation=relation, now=now)
    except Invalid as refusal:
        return _page(request, found, refusal=refusal, name=name, relation=relation, status=UNFIT)
    except (NotFound, Conflict, TooOften) as refusal:
        status = STATUS[type(refusal)]
        said = render(request, "notices/slip_refused.html", {"refusal": refusal, "status": status}, status=status)
        return _sealed(said)
    return _sealed(render(request, "notices/slip_done.html", {"name": name, "at": now}))


def _page(
    request: Request, found: Slip, *, refusal: Refusal | None = None, name: str = "", relation: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show what stands on the paper, and the form; what was typed stays."""
    language = get_language() or "zh-hans"
    context: dict[str, Any] = {
        "notice": view_of(found.message, language),
        "person": found.message.person.name,
        "until": found.expires_at,
        "relations": [(str(key), words(language)) for key, words in RELATIONS.items()],
        "refusal": refusal,
        "status": status,
        "name": name,
        "relation": relation,
    }
    return _sealed(render(request, "notices/slip.html", context, status=status))


def _sealed(answer: HttpResponse) -> HttpResponse:
    """Let the address, which holds the secret, go nowhere else, our own log included."""
    answer.__dict__["_has_been_logged"] = True  # what Django asks before it warns of a refused request
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _keep_pace(request: Request, token: str) -> None:
    """Count what is asked for a code and from an address; guessing is hopeless, but costs us work."""
    address = address_of(request)
    if _count(f"slip:{token}") > OF_ONE_CODE or _count(f"slip-from:{address}") > OF_ONE_ADDRESS:
        raise TooOften("notice:too-often")


def _count(what: str) -> int:
    key = hashlib.sha256(f"{what}:{int(time.time()) // MINUTE}".encode()).hexdigest()  # incr() sets the time anew
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # forgotten between the two
        return 1
