"""The laws, orders and documents that deadlines cite, under the names a person reads."""

from dataclasses import dataclass
from functools import cache

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.parameters import Source

_PARTS = {"item": "任务", "part": "部分", "table": "表", "annex": "附录"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order or document; `number` is empty where none is known, and as it is printed where it needs no English."""

    name: str
    title: Bilingual
    number: Bilingual


def instrument(name: str) -> Instrument:
    """Return an instrument by the name that sources use."""
    try:
        return instruments()[name]
    except KeyError:
        raise NotFound("instrument:unknown", instrument=name) from None


@cache
def instruments() -> dict[str, Instrument]:
    """Return all instruments by name."""
    written = store.documents("")["instruments"]["instruments"]
    return {
        name: Instrument(
            name, Bilingual.of(row["title"]), Bilingual(row["number"], row.get("number_en", row["number"]))
        )
        for name, row in written.items()
    }


def citation(source: Source) -> Bilingual:
    """Return a source as it stands beside a deadline; without an article where none is recorded.

    >>> citation(Source("cn/saws-order-16", "14")).zh
    '《安全生产事故隐患排查治理暂行规定》（国家安全监管总局令第16号）第14条'
    """
    cited = instrument(source.instrument)
    number = cited.number
    number_zh, number_en = (f"（{number.zh}）", f" ({number.en})") if number.zh else ("", "")
    article = _article(source.clause)
    return Bilingual(f"《{cited.title.zh}》{number_zh}{article.zh}", f"{cited.title.en}{number_en}{article.en}")


def _article(clause: str) -> Bilingual:
    """Return where in the instrument: `17`, `4.3`, `item 4`, `table 1`, `annex A`; nothing where none is recorded."""
    if not clause:
        return Bilingual("", "")
    word, _, rest = clause.partition(" ")
    if word in _PARTS:
        return Bilingual(f"{_PARTS[word]}{rest}", f", {clause}")
    if not clause[0].isdigit():  # A.2, B.3: a clause of an annex
        return Bilingual(f" {clause}", f", {clause}")
    return Bilingual(f"第{clause}条", f", art. {clause}")
