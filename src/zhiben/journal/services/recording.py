"""Writing entries: once a transaction, as its last step."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from zhiben.journal import store
from zhiben.journal.domain.canonical import canonical
from zhiben.journal.domain.chain import Facts, genesis, seal, veil
from zhiben.journal.events import ACTOR_LABEL, Event, Line, check_line, fields_of
from zhiben.kernel.actor import Actor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SALT = 16


def record(lines: Sequence[Line], *, actor: Actor, now: datetime) -> None:
    """Write `lines` to their chains, in the caller's transaction, as its last step.

    All chains that a transaction touches are locked here at once and in order, so that two writers never wait for each
    other; a second call in one transaction could break that order, and is refused.
    """
    _mark_transaction()
    for line in lines:
        check_line(line)
    if not lines:
        return
    by_chain: dict[str, list[Line]] = {}
    for line in lines:
        by_chain.setdefault(line.chain, []).append(line)
    written = _Written([], [], [], [])
    for chain, (id_, seq, head) in store.lock_heads(by_chain).items():
        _link(written, (id_, chain), (seq, head), by_chain[chain], actor=actor, now=now)
    store.ENTRIES.insert(written.entries)
    store.PERSONAL.insert(written.personal)
    store.advance(written.heads)
    store.BATCHES.insert(written.batches)


def moment(at: datetime) -> int:
    """Return microseconds since 1970, UTC; a time without zone is an error."""
    return (at - EPOCH) // timedelta(microseconds=1)


class _Written(NamedTuple):
    entries: list[tuple[Any, ...]]
    personal: list[tuple[Any, ...]]
    heads: list[tuple[int, int, bytes]]
    batches: list[tuple[int, int, int]]


def _link(
    written: _Written,
    chain: tuple[int, str],
    newest: tuple[int, bytes],
    lines: list[Line],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Bind `lines` to the newest entry of a chain."""
    (id_, name), (seq, head) = chain, newest
    alg = settings.JOURNAL_HASH
    head = head or genesis(name, alg)
    at = moment(now)
    first = seq + 1
    for seq, line in enumerate(lines, first):
        plain, secret = _parts(line.event, actor)
        if secret:
            salts = os.urandom(SALT * len(secret))
            kept = [(f, salts[i * SALT :][:SALT], secret[f]) for i, f in enumerate(secret)]
            plain["~"] = {field: veil(salt, field, value, alg) for field, salt, value in kept}
            written.personal.extend((id_, seq, *one) for one in kept)
        event = type(line.event)
        facts = Facts(at, line.on.isoformat(), event.code, event.version, line.subject, actor.id, canonical(plain))
        head = seal(head, name, seq, facts.text(), alg)
        written.entries.append((id_, seq, *facts, alg, head))
    written.heads.append((id_, seq, head))
    written.batches.append((id_, first, seq))


def _parts(event: Event, actor: Actor) -> tuple[dict[str, Any], dict[str, str]]:
    """Divide an event into what stands in the chain and the personal values; empty ones say nothing of anybody."""
    plain: dict[str, Any] = {}
    secret: dict[str, str] = {}
    for name in fields_of(type(event)):
        value = getattr(event, name)
        if name in event.personal and value is not None and value != "":
            secret[name] = canonical(value)
        else:
            plain[name] = value
    if actor.label and not actor.is_system:
        secret[ACTOR_LABEL] = _label(actor.label)
    return plain, secret


_label = lru_cache(maxsize=64)(canonical)  # the same in every line of a batch


class _Mark:
    """Stands among the transaction's after-commit steps: gone with its commit, its rollback or its savepoint's."""

    def __init__(self, transaction: object) -> None:
        self.transaction = transaction

    def __call__(self) -> None:
        """Do nothing: the database forgets the mark by itself."""


def _mark_transaction() -> None:
    """Refuse outside a transaction, and a second time inside one.

    A transaction is the outermost `atomic` block that is not a test case's own. Inside a test case that block is a
    savepoint, and the savepoint's name tells two of them apart.
    """
    blocks = connection.atomic_blocks
    depth = next((i for i, block in enumerate(blocks) if not getattr(block, "_from_testcase", False)), None)
    if depth is None:
        raise RuntimeError("journal.record belongs inside the transaction of the change it records")
    transaction = ("savepoint", connection.savepoint_ids[depth - 1]) if depth else ("outermost", None)
    for step in (waiting[1] for waiting in connection.run_on_commit):
        if isinstance(step, _Mark) and step.transaction == transaction:
            raise RuntimeError("journal.record was already called in this transaction: collect the lines, call it once")
    connection.on_commit(_Mark(transaction))
