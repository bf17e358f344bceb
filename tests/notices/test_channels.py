"""Every channel keeps the same promises; e-mail also to a real server."""

import smtplib
import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from aiosmtpd.controller import Controller
from notices.gateways import KEY, SECRET, TOKEN

from zhiben.config.email import email
from zhiben.config.env import BadSetting
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Delayed, Letter, Skipped
from zhiben.notices.channels.wire import post

LETTER = Letter(
    key="0193a1b2-0000-7000-8000-000000000001",
    name="王安全",
    email="wang@example.org",
    title="隐患即将到期\nBcc: all@example.org",
    body="一号仓库的隐患须于2026-12-01前整改。",
    made_at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
    phone="13800000001",
    link="https://zhiben.example/dangers/7/",
)


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda channel: channel.name)
def test_a_letter_sent_twice_bears_the_same_number(channel, gateways):
    assert channel.send(LETTER)
    assert channel.send(LETTER) == channel.send(LETTER)
    assert channel.send(LETTER) != channel.send(replace(LETTER, key="another"))


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_is_known_by_its_own_name_and_stands_in_its_own_folder(name):
    assert CHANNELS[name].name == name
    assert type(CHANNELS[name]).__module__ == f"zhiben.notices.channels.{name}.channel"


def test_mail_without_an_address_is_skipped():
    with pytest.raises(Skipped, match="notice:no-address"):
        CHANNELS["email"].send(replace(LETTER, email=""))


@pytest.mark.parametrize("name", ["sms", "wecom", "dingtalk"])
def test_who_has_no_phone_is_skipped(gateways, name):
    with pytest.raises(Skipped, match="notice:no-phone"):
        CHANNELS[name].send(replace(LETTER, phone=""))


@pytest.mark.parametrize("name", ["sms", "wecom", "dingtalk"])
@pytest.mark.parametrize("mood", ["dead", "busy", "broken"])
def test_a_provider_in_trouble_delays_the_letter_and_no_key_is_told(gateways, name, mood, caplog):
    getattr(gateways, name).mood = mood
    with pytest.raises(Delayed) as delayed:
        CHANNELS[name].send(LETTER)
    told = f"{delayed.value} {delayed.value.__cause__} {caplog.text}"
    assert not any(secret in told for secret in (KEY, TOKEN, SECRET, "example"))


def test_a_text_message_is_laid_out_as_the_installation_says_and_signed(gateways):
    assert CHANNELS["sms"].send(replace(LETTER, body="{phone}")) == f"sms-{LETTER.key}"
    assert gateways.sms.taken == [
        {"phone": "13800000001", "text": f"【示例应急】{LETTER.title}：{{phone}}", "id": LETTER.key, "kind": 1}
    ]


def test_a_number_that_the_gateway_refuses_is_skipped_and_a_wrong_signature_seen(gateways, settings):
    gateways.sms.mood = "refusing"
    with pytest.raises(Skipped, match="notice:address-refused"):
        CHANNELS["sms"].send(LETTER)
    settings.SMS_SECRET = "another"
    with pytest.raises(Delayed, match="HTTP 401"):
        CHANNELS["sms"].send(LETTER)


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_a_long_text_message_is_paid_for_in_parts(gateways, settings, length, parts):
    settings.SMS_BODY = {"phone": "{phone}", "text": "{body}"}
    assert CHANNELS["sms"].parts(replace(LETTER, body="字" * length, phone="1")) == parts


@pytest.mark.parametrize("name", ["wecom", "dingtalk"])
def test_a_group_reads_title_name_and_link_only_and_the_person_is_called(gateways, name):
    CHANNELS[name].send(LETTER)
    (taken,) = getattr(gateways, name).taken
    text = taken["text"]["content"]
    assert LETTER.body not in text
    assert {LETTER.name, LETTER.link} <= set(text.replace(" @13800000001", "").splitlines())
    called = {"wecom": lambda: taken["text"]["mentioned_mobile_list"], "dingtalk": lambda: taken["at"]["atMobiles"]}
    assert called[name]() == ["13800000001"]


def test_a_group_text_is_cut_where_the_provider_would_refuse_it(gateways):
    CHANNELS["wecom"].send(replace(LETTER, title="字" * 1000))
    assert len(gateways.wecom.taken[0]["text"]["content"].encode()) <= 2048


@pytest.mark.parametrize(("name", "said"), [("wecom", "45009"), ("dingtalk", "130101")])
def test_a_robot_that_says_no_delays_the_letter_in_its_own_words(gateways, name, said):
    getattr(gateways, name).mood = "refusing"
    with pytest.raises(Delayed, match=said):
        CHANNELS[name].send(LETTER)


def test_a_robot_that_repeats_the_key_does_not_get_it_shown(gateways, settings):
    settings.WECOM_URL = f"https://qyapi.example/elsewhere?key={KEY}"
    with pytest.raises(Delayed, match="93000") as delayed:
        CHANNELS["wecom"].send(LETTER)
    assert KEY not in str(delayed.value)


def test_a_channel_without_its_setting_names_it():
    lacks = {name: channel.lacks() for name, channel in CHANNELS.items()}
    assert lacks == {
        "program": "",
        "email": "",
        "sms": "ZHIBEN_SMS_URL",
        "wecom": "ZHIBEN_WECOM_URL",
        "dingtalk": "ZHIBEN_DINGTALK_URL",
    }


def redirecting():
    """A server on this machine that sends everybody elsewhere."""

    class Elsewhere(BaseHTTPRequestHandler):
        asked: ClassVar = []

        def do_POST(self):
            self.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(302)
            self.send_header("Location", "/other")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    return server, Elsewhere.asked


@pytest.mark.server
def test_a_redirect_is_an_answer_and_not_followed():
    server, asked = redirecting()
    try:
        answer = post(f"http://127.0.0.1:{server.server_port}/", b"{}", {})
    finally:
        server.shutdown()
    assert (answer.status, asked) == (302, [b"{}"])


@pytest.mark.parametrize(("code", "kind"), [(550, Skipped), (450, Delayed)])
def test_a_refused_address_is_skipped_for_good_and_a_full_mailbox_tried_again(monkeypatch, code, kind):
    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({"wang@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(kind):
        CHANNELS["email"].send(LETTER)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("console://", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        ("memory://", {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}),
        (
            "smtp://me%40example.org:p%2Fw@mail.example.org:587?tls=1",
            {
                "EMAIL_HOST": "mail.example.org",
                "EMAIL_PORT": 587,
                "EMAIL_HOST_USER": "me@example.org",
                "EMAIL_HOST_PASSWORD": "p/w",
                "EMAIL_USE_TLS": True,
                "EMAIL_USE_SSL": False,
            },
        ),
        ("smtps://mail.example.org", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
    ],
)
def test_the_mail_setting_is_read(url, wanted):
    assert wanted.items() <= email(url).items()


@pytest.mark.parametrize("url", ["", "http://mail.example.org", "smtp://"])
def test_a_mail_setting_that_makes_no_sense_is_refused_by_name(url):
    with pytest.raises(BadSetting, match="ZHIBEN_EMAIL_URL"):
        email(url)


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    for name, value in email(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    yield box
    server.stop()


@pytest.mark.server
def test_a_real_mail_server_gets_title_body_number_and_nothing_smuggled_in(mailbox):
    number = CHANNELS["email"].send(LETTER)
    (mail,) = mailbox.mails
    assert mail["Message-ID"] == number
    assert mail["Subject"] == "隐患即将到期 Bcc: all@example.org"
    assert mail["Bcc"] is None
    assert mail["To"] == "王安全 <wang@example.org>"
    assert mail.get_content().split() == [LETTER.body, LETTER.link]


@pytest.mark.server
def test_a_mail_server_that_is_not_there_delays_the_letter(mailbox, settings):
    settings.EMAIL_PORT = 9  # discard: nobody listens
    with pytest.raises(Delayed, match="ConnectionRefusedError"):
        CHANNELS["email"].send(LETTER)
