"""The custom robot of DingTalk: a webhook that posts to one group, signed, at most 20 messages a minute."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from urllib.parse import quote_plus

from django.conf import settings

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels import robot, wire
from zhiben.notices.channels.letter import Letter


class DingTalk:
    """Calls a person in a group, by phone number."""

    name = "dingtalk"
    label = Bilingual("钉钉群", "DingTalk group")

    def __init__(self, send: wire.Post = wire.post, clock: Callable[[], float] = time.time) -> None:
        self._send, self._clock = send, clock

    def lacks(self) -> str:
        """Need the robot's address, which holds its token."""
        return "" if settings.DINGTALK_URL else "ZHIBEN_DINGTALK_URL"

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 -- the protocol's signature
        """Count one."""
        return 1

    def send(self, letter: Letter) -> str:
        """Post one text; robots give no number, so ours stands for it."""
        phones = robot.mentioned(letter)
        calls = "".join(f" @{phone}" for phone in phones)  # who is called must stand in the text as well
        content = {
            "msgtype": "text",
            "text": {"content": robot.text_for_group(letter) + calls},
            "at": {"atMobiles": phones, "isAtAll": False},
        }
        secrets = (settings.DINGTALK_URL, settings.DINGTALK_SECRET)
        robot.check(wire.send_json(self._send, self._address(), content, secrets=secrets), *secrets)
        return letter.key

    def _address(self) -> str:
        """Return the webhook with time and signature, if the robot asks for one («加签»)."""
        url, secret = settings.DINGTALK_URL, settings.DINGTALK_SECRET
        if not secret:
            return str(url)
        at = str(round(self._clock() * 1000))
        proof = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
        return f"{url}&timestamp={at}&sign={quote_plus(base64.b64encode(proof))}"
