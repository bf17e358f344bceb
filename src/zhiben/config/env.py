"""The environment, read once. Nonsense fails loudly; secrets may stand in files named by `NAME_FILE`."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SMS_BODY = '{"phone": "{phone}", "text": "{title}: {body}", "id": "{key}"}'


class BadSetting(ValueError):  # noqa: N818 -- read by people
    """A setting of the environment cannot be used; the text names it and what is expected."""


def text(env: Mapping[str, str], name: str, default: str = "") -> str:
    """Return a setting, from `NAME` or from the file that `NAME_FILE` names."""
    if name in env:
        return env[name]
    if file := env.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return default


def truth(env: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Return a setting that is 1 or 0."""
    value = text(env, name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false"}:
        raise BadSetting(f"{name} must be 1 or 0, not {value!r}")
    return value in {"1", "true"}


def number(env: Mapping[str, str], name: str, default: int) -> int:
    """Return a setting that is a whole number."""
    value = text(env, name, str(default))
    if not value.lstrip("-").isdigit():
        raise BadSetting(f"{name} must be a whole number, not {value!r}")
    return int(value)


def count(env: Mapping[str, str], name: str) -> int:
    """Return a setting that says how many of something there are; none unless told."""
    value = number(env, name, 0)
    if value < 0:
        raise BadSetting(f"{name} must not be negative, not {value}")
    return value


def positive(env: Mapping[str, str], name: str, default: int) -> int:
    """Return a setting that is a whole number of one or more."""
    value = number(env, name, default)
    if value < 1:
        raise BadSetting(f"{name} must be 1 or more, not {value}")
    return value


def one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return a setting that is one of a few words; the first is the default."""
    value = text(env, name, allowed[0])
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def connect(env: Mapping[str, str], name: str) -> str:
    """Return where Spark Connect answers; the value may hold a token and is never told."""
    value = text(env, name)
    if value and not value.startswith("sc://"):
        raise BadSetting(f"{name} must begin with sc://, such as sc://127.0.0.1:15002")
    return value


def address(env: Mapping[str, str], name: str) -> str:
    """Return a setting that is an address of the web, or nothing. What was given is not repeated: it may hold a key."""
    value = text(env, name)
    if value and not value.startswith(("https://", "http://")):
        raise BadSetting(f"{name} must begin with https:// or http://")
    return value


def domain(env: Mapping[str, str], name: str) -> str:
    """Return a setting that is the name of a domain, or nothing."""
    value = text(env, name).lower()
    if value and not re.fullmatch(r"(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*", value):
        raise BadSetting(
            f"{name} must be a name such as safety.example.gov.cn, without https:// and port, not {value!r}"
        )
    return value


def layout(env: Mapping[str, str], name: str, default: str) -> dict[str, Any]:
    """Return a setting that is a JSON object."""
    try:
        found = json.loads(text(env, name, default))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadSetting(f"{name} must be a JSON object such as {default}")
    return found


@dataclass(frozen=True)
class Env:
    """All settings, with what each is for in docs/reference/settings.md."""

    debug: bool
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    var: Path
    fonts: Path | None
    snapshot: Path
    spark: str = field(repr=False)
    spark_snapshot: str
    spark_tasks: int
    hosts: tuple[str, ...]
    email_url: str = field(repr=False)
    email_from: str
    public_url: str
    sms_url: str = field(repr=False)
    sms_body: dict[str, Any] = field(repr=False)
    sms_secret: str = field(repr=False)
    wecom_url: str = field(repr=False)
    dingtalk_url: str = field(repr=False)
    dingtalk_secret: str = field(repr=False)
    secure: bool
    proxies: int
    passkey_domain: str
    web_workers: int
    idle_minutes: int
    api_per_minute: int
    log_level: str
    journal_hash: str


def read(env: Mapping[str, str]) -> Env:
    """Read the environment into one value."""
    var = Path(text(env, "ZHIBEN_VAR", str(ROOT / "var")))
    debug = truth(env, "ZHIBEN_DEBUG")
    secret = text(env, "ZHIBEN_SECRET_KEY") or _own_secret(var)
    return Env(
        debug=debug,
        secret_key=secret,
        database_url=text(env, "DATABASE_URL", f"sqlite:///{var / 'zhiben.sqlite3'}"),
        var=var,
        fonts=Path(fonts) if (fonts := text(env, "ZHIBEN_FONTS")) else None,
        snapshot=Path(text(env, "ZHIBEN_SNAPSHOT") or var / "snapshot"),
        spark=connect(env, "ZHIBEN_SPARK"),
        spark_snapshot=text(env, "ZHIBEN_SPARK_SNAPSHOT"),
        spark_tasks=positive(env, "ZHIBEN_SPARK_TASKS", 8),
        hosts=tuple(h for h in text(env, "ZHIBEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h),
        email_url=text(env, "ZHIBEN_EMAIL_URL", "console://"),
        email_from=text(env, "ZHIBEN_EMAIL_FROM", "zhiben@localhost"),
        public_url=address(env, "ZHIBEN_PUBLIC_URL").rstrip("/"),
        sms_url=address(env, "ZHIBEN_SMS_URL"),
        sms_body=layout(env, "ZHIBEN_SMS_BODY", SMS_BODY),
        sms_secret=text(env, "ZHIBEN_SMS_SECRET"),
        wecom_url=address(env, "ZHIBEN_WECOM_URL"),
        dingtalk_url=address(env, "ZHIBEN_DINGTALK_URL"),
        dingtalk_secret=text(env, "ZHIBEN_DINGTALK_SECRET"),
        secure=truth(env, "ZHIBEN_SECURE"),
        proxies=count(env, "ZHIBEN_PROXIES"),
        passkey_domain=domain(env, "ZHIBEN_PASSKEY_DOMAIN"),
        web_workers=number(env, "ZHIBEN_WEB_WORKERS", 2),
        idle_minutes=number(env, "ZHIBEN_IDLE_MINUTES", 60),
        api_per_minute=number(env, "ZHIBEN_API_PER_MINUTE", 0),
        log_level=text(env, "ZHIBEN_LOG_LEVEL", "INFO"),
        journal_hash=one_of(env, "ZHIBEN_JOURNAL_HASH", ("SHA-256", "SM3")),
    )


def _own_secret(var: Path) -> str:
    """Return this installation's own secret, made on first use: there is no built-in default to forget."""
    file = var / "secret-key"
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
        made = os.urandom(48).hex()
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(made)
        except FileExistsError:  # another process was first
            return file.read_text(encoding="ascii").strip() or made
        return made


ENV = read(os.environ)
