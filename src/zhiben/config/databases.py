"""`DATABASE_URL` as Django wants it: SQLite in one file, or PostgreSQL."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zhiben.config.env import BadSetting

AFTER = 3  # times that a statement came before PostgreSQL keeps its plan

# No temp_store=MEMORY: it keeps the journal of a savepoint in a list that every statement of a trigger walks whole.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112;"
    " PRAGMA wal_autocheckpoint=4000"  # pages: what many writes touch is carried over once
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`.

    `?prepare=no` for a pooler that hands one connection to many and does not know prepared statements.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "zhiben.config.sqlite",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        asked = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "zhiben.config.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": asked.get("host") or parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "server_side_binding": True,
                "prepare_threshold": None if asked.get("prepare") == "no" else AFTER,
            },
        }
    raise BadSetting(f"DATABASE_URL must begin with sqlite:/// or postgres://, not {parts.scheme!r}")
