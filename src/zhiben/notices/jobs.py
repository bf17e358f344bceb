"""What the worker does for notices: empty the outbox, go along routes, make digests, tell what could not be sent."""

from datetime import datetime

from zhiben.clocks.public import Sweep, Trouble, register_sweep, register_watch
from zhiben.notices.selectors.reading import failed_since
from zhiben.notices.services import digesting, routing
from zhiben.notices.services.receiving import forget_person
from zhiben.notices.services.sending import deliver_due
from zhiben.orgs.forgetting import Keeper, register_keeper


def unsent(now: datetime) -> list[Trouble]:
    """Return the deliveries given up in the last week."""
    return [
        Trouble("notice:not-sent", f"{row.channel} {row.pk}", row.message.made_at, row.error)
        for row in failed_since(now)
    ]


register_sweep(Sweep(routing.SWEEP, routing.go_on))
register_sweep(Sweep(digesting.SWEEP, digesting.make_digests))
register_sweep(Sweep("notice:deliver", deliver_due))
register_watch(unsent)
register_keeper(Keeper("notices", forget=forget_person))
