"""One's own messages: read, and said to be read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from zhiben.kernel.errors import NotFound
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.reading import notices_for, page_of
from zhiben.notices.selectors.tasks import hand_overs_for
from zhiben.notices.services.receiving import mark_read
from zhiben.orgs.doors import Request, door

OWN = "everybody reads the messages sent to them"
SHOWN = 100
ALL = 500


@door(open_because=OWN)
@require_GET
def message_list(request: Request) -> HttpResponse:
    """Show the newest messages, or only the unread ones."""
    unread = request.GET.get("show") != "all"
    notices = notices_for(request.actor, language=get_language() or "zh-hans", limit=SHOWN, unread=unread)
    rows = [{"notice": notice, "url": page_of(notice.kind, notice.subject)} for notice in notices]
    return render(request, "notices/list.html", {"rows": rows, "only_unread": unread})


@door(open_because=OWN)
@require_POST
def message_read(request: Request) -> HttpResponse:
    """Note that some messages were read; that is their receipt."""
    mark_read([_id(text) for text in request.POST.getlist("message")], actor=request.actor, now=timezone.now())
    return redirect("notices:list")


@door(NoticePermission.DELIVER)
@require_GET
def hand_over_list(request: Request) -> HttpResponse:
    """Show all notices that the actor is asked to hand over, oldest first."""
    language = get_language() or "zh-hans"
    return render(
        request, "notices/hand_overs.html", {"hand_overs": hand_overs_for(request.actor, language=language, limit=ALL)}
    )


def _id(text: str) -> UUID:
    """Read an id; nonsense is nobody's message."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("notice:not-found") from None
