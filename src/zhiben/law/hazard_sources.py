"""Major hazard sources of hazardous chemicals (GB 18218-2018): substances, identification, α, β, R, level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import Any
from unicodedata import normalize

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.kernel.quantities import Number, exact
from zhiben.law.bands import band_of, edge_of, told
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative, need_positive
from zhiben.law.registry import Answer, function
from zhiben.law.spans import months_after, years_after

__all__ = [
    "alpha",
    "find_substance",
    "gb18218",
    "hazard_source_dates",
    "r_level",
]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One substance of a unit: how much at most (t), and what it is.

    `Q` and `beta` are taken as given; otherwise they are looked up by name or CAS number (table 1, 3), or by the hazard
    classes (table 2, 4), which also settle β for a named substance.
    """

    q: Number
    name: str | None = None
    cas: str | None = None
    hazard_classes: list[str] = field(default_factory=list)
    Q: Number | None = None
    beta: Number | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """An item with its threshold quantity, and β where it is known. `of`: the caller's name for it, where no table has one."""

    name: Bilingual
    of: str | None
    q: Number
    Q: Number
    beta: Number | None

    @property
    def share(self) -> Fraction:
        """Q ÷ Q."""
        return Fraction(self.q) / Fraction(self.Q)


@function(section="B")
def gb18218(*, items: list[Item], people_500m: int, on: date) -> Answer:
    """Identify a major hazard source and grade it; R and level are null where it is none."""
    if not items:
        raise impossible(
            "items", items, because("至少一种物质", "needs at least one substance"), [{"name": "氨", "q": 12}]
        )
    need_not_negative("people_500m", people_500m)
    terms = [_term(item, at, on) for at, item in enumerate(items)]
    for term in terms:
        step(
            f"{term.name.zh}：q ÷ Q = {told(term.q)} ÷ {told(term.Q)}",
            f"{term.name.en}: q ÷ Q = {told(term.q)} ÷ {told(term.Q)}",
            term.share,
            of=term.of,
        )
    total = sum((term.share for term in terms), Fraction(0))
    added = " + ".join(told(term.share) for term in terms)
    step(f"S = {added}", f"S = {added}", total)
    is_major = total >= 1
    step("S ≥ 1，构成重大危险源", "S ≥ 1: a major hazard source", is_major)
    factor = _alpha(people_500m, on)
    if not is_major:
        return {"S": total, "is_major": False, "alpha": factor, "R": None, "level": None}
    weighted = sum((_weighted(term, at) for at, term in enumerate(terms)), Fraction(0))
    graded = factor * weighted
    formula = f"R = α × Σ β·q/Q = {told(factor)} × {told(weighted)}"
    step(formula, formula, graded)
    return {"S": total, "is_major": True, "alpha": factor, "R": graded, "level": _level(graded, on)}


@function(section="B")
def alpha(*, people_500m: int, on: date) -> Answer:
    """Return the factor α by the residents within 500 m of the fence."""
    need_not_negative("people_500m", people_500m)
    return {"alpha": _alpha(people_500m, on)}


@function(section="B")
def r_level(*, R: Number, on: date) -> Answer:
    """Return the level of a major hazard source by its R."""
    need_positive("R", R, 19.2)
    return {"level": _level(R, on)}


@function(section="B")
def find_substance(*, text: str, on: date) -> Answer:
    """Find substances of table 1 by name, other name or CAS number; nothing found is an empty list."""
    named = {row["row"]: row["beta"] for row in parameter("cn/hazard-source/beta-named").in_force(on).value}
    found = [
        {
            "row": row["row"],
            "zh": row["zh"],
            "en": row["en"],
            "cas": row["cas"],
            "Q": exact(row["Q"]),
            "beta": named.get(row["row"]),
        }
        for row in _rows(text, on)
    ]
    step("表1中相符的行数", "rows of table 1 of that name or number", len(found), of=text)
    return {"substances": found}


@function(section="B")
def hazard_source_dates(*, assessed: date, reported: date, on: date) -> Answer:
    """Return until when a hazard source is filed with the county, assessed again and its plans drilled."""
    rule = parameter("cn/hazard-source/management").in_force(on).value
    due = {
        "file_until": reported + timedelta(days=rule["file_days"]),
        "assess_again_until": years_after(assessed, rule["assess_years"]),
    }
    step(
        f"评估报告完成 {reported} 起 {rule['file_days']} 日内备案",
        f"filed within {rule['file_days']} days of the report of {reported}",
        due["file_until"],
    )
    step(
        f"每 {rule['assess_years']} 年重新评估",
        f"assessed again every {rule['assess_years']} years",
        due["assess_again_until"],
    )
    drills = {
        "special_drill_until": months_after(assessed, rule["special_drill_months"]),
        "onsite_drill_until": months_after(assessed, rule["onsite_drill_months"]),
    }
    step("专项预案、现场处置方案的演练", "drills of the special and the on-site plan", list(drills.values()))
    return {**due, **drills}


def _term(item: Item, at: int, on: date) -> Term:
    need_not_negative(f"items[{at}].q", item.q, 12)
    for name, value in (("Q", item.Q), ("beta", item.beta)):
        if value is not None:
            need_positive(f"items[{at}].{name}", value, 10)
    row = None if item.Q is not None and item.beta is not None else _row(item, at, on)
    quantity = item.Q if item.Q is not None else _quantity(item, row, at, on)
    called, of = _named(item, row, at, on)
    return Term(called, of, item.q, quantity, item.beta if item.beta is not None else _beta(item, row, on))


def _named(item: Item, row: Row | None, at: int, on: date) -> tuple[Bilingual, str | None]:
    """Return what an item is called by table 1; where it has no row, by its place, with the caller's word for it."""
    if row is None and (item.name or item.cas):
        rows = [found for given in (item.cas, item.name) if given for found in _rows(given, on)]
        row = rows[0] if len(rows) == 1 else None
    if row is not None:
        return Bilingual(row["zh"], row["en"]), None
    return Bilingual(f"第 {at + 1} 种物质", f"item {at + 1}"), item.name or item.cas or "+".join(
        item.hazard_classes
    ) or None


def _row(item: Item, at: int, on: date) -> Row | None:
    """Return the row of table 1 an item names; None where it names none but tells its hazard classes or Q."""
    asked = [(name, value) for name, value in (("cas", item.cas), ("name", item.name)) if value]
    if not asked and not item.hazard_classes and item.Q is None:
        reason = because("给出名称、CAS 号、危险类别或临界量之一", "give a name, a CAS number, hazard classes or Q")
        raise impossible(f"items[{at}]", item.q, reason, {"name": "氨", "q": 12})
    for field_, value in reversed(asked):
        rows = _rows(value, on)
        if len(rows) == 1 and not (field_ == "cas" and "%" in rows[0]["zh"]):
            return rows[0]
        if rows:
            raise _several(f"items[{at}].{field_}", value, rows)
    if asked and not item.hazard_classes and item.Q is None:
        raise _unknown(f"items[{at}].{asked[-1][0]}", asked[-1][1], on)
    return None


def _quantity(item: Item, row: Row | None, at: int, on: date) -> Number:
    if row is not None:
        step(
            f"{row['zh']}：表1第 {row['row']} 行，临界量（t）",
            f"{row['en']}: row {row['row']} of table 1, Q (t)",
            row["Q"],
        )
        return exact(row["Q"])
    table = parameter("cn/hazard-source/classes").in_force(on).value
    for symbol in item.hazard_classes:
        _need_class(table, symbol, at)
    lowest = min(item.hazard_classes, key=lambda symbol: exact(table[symbol]["Q"]))
    step(
        f"{lowest} {table[lowest]['zh']}：临界量（t），多类取最低",
        f"{lowest} {table[lowest]['en']}: Q (t), the lowest of its classes",
        table[lowest]["Q"],
    )
    return exact(table[lowest]["Q"])


def _beta(item: Item, row: Row | None, on: date) -> Number | None:
    """Return β by table 3, else by the class given, else by the class of the row; None where nothing tells."""
    if row is not None:
        for named in parameter("cn/hazard-source/beta-named").in_force(on).value:
            if named["row"] == row["row"]:
                step(f"{named['zh']}：β（表3）", f"{row['en']}: β (table 3)", named["beta"])
                return exact(named["beta"])
    betas = parameter("cn/hazard-source/beta-classes").in_force(on).value
    symbols = [symbol for symbol in item.hazard_classes if symbol in betas]
    if not symbols and row is not None:
        known = parameter("cn/hazard-source/substance-classes").in_force(on).value
        symbols = [known[str(row["row"])]] if str(row["row"]) in known else []
    if not symbols:
        return None
    symbol = max(symbols, key=lambda one: exact(betas[one]))
    step(
        f"类别 {symbol}：β（表4），多类取最高",
        f"class {symbol}: β (table 4), the highest of its classes",
        betas[symbol],
    )
    return exact(betas[symbol])


def _weighted(term: Term, at: int) -> Fraction:
    if term.beta is None:
        reason = because(
            f"{term.name.zh} 不在表3，须给出危险类别（hazard_classes）或 β",
            f"{term.name.en} is not in table 3: give its hazard_classes or beta",
        )
        raise impossible(f"items[{at}].beta", None, reason, 1)
    value = Fraction(term.beta) * term.share
    shown = f"β·q/Q = {told(term.beta)} × {told(term.share)}"
    step(f"{term.name.zh}：{shown}", f"{term.name.en}: {shown}", value, of=term.of)
    return value


def _alpha(people: int, on: date) -> Number:
    row = band_of(parameter("cn/hazard-source/alpha").in_force(on).value, people)
    if row is None:
        raise ValueError("the table of α does not start at 0")
    step(
        f"厂外 500 米内 {people} 人 {edge_of(row)}：α",
        f"{people} residents within 500 m {edge_of(row)}: α",
        row["alpha"],
    )
    return exact(row["alpha"])


def _level(graded: Number, on: date) -> int:
    row = band_of(parameter("cn/hazard-source/levels").in_force(on).value, graded)
    if row is None:
        raise ValueError("the table of levels does not start at 0")
    step(f"R = {told(graded)} {edge_of(row)}：级别", f"R = {told(graded)} {edge_of(row)}: level", row["level"])
    return int(row["level"])


def _rows(text: str, on: date) -> Sequence[Row]:
    dated = parameter("cn/hazard-source/substances").in_force(on)
    return _index(dated.period.since).get(_bare(text), ())


@cache
def _index(since: date | None) -> Mapping[str, Sequence[Row]]:
    """Return the rows of an edition of table 1 by every name and CAS number as they are compared."""
    found: dict[str, list[Row]] = {}
    for dated in parameter("cn/hazard-source/substances").history:
        for row in dated.value if dated.period.since == since else ():
            for name in {_bare(one) for one in (row["zh"], row["en"], *row["cas"], *row.get("also", ()))}:
                found.setdefault(name, []).append(row)
    return found


def _bare(text: str) -> str:
    """Return a name as it is compared: full-width and half-width alike, without spaces, in small letters."""
    return "".join(normalize("NFKC", text).casefold().split())


def _need_class(table: Mapping[str, Row], symbol: str, at: int) -> None:
    if symbol not in table:
        listed = ", ".join(table)
        raise impossible(
            f"items[{at}].hazard_classes",
            symbol,
            because(f"须为其中之一：{listed}", f"must be one of {listed}"),
            "W5.3",
        )


def _several(field_: str, value: str, rows: Sequence[Row]) -> NotFound:
    listed = [row["zh"] for row in rows]
    reason = because(f"须说明是哪一项：{'；'.join(listed)}", f"say which: {'; '.join(row['en'] for row in rows)}")
    return NotFound(
        "function:impossible-input", field=field_, value=value, reason=reason, example=listed[0], near=listed
    )


def _unknown(field_: str, value: str, on: date) -> NotFound:
    near = get_close_matches(value, list(_all_names(on)), n=3) or ["氨"]
    reason = because(
        f"表1中没有；相近的有：{'、'.join(near)}；否则给出 hazard_classes（表2）",
        f"is not in table 1; near it: {', '.join(near)}; else give hazard_classes (table 2)",
    )
    return NotFound("function:impossible-input", field=field_, value=value, reason=reason, example=near[0], near=near)


def _all_names(on: date) -> Iterator[str]:
    for row in parameter("cn/hazard-source/substances").in_force(on).value:
        yield from (row["zh"], row["en"], *row.get("also", ()))
