"""Ways out of the house: one folder each, all behind one protocol and one contract test."""

from collections.abc import Mapping

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels.dingtalk.channel import DingTalk
from zhiben.notices.channels.email.channel import Email
from zhiben.notices.channels.letter import Channel
from zhiben.notices.channels.program.channel import Program
from zhiben.notices.channels.sms.channel import Sms
from zhiben.notices.channels.wecom.channel import WeCom

CHANNELS: Mapping[str, Channel] = {
    channel.name: channel for channel in (Program(), Email(), Sms(), WeCom(), DingTalk())
}
ON_BY_ITSELF = frozenset({"program", "email"})  # the others are switched on by whoever looks after the program
OTHER_WAYS = {  # in which a receipt may come, beside the channels
    "code": Bilingual("扫码确认", "by the code on the notice"),
    "paper": Bilingual("纸质签收", "on paper"),
    "phone": Bilingual("电话告知", "by telephone"),
    "by_hand": Bilingual("上门送达", "in person"),
}


def channel_label(name: str) -> Bilingual:
    """Return what people call a way out or a way of receipt."""
    channel = CHANNELS.get(name)
    return channel.label if channel else OTHER_WAYS.get(name, Bilingual(name, name))
