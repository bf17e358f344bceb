"""The group robot of WeCom: a webhook that posts to one group, at most 20 messages a minute."""

from django.conf import settings

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels import robot, wire
from zhiben.notices.channels.letter import Letter

LONGEST = 2048  # bytes of a text


class WeCom:
    """Calls a person in a group, by phone number."""

    name = "wecom"
    label = Bilingual("企业微信群", "WeCom group")

    def __init__(self, send: wire.Post = wire.post) -> None:
        self._send = send

    def lacks(self) -> str:
        """Need the robot's address, which holds its key."""
        return "" if settings.WECOM_URL else "ZHIBEN_WECOM_URL"

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 -- the protocol's signature
        """Count one."""
        return 1

    def send(self, letter: Letter) -> str:
        """Post one text; robots give no number, so ours stands for it."""
        text = robot.text_for_group(letter).encode()[:LONGEST].decode(errors="ignore")
        content = {"msgtype": "text", "text": {"content": text, "mentioned_mobile_list": robot.mentioned(letter)}}
        robot.check(wire.send_json(self._send, settings.WECOM_URL, content), settings.WECOM_URL)
        return letter.key
