"""What other rooms may use of notices."""

from zhiben.notices.channels import CHANNELS
from zhiben.notices.domain.kinds import DeliveryState, NoticeKind, register_notice
from zhiben.notices.domain.route import BY_HAND
from zhiben.notices.events import NoticeReceived
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.reading import (
    NoticeView,
    deliveries_of,
    message_for,
    messages_of,
    notices_for,
    receipts_of,
    unread_for,
)
from zhiben.notices.services.receiving import Reader, forget_person, let_rest, mark_read, take_receipt
from zhiben.notices.services.sending import retry_delivery
from zhiben.notices.services.telling import Addressee, Couriers, notify, notify_addressees

__all__ = [
    "BY_HAND",
    "CHANNELS",
    "Addressee",
    "Couriers",
    "DeliveryState",
    "NoticeKind",
    "NoticePermission",
    "NoticeReceived",
    "NoticeView",
    "Reader",
    "deliveries_of",
    "forget_person",
    "let_rest",
    "mark_read",
    "message_for",
    "messages_of",
    "notices_for",
    "notify",
    "notify_addressees",
    "receipts_of",
    "register_notice",
    "retry_delivery",
    "take_receipt",
    "unread_for",
]
