"""Who acts, inside which scope; and where a refusal becomes an HTTP answer: once, for pages and API alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.orgs.public import actor_of_request
from zhiben.orgs.scope import scope_of, scoped

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409, Invalid: 422, Refusal: 422}


class WhoActs:
    """Put the actor on the request and enter their scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the actor's scope."""
        actor = actor_of_request(request, now=timezone.now())
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
        status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
        if request.path.startswith("/api/"):
            return JsonResponse(
                {"code": error.code, "facts": {k: str(v) for k, v in error.facts.items()}}, status=status
            )
        return render(request, "shell/refusal.html", {"refusal": error, "status": status}, status=status)
