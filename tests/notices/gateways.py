"""Providers that live in the test: they check what a real one would check, and answer as it would."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.wire import Answer

KEY, TOKEN, SECRET = "robot-key-693a91f6", "robot-token-42af", "SEC-hush-9f2"


@dataclass
class Gateway:
    """Takes requests; `mood` says how it feels: well, dead, busy, broken, refusing."""

    mood: str = "well"
    taken: list = field(default_factory=list)

    def __call__(self, url, body, headers):
        if self.mood == "dead":
            raise ConnectionRefusedError(111, f"nobody listens at {url}")
        if self.mood in {"busy", "broken"}:
            return Answer({"busy": 429, "broken": 502}[self.mood], b"<html>")
        return self.take(urlsplit(url), body, headers)

    def take(self, url, body, headers):
        raise NotImplementedError

    def keep(self, body):
        self.taken.append(json.loads(body))


class SmsGateway(Gateway):
    def take(self, url, body, headers):
        at = headers["X-Zhiben-Timestamp"]
        proof = hmac.new(SECRET.encode(), f"{at}\n".encode() + body, hashlib.sha256).hexdigest()
        if headers["X-Zhiben-Signature"] != proof:
            return Answer(401, b"{}")
        if self.mood == "refusing":
            return Answer(422, b'{"error": "not a number"}')
        self.keep(body)
        return Answer(200, json.dumps({"id": f"sms-{self.taken[-1]['id']}"}).encode())


class WeComGateway(Gateway):
    def take(self, url, body, headers):
        if parse_qs(url.query) != {"key": [KEY]} or url.path != "/cgi-bin/webhook/send":
            return Answer(200, json.dumps({"errcode": 93000, "errmsg": f"invalid webhook url, key={KEY}"}).encode())
        if self.mood == "refusing":
            return Answer(200, b'{"errcode": 45009, "errmsg": "api freq out of limit"}')
        self.keep(body)
        return Answer(200, b'{"errcode": 0, "errmsg": "ok"}')


class DingTalkGateway(Gateway):
    def take(self, url, body, headers):
        asked = parse_qs(url.query)
        signed = f"{asked['timestamp'][0]}\n{SECRET}".encode()
        proof = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
        if asked["access_token"] != [TOKEN] or asked["sign"] != [proof]:
            return Answer(200, b'{"errcode": 310000, "errmsg": "sign not match"}')
        if self.mood == "refusing":
            return Answer(200, b'{"errcode": 130101, "errmsg": "send too fast"}')
        self.keep(body)
        return Answer(200, b'{"errcode": 0, "errmsg": "ok"}')


@dataclass(frozen=True)
class Gateways:
    sms: SmsGateway
    wecom: WeComGateway
    dingtalk: DingTalkGateway


def open_gateways(monkeypatch, settings) -> Gateways:
    """Put the three in the place of the world, and set the keys that fit them."""
    settings.SMS_URL, settings.SMS_SECRET = "https://sms.example/send", SECRET
    settings.SMS_BODY = {"phone": "{phone}", "text": "【示例应急】{title}：{body}", "id": "{key}", "kind": 1}
    settings.WECOM_URL = f"https://qyapi.example/cgi-bin/webhook/send?key={KEY}"
    settings.DINGTALK_URL = f"https://oapi.example/robot/send?access_token={TOKEN}"
    settings.DINGTALK_SECRET = SECRET
    gateways = Gateways(SmsGateway(), WeComGateway(), DingTalkGateway())
    for name in ("sms", "wecom", "dingtalk"):
        monkeypatch.setattr(CHANNELS[name], "_send", getattr(gateways, name))
    return gateways
