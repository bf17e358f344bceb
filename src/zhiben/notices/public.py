"""What other rooms may use of notices."""

from zhiben.notices.domain.kinds import DeliveryState, NoticeKind, register_notice
from zhiben.notices.events import NoticeReceived
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors import (
    NoticeView,
    deliveries_of,
    message_for,
    notices_for,
    receipts_of,
    unread_for,
)
from zhiben.notices.services import forget_person, mark_read, notify, retry_delivery, take_receipt

__all__ = [
    "DeliveryState",
    "NoticeKind",
    "NoticePermission",
    "NoticeReceived",
    "NoticeView",
    "deliveries_of",
    "forget_person",
    "mark_read",
    "message_for",
    "notices_for",
    "notify",
    "receipts_of",
    "register_notice",
    "retry_delivery",
    "take_receipt",
    "unread_for",
]
