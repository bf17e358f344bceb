"""`DATABASE_URL` as Django wants it: SQLite in one file, or PostgreSQL."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zhiben.config.env import BadSetting

# No temp_store=MEMORY: it keeps the journal of a savepoint in a list that every statement of a trigger walks whole.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "zhiben.config.sqlite",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": dict(parse_qsl(parts.query)).get("host") or parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise BadSetting(f"DATABASE_URL must begin with sqlite:/// or postgres://, not {parts.scheme!r}")
