"""Verification: every entry against the one before it, every chain against its head, and signed roots."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from zhiben.journal.domain.chain import HASHES, genesis, seal, veil
from zhiben.journal.domain.signed import SignedRoot
from zhiben.journal.models import Chain
from zhiben.journal.selectors.roots import kept_roots
from zhiben.journal.snapshot import one_moment, stream

ENTRIES = (  # the facts come as the text that was hashed: Facts.text, written by the database
    "SELECT chain_id, seq, alg, hash, at || '|' || on_day || '|' || code || '|' || version || '|' || subject || '|' || "
    "coalesce(cast(actor AS text), '-') || '|' || body FROM journal_entry ORDER BY chain_id, seq"
)
PERSONAL = "SELECT chain_id, seq, field, salt, value FROM journal_personal ORDER BY chain_id, seq"
AFTER_ALL = (2**63, 0, "", b"", "")


class Break(NamedTuple):
    """A place where the journal is not what it was, and what is wrong there.

    altered: the entry or its place changed; gap: entries before the next are missing; cut-short: the newest are
    missing; head: the chain does not end at its head; no-chain: entries of no chain; value: a personal value does not
    fit its hash; re-chained: another entry stands where a root knows one; signature, root: a root is not genuine.
    """

    chain: str
    seq: int | None
    problem: str


@dataclass
class Report:
    """What a verification read and found."""

    entries: int = 0
    chains: int = 0
    broken: list[Break] = field(default_factory=list)

    def add(self, chain: str, seq: int | None, problem: str) -> None:
        """Note a break, once."""
        if (one := Break(chain, seq, problem)) not in self.broken[-3:]:
            self.broken.append(one)


def verify(against: Sequence[SignedRoot] = ()) -> Report:
    """Check the whole journal as of one moment; with roots kept outside, also that nothing before them is gone.

    Whoever rules the database can write a whole chain and its kept leaves anew: only a root elsewhere finds that.
    """
    report = Report()
    with one_moment():
        chains = {chain.pk: chain for chain in Chain.objects.all()}
        kept = kept_roots()
        _check_links(kept, report)
        wanted = _wanted([*kept, *against], report)
        values = _Values(report, {pk: chain.name for pk, chain in chains.items()})
        for chain_id, rows in groupby(stream(ENTRIES), itemgetter(0)):
            chain = chains.pop(chain_id, None)
            name = chain.name if chain else f"#{chain_id}"
            walk = _Walk(name, wanted.pop(name, {}), values, report)
            walk.through(rows)
            walk.end(chain)
            report.chains += 1
        for chain in chains.values():
            if chain.seq:
                report.add(chain.name, 1, "cut-short")
        for name, stands in wanted.items():
            report.add(name, min(stands), "cut-short")
        values.skip_to(*AFTER_ALL[:2])
    return report


def _check_links(roots: Sequence[SignedRoot], report: Report) -> None:
    """Check that each kept root names the one signed before it."""
    before = None
    for root in roots:
        if root.signed["before"] != before:
            report.add(f"root/{root.day}", None, "root")
        before = {"day": root.day, "root": root.signed["root"]}


def _wanted(roots: Sequence[SignedRoot], report: Report) -> dict[str, dict[int, str]]:
    """Return which hash roots know at which place of each chain."""
    wanted: dict[str, dict[int, str]] = defaultdict(dict)
    for root in roots:
        if problem := root.problem():
            report.add(f"root/{root.day}", None, problem)
        for stand in (*root.stands, *root.running):
            if wanted[stand.chain].setdefault(stand.seq, stand.head) != stand.head:
                report.add(stand.chain, stand.seq, "re-chained")
    return wanted


class _Walk:
    """Goes along one chain."""

    def __init__(self, name: str, wanted: dict[int, str], values: "_Values", report: Report) -> None:
        self.name, self.wanted, self.values, self.report = name, wanted, values, report
        self.seq, self.head = 0, b""

    def through(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Check each entry against the one before; go on from what is stored, so that one break is told once."""
        name, wanted, values, report = self.name, self.wanted, self.values, self.report
        last, head, count = 0, b"", 0
        for chain_id, seq, alg, kept, facts in rows:
            found = bytes(kept)
            if seq != last + 1:
                report.add(name, last + 1, "gap")
            elif alg not in HASHES or seal(head or genesis(name, alg), name, seq, facts, alg) != found:
                report.add(name, seq, "altered")
            if wanted and wanted.pop(seq, found.hex()) != found.hex():
                report.add(name, seq, "re-chained")
            if '"~":{' in facts:
                values.check(chain_id, seq, name, facts, alg)
            last, head = seq, found
            count += 1
        report.entries += count
        self.seq, self.head = last, head

    def end(self, chain: Chain | None) -> None:
        """Compare with the chain's own row, and with what roots know beyond its end."""
        if chain is None:
            self.report.add(self.name, None, "no-chain")
        elif self.seq < chain.seq:
            self.report.add(self.name, self.seq + 1, "cut-short")
        elif (self.seq, self.head) != (chain.seq, bytes(chain.head)):
            self.report.add(self.name, self.seq, "head")
        if self.wanted:
            self.report.add(self.name, self.seq + 1, "cut-short")


class _Values:
    """The personal values, read beside the entries in the same order."""

    def __init__(self, report: Report, names: dict[int, str]) -> None:
        self.report = report
        self.names = names
        self.rows = stream(PERSONAL)
        self.row = next(self.rows, AFTER_ALL)

    def skip_to(self, chain_id: int, seq: int) -> None:
        """Pass over values of no entry: each is a break."""
        while self.row[:2] < (chain_id, seq):
            self.report.add(self.names.get(self.row[0], f"#{self.row[0]}"), self.row[1], "value")
            self.row = next(self.rows, AFTER_ALL)

    def check(self, chain_id: int, seq: int, chain: str, facts: str, alg: str) -> None:
        """Compare the values kept for an entry with the hashes in its body. Shredded ones are simply not there.

        No text inside the body can look like the pair sought: its quotation marks would stand behind a backslash.
        """
        if self.row[0] != chain_id or self.row[1] != seq:
            self.skip_to(chain_id, seq)
        row = self.row
        while row[0] == chain_id and row[1] == seq:
            _, _, field_, salt, value = row
            if alg not in HASHES or f'"{field_}":"{veil(bytes(salt), field_, value, alg)}"' not in facts:
                self.report.add(chain, seq, "value")
            row = next(self.rows, AFTER_ALL)
        self.row = row
