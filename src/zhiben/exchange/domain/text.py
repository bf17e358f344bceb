"""Text made comparable: width, brackets, space; keys of a description, a company and a row."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import sha256

from zhiben.exchange.domain.workbook import Cell

INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
SPACE = re.compile(r"\s+")
SIGNS = re.compile(r"[\W_]+")
NUMBERING = re.compile(
    r"^\s*(?:[((\[【]?\d{1,3}[))\]】]?[、.．。:：)](?!\d)|[((]\d{1,3}[))]|[①-⑳]|第?[一二三四五六七八九十]{1,3}[、.．])\s*"
)
BRACKETED = re.compile(r"[(\[{<【〔《「『][^()\[\]{}<>【】〔〕《》「」『』]*[)\]}>】〕》」』]")
COMPANY_FORM = re.compile(
    r"(?:股份)?有限(?:责任)?公司|股份公司|有限合伙企业|普通合伙企业|有限合伙|普通合伙|个人独资企业|个体工商户"
)
BRANCH = re.compile(r"(?:第[一二三四五六七八九十\d]+)?(?:分公司|分厂|分店|分院|分行|分部|办事处|营业部|项目部)$")
SEPARATOR = "\x1f"


def text_of(cell: Cell) -> str:
    """Return a cell as a person reads it: days as ISO, whole numbers without a point, no invisible marks."""
    if type(cell) is str:
        return cell.strip() if cell.isprintable() else INVISIBLE.sub("", cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return INVISIBLE.sub("", str(cell)).strip()


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Return half-width, visible, single-spaced text.

    >>> fold("２０２４年　３月")
    '2024年 3月'
    """
    if text.isascii():
        return SPACE.sub(" ", INVISIBLE.sub("", text)).strip()
    return SPACE.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


@lru_cache(maxsize=32_768)
def compact(text: str) -> str:
    """Fold, then drop every space and lower the letters: how words of a table are looked up."""
    return fold(text).replace(" ", "").lower()


@lru_cache(maxsize=8_192)
def description_key(text: str) -> str:
    """Return what stays of a description when numbering, signs, space, width and case no longer matter.

    >>> description_key("1、灭火器 过期。") == description_key("灭火器过期")
    True
    """
    return SIGNS.sub("", NUMBERING.sub("", fold(text))).lower() or compact(text)


@lru_cache(maxsize=8_192)
def company_key(name: str) -> str:
    """Return a company's name for matching: forms of "limited", brackets and space fall away; a branch stays itself.

    >>> company_key("示例化工（成都）有限责任公司") == company_key("示例化工成都 有限公司")
    True
    """
    plain = compact(name)
    branch = ""
    inner = re.search(r"[(\[【〔]([^)\]】〕]*(?:分公司|分厂|分店|项目部))[)\]】〕]$", plain)
    if inner:
        plain, branch = plain[: inner.start()], inner[1]
    key = SIGNS.sub("", COMPANY_FORM.sub("", plain))
    return (key + SIGNS.sub("", branch)) or SIGNS.sub("", plain) or plain


def is_branch(name: str) -> bool:
    """Tell whether a name is a branch's: it may be entered under its parent's credit code."""
    return bool(BRANCH.search(compact(name).rstrip(")]】〕")))


def content_key(site: str, found_on: date | None, place: str, description: str) -> bytes:
    """Return the sixteen bytes by which a repeat is known: site, day found, place and normalised text.

    `site` is whatever names the site for good (its id, once the enterprise is known). A row without a day repeats
    only another without a day.
    """
    day = found_on.isoformat() if found_on else ""
    parts = (site, day, description_key(place), description_key(description))
    return sha256(SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).digest()[:16]


def without_brackets(text: str) -> str:
    """Return text without its bracketed notes, inner ones first."""
    before = None
    while before != text:
        before, text = text, BRACKETED.sub("", text)
    return text


def bracketed(text: str) -> list[str]:
    """Return the bracketed notes, without their brackets."""
    return [found[1:-1] for found in BRACKETED.findall(text)]


def first_of(texts: Iterable[str]) -> str:
    """Return the first that says something, or nothing."""
    return next((text for text in texts if text.strip()), "")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split())
