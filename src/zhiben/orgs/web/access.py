"""Who may do what where: accounts with their grants, granting and revoking, the roles."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.kernel.actor import Place
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.law.matters import matters
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward
from zhiben.orgs.models import Role, RoleGrant
from zhiben.orgs.permissions import OrgsPermission, label_of
from zhiben.orgs.selectors.listing import (
    PAGE,
    account_for,
    accounts_listed,
    day_typed,
    grant_for,
    jurisdictions_for,
)
from zhiben.orgs.selectors.parties import search_enterprises
from zhiben.orgs.selectors.units import branch_for, search_units
from zhiben.orgs.services.access import Holding, grant_role, revoke_role, roles
from zhiben.orgs.tree import NATION_PATH
from zhiben.orgs.web.words import KINDS, industry_choices, named

FOUND = 10
PLACES = ("unit", "enterprise", "jurisdiction")


def role_name(role: Role) -> Bilingual:
    """Name a role in both languages."""
    return Bilingual(role.name_zh, role.name_en)


def grant_shown(grant: RoleGrant) -> dict[str, Any]:
    """Return a grant as pages show it."""
    place = grant.unit or grant.enterprise or grant.jurisdiction
    known = matters()
    return {
        "grant": grant,
        "role": role_name(grant.role),
        "place": place.name if place else "",
        "industries": named(grant.industries),
        "matters": [known[slug].title if slug in known else slug for slug in grant.matters],
        "is_over": grant.until is not None and grant.until <= local_day(timezone.now()),
    }


@door(OrgsPermission.VIEW_ROLE)
@require_GET
def account_list(request: Request) -> HttpResponse:
    """Show the accounts of the actor's reach with what they were granted."""
    text = request.GET.get("q", "")
    rows = accounts_listed(request.actor, text, after=request.GET.get("after", ""))
    shown = rows[:PAGE]
    older = f"?{urlencode({'q': text, 'after': shown[-1].username})}" if len(rows) > PAGE else ""
    context = {
        "rows": [{"account": one, "grants": [grant_shown(each) for each in one.role_grants.all()]} for one in shown],
        "older": older,
        "may_edit_accounts": request.actor.has(OrgsPermission.EDIT_ACCOUNT),
    }
    return render(request, "orgs/grants.html", context)


@door(OrgsPermission.VIEW_ROLE)
@require_GET
def account_page(request: Request, account_id: int) -> HttpResponse:
    """Show an account's grants, each to be revoked."""
    account = account_for(request.actor, account_id)
    context = {
        "account": account,
        "grants": [grant_shown(each) for each in account.role_grants.all()],
        "is_self": account.pk == request.actor.id,
        "may_grant": request.actor.has(OrgsPermission.GRANT_ROLE) and account.pk != request.actor.id,
    }
    return render(request, "orgs/account.html", context)


@door(OrgsPermission.GRANT_ROLE)
@require_http_methods(["GET", "POST"])
def grant(request: Request, account_id: int) -> HttpResponse:
    """Give an account a role: choose the place, then the role and its limits."""
    account = account_for(request.actor, account_id)
    if request.method == "POST":
        made = grant_role(account.pk, _holding(request), actor=request.actor, now=timezone.now())
        told = _("%(account)s now holds the role %(role)s.")
        role = role_name(made.role)(get_language() or "zh-hans")
        messages.success(request, told % {"account": account.username, "role": role})
        return onward(request, "orgs:account", account.pk)
    text = request.GET.get("q", "").strip()
    context = {
        "account": account,
        "text": text,
        "places": _places(request, text),
        "roles": [{"role": each, "name": role_name(each)} for each in roles()],
        "industries": industry_choices(),
        "matters": [(slug, one.title) for slug, one in matters().items()],
    }
    return render(request, "orgs/grant.html", context)


def _places(request: Request, text: str) -> list[dict[str, str]]:
    """Return places to choose from: those a search finds, else where the reach begins."""
    actor = request.actor
    units = search_units(actor, text, limit=FOUND) if text else branch_for(actor)[:FOUND]
    found = [{"key": f"unit:{one.pk}", "name": one.name, "kind": str(KINDS[one.kind])} for one in units]
    if text:
        enterprises = search_enterprises(actor, text, limit=FOUND)
        found += [{"key": f"enterprise:{e.pk}", "name": e.name, "kind": _("Enterprise")} for e in enterprises]
    zones = jurisdictions_for(actor, text, limit=FOUND)
    return found + [{"key": f"jurisdiction:{z.pk}", "name": z.name, "kind": _("Jurisdiction")} for z in zones]


def _holding(request: Request) -> Holding:
    post = request.POST
    what, _colon, number = post.get("place", "").partition(":")
    if what not in PLACES or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Invalid("grant:one-place", field="place")
    return Holding(
        role=post.get("role", ""),
        unit=int(number) if what == "unit" else None,
        enterprise=int(number) if what == "enterprise" else None,
        jurisdiction=int(number) if what == "jurisdiction" else None,
        industries=tuple(post.getlist("industry")),
        matters=_known_matters(post.getlist("matter")),
        since=day_typed(post.get("since", ""), "since"),
        until=day_typed(post.get("until", ""), "until"),
    )


def _known_matters(slugs: Sequence[str]) -> tuple[str, ...]:
    known = matters()
    return tuple(slug for slug in slugs if slug in known)


@door(OrgsPermission.GRANT_ROLE)
@require_POST
def revoke(request: Request, grant_id: int) -> HttpResponse:
    """Take a role away at once."""
    found = grant_for(request.actor, grant_id)
    revoke_role(found.pk, actor=request.actor, now=timezone.now())
    messages.success(request, _("The role was taken away. It holds no longer from this moment on."))
    return onward(request, "orgs:account", found.account_id)


@door(OrgsPermission.VIEW_ROLE)
@require_GET
def role_list(request: Request) -> HttpResponse:
    """Show every role with what it permits."""
    rows = [
        {"role": each, "name": role_name(each), "permissions": [(slug, label_of(slug)) for slug in each.permissions]}
        for each in roles()
    ]
    may_make = request.actor.may(OrgsPermission.GRANT_ROLE, Place(NATION_PATH))
    return render(request, "orgs/roles.html", {"rows": rows, "may_make": may_make})
