"""Accounts for who looks after them, and everybody's own tokens for the API."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.kernel.arguments import number
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import PAGE, accounts_listed, people_found, tokens_of
from zhiben.orgs.services.access import close_account, make_account, make_token, revoke_token
from zhiben.orgs.services.passwords import account_to_reset, reset_password

OWN = "everybody makes and revokes their own tokens"
DAYS = ("30", "90", "365")


@door(OrgsPermission.EDIT_ACCOUNT)
@require_GET
def account_admin(request: Request) -> HttpResponse:
    """Show the accounts, to be made and closed."""
    text = request.GET.get("q", "")
    rows = accounts_listed(
        request.actor, text, after=request.GET.get("after", ""), permission=OrgsPermission.EDIT_ACCOUNT
    )
    shown = rows[:PAGE]
    context = {"rows": shown, "text": text, "last": shown[-1].username if len(rows) > PAGE else ""}
    return render(request, "orgs/accounts.html", context)


@door(OrgsPermission.EDIT_ACCOUNT)
@require_http_methods(["GET", "POST"])
def account_new(request: Request) -> HttpResponse:
    """Make a login for a person; its first password has to be replaced at the first sign-in."""
    if request.method == "POST":
        person = request.POST.get("person", "")
        made = make_account(
            request.POST.get("username", "").strip(),
            request.POST.get("password", ""),
            person_id=number(person),
            language="en" if request.POST.get("language") == "en" else "zh-hans",
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("The account %(name)s was made.") % {"name": made.username})
        return onward(request, "orgs:accounts")
    text = request.GET.get("q", "").strip()
    return render(request, "orgs/account_new.html", {"text": text, "people": people_found(text)})


@door(OrgsPermission.EDIT_ACCOUNT)
@require_POST
def account_close(request: Request, account_id: int) -> HttpResponse:
    """Let an account no longer sign in."""
    close_account(account_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The account was closed. Its tokens open nothing any more."))
    return onward(request, "orgs:accounts")


@door(OrgsPermission.EDIT_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def account_password(request: Request, account_id: int) -> HttpResponse:
    """Set an account's password anew; the temporary one is shown this once."""
    text, now = "", timezone.now()
    if request.method == "POST":
        account, text = reset_password(account_id, actor=request.actor, now=now)
    else:
        account = account_to_reset(account_id, actor=request.actor, now=now)
    return render(request, "orgs/account_password.html", {"account": account, "text": text})


@door(open_because=OWN)
@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: Request) -> HttpResponse:
    """Show one's own tokens; a new one is shown this once."""
    text = ""
    if request.method == "POST":
        now, days = timezone.now(), request.POST.get("days", "")
        expires_at = now + timedelta(days=int(days)) if days in DAYS else None
        name = request.POST.get("name", "").strip() or _("Token")
        _made, text = make_token(name, expires_at=expires_at, actor=request.actor, now=now)
    context = {"tokens": tokens_of(request.actor), "text": text, "now": timezone.now()}
    return render(request, "orgs/tokens.html", context)


@door(open_because=OWN)
@require_POST
def token_revoke(request: Request, token_id: int) -> HttpResponse:
    """Make one's token open nothing any more."""
    revoke_token(token_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The token was revoked. It opens nothing any more."))
    return onward(request, "orgs:tokens")
