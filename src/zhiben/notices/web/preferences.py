"""How notices reach oneself: quiet hours, the daily digest, and per kind how soon and over what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.notices.channels import CHANNELS
from zhiben.notices.domain.choices import Choice, Choices, When
from zhiben.notices.domain.quiet import USUAL, Quiet
from zhiben.notices.selectors.settings import (
    choices_of,
    choosable_channels,
    choosable_kinds,
    routed_kinds,
)
from zhiben.notices.services.choosing import choose
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Person

OWN = "everybody chooses how their own notices come"


@door(open_because=OWN)
@require_http_methods(["GET", "POST"])
def preference_page(request: Request) -> HttpResponse:
    """Show and take what one chooses; a form that was refused comes back as it was typed."""
    if request.actor.person is None:
        raise NotFound("page:not-found")
    if request.method == "GET":
        return _page(request, choices_of([request.actor.person])[request.actor.person])
    wanted = Choices(kinds=_typed_kinds(request))
    try:
        wanted = replace(wanted, quiet=_typed_quiet(request), digest_at=_time(request, "digest_at"))
        choose(
            quiet=wanted.quiet, digest_at=wanted.digest_at, kinds=wanted.kinds, actor=request.actor, now=timezone.now()
        )
    except Invalid as refusal:
        return _page(request, wanted, refusal=refusal)
    messages.success(request, _("Your choice is kept. It holds for everything from now on."))
    return redirect("notices:preferences")


def _typed_kinds(request: Request) -> dict[str, Choice]:
    """Read how each kind should come."""
    ways = choosable_channels()
    kinds = {}
    for name in choosable_kinds():
        later = request.POST.get(f"when:{name}") == When.DIGEST
        over = tuple(way for way in ways if request.POST.get(f"{way}:{name}"))
        kinds[name] = Choice(When.DIGEST if later and over else When.AT_ONCE, over)
    return kinds


def _typed_quiet(request: Request) -> Quiet | None:
    """Read the quiet hours; without the tick there are none."""
    if not request.POST.get("quiet"):
        return None
    return Quiet(_time(request, "quiet_since"), _time(request, "quiet_until"))


def _time(request: Request, name: str) -> time:
    """Read a time of day; a browser sends it as 22:00."""
    try:
        found = parse_time(request.POST.get(name, ""))
    except ValueError:
        found = None
    if found is None:
        raise Invalid("notice:bad-time", field=name)
    return found.replace(second=0, microsecond=0)


def _page(request: Request, chosen: Choices, refusal: Refusal | None = None) -> HttpResponse:
    person = Person.objects.filter(pk=request.actor.person or 0).first()
    quiet = chosen.quiet or USUAL
    context: dict[str, Any] = {
        "chosen": chosen,
        "quiet": quiet,
        "person": person,
        "kinds": [_kind(name, chosen) for name in choosable_kinds()],
        "ways": [CHANNELS[name].label(_language()) for name in choosable_channels()],
        "fixed": [kind.called(_language()) for kind in routed_kinds()],
        "refusal": refusal,
        "status": 422,
    }
    return render(request, "notices/preferences.html", context, status=422 if refusal else 200)


def _kind(name: str, chosen: Choices) -> Mapping[str, Any]:
    choice = chosen.of(name)
    title = choosable_kinds()[name].called(_language())
    over = [(way, CHANNELS[way].label(_language()), way in choice.channels) for way in choosable_channels()]
    return {"name": name, "title": title, "is_digest": choice.when is When.DIGEST, "over": over}


def _language() -> str:
    return get_language() or "zh-hans"
