"""E-mail through Django's mail settings."""

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels.letter import Delayed, Letter, Skipped

REFUSED_FOR_GOOD = range(550, 555)  # SMTP: no such mailbox, not allowed, too large


class Email:
    """Sends letters as plain text. The Message-ID comes from the key: a repeated one can be told and dropped."""

    name = "email"
    label = Bilingual("电子邮件", "e-mail")

    def lacks(self) -> str:
        """Have a setting in any case."""
        return ""

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 -- the protocol's signature
        """Count one, however long."""
        return 1

    def send(self, letter: Letter) -> str:
        """Send one mail; return its Message-ID."""
        if not letter.email:
            raise Skipped("notice:no-address")
        number = f"<{letter.key}@{_domain()}>"
        mail = EmailMessage(
            subject=" ".join(letter.title.split()),
            body="\n\n".join(filter(None, (letter.body, letter.link))),
            to=[formataddr((letter.name, letter.email))],
            headers={"Message-ID": number, "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (Skipped("notice:address-refused") if code in REFUSED_FOR_GOOD else Delayed(str(error))) from error
        except OSError as error:  # SMTP's errors among them
            raise Delayed(f"{type(error).__name__}: {error}") from error
        return number


def _domain() -> str:
    """Return the right side of our own address."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
