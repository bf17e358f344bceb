"""Days as ledgers write them: a dozen forms, some without a year or a day, some only "within ten working days"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from zhiben.exchange.domain.people import looks_like_people
from zhiben.exchange.domain.text import fold, text_of
from zhiben.exchange.domain.workbook import Cell

EARLIEST, LATEST = date(1949, 10, 1), date(2100, 1, 1)
SERIAL_ZERO = date(1899, 12, 30)  # Excel's day 60 onward; earlier ones are no dates of a ledger
SERIALS = range(18_264, 73_051)  # 1950 to 2099


@dataclass(frozen=True, slots=True)
class Relative:
    """A time limit counted from the day of finding: the caller counts, working days by the calendar in force."""

    days: int = 0
    months: int = 0
    is_working: bool = False
    is_open_ended: bool = False  # "long-term": no day ever comes

    def after(self, found_on: date, working: Callable[[date, int], date] | None = None) -> date | None:
        """Return the day the limit ends; None when open-ended, or working days cannot be counted here."""
        if self.is_open_ended or (self.is_working and working is None):
            return None
        if self.is_working and working is not None:
            return working(found_on, self.days)
        month = found_on.month - 1 + self.months
        year, month = found_on.year + month // 12, month % 12 + 1
        day = min(found_on.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class DayReading:
    """What a cell says about a day: the day, or a limit relative to finding, or the problem; and what was assumed."""

    day: date | None = None
    relative: Relative | None = None
    flags: tuple[str, ...] = ()
    problem: str = ""


NOTHING = DayReading()
BLANKS = frozenset({
    "", "/", "//", "\\", "-", "--", "---", "—", "——", "———", "无", "暂无", "待定", "n/a", "na", "#n/a", "null", "none", "nan",
    "空", "未定", "...", "…", "……", "0", "0000-00-00", "1900-01-00", "1900/1/0", "#value!", "#ref!", "未知", "不详", "??", "无期限",
})  # fmt: skip
AT_ONCE = re.compile(
    r"^(?:即日|即刻|即时|立即|立刻|马上|当场|现场|当天|当日|当即|随即|即查即改|立查立改|立行立改|边查边改|随查随改|马上就办)"
    r"(?:起|内|完成|整改|改正|处理|消除|停止|更换|清理|解决|落实|完毕|到位)*[!。.]*$"
)
OPEN_ENDED = re.compile(r"^(?:长期|持续|常态|经常|日常|始终|永久)")
LIMIT = re.compile(
    r"^(?:限|限期|在|于|自?(?:发现|检查|通知)(?:之日)?起|收到(?:通知)?后?)?(\d{1,4}|[零〇一二两三四五六七八九十百半]{1,5})"
    r"(?:个|~\d+|-\d+)?(工作日|自然日|日历天|日历日|天|日|周|星期|礼拜|月|季度|年|小时|钟头)(半)?(?:以内|之内|内|后|前|整改|完成|改正|整改完成|到位)*[。.!]*$"
)
DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
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
}
HAN_DAY = re.compile(
    r"^([零〇○一二三四五六七八九O0]{4}|[零〇○一二三四五六七八九O0]{2})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十廿卅]{1,4})[日号])?"
)
TAIL = r"(?:\s*(?:[日号])?\s*(?:之?前|以前|止|底|起|左右|已?(?:整改)?(?:完成|完毕)|整改|完成|已整改)*[。.,;、!]*)$"
TIME = r"(?:[T\s]*(?:上午|下午|早上|晚上|中午)?\s*\d{1,2}\s*[:时点]\s*\d{0,2}\s*[:分]?\s*\d{0,2}(?:\.\d+)?\s*秒?\s*(?:Z|[+-]\d{2}:?\d{2})?(?:AM|PM|am|pm)?)?"
WEEKDAY = r"(?:\s*[((]?(?:星期|周|礼拜)[一二三四五六日天][))]?)?"
YMD = re.compile(
    r"^(\d{4}|\d{2})\s*(?:[-/.,、·\\_年]|\s)\s*(\d{1,2})\s*(?:[-/.,、·\\_月]|\s)\s*(\d{1,2})(?!\d)\s*[日号]?"
    + WEEKDAY
    + TIME
    + TAIL
)
PACKED = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4}|\d{6})?" + TAIL)
YM = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*(份|初|上旬|中旬|下旬|底|末|内)?(?:之?前|以前|完成)?$")
MDY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + TIME + "$")
MD = re.compile(r"^(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*[日号]?" + TIME + TAIL)
M_ONLY = re.compile(r"^(\d{1,2})\s*月\s*(份|初|上旬|中旬|下旬|底|末)?(?:之?前|以前|完成)?$")
YEAR_END = re.compile(r"^(?:(\d{4})年?)?(?:年底|年末|年内|本年|底)(?:之?前|以前|完成)?$")
YEAR_ONLY = re.compile(r"^(\d{4})年度?$")
RANGE = re.compile(
    r"\s*(?:~|～|至|到|—+|--+|–|－|-(?=\s*\d{1,2}[./月]\d)|-(?=\s*\d{4}[-./年])|(?<=[日号\d])\s*-\s*(?=\d{1,2}[日号]))\s*"
)
NUMBER = re.compile(r"^\d{5}(?:\.\d+)?$")
SHARES = {"初": 1, "上旬": 1, "中旬": 11, "下旬": 21}
ENDS = {"初": 10, "上旬": 10, "中旬": 20}


def read_day(cell: Cell, *, year: int | None = None, ends: bool = False) -> DayReading:
    """Read a day from a cell of a date column.

    `year` completes "3月5日"; `ends` says that "2024年3月" means its last day (a deadline), not its first.
    """
    if isinstance(cell, bool):
        return DayReading(problem="date:unreadable")
    if isinstance(cell, datetime):
        return _bounded(cell.date())
    if isinstance(cell, date):
        return _bounded(cell)
    if isinstance(cell, int | float):
        return _from_number(cell, year, ends=ends)
    return _from_text(text_of(cell), year, ends)


def find_day(text: str, *, year: int | None = None) -> date | None:
    """Return the first day named somewhere in a sentence ("3月8日已完成"), or None."""
    for found in re.finditer(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}月\d{1,2}[日号]", fold(text)):
        reading = read_day(found[0], year=year)
        if reading.day:
            return reading.day
    return None


def _bounded(day: date) -> DayReading:
    if day.year in {1899, 1900, 1904} and day < date(1904, 1, 3):
        return DayReading(flags=("date:zero",))  # an empty cell formatted as a day
    if not EARLIEST <= day < LATEST:
        return DayReading(problem="date:impossible")
    return DayReading(day)


def _from_number(number: float, year: int | None, *, ends: bool) -> DayReading:
    if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 -- NaN
        return DayReading(problem="date:unreadable")
    if number == 0:
        return DayReading(flags=("date:zero",))
    if int(number) in SERIALS:
        return DayReading(SERIAL_ZERO + timedelta(days=int(number)))
    if isinstance(number, int) or number.is_integer():
        return _from_text(str(int(number)), year, ends)
    reading = _from_text(repr(number), year, ends)  # 2024.3 typed as a number: March, or October cut short
    return replace(reading, flags=(*reading.flags, "date:from-number")) if reading.day else reading


@lru_cache(maxsize=32_768)
def _from_text(raw: str, year: int | None, ends: bool) -> DayReading:  # noqa: FBT001 -- a key of the cache
    text = fold(raw)[:80]
    if text.lower() in BLANKS:
        return NOTHING
    for read in (_whole, _limit, _han, _partial, _range):
        reading = read(text, year, ends)
        if reading is not None:
            return reading
    if not any(sign.isdigit() for sign in text) and looks_like_people(text):
        return DayReading(problem="date:name")
    return DayReading(problem="date:unreadable")


def _whole(text: str, _year: int | None, _ends: bool) -> DayReading | None:  # noqa: FBT001
    if found := YMD.match(text):
        written = int(found[1])
        flags = ("date:short-year",) if written < 100 else ()
        return _made(written + 2000 if written < 100 else written, int(found[2]), int(found[3]), *flags)
    if found := PACKED.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if NUMBER.match(text) and int(float(text)) in SERIALS:
        return DayReading(SERIAL_ZERO + timedelta(days=int(float(text))))
    if found := MDY.match(text):
        first, second, last = int(found[1]), int(found[2]), int(found[3])
        month, day = (second, first) if first > 12 else (first, second)
        return _made(last, month, day, "date:assumed-order")
    return None


def _limit(text: str, _year: int | None, _ends: bool) -> DayReading | None:  # noqa: FBT001, PLR0911 -- one return a form
    plain = text.replace(" ", "")
    if AT_ONCE.match(plain):
        return DayReading(relative=Relative())
    if OPEN_ENDED.match(plain):
        return DayReading(relative=Relative(is_open_ended=True), flags=("date:open-ended",))
    found = LIMIT.match(plain)
    if not found:
        return None
    count, unit = _count(found[1]), found[2]
    if (unit == "月" and "个" not in plain and found[1] != "半") or (unit == "年" and (count or 0) > 30):
        return None  # a month or a year by name, not a span
    if found[1] == "半":
        half = {"月": Relative(days=15), "年": Relative(months=6), "天": Relative(), "日": Relative()}.get(unit)
        return DayReading(relative=half) if half else DayReading(problem="date:unreadable")
    if count is None or count > 3650 or re.match(r"^\d{1,2}日$", plain):
        return None if count is None else DayReading(problem="date:unreadable")
    return DayReading(relative=_relative(count, unit, half=bool(found[3])))


def _relative(count: int, unit: str, *, half: bool) -> Relative:
    if unit == "工作日":
        return Relative(days=count, is_working=True)
    if unit in {"小时", "钟头"}:
        return Relative(days=-(-count // 24))
    if unit in {"月", "季度", "年"}:
        months = count * {"月": 1, "季度": 3, "年": 12}[unit]
        return Relative(months=months, days=15 if half and unit == "月" else 0)
    return Relative(days=count * (7 if unit in {"周", "星期", "礼拜"} else 1))


def _han(text: str, _year: int | None, ends: bool) -> DayReading | None:  # noqa: FBT001
    found = HAN_DAY.match(text.replace(" ", ""))
    if not found:
        return None
    year = int("".join(str(DIGITS.get(sign, 0)) for sign in found[1]))
    year += 2000 if len(found[1]) == 2 else 0
    month, day = _count(found[2]), _count(found[3]) if found[3] else None
    if month is None or (found[3] and day is None):
        return DayReading(problem="date:unreadable")
    return _made(year, month, day) if day else _of_month(year, month, "", ends)


def _partial(text: str, year: int | None, ends: bool) -> DayReading | None:  # noqa: FBT001, PLR0911 -- one return a form
    if found := YM.match(text):
        return _of_month(int(found[1]), int(found[2]), found[3] or "", ends)
    if found := YEAR_END.match(text):
        named = int(found[1]) if found[1] else year
        return _made(named, 12, 31, "date:assumed-day") if named else DayReading(problem="date:no-year")
    if YEAR_ONLY.match(text):
        return DayReading(problem="date:year-only")
    if found := MD.match(text):
        if year is None:
            return DayReading(problem="date:no-year")
        return _made(year, int(found[1]), int(found[2]), "date:assumed-year")
    if found := M_ONLY.match(text):
        if year is None:
            return DayReading(problem="date:no-year")
        reading = _of_month(year, int(found[1]), found[2] or "", ends)
        return replace(reading, flags=(*reading.flags, "date:assumed-year")) if reading.day else reading
    return None


def _range(text: str, year: int | None, ends: bool) -> DayReading | None:  # noqa: FBT001
    """Take the first day of several: "2024.3.5-3.8", "2024年3月5日至8日", "2024.3.5、2024.3.9", "2024-03-05(复查)"."""
    for piece in (RANGE.split(text, maxsplit=1)[0], re.split(r"[、,;((\s]", text, maxsplit=1)[0]):
        if piece and piece != text:
            for read in (_whole, _han, _partial):
                reading = read(piece, year, ends)
                if reading is not None and reading.day:
                    return replace(reading, flags=(*reading.flags, "date:range"))
                if reading is not None and reading.problem == "date:impossible":
                    return reading
    return None


def _of_month(year: int, month: int, part: str, ends: bool) -> DayReading:  # noqa: FBT001
    if not 1 <= month <= 12:
        return DayReading(problem="date:impossible")
    last = calendar.monthrange(max(year, 1), month)[1]
    day = ENDS.get(part, last) if ends or part in {"底", "末"} else SHARES.get(part, 1)
    return _made(year, month, day, "date:assumed-day")


def _made(year: int, month: int, day: int, *flags: str) -> DayReading:
    try:
        reading = _bounded(date(year, month, day))
    except ValueError:
        return DayReading(problem="date:impossible")
    return replace(reading, flags=(*reading.flags, *flags)) if reading.day else reading


def _count(text: str) -> int | None:
    """Read a whole number below a thousand in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    total = 0
    text = text.replace("廿", "二十").replace("卅", "三十")
    for unit, size in (("百", 100), ("十", 10)):
        head, sign, rest = text.partition(unit)
        if sign:
            if head and head not in DIGITS:
                return None
            total += (DIGITS[head] if head else 1) * size
            text = rest.lstrip("零〇")
    if text:
        if text not in DIGITS:
            return None
        total += DIGITS[text]
    return total
