"""How notices went out: states, tries, errors, and what each channel cost a month; inside the actor's reach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import CHINA
from zhiben.notices.domain.kinds import DeliveryState
from zhiben.notices.models import Delivery
from zhiben.notices.permissions import NoticePermission
from zhiben.orgs.public import people_for
from zhiben.orgs.scope import scope_of

PAGE = 50
SHOWN_MONTHS = 6


def deliveries_for(
    actor: Actor, *, state: str = "", channel: str = "", before: int | None = None, limit: int = PAGE
) -> list[Delivery]:
    """Return a page of deliveries to people inside the actor's reach, newest first; one more says that there are more."""
    rows = _reach(actor, NoticePermission.VIEW)
    if state:
        rows = rows.filter(state=state)
    rows = rows.filter(channel=channel) if channel else rows.exclude(channel="program")  # nothing goes out there
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("message__person").order_by("-pk")[: limit + 1])


def delivery_for(actor: Actor, delivery_id: int) -> Delivery:
    """Return a delivery that the actor may try anew, or refuse as if it did not exist."""
    row = _reach(actor, NoticePermission.MANAGE).filter(pk=delivery_id).select_related("message__person").first()
    if row is None:
        raise NotFound("notice:not-found")
    return row


@dataclass(frozen=True, slots=True)
class MonthOfChannel:
    """What went over one channel in one month."""

    month: datetime
    channel: str
    sent: int
    cost: int  # thousandths of a yuan


def costs_for(actor: Actor, *, now: datetime) -> list[MonthOfChannel]:
    """Return what each channel sent and cost in each of the last months, newest first."""
    since = (now.astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
             - timedelta(days=31 * (SHOWN_MONTHS - 1))).replace(day=1)  # fmt: skip
    rows = _reach(actor, NoticePermission.VIEW).filter(sent_at__gte=since).exclude(channel="program")
    counted = rows.annotate(month=TruncMonth("sent_at", tzinfo=CHINA)).values("month", "channel")
    found = counted.annotate(sent=Count("pk"), total=Sum("cost")).order_by("-month", "channel")
    return [MonthOfChannel(row["month"], row["channel"], row["sent"], row["total"] or 0) for row in found]


def troubles_by_channel(actor: Actor) -> dict[str, int]:
    """Return how many deliveries each channel gave up within the reach of the actor."""
    rows = _reach(actor, NoticePermission.VIEW).filter(state=DeliveryState.FAILED)
    return dict(rows.values_list("channel").annotate(n=Count("pk")))


def _reach(actor: Actor, permission: str) -> "QuerySet[Delivery]":
    """Return the deliveries to people whom the actor may see under `permission`."""
    scope = scope_of(actor, permission)
    if scope.everything:
        return Delivery.objects.all()
    if not scope.grants:
        return Delivery.objects.none()
    return Delivery.objects.filter(Q(message__person__in=people_for(actor, permission).values("pk")))
