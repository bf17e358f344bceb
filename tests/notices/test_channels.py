"""Every channel keeps the same promises; e-mail also to a real server."""

import smtplib
import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from zhiben.config.email import email
from zhiben.config.env import BadSetting
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Delayed, Letter, Skipped

LETTER = Letter(
    key="0193a1b2-0000-7000-8000-000000000001",
    name="王安全",
    email="wang@example.org",
    title="隐患即将到期\nBcc: all@example.org",
    body="一号仓库的隐患须于2026-12-01前整改。",
    made_at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
)


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda channel: channel.name)
def test_a_letter_sent_twice_bears_the_same_number(channel):
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
    assert mail.get_content().strip() == LETTER.body


@pytest.mark.server
def test_a_mail_server_that_is_not_there_delays_the_letter(mailbox, settings):
    settings.EMAIL_PORT = 9  # discard: nobody listens
    with pytest.raises(Delayed, match="ConnectionRefusedError"):
        CHANNELS["email"].send(LETTER)
