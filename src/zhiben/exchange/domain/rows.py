"""A ledger's rows as values: what was read, what must be refused, what was assumed. Pure: enterprises and repeats
are found by the caller, who has the database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from zhiben.exchange.domain.cells import Problem, RowCells
from zhiben.exchange.domain.columns import Mapped
from zhiben.exchange.domain.days import DayReading, Relative, find_day, read_day
from zhiben.exchange.domain.emptiness import FINE, NONE, says_nothing
from zhiben.exchange.domain.fields import DATES, DAYS_IN_ORDER, PEOPLE_IN_ORDER, Field
from zhiben.exchange.domain.money import read_money
from zhiben.exchange.domain.people import credit_code_in, looks_like_company, looks_like_people
from zhiben.exchange.domain.tables import BodyRow, SkippedLine, Table, body_rows
from zhiben.exchange.domain.text import compact, company_key, content_key, first_of
from zhiben.exchange.domain.words import (
    Channel,
    Handling,
    Level,
    Status,
    read_channel,
    read_handling,
    read_level,
    read_status,
)
from zhiben.exchange.domain.workbook import Cell, SheetRow
from zhiben.law.codes import is_credit_code

CHECKED = re.compile(r"结果|结论|是否(?:合格|符合|正常)|评定")
IN_ORDER = FINE | NONE | {"√", "✓", "✔", "是"}
LONGEST_DAY = 60  # characters; more is a sentence that begins with a number
LONG_STATUS = 12  # characters; a longer "status" is a report of progress, not a word
PAIRS = ((Field.FOUND_ON, Field.FINDER), (Field.DEADLINE, Field.RESPONSIBLE_PERSON),
         (Field.RECTIFIED_ON, Field.RESPONSIBLE_PERSON), (Field.ACCEPTED_ON, Field.ACCEPTOR))  # fmt: skip
READ = DATES | {Field.LEVEL, Field.STATUS, Field.CHANNEL, Field.HANDLING, Field.FUNDS, Field.SERIAL}


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows are read against: today's day, and what stands in for a missing day of finding."""

    today: date
    assumed_found_on: date | None = None  # None: today


class LedgerRow(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One hidden danger of a ledger, as far as the ledger itself tells."""

    sheet: str
    row: int
    texts: Mapping[Field, str]
    description: str = ""
    found_on: date | None = None
    recorded_on: date | None = None
    deadline: date | None = None
    limit: Relative | None = None  # instead of a deadline: "within ten working days"
    rectified_on: date | None = None
    accepted_on: date | None = None
    signed_off_on: date | None = None
    level: Level | None = None
    local_level: str = ""
    status: Status | None = None
    channel: Channel | None = None
    handling: Handling | None = None
    funds: Decimal | None = None  # yuan
    nothing_said: str = ""  # the reason, where the report says nothing
    extras: Mapping[str, str] = {}  # columns without a field, by heading
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Tell whether the row must not be written."""
        return bool(self.problems)

    def text(self, of: Field) -> str:
        """Return a text field, empty where the ledger has none."""
        return self.texts.get(of, "")

    @property
    def enterprise_key(self) -> str:
        """Return the enterprise's name for matching."""
        return company_key(self.text(Field.ENTERPRISE_NAME)) if self.text(Field.ENTERPRISE_NAME) else ""

    def key(self, site: str) -> bytes:
        """Return the key by which a repeat is known, once the caller knows the site."""
        return content_key(site, self.found_on, self.text(Field.PLACE), self.description)


def classify_rows(
    table: Table, mapped: Mapped, rows: Iterable[SheetRow], context: Context
) -> Iterator[LedgerRow | SkippedLine]:
    """Read every row under the header; lines that are no rows come as skipped, each with its reason."""
    reader = _Reader(table, mapped, context)
    for body in body_rows(table, rows, mapped.description):
        yield body if isinstance(body, SkippedLine) else reader.read(body)


class _Reader:
    """Reads row after row, remembering the year last seen and the enterprise above."""

    def __init__(self, table: Table, mapped: Mapped, context: Context) -> None:
        self._table, self._mapped, self._context = table, mapped, context
        self._year = table.year
        self._enterprise: tuple[str, str] = ("", "")
        self._told = {name: text for name, text in table.told if not mapped.of(name)}
        self._told_day = read_day(self._told.pop(Field.FOUND_ON, None), year=self._year).day

    def read(self, body: BodyRow) -> LedgerRow | SkippedLine:
        """Read one row; nothing a cell holds can make it fail."""
        cells = RowCells(self._table.sheet, self._mapped, body)
        if _is_passed_item(cells):
            return SkippedLine(body.number, "line:no-danger")
        _repair_swapped(cells, self._year)
        found: dict[str, object] = {}
        days = self._days(cells)
        found |= _words(cells)
        self._enterprise_of(cells)
        _check_people(cells)
        if Field.ENTERPRISE_NAME in self._told:
            cells.warn("enterprise:from-title", Field.ENTERPRISE_NAME)
        description = _description(cells)
        nothing = says_nothing(description, cells.text(Field.CHECK_ITEM)) if description else None
        if nothing:
            cells.warn(nothing, Field.DESCRIPTION)
        _check_order(cells, days, str(found.get("status") or ""), self._context)
        found |= {name.value: reading.day for name, reading in days.items()}
        found["limit"] = days[Field.DEADLINE].relative if Field.DEADLINE in days else None
        return LedgerRow(
            self._table.sheet, body.number, self._told | cells.texts(READ), description, nothing_said=nothing or "",
            extras=cells.extras(), problems=tuple(cells.problems), warnings=tuple(cells.warnings), **found,  # type: ignore[arg-type]  # fields by name
        )  # fmt: skip

    def _days(self, cells: RowCells) -> dict[Field, DayReading]:
        """Read every day of the row; a year missing in one is taken from its neighbours, then from the row above."""
        present = [name for name in DAYS_IN_ORDER if cells.has(name)]
        days = {name: read_day(cells.cell(name), ends=name is Field.DEADLINE) for name in present}
        years = [reading.day.year for reading in days.values() if reading.day]
        year = min(years, default=None) or self._year or self._context.today.year
        for name, reading in days.items():
            if reading.problem == "date:no-year":
                days[name] = self._with_year(cells.cell(name), name, year, days)
        self._year = min(years, default=self._year)
        for name, reading in days.items():
            if reading.problem:
                cells.refuse(reading.problem, name)
            for flag in reading.flags:
                cells.warn(flag, name)
        self._assume_found_on(cells, days)
        return days

    def _with_year(self, cell: Cell, name: Field, year: int, days: Mapping[Field, DayReading]) -> DayReading:
        """Complete "12月28日": a finding is not after today or the row's other days, nothing else before the finding."""
        reading = read_day(cell, year=year, ends=name is Field.DEADLINE)
        if not reading.day:
            return reading
        known = [other.day for other in days.values() if other.day]
        if name in {Field.FOUND_ON, Field.RECORDED_ON}:
            step = -1 if reading.day > min([self._context.today, *known]) else 0
        else:
            found_on = days[Field.FOUND_ON].day if Field.FOUND_ON in days else None
            step = 1 if found_on and reading.day < found_on else 0
        return read_day(cell, year=year + step, ends=name is Field.DEADLINE)

    def _assume_found_on(self, cells: RowCells, days: dict[Field, DayReading]) -> None:
        """Where no day of finding stands, take the day recorded, else the day given; say so."""
        found = days.get(Field.FOUND_ON, DayReading())
        if found.relative and not found.day:
            cells.refuse("date:unreadable", Field.FOUND_ON)
        elif found.day is None and not found.problem and self._told_day:
            cells.warn("found-on:from-title", Field.FOUND_ON)
            days[Field.FOUND_ON] = DayReading(self._told_day)
        elif found.day is None and not found.problem:
            recorded = days.get(Field.RECORDED_ON, DayReading()).day
            cells.warn("found-on:from-recorded" if recorded else "found-on:assumed", Field.FOUND_ON)
            others = [reading.day for reading in days.values() if reading.day]  # it was found by the first of them
            days[Field.FOUND_ON] = DayReading(
                recorded or min([self._context.assumed_found_on or self._context.today, *others])
            )

    def _enterprise_of(self, cells: RowCells) -> None:
        """Set right a code in the name's column and a name in the place's; take a blank from the row above."""
        name, code = cells.text(Field.ENTERPRISE_NAME), cells.text(Field.CREDIT_CODE)
        if inside := credit_code_in(name):
            cells.warn("enterprise:code-in-name", Field.ENTERPRISE_NAME)
            name = code if code and not credit_code_in(code) else ""
            code = inside
        elif code and not credit_code_in(code):
            if not name and looks_like_company(code):
                cells.warn("enterprise:name-in-code", Field.CREDIT_CODE)
                name, code = code, ""
            else:
                (cells.warn if name else cells.refuse)("credit-code:malformed", Field.CREDIT_CODE)
        if credit_code_in(code) and not is_credit_code(credit_code_in(code)):
            held = Field.ENTERPRISE_NAME if inside else Field.CREDIT_CODE
            (cells.warn if name else cells.refuse)("credit-code:wrong-check", held)
        place = cells.text(Field.PLACE)
        has_column = cells.has_column(Field.ENTERPRISE_NAME) or cells.has_column(Field.CREDIT_CODE)
        if has_column and not name and not code and looks_like_company(place):
            cells.warn("enterprise:name-in-place", Field.PLACE)
            cells.set(Field.PLACE, "")
            name = place
        if has_column and not name and not code and any(self._enterprise):
            cells.warn("enterprise:from-above", Field.ENTERPRISE_NAME)
            name, code = self._enterprise
        if name and looks_like_people(name) and not looks_like_company(name):
            cells.warn("enterprise:is-a-person", Field.ENTERPRISE_NAME)
        cells.set(Field.ENTERPRISE_NAME, name)
        cells.set(Field.CREDIT_CODE, credit_code_in(code) or code)
        self._enterprise = (name, code)


def _repair_swapped(cells: RowCells, year: int | None) -> None:
    """Exchange a person's name and a day that stand in each other's cells of this one row."""
    for day, person in PAIRS:
        if not (cells.has(day) and cells.has(person)):
            continue
        if not looks_like_people(cells.raw(day)):
            continue
        if read_day(cells.cell(person), year=year or 2000).day:
            cells.swap(day, person)
            cells.warn("cells:swapped", day)
            cells.warn("cells:swapped", person)


def _words(cells: RowCells) -> dict[str, object]:
    """Read level, status, channel, handling and funds, each with its problems."""
    level = read_level(cells.cell(Field.LEVEL), cells.legend(Field.LEVEL))
    if level.problem:
        cells.refuse(level.problem, Field.LEVEL)
    for flag in level.flags:
        cells.warn(flag, Field.LEVEL)
    channel = read_channel(cells.cell(Field.CHANNEL), cells.legend(Field.CHANNEL))
    for flag in channel.flags:
        cells.warn(flag, Field.CHANNEL)
    handling = read_handling(cells.cell(Field.HANDLING), cells.legend(Field.HANDLING))
    for flag in handling.flags:
        cells.warn(flag, Field.HANDLING)
    funds = read_money(cells.cell(Field.FUNDS), cells.unit(Field.FUNDS))
    for flag in (*funds.flags, funds.problem):
        if flag:
            cells.warn(flag, Field.FUNDS)
    return {
        "level": level.level,
        "local_level": level.local_level,
        "status": _status(cells),
        "channel": channel.value or None,
        "handling": handling.value or None,
        "funds": funds.yuan,
    }


def _status(cells: RowCells) -> str | None:
    """Read the status; without such a column, an acceptance or a result that plainly says one."""
    if cells.has(Field.STATUS):
        reading = read_status(cells.cell(Field.STATUS), cells.legend(Field.STATUS))
        if not reading.problem:
            return reading.value or None
        raw = cells.raw(Field.STATUS)
        if len(raw) > LONG_STATUS:
            cells.warn("status:assumed-open", Field.STATUS)
            return "open"
        cells.refuse("status:name" if looks_like_people(raw) else reading.problem, Field.STATUS)
        return None
    for told in (Field.ACCEPTANCE_OPINION, Field.RESULT) if not cells.has_column(Field.STATUS) else ():
        reading = read_status(cells.cell(told))
        if not reading.problem and reading.value:
            cells.warn("status:from-result", told)
            return reading.value
    return None


def _check_people(cells: RowCells) -> None:
    """Warn where a person's column holds a day, a code or a company: the value is left out, not believed."""
    for name in PEOPLE_IN_ORDER:
        raw = cells.raw(name)
        if not raw:
            continue
        if credit_code_in(raw):
            code = "person:is-a-code"
        elif read_day(cells.cell(name), year=2000).day and not looks_like_people(raw):
            code = "person:is-a-day"
        elif looks_like_company(raw):
            cells.warn("person:is-a-company", name)
            continue
        else:
            continue
        cells.warn(code, name)
        cells.set(name, "")


def _description(cells: RowCells) -> str:
    """Return what is wrong: the description, else the danger's name; refuse a row without words."""
    described, name = cells.text(Field.DESCRIPTION), cells.text(Field.NAME)
    description = first_of((described, name))
    at = Field.DESCRIPTION if cells.has_column(Field.DESCRIPTION) else Field.NAME
    if not description:
        cells.refuse("description:missing", at)
    elif _is_a_day(cells.cell(at)):
        cells.refuse("description:is-a-day", at)
    elif len(description) <= 12 and not name and looks_like_people(description):
        cells.warn("description:is-a-name", at)
    return description


def _is_passed_item(cells: RowCells) -> bool:
    """Tell a check list's item that was found in order: it has a result, no description, and no danger."""
    if not cells.has(Field.CHECK_ITEM) or cells.has(Field.DESCRIPTION) or cells.has(Field.NAME):
        return False
    results = [text for heading, text in cells.extras().items() if CHECKED.search(compact(heading))]
    return bool(results) and all(compact(text) in IN_ORDER for text in results)


def _is_a_day(cell: Cell) -> bool:
    if isinstance(cell, str) and (len(cell) > LONGEST_DAY or not cell.strip()[:1].isdigit()):
        return False
    reading = read_day(cell)
    return reading.day is not None and "date:range" not in reading.flags  # "3月5日,通道堵" begins with one


def _check_order(cells: RowCells, days: dict[Field, DayReading], status: str, context: Context) -> None:
    """Refuse a finding in the future; warn of days and status that do not go together."""
    found_on = days[Field.FOUND_ON].day if Field.FOUND_ON in days else None
    if found_on and found_on > context.today:
        cells.refuse("date:future", Field.FOUND_ON)
    ends = (Field.RECTIFIED_ON, Field.ACCEPTED_ON, Field.SIGNED_OFF_ON)
    for name in (Field.DEADLINE, *ends):
        day = days[name].day if name in days else None
        if day and found_on and day < found_on:
            cells.warn("date:before-found", name)
        if day and name is not Field.DEADLINE and day > context.today:
            cells.refuse("date:future", name)
    has_end = any(name in days and days[name].day for name in ends)
    if status == "closed" and not has_end:
        day = find_day(cells.raw(Field.STATUS), year=found_on.year if found_on else None)
        if day and found_on and found_on <= day <= context.today:
            days[Field.RECTIFIED_ON] = DayReading(day)
            cells.warn("rectified-on:from-status", Field.STATUS)
        else:
            cells.warn("status:closed-without-day", Field.STATUS)
    if status == "open" and Field.SIGNED_OFF_ON in days and days[Field.SIGNED_OFF_ON].day:
        cells.warn("status:open-but-signed-off", Field.STATUS)
