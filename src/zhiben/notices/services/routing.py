"""The clock of routes: a notice nobody has read goes over the next channel, and at last somebody goes there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhiben.clocks.public import sweep_rows
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.periods import local_day
from zhiben.notices.domain.kinds import KINDS
from zhiben.notices.domain.route import BY_HAND, Climb, climb
from zhiben.notices.events import HandOverAsked, NoticeWentOn
from zhiben.notices.models import Delivery, HandOver, Message
from zhiben.notices.selectors.reading import chain_of
from zhiben.notices.selectors.settings import routes
from zhiben.notices.services.telling import outgoing
from zhiben.orgs.models import Account

SWEEP = "notice:next-channel"


def go_on(now: datetime, *, limit: int = 500) -> int:
    """Take the notices whose next moment has come one leg further; return how many. Safe to run twice at once."""
    turn = _Turn(routes(KINDS), now)
    due = Message.objects.filter(next_at__isnull=False).select_related("person")
    return sweep_rows(SWEEP, due, claim=turn.claim, effect=turn.go, now=now, limit=limit)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One run: the routes as they stand while it lasts."""

    routes: Mapping[str, Any]
    now: datetime

    def step(self, row: Message) -> Climb:
        """Return what is due for a message; a kind without a route any more ends."""
        return climb(self.routes.get(row.kind, ()), row.made_at, row.leg, self.now)

    def claim(self, row: Message) -> Mapping[str, Any]:
        """Move on to the next moment; a receipt written meanwhile has taken it away, and the claim fails."""
        step = self.step(row)
        return {"next_at": step.next_at, "leg": step.gone}

    def go(self, won: Sequence[Message]) -> None:
        """Put out what the legs want, once a channel, and journal it."""
        accounts = set(
            Account.objects.filter(person__in=[row.person_id for row in won], is_active=True).values_list(
                "person_id", flat=True
            )
        )
        lines: list[Line] = []
        for row in won:
            channels = self.step(row).channels
            over = [name for name in channels if name != BY_HAND]
            rows = [outgoing(row, name, self.now, has_account=row.person_id in accounts) for name in over]
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)  # the route was changed: that channel was used
            events: list[Event] = [NoticeWentOn(row.kind, row.person_id, over)] if over else []
            if BY_HAND in channels:
                events += _ask_to_hand_over(row, self.now)
            lines += [Line(event, row.subject, chain_of(row), local_day(self.now)) for event in events]
        journal.record(lines, actor=SYSTEM, now=self.now)


def _ask_to_hand_over(row: Message, now: datetime) -> list[Event]:
    """Ask that a message be handed over in person, once; where no department is known, nobody can be asked."""
    if row.hand_department_id is None:
        return []
    asked = {"department_id": row.hand_department_id, "officer_id": row.hand_officer_id, "opened_at": now}
    _task, is_new = HandOver.objects.get_or_create(message=row, defaults=asked)
    event = HandOverAsked(row.kind, row.person_id, row.hand_department_id, row.hand_officer_id)
    return [event] if is_new else []
