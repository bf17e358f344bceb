"""Funds as ledgers write them, to the exact yuan: "2万元", "5,000", "0.5" under a heading in 万元."""

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from zhiben.exchange.domain.text import fold, text_of
from zhiben.exchange.domain.workbook import Cell

FACTORS = {"": 1, "元": 1, "圆": 1, "块": 1, "百": 100, "百元": 100, "千": 1_000, "千元": 1_000, "万": 10_000, "万元": 10_000,
           "w": 10_000, "十万": 100_000, "十万元": 100_000, "百万": 1_000_000, "百万元": 1_000_000, "千万": 10_000_000,
           "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000, "k": 1_000}  # fmt: skip
AMOUNT = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(亿元|千万元|百万元|十万元|万元|千元|百元|亿|千万|百万|十万|万|千|百|元|圆|块|w|k)?(?:人民币|整|左右|余|多)*"
)
HAN: dict[str, int | Decimal] = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "半": Decimal("0.5"),
}
HAN_AMOUNT = re.compile(r"^([一二两三四五六七八九十半])(十|百|千|万|十万|百万)(元|块)?$")
LEADING = re.compile(r"^(?:[¥$::]|rmb|约|大概|预计|人民币)+")
ABOUT = re.compile(r"约|左右|大概|预计|余|多|上下|不超过|以内")
NOTHING_WORDS = frozenset(
    {
        "",
        "/",
        "//",
        "-",
        "--",
        "—",
        "——",
        "无",
        "暂无",
        "不需要",
        "无需",
        "n/a",
        "null",
        "none",
        "待定",
        "已落实",
        "自筹",
        "是",
        "√",
        "落实",
        "无资金",
    }
)
LARGEST = Decimal(100_000_000_000)


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """An amount in yuan, what was assumed about it, or the problem."""

    yuan: Decimal | None = None
    flags: tuple[str, ...] = ()
    problem: str = ""


def read_money(cell: Cell, unit: str = "") -> MoneyReading:
    """Read an amount; `unit` is what the heading says, and holds only where the cell names none."""
    if cell is None or isinstance(cell, bool | date):
        return MoneyReading()
    if isinstance(cell, float) and not math.isfinite(cell):
        return MoneyReading(problem="funds:unreadable")
    return _read(text_of(cell) if isinstance(cell, str) else format(Decimal(str(cell)), "f"), unit)


@lru_cache(maxsize=8_192)
def _read(raw: str, unit: str) -> MoneyReading:
    if re.search(r"[¥￥]|rmb", raw, re.IGNORECASE):
        unit = "元"
    text = fold(raw)[:60].replace(" ", "").lower()
    text = LEADING.sub("", text).rstrip("。.;、")
    if text in NOTHING_WORDS:
        return MoneyReading(flags=("funds:words",) if text in {"已落实", "自筹", "落实", "是", "√"} else ())
    if found := HAN_AMOUNT.match(text):
        return MoneyReading(Decimal(HAN[found[1]]) * {"十": 10}.get(found[2], FACTORS.get(found[2], 1)))
    amounts = list(AMOUNT.finditer(text))
    if not amounts:
        return MoneyReading(problem="funds:unreadable")
    flags = ["funds:about"] if ABOUT.search(fold(raw)) else []
    if len(amounts) > 1:
        flags.append("funds:several")
    named = next((one[2] for one in amounts if one[2]), unit)  # "1-2万元": the unit stands once
    try:
        yuan = max(Decimal(one[1].replace(",", "")) * FACTORS[one[2] or named] for one in amounts)
    except InvalidOperation:
        return MoneyReading(problem="funds:unreadable")
    if yuan > LARGEST:
        return MoneyReading(problem="funds:unreadable")
    return MoneyReading(yuan.normalize() if yuan != yuan.to_integral() else yuan.quantize(Decimal(1)), tuple(flags))
