"""Codes on printed notices, found by their tokens: open to anybody who holds the paper."""

import hashlib
from datetime import datetime

from zhiben.kernel.errors import Conflict, NotFound
from zhiben.notices.models import Slip


def hash_of(token: str) -> str:
    """Return what is kept of a token; it has 192 random bits, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def slip_of(token: str) -> Slip:
    """Return the code with this token, whatever became of it; a guess finds nothing."""
    row = Slip.objects.filter(token_hash=hash_of(token)).select_related("message__person").first()
    if row is None:
        raise NotFound("notice:no-such-code")
    return row


def open_slip(token: str, *, now: datetime) -> Slip:
    """Return the code with this token while it serves; used and expired ones say so."""
    row = slip_of(token)
    if row.used_at or row.message.read_at:
        raise Conflict("notice:code-used")
    if row.expires_at <= now:
        raise Conflict("notice:code-expired")
    return row
