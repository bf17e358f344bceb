"""Ways out of the house: one folder each, all behind one protocol and one contract test."""

from collections.abc import Mapping

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
