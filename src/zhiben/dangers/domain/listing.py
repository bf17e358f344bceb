"""The words of listed supervision, and what may be published about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.listings import Authority, ListingClock, Span


class ListingState(StrEnum):
    """Where a listing stands."""

    STANDING = "standing"
    REVIEWED = "reviewed"  # passed the review on site; another person removes it
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"  # it should not have been listed


LISTED = frozenset({ListingState.STANDING, ListingState.REVIEWED})


class PublicationKind(StrEnum):
    """What is published."""

    LISTING = "listing"
    REMOVAL = "removal"


class PublicationState(StrEnum):
    """Where a publication stands."""

    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


NAMES: dict[StrEnum, Bilingual] = {
    ListingState.STANDING: Bilingual("挂牌中", "listed"),
    ListingState.REVIEWED: Bilingual("复查合格，待摘牌", "reviewed, to be removed"),
    ListingState.REMOVED: Bilingual("已摘牌", "removed"),
    ListingState.WITHDRAWN: Bilingual("已撤销挂牌", "listing withdrawn"),
    PublicationKind.LISTING: Bilingual("挂牌公示", "listing"),
    PublicationKind.REMOVAL: Bilingual("摘牌公示", "removal"),
    PublicationState.DRAFT: Bilingual("待发布", "draft"),
    PublicationState.RELEASED: Bilingual("已发布", "published"),
    PublicationState.WITHDRAWN: Bilingual("已撤回", "withdrawn"),
    Authority.PROVINCE: Bilingual("省级", "province"),
    Authority.CITY: Bilingual("市级", "city"),
    Authority.COUNTY: Bilingual("县级", "county"),
    Authority.TOWN: Bilingual("乡镇级", "township"),
    ListingClock.REPORT: Bilingual("上报挂牌情况", "report the listing upwards"),
    ListingClock.PUBLISH: Bilingual("公示挂牌", "publish the listing"),
    ListingClock.LIMIT: Bilingual("最长期限", "longest limit"),
    ListingClock.EXTENSION_ASK: Bilingual("期满前申请延期", "ask for an extension before expiry"),
    ListingClock.EXTENSION_ANSWER: Bilingual("答复延期", "answer an extension"),
    ListingClock.REVIEW: Bilingual("现场复查", "review on site"),
    ListingClock.PUBLISH_REMOVAL: Bilingual("公示摘牌", "publish the removal"),
    Span.DAY: Bilingual("日", "days"),
    Span.WORKING_DAY: Bilingual("个工作日", "working days"),
    Span.MONTH: Bilingual("个月", "months"),
}
MASK = "＊＊"
PATTERNS = (
    re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"),  # identity card
    re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),  # mobile
    re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"),  # fixed line
    re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}"),  # plate
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, and what was taken out of it."""

    text: str
    removed: tuple[str, ...]


def redact(text: str, names: Iterable[str]) -> Redacted:
    """Take the names of persons, telephone and identity numbers, addresses of mail and number plates out of a text.

    >>> redact("值班员张三（13800001234）擅离", ["张三"]).text
    '值班员＊＊（＊＊）擅离'
    """
    removed: list[str] = []

    def mask(found: re.Match[str]) -> str:
        removed.append(found[0])
        return MASK

    for pattern in PATTERNS:
        text = pattern.sub(mask, text)
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = re.sub(re.escape(name), mask, text)
    return Redacted(text, tuple(removed))
