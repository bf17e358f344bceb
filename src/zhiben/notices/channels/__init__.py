"""Ways out of the house: one folder each, all behind one protocol and one contract test."""

from collections.abc import Mapping

from zhiben.notices.channels.email.channel import Email
from zhiben.notices.channels.letter import Channel
from zhiben.notices.channels.program.channel import Program

CHANNELS: Mapping[str, Channel] = {channel.name: channel for channel in (Program(), Email())}
