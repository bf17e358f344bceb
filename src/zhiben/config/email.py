"""`ZHIBEN_EMAIL_URL` as Django wants it: SMTP, the console, or memory."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zhiben.config.env import BadSetting

BACKENDS = {"smtp": "smtp", "smtps": "smtp", "console": "console", "memory": "locmem"}
TIMEOUT_SECONDS = 10


def email(url: str) -> dict[str, Any]:
    """Return Django's mail settings for `smtp://user:password@host:port?tls=1`, `smtps://…`, `console://`, `memory://`."""
    parts = urlsplit(url)
    if parts.scheme not in BACKENDS:
        raise BadSetting(f"ZHIBEN_EMAIL_URL must begin with one of {', '.join(BACKENDS)}, not {parts.scheme!r}")
    settings: dict[str, Any] = {"EMAIL_BACKEND": f"django.core.mail.backends.{BACKENDS[parts.scheme]}.EmailBackend"}
    if BACKENDS[parts.scheme] != "smtp":
        return settings
    if not parts.hostname:
        raise BadSetting("ZHIBEN_EMAIL_URL must name a mail server, such as smtp://mail.example.org:587?tls=1")
    secure = parts.scheme == "smtps"
    return settings | {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and dict(parse_qsl(parts.query)).get("tls") == "1",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }
