"""Who acts, inside which scope; and where a refusal becomes an HTTP answer: once, for pages and API alike."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from zhiben.config.refusals import answer_of, status_of
from zhiben.config.wire import answer_as
from zhiben.kernel.errors import Refusal
from zhiben.orgs.doors import NotSignedIn, PasswordMustChange
from zhiben.orgs.public import actor_of_request
from zhiben.orgs.requests import API
from zhiben.orgs.scope import scope_of, scoped


class WhoActs:
    """Put the actor on the request and enter their scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the actor's scope."""
        now = timezone.now()
        actor = actor_of_request(request, now=now)
        if request.path.startswith(API):
            return answer_as(actor, request, self.get_response, now=now)
        request.actor = actor  # type: ignore[attr-defined]  # see orgs.doors.Request
        with scoped(scope_of(actor)):
            return self.get_response(request)


class Refusals:
    """Turn a refusal into its status: a page or fragment with the sentence, or JSON `{code, facts}`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; Django calls `process_exception` where a view refuses."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal."""
        if not isinstance(error, Refusal):
            return None
        if request.path.startswith(API):
            return answer_of(error)
        if isinstance(error, NotSignedIn | PasswordMustChange):
            return _led_to_the_account(request, error)
        status = status_of(error)
        return render(request, "shell/refusal.html", {"refusal": error, "status": status}, status=status)


def _led_to_the_account(request: HttpRequest, error: NotSignedIn | PasswordMustChange) -> HttpResponse:
    """Lead a page to the sign-in or to the new password, and back afterwards."""
    address = resolve_url(settings.LOGIN_URL if isinstance(error, NotSignedIn) else "account_change_password")
    if request.method == "GET" and "HX-Request" not in request.headers:
        return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
    if "HX-Request" in request.headers:  # a fragment cannot show a sign-in page: the whole page goes there
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
