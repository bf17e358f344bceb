"""Who was told of a major danger, over which channel, and who said that they got it."""

from dataclasses import dataclass
from datetime import datetime

from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.kernel.actor import Actor
from zhiben.notices.public import DeliveryState, NoticePermission, deliveries_of, receipts_of

KINDS = {"danger:major", "danger:stop-ordered"}


@dataclass(frozen=True, slots=True)
class Told:
    """One notice to one person over one channel, and its receipt if there is one."""

    person: str
    channel: str
    made_at: datetime
    sent_at: datetime | None
    has_failed: bool
    received_at: datetime | None
    by_proxy: bool


def told_to(actor: Actor, danger: Danger) -> list[Told]:
    """Return the notices that need a receipt, for those who may see how notices go."""
    if not actor.may(NoticePermission.VIEW, danger.place):
        return []
    subject = subject_of(danger.pk)
    receipts = {receipt.message_id: receipt for receipt in receipts_of(subject)}
    found = []
    for delivery in deliveries_of(subject):
        if delivery.message.kind in KINDS:
            receipt = receipts.get(delivery.message_id)
            failed = delivery.state in {DeliveryState.FAILED, DeliveryState.SKIPPED}
            at, proxy = (receipt.at, receipt.proxy_by_id is not None) if receipt else (None, False)
            message = delivery.message
            found.append(
                Told(message.person.name, delivery.channel, message.made_at, delivery.sent_at, failed, at, proxy)
            )
    return found
