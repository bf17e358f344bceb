"""Judging a ledger's rows against the database: every row is accepted, repeated or rejected. Writes nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from zhiben.dangers.public import content_key, contents_known
from zhiben.exchange.classifying import Headings, Piece, classified
from zhiben.exchange.domain.cells import SHOWN, Problem
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.outcomes import told_of
from zhiben.exchange.domain.rows import Context, LedgerRow
from zhiben.exchange.domain.stages import Verdict
from zhiben.exchange.domain.staging import PART, Staged
from zhiben.exchange.selectors.sites import SiteFinder, Spot
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid
from zhiben.orgs.models import Unit

FIRST_SHOWN, MOST_SHOWN = 50, 2_000  # rows of which the preview keeps the cells: the first, and those with problems


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings a ledger in, under which unit, and what stands in for what it does not say."""

    actor: Actor
    unit: Unit
    today: date
    assumed_on: date
    channel: str = "self_check"
    headings: Headings = field(default_factory=dict)


@dataclass
class Judgement:
    """A ledger being judged: its rows in parts, and what was passed over so far."""

    pieces: Iterator[Piece]
    bringing: Bringing
    skipped: Counter[str] = field(default_factory=Counter)
    sheets: int = 0  # with a ledger

    def parts(self) -> Iterator[list[Staged]]:
        """Yield the rows in parts of at most five hundred; refuse a workbook without any ledger."""
        judge = _Judge(self.bringing)
        rows = self._rows()
        while part := list(islice(rows, PART)):
            yield judge.judge(part)
        if not self.sheets:
            raise Invalid("workbook:no-ledger", sheets=", ".join(sorted(self.skipped)))

    def _rows(self) -> Iterator["_Row"]:
        for piece in self.pieces:
            self.sheets += piece.is_first
            self.skipped.update(piece.skipped)
            for line, cells in piece.rows:
                yield _Row(line, piece.letters, cells)


@contextmanager
def judged(path: Path, bringing: Bringing) -> Iterator[Judgement]:
    """Open a workbook in the child and judge it while it is open."""
    context = Context(bringing.today, bringing.assumed_on)
    with classified(path, context, bringing.headings) as pieces:
        yield Judgement(pieces, bringing)


@dataclass(frozen=True, slots=True)
class _Row:
    line: LedgerRow
    letters: Mapping[Field, str]
    cells: dict[str, str]

    def letter(self, of: Field) -> str:
        return self.letters.get(of, "")


class _Judge:
    """Judges part after part, remembering what the file held before."""

    def __init__(self, bringing: Bringing) -> None:
        self._bringing = bringing
        self._sites = SiteFinder(bringing.actor, bringing.unit)
        self._firsts: dict[bytes, tuple[str, int]] = {}
        self._read = self._shown = 0

    def judge(self, rows: list[_Row]) -> list[Staged]:
        """Give each row its verdict: first what it says itself, then where it is, then whether it was told before."""
        spots = self._sites.find([row.line for row in rows])
        judged = [self._staged(row, spot) for row, spot in zip(rows, spots, strict=True)]
        keys = {at: _key(one) for at, one in enumerate(judged) if one.told}
        known = contents_known(set(keys.values()))
        for at, key in keys.items():
            self._check_repeat(judged[at], key, known)
        for row, one in zip(rows, judged, strict=True):
            self._keep_cells(row, one)
        return judged

    def _keep_cells(self, row: _Row, one: Staged) -> None:
        """Count the row; keep the cells of what the preview shows: the first, and what has something to look at."""
        self._read += 1
        one.at = self._read
        is_odd = one.verdict is not Verdict.ACCEPTED or any(told.code.startswith("report:") for told in one.warnings)
        if self._read <= FIRST_SHOWN or (is_odd and self._shown < MOST_SHOWN):
            self._shown += 1
            one.cells = row.cells

    def _staged(self, row: _Row, spot: Spot) -> Staged:
        line, problems = row.line, list(row.line.problems)
        if line.status == "void":
            problems.append(_problem(row, "status:void", Field.STATUS, line.text(Field.STATUS)))
        if spot.problem:
            value = line.text(Field.ENTERPRISE_NAME) or line.text(Field.CREDIT_CODE)
            problems.append(_problem(row, spot.problem, spot.about, value))
        staged = Staged(line.sheet, line.row, Verdict.REJECTED, tuple(problems), line.warnings)
        if not problems and spot.unit is not None:
            staged.verdict = Verdict.ACCEPTED
            staged.told = told_of(
                line,
                unit=spot.unit.pk,
                party=spot.party,
                channel=self._bringing.channel,
                found_column=row.letter(Field.FOUND_ON),
            )
        return staged

    def _check_repeat(self, one: Staged, key: bytes, known: Mapping[bytes, int]) -> None:
        """Mark a row told before, in the database or further up; the first of equal rows wins."""
        if key in known:
            one.repeats = f"#{known[key]}"
        elif key in self._firsts:
            sheet, number = self._firsts[key]
            one.repeats = f"{sheet}!{number}"
        else:
            self._firsts[key] = (one.sheet, one.row)
            return
        one.verdict, one.told = Verdict.REPEATED, None


def _problem(row: _Row, code: str, about: Field, value: str) -> Problem:
    return Problem(row.line.sheet, row.line.row, row.letter(about), code, value[:SHOWN])


def _key(one: Staged) -> bytes:
    told = one.told
    if told is None:
        raise TypeError("only what would be written has a key")
    return content_key(told.unit, told.found_on, told.place, told.description)
