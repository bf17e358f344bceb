"""What other rooms may use of notices."""

from zhiben.notices.channels import CHANNELS, channel_label
from zhiben.notices.domain.kinds import DeliveryState, NoticeKind, register_notice
from zhiben.notices.domain.readers import CODE, RELATIONS, NotedBy, Relation, proxy_of
from zhiben.notices.domain.route import BY_HAND
from zhiben.notices.events import NoticeReceived
from zhiben.notices.models import Message, Receipt
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.reading import (
    NoticeView,
    deliveries_of,
    kind_title,
    message_for,
    messages_of,
    next_leg_of,
    notices_for,
    own_address,
    receipts_of,
    unread_for,
)
from zhiben.notices.selectors.slips import slip_of
from zhiben.notices.selectors.tasks import Task, count_hand_overs_for, hand_overs_for
from zhiben.notices.services.handing import note_missed
from zhiben.notices.services.receiving import Reader, forget_person, let_rest, mark_read, take_receipt
from zhiben.notices.services.sending import retry_delivery
from zhiben.notices.services.slips import Printed, confirm_slip, print_slip
from zhiben.notices.services.telling import Addressee, Couriers, notify, notify_addressees
from zhiben.notices.services.withdrawing import withdraw

__all__ = [
    "BY_HAND",
    "CHANNELS",
    "CODE",
    "RELATIONS",
    "Addressee",
    "Couriers",
    "DeliveryState",
    "Message",
    "NotedBy",
    "NoticeKind",
    "NoticePermission",
    "NoticeReceived",
    "NoticeView",
    "Printed",
    "Reader",
    "Receipt",
    "Relation",
    "Task",
    "channel_label",
    "confirm_slip",
    "count_hand_overs_for",
    "deliveries_of",
    "forget_person",
    "hand_overs_for",
    "kind_title",
    "let_rest",
    "mark_read",
    "message_for",
    "messages_of",
    "next_leg_of",
    "note_missed",
    "notices_for",
    "notify",
    "notify_addressees",
    "own_address",
    "print_slip",
    "proxy_of",
    "receipts_of",
    "register_notice",
    "retry_delivery",
    "slip_of",
    "take_receipt",
    "unread_for",
    "withdraw",
]
