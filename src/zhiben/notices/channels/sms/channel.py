"""Text messages through a gateway of one's own choice: one HTTP POST whose JSON the installation lays out.

Providers differ in names and signatures; what they have in common is here, and the template of the settings says the
rest. With a secret every request bears a time and HMAC-SHA256 over «time, line feed, body», in hexadecimal.
"""

import hashlib
import hmac
import http.client
import json
import math
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels import wire
from zhiben.notices.channels.letter import Delayed, Letter, Skipped

ONE, EACH = 70, 67  # characters of a message by itself, and of each part of a longer one
REFUSED_FOR_GOOD = {http.client.BAD_REQUEST, http.client.UNPROCESSABLE_ENTITY}  # this letter, whenever it is sent
PLACE = re.compile(r"\{(\w+)\}")
ID_FIELDS = ("id", "message_id", "messageId", "BizId", "SerialNo")


class Sms:
    """Sends letters as text messages."""

    name = "sms"
    label = Bilingual("短信", "text message")

    def __init__(self, send: wire.Post = wire.post, clock: Callable[[], float] = time.time) -> None:
        self._send, self._clock = send, clock

    def lacks(self) -> str:
        """Need the gateway's address."""
        return "" if settings.SMS_URL else "ZHIBEN_SMS_URL"

    def parts(self, letter: Letter) -> int:
        """Count the messages that a phone puts together again."""
        length = max((len(text) for text in _texts(_filled(letter))), default=0)
        return 1 if length <= ONE else math.ceil(length / EACH)

    def send(self, letter: Letter) -> str:
        """Ask the gateway to send one message; return its number for it, or our key."""
        if not letter.phone:
            raise Skipped("notice:no-phone")
        content = _filled(letter)
        answer = wire.send_json(
            self._send, settings.SMS_URL, content, self._signature(content), secrets=[settings.SMS_SECRET]
        )
        if answer.status in REFUSED_FOR_GOOD:
            raise Skipped("notice:address-refused")
        if not http.client.OK <= answer.status < http.client.MULTIPLE_CHOICES:
            raise Delayed(f"HTTP {answer.status}")
        found = answer.as_json()
        return next((str(found[name]) for name in ID_FIELDS if found.get(name)), letter.key)

    def _signature(self, content: object) -> dict[str, str]:
        """Return the headers that prove who sends; none without a secret."""
        if not settings.SMS_SECRET:
            return {}
        at = str(int(self._clock()))
        signed = f"{at}\n".encode() + json.dumps(content, ensure_ascii=False).encode()
        proof = hmac.new(settings.SMS_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        return {"X-Zhiben-Timestamp": at, "X-Zhiben-Signature": proof}


def _filled(letter: Letter) -> Any:
    """Return the JSON of the settings with the letter's words put into its texts."""
    words = {
        "phone": letter.phone,
        "name": letter.name,
        "title": letter.title,
        "body": letter.body,
        "link": letter.link,
        "key": letter.key,
    }
    return _fill(settings.SMS_BODY, words)


def _fill(part: Any, words: dict[str, str]) -> Any:
    if isinstance(part, str):
        return PLACE.sub(lambda found: words.get(found[1], found[0]), part)
    if isinstance(part, dict):
        return {name: _fill(value, words) for name, value in part.items()}
    return [_fill(value, words) for value in part] if isinstance(part, list) else part


def _texts(part: Any) -> list[str]:
    """Return all texts of a request; the longest is the message."""
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return [part] if isinstance(part, str) else []
