"""Whether the program lives, answers, and keeps its promises in time."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from zhiben.clocks.permissions import HealthPermission
from zhiben.clocks.selectors import health
from zhiben.orgs.doors import Request, door


@door(public_because="load balancers ask without an account; it tells nothing")
@never_cache
def alive(request: Request) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer while the process can."""
    return HttpResponse("ok", content_type="text/plain")


@door(public_because="load balancers ask without an account; it tells only whether the database answers")
@never_cache
def ready(request: Request) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 when requests can be served, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


@door(HealthPermission.VIEW)
@never_cache
def clock_health(request: Request) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Tell which workers, sweeps and jobs are late or broken; 503 when any is."""
    found = health(timezone.now())
    return JsonResponse(found.as_json(), status=200 if found.ok else 503)
