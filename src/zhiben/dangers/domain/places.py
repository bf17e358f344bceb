"""Where a telling says that it is: numbers of workshops, floors and machines, sides, and the name that is left."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_NUMBER = r"(?:\d+|[一二三四五六七八九十]+|[a-z](?![a-z])|[甲乙丙丁])"
_KINDS: tuple[tuple[str, str], ...] = (  # what a number counts, by the word behind it; the first that fits
    ("building", rf"({_NUMBER})(?:(?:号|#)楼|#?[栋幢座])"),
    ("floor", rf"({_NUMBER})[层楼](?!梯)"),
    ("entrance", rf"({_NUMBER})号?单元"),
    ("workshop", rf"({_NUMBER})(?:号|#)?(?:车间|厂房)"),
    ("store", rf"({_NUMBER})(?:号|#)?(?:仓库|库房|库|仓)"),
    ("line", rf"({_NUMBER})(?:号|#)?(?:生产线|线)"),
    ("zone", rf"({_NUMBER})(?:号|#)?(?:采区|片区|罐区|区)"),
    ("machine", rf"({_NUMBER})(?:号|#)(?=[\u4e00-\u9fff])"),
    ("tag", r"([a-z]{1,3}-?\d{2,5})"),
    ("side", r"([东南西北左右前后])(?:侧|面|边|门|角|头|端|部|墙|立面|仓库|库|楼梯|区)"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_GENERIC = re.compile(r"生产线|车间|厂房|仓库|库房|[房室站楼区间处侧面边门口库厂内里外旁的层号#]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in words, taken apart: numbers and sides by what they count, and the signs of the name left over."""

    marks: Mapping[str, frozenset[str]]
    name: frozenset[str]


def spot_of(place: str, description: str = "") -> Spot:
    """Take a place apart; numbers count wherever they stand, the name only in the field for it.

    >>> spot_of("2号抛光车间").marks == {"machine": frozenset({"2"})}, spot_of("二车间").marks["workshop"]
    (True, frozenset({'2'}))
    """
    plain = _plain(place)
    return Spot(_marks(f"{plain} {_plain(description)}"), frozenset(_SIGNS.sub("", _GENERIC.sub(" ", unmarked(plain)))))


def unmarked(text: str) -> str:
    """Return a text without the numbers and sides that only say where."""
    plain = _plain(text)
    for _, pattern in _PATTERNS:
        plain = pattern.sub(" ", plain)
    return plain


def _marks(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind, pattern in _PATTERNS:
        numbers = frozenset(_number(word) for word in pattern.findall(text))
        if numbers:
            found[kind] = numbers
            text = pattern.sub(" ", text)
    return found


def _number(word: str) -> str:
    """Return one spelling of a number: 三 and 3 are one, r-201 and r201 too."""
    if not set(word) <= set(_DIGITS + "十"):
        return word.replace("-", "").lstrip("0") or word
    tens, has_ten, ones = word.rpartition("十")
    if not has_ten:
        return "".join(str(_DIGITS.index(sign)) for sign in ones)
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def differ(one: Spot, other: Spot) -> Iterable[str]:
    """Return the kinds of marks that both name, and name differently."""
    return (kind for kind, marks in one.marks.items() if other.marks.get(kind) and not marks & other.marks[kind])


def agree(one: Spot, other: Spot) -> Iterable[str]:
    """Return the kinds of marks in which both name one alike."""
    return (kind for kind, marks in one.marks.items() if marks & other.marks.get(kind, frozenset()))


def shared_name(one: Spot, other: Spot) -> int | None:
    """Return how much of the shorter name stands in the other one, in percent; None where one has no name."""
    if not one.name or not other.name:
        return None
    return 100 * len(one.name & other.name) // min(len(one.name), len(other.name))
