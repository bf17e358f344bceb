"""Signing days: the proof that outlives whoever rules the database, once a recipient outside has it."""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from zhiben.journal import store
from zhiben.journal.domain.merkle import Stand
from zhiben.journal.domain.signed import SignedRoot, payload
from zhiben.journal.models import Chain, Root
from zhiben.journal.selectors.roots import kept_root, newest_root
from zhiben.journal.services.recording import moment
from zhiben.journal.services.shredding import BEIJING
from zhiben.kernel.errors import Invalid


@transaction.atomic
def sign_day(day: date, *, now: datetime) -> SignedRoot:
    """Return the signed root of `day`, made and kept at the first asking.

    A day that is still running is left out: its root closes yesterday, is not kept, and carries beside it, signed too,
    where chains stand that moved since.
    """
    store.lock_signing()
    if kept := kept_root(day.isoformat()):
        return kept
    today = now.astimezone(BEIJING).date()
    if day > today:
        raise Invalid("root:day-not-begun", field="day", day=day.isoformat())
    if day == today:
        return _sign(day, day, now=now)[0]
    signed, moved = _sign(day, day + timedelta(days=1), now=now)
    root = Root.objects.create(
        day=signed.day,
        alg=signed.signed["alg"],
        n=signed.signed["n"],
        root=bytes.fromhex(signed.signed["root"]),
        payload=signed.payload,
        key=signed.key,
        signature=signed.signature,
    )
    store.LEAVES.insert([(root.pk, id_, seq, head) for id_, _, seq, head in moved])
    return signed


def sign_yesterday(now: datetime) -> int:
    """Sign the day that has ended, once; return how many were signed. The worker calls it."""
    day = now.astimezone(BEIJING).date() - timedelta(days=1)
    if Root.objects.filter(day=day.isoformat()).exists():
        return 0
    sign_day(day, now=now)
    return 1


def _sign(day: date, until: date, *, now: datetime) -> tuple[SignedRoot, list[tuple[int, str, int, bytes]]]:
    cut = moment(datetime.combine(until, time(), BEIJING))
    moved = [(id_, name, seq, bytes(head)) for id_, name, seq, head in store.moved_chains(day.isoformat(), cut)]
    stands = {chain: Stand(chain, seq, bytes(head).hex()) for _, chain, seq, head in store.leaves(_day_before(day))}
    stands |= {name: Stand(name, seq, head.hex()) for _, name, seq, head in moved}
    running = _running(stands) if moment(now) >= cut and day >= until else []
    text = payload(
        day.isoformat(),
        datetime.combine(until, time(), BEIJING).isoformat(),
        settings.JOURNAL_HASH,
        stands=list(stands.values()),
        running=running,
        before=newest_root(),
    )
    key = _own_key(settings.JOURNAL_KEY_FILE)
    public = key.public_key().public_bytes_raw()
    return SignedRoot(text, public, key.sign(text.encode()), tuple(sorted(stands.values())), tuple(running)), moved


def _day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()


def _running(stands: dict[str, Stand]) -> list[Stand]:
    """Return the chains that stand elsewhere now."""
    now = (Stand(name, seq, bytes(head).hex()) for name, seq, head in Chain.objects.values_list("name", "seq", "head"))
    return sorted(stand for stand in now if stand.seq and stands.get(stand.chain) != stand)


def _own_key(file: Path) -> Ed25519PrivateKey:
    """Return this installation's signing key, made on first use and readable by its owner only."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii")))
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    try:
        os.link(part, file)  # whole or not at all; another process may have been first
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii")))
