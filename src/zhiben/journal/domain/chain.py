"""How one entry is bound to the entry before it, and how a personal value stands in the chain without being in it."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, NamedTuple

HASHES: dict[str, Callable[[bytes], Any]] = {
    "SHA-256": hashlib.sha256,
    "SM3": lambda data: hashlib.new("sm3", data),
}
_DIGESTS = {"SHA-256": "sha256", "SM3": "sm3"}
NOBODY = "-"  # stands for the actor's number where the system acted


class Facts(NamedTuple):
    """What is hashed of one entry, apart from its place."""

    at: int  # microseconds since 1970, UTC
    on_day: str
    code: str
    version: int
    subject: str
    actor: int | None
    body: str


def genesis(chain: str, alg: str = "SHA-256") -> bytes:
    """Return what the first entry of `chain` is bound to: no two chains begin alike.

    >>> genesis("system").hex()[:16]
    'd30dc7eae31e6ec5'
    """
    digest: bytes = HASHES[alg](f"zhiben:{chain}".encode()).digest()
    return digest


Columns = tuple[int, str, str, int, str, int | None, str]  # the same, as a row of the database


def seal(previous: bytes, chain: str, seq: int, facts: Facts | Columns, alg: str = "SHA-256") -> bytes:
    """Return the hash of an entry: the one before it, its columns divided by `|`, and its body as stored.

    None of the columns before the body may hold a `|`, so two different entries never give the same bytes.
    """
    at, on_day, code, version, subject, actor, body = facts
    who = NOBODY if actor is None else actor
    columns = f"{alg}|{chain}|{seq}|{at}|{on_day}|{code}|{version}|{subject}|{who}|{body}"
    digest: bytes = HASHES[alg](previous + columns.encode()).digest()
    return digest


def veil(salt: bytes, field: str, value: str, alg: str = "SHA-256") -> str:
    """Return the salted hash that stands in the chain for a personal value (its canonical text)."""
    return hmac.digest(salt, f"{field}\0{value}".encode(), _DIGESTS[alg]).hex()
