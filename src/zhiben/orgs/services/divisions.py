"""Importing tables of divisions: new ones are added, renamed and recoded ones keep their former self as an alias."""

import gzip
import hashlib
import io
import lzma
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, cast

from django.db import transaction
from django.utils import timezone

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Invalid
from zhiben.law.divisions import alias, short
from zhiben.orgs.domain.divisions import LEVELS, Key, Problem, Row, branch, padded, parent_key, read_table
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.events import DivisionsImported, UnitRecoded, UnitRenamed
from zhiben.orgs.models import Unit, UnitAlias
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.tree import nation, reserve_ids, sprout

SHIPPED = Path(__file__).parents[1] / "divisions" / "divisions-2023.csv.xz"
LARGEST = 256 * 1024 * 1024  # bytes once unpacked; all villages of the country are about 35 MB
BATCH = 2_000


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do. While there are problems nothing is written."""

    read: int = 0
    made: int = 0
    renamed: int = 0
    recoded: int = 0
    unchanged: int = 0
    elsewhere: list[str] = field(default_factory=list)  # codes that hang on another parent in the tree: move them
    gone: list[str] = field(default_factory=list)  # codes in the tree that the table no longer has: left alone
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    new: list[Row] = field(default_factory=list)
    renamed: list[tuple[Unit, str]] = field(default_factory=list)
    recoded: list[tuple[Unit, Row]] = field(default_factory=list)


def import_divisions(
    file: Path, *, under: str = "", dry_run: bool = False, actor: Actor, now: datetime
) -> ImportReport:
    """Bring a table of divisions (csv, also .xz or .gz) into the tree; the same table twice changes nothing.

    `under` takes only that division, those above it and those below it. A row with a problem keeps the whole table out.
    """
    content = _unpacked(file)
    rows, problems = read_table(io.StringIO(_text(content), newline=""))
    above: list[Row] = []
    if under and not problems:
        above, rows = branch(rows, padded(under) or under)
    report = ImportReport(read=len(above) + len(rows) + len(problems), problems=problems)
    with transaction.atomic():
        root = nation()
        require(actor, OrgsPermission.EDIT_UNIT, unit_place(root))
        known = _known()
        plan = _planned(above, rows, known, report)
        if report.problems or dry_run:
            return report
        day = timezone.localtime(now).date()
        lines = [*_rename(plan.renamed, day), *_recode(plan.recoded, day)]
        _plant(plan.new, known, root)
        if plan.new or lines:
            digest = hashlib.sha256(content).hexdigest()
            event = DivisionsImported(digest, under, report.read, report.made, report.renamed, report.recoded)
            record([*lines, Line(event, f"unit/{root.pk}", "system", day)], actor=actor, now=now)
    return report


def _known() -> dict[Key, Unit]:
    regions = Unit.objects.filter(kind__in=LEVELS, until=None).exclude(division_code="")
    return {(unit.division_code, UnitKind(unit.kind)): unit for unit in regions.iterator(chunk_size=BATCH)}


def _planned(above: Sequence[Row], rows: Sequence[Row], known: dict[Key, Unit], report: ImportReport) -> _Plan:
    """Sort the rows into new, renamed, recoded and unchanged; note what does not fit.

    Of the rows `above` a chosen branch nothing is said but themselves: their other children are not in question.
    """
    plan = _Plan()
    in_table = {row.key: row for row in (*above, *rows)}
    missing = _missing(above, rows, known, in_table)
    for row in in_table.values():
        key = parent_key(row, in_table) or parent_key(row, known)
        if row.kind is not UnitKind.PROVINCE and key is None:
            report.problems.append(Problem(row.line, "parent12", "division:parent-unknown", row.parent))
        elif unit := known.get(row.key):
            parent = known.get(key) if key else None
            if parent and unit.parent_id != parent.pk:
                report.elsewhere.append(row.code)
            if unit.name == row.name:
                report.unchanged += 1
            else:
                plan.renamed.append((unit, row.name))
        elif former := _former_self(row, known.get(key) if key else None, missing):
            plan.recoded.append((former, row))
        else:
            plan.new.append(row)
    taken = {unit.pk for unit, _ in plan.recoded}
    report.gone = [unit.division_code for units in missing.values() for unit in units if unit.pk not in taken]
    report.made, report.renamed, report.recoded = len(plan.new), len(plan.renamed), len(plan.recoded)
    return plan


def _missing(
    above: Sequence[Row], rows: Sequence[Row], known: dict[Key, Unit], in_table: dict[Key, Row]
) -> dict[int, list[Unit]]:
    """Return the units that the table leaves out although it lists their brothers, by parent. Provinces never are."""
    parents = {parent_key(row, known) for row in rows} - {row.key for row in above}
    told = {known[key].pk for key in parents if key}
    missing: dict[int, list[Unit]] = {}
    for key, unit in known.items():
        if key not in in_table and unit.parent_id in told:
            missing.setdefault(unit.parent_id or 0, []).append(unit)
    return missing


def _former_self(row: Row, parent: Unit | None, missing: dict[int, list[Unit]]) -> Unit | None:
    """Return the unit that bore another code before: a missing brother of the same name, or the code's predecessor."""
    brothers = [unit for unit in missing.get(parent.pk, []) if unit.kind == row.kind] if parent else []
    same = [unit for unit in brothers if unit.name == row.name] or [u for u in brothers if _succeeds(row.code, u)]
    return same[0] if len(same) == 1 else None


def _succeeds(code: str, unit: Unit) -> bool:
    known = alias(unit.division_code)
    return known is not None and known.successors == (short(code),) and known.how == "recoded"


def _rename(renamed: Iterable[tuple[Unit, str]], day: date) -> list[Line]:
    lines = []
    for unit, name in renamed:
        UnitAlias.objects.create(unit=unit, name=unit.name, until=day)
        Unit.objects.filter(pk=unit.pk).update(name=name)
        lines.append(Line(UnitRenamed(unit.name, name), f"unit/{unit.pk}", "system", day))
    return lines


def _recode(recoded: Iterable[tuple[Unit, Row]], day: date) -> list[Line]:
    lines = []
    for unit, row in recoded:
        UnitAlias.objects.create(unit=unit, name=unit.name, division_code=unit.division_code, until=day)
        Unit.objects.filter(pk=unit.pk).update(division_code=row.code, name=row.name)
        lines.append(Line(UnitRecoded(unit.division_code, row.code), f"unit/{unit.pk}", "system", day))
    return lines


def _plant(new: Sequence[Row], known: dict[Key, Unit], root: Unit) -> None:
    """Add the new units, upper levels first, so that every parent has its path."""
    ordered = sorted(new, key=lambda row: (LEVELS.index(row.kind), row.code))
    grown = []
    for number, row in zip(reserve_ids(len(ordered)), ordered, strict=True):
        key = parent_key(row, known)
        unit = sprout(known[key] if key else root, number, row.kind, row.name, division_code=row.code)
        known[row.key] = unit
        grown.append(unit)
    Unit.objects.bulk_create(grown, batch_size=BATCH)


def _unpacked(file: Path) -> bytes:
    """Return a file's bytes, unpacked, with an end to how large they may become."""
    try:
        with _opened(file) as source:
            content = source.read(LARGEST + 1)
    except (OSError, EOFError, lzma.LZMAError) as problem:
        raise Invalid("division-file:unreadable", file=file.name, reason=str(problem)) from problem
    if len(content) > LARGEST:
        raise Invalid("division-file:too-large", file=file.name, most=LARGEST)
    return content


def _opened(file: Path) -> IO[bytes]:
    if file.suffix == ".xz":
        return lzma.open(file)
    return cast("IO[bytes]", gzip.open(file)) if file.suffix == ".gz" else file.open("rb")


def _text(content: bytes) -> str:
    """Return the text of a table: UTF-8, or what offices' spreadsheets write."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("division-file:not-text")
