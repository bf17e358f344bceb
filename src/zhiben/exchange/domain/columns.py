"""Which column holds which field: by heading, by what the user corrected, and by what the cells look like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zhiben.exchange.domain.days import read_day
from zhiben.exchange.domain.fields import DATES, PEOPLE, Field
from zhiben.exchange.domain.headings import legend_of, normalised_heading, recognise, unit_of
from zhiben.exchange.domain.people import credit_code_in, looks_like_company, looks_like_people
from zhiben.exchange.domain.tables import BodyRow, Column
from zhiben.exchange.domain.text import fold, text_of
from zhiben.exchange.domain.words import read_level, read_status
from zhiben.exchange.domain.workbook import SheetRow

SAMPLE = 60
SECOND_CHOICE: dict[Field, tuple[Field, ...]] = {
    Field.RECTIFIED_ON: (Field.DEADLINE,),
    Field.RESULT: (Field.STATUS,),
    Field.STATUS: (Field.RESULT,),
    Field.RESPONSIBLE_ORGANISATION: (Field.ENTERPRISE_NAME, Field.RESPONSIBLE_DEPARTMENT),
    Field.ENTERPRISE_NAME: (Field.RESPONSIBLE_ORGANISATION, Field.PLACE),
    Field.DEMAND: (Field.MEASURE,),
    Field.NAME: (Field.DESCRIPTION,),
    Field.CHECK_ITEM: (Field.DESCRIPTION,),
    Field.RESPONSIBLE_DEPARTMENT: (Field.PLACE,),
    Field.SERIAL: (Field.RECORD_NUMBER,),
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a column is taken for, how sure we are, and why: profile, name, content, taken, ignored or unknown."""

    column: Column
    field: Field | None
    confidence: float = 0.0
    reason: str = "unknown"
    unit: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapped:
    """A table's columns, each with at most one field and each field at most once."""

    columns: tuple[ColumnMapping, ...]

    @cached_property
    def by_field(self) -> dict[Field, ColumnMapping]:
        """Return the mapped columns by field."""
        return {one.field: one for one in self.columns if one.field}

    @cached_property
    def unmapped(self) -> tuple[ColumnMapping, ...]:
        """Return the columns without a field: their values are kept beside the row."""
        return tuple(one for one in self.columns if one.field is None)

    def of(self, field: Field) -> ColumnMapping | None:
        """Return the column that holds a field."""
        return self.by_field.get(field)

    @property
    def description(self) -> int | None:
        """Return the 0-based column of the description (or, without one, of the danger's name)."""
        found = self.of(Field.DESCRIPTION) or self.of(Field.NAME)
        return found.column.index if found else None

    def profile(self) -> dict[str, Field | None]:
        """Return what to keep when the user approves: {normalised heading: field, or None to ignore it}."""
        return {normalised_heading(one.column.heading): one.field for one in self.columns}


@dataclass(frozen=True, slots=True)
class Looks:
    """The share of a column's sampled cells that look like each kind; filled says how many there were."""

    filled: int = 0
    day: float = 0.0
    person: float = 0.0
    company: float = 0.0
    code: float = 0.0
    level: float = 0.0
    status: float = 0.0
    length: float = 0.0


def map_columns(
    columns: Sequence[Column],
    sample: Iterable[SheetRow | BodyRow] = (),
    profile: Mapping[str, Field | None] | None = None,
) -> Mapped:
    """Give each column its field: the profile first, then headings from sure to weak, the cells deciding between.

    A profile maps normalised headings to fields, or to None for "leave this column alone".
    """
    rows = [row for row, _ in zip(sample, range(SAMPLE), strict=False)]
    looks = {column.index: _looks(column, rows) for column in columns}
    chosen: dict[int, ColumnMapping] = {}
    taken: set[Field] = set()
    for confidence, column, field, reason in _offers(columns, looks, profile or {}):
        if column.index in chosen or (field is not None and field in taken):
            continue
        chosen[column.index] = ColumnMapping(column, field, confidence, reason)
        if field is not None:
            taken.add(field)
    _find_description(columns, looks, chosen, taken)
    _swap_contradicting(chosen, looks)
    return Mapped(tuple(_finished(column, chosen.get(column.index), rows) for column in columns))


def _offers(
    columns: Sequence[Column], looks: Mapping[int, Looks], profile: Mapping[str, Field | None]
) -> list[tuple[float, Column, Field | None, str]]:
    """List what each column could be, surest first; a first choice comes before any second choice."""
    offers: list[tuple[float, Column, Field | None, str]] = []
    for column in columns:
        key = normalised_heading(column.heading)
        if key in profile:
            offers.append((2.0, column, profile[key], "profile" if profile[key] else "ignored"))
            continue
        found = recognise(column.heading)
        if not found:
            continue
        fit = _fit(found.field, looks[column.index])
        offers.append((found.confidence * fit, column, found.field, "name"))
        for second in SECOND_CHOICE.get(found.field, ()):
            offers.append(
                (found.confidence * _second_fit(found.field, second, looks[column.index]), column, second, "content")
            )
    return sorted(offers, key=lambda offer: (-offer[0], offer[1].index))


def _fit(field: Field, looks: Looks) -> float:  # noqa: PLR0911 -- one return a field
    """Weigh a field by what the cells look like: below one where they contradict the heading."""
    if looks.filled < 3:
        return 1.0
    if field in DATES:
        return 0.4 if looks.day < 0.2 else 1.0
    if field in PEOPLE:
        return 0.4 if looks.day > 0.6 or looks.company > 0.8 else 1.0
    if field is Field.STATUS:
        return 0.55 if looks.status < 0.3 else 1.0
    if field is Field.LEVEL:
        return 0.5 if looks.level < 0.2 else 1.0
    if field is Field.ENTERPRISE_NAME:
        return 0.6 if looks.company < 0.1 and looks.person > 0.5 else 1.0
    if field is Field.RESULT:
        return 0.7 if looks.status > 0.7 and looks.length < 8 else 1.0
    return 1.0


def _second_fit(first: Field, second: Field, looks: Looks) -> float:
    if second is Field.STATUS and first is Field.RESULT:
        return 0.9 if looks.filled and looks.status > 0.7 and looks.length < 8 else 0.0
    if second is Field.ENTERPRISE_NAME:
        return 0.65 if looks.filled and looks.company > 0.6 else 0.0
    if second is Field.DESCRIPTION:
        return 0.3 if looks.length >= 4 or not looks.filled else 0.1
    if second is Field.DEADLINE:
        return 0.5 if looks.day > 0.2 or not looks.filled else 0.0
    return 0.45


def _looks(column: Column, rows: Sequence[SheetRow | BodyRow]) -> Looks:
    cells = [cell for row in rows if text_of(cell := row.at(column.index))]
    if not cells:
        return Looks()
    texts = [fold(text_of(cell)) for cell in cells]
    count = len(cells)
    days = [read_day(cell, year=2024) for cell in cells]
    return Looks(
        filled=count,
        day=sum(bool(one.day or one.relative) for one in days) / count,
        person=sum(looks_like_people(text) for text in texts) / count,
        company=sum(looks_like_company(text) for text in texts) / count,
        code=sum(bool(credit_code_in(text)) for text in texts) / count,
        level=sum(not read_level(cell).problem for cell in cells) / count,
        status=sum(not read_status(cell).problem for cell in cells) / count,
        length=sum(map(len, texts)) / count,
    )


def _find_description(
    columns: Sequence[Column], looks: Mapping[int, Looks], chosen: dict[int, ColumnMapping], taken: set[Field]
) -> None:
    """Without a description by name, take the unclaimed column with the longest text: the user sees and corrects it."""
    if taken & {Field.DESCRIPTION, Field.NAME}:
        return
    free = [column for column in columns if column.index not in chosen and looks[column.index].length >= 6]
    if free:
        column = max(free, key=lambda one: looks[one.index].length)
        chosen[column.index] = ColumnMapping(column, Field.DESCRIPTION, 0.4, "content")
        return
    item = next((one for one in chosen.values() if one.field is Field.CHECK_ITEM), None)
    if item:
        chosen[item.column.index] = replace(item, field=Field.DESCRIPTION, confidence=0.4, reason="content")


def _swap_contradicting(chosen: dict[int, ColumnMapping], looks: Mapping[int, Looks]) -> None:
    """Exchange a column of days headed as people with a column of people headed as days."""
    seen = [one for one in chosen.values() if looks[one.column.index].filled >= 3]
    people = [one for one in seen if one.field in PEOPLE and looks[one.column.index].day > 0.7]
    days = [one for one in seen if one.field in DATES and looks[one.column.index].person > 0.7]
    for person, day in zip(people, days, strict=False):
        if "profile" in {person.reason, day.reason}:
            continue
        chosen[person.column.index] = replace(person, field=day.field, confidence=0.5, reason="content")
        chosen[day.column.index] = replace(day, field=person.field, confidence=0.5, reason="content")


def _finished(column: Column, mapping: ColumnMapping | None, rows: Sequence[SheetRow | BodyRow]) -> ColumnMapping:
    """Add what the page shows beside a column: its unit, its legend, three values."""
    found = recognise(column.heading)
    mapping = mapping or ColumnMapping(column, None, reason="taken" if found else "unknown")
    texts = [text for row in rows if (text := fold(text_of(row.at(column.index))))]
    samples = tuple(dict.fromkeys(text[:60] for text in texts))[:3]
    legend = tuple(legend_of(column.heading).items())
    return replace(mapping, unit=unit_of(column.heading), legend=legend, samples=samples)
