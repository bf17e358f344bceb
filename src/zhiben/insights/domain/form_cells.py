"""The cells of the statutory form on hidden dangers: what each counts, in words, and what can be divided by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.clearing import share


class FormCell(StrEnum):
    """One figure of the form."""

    SHOULD_CHECK = "should_check"
    DID_CHECK = "did_check"
    GENERAL_FOUND = "general_found"
    GENERAL_RECTIFIED = "general_rectified"
    MAJOR_FOUND = "major_found"
    MAJOR_CANCELLED = "major_cancelled"
    PLANNED = "planned"
    FIVE_PARTS = "five_parts"
    RESPONSIBILITY = "part_responsibility"
    MEASURES = "part_measures"
    PART_FUNDS = "part_funds"
    TIME_LIMIT = "part_time_limit"
    PLAN = "part_plan"
    LISTED = "listed"
    LISTED_PROVINCE = "listed_province"
    LISTED_CITY = "listed_city"
    FUNDS = "funds_fen"


FILLED_IN = (FormCell.SHOULD_CHECK, FormCell.DID_CHECK)  # no record tells them: filled in with their source
COUNTED = tuple(cell for cell in FormCell if cell not in FILLED_IN)
PARTS = (FormCell.RESPONSIBILITY, FormCell.MEASURES, FormCell.PART_FUNDS, FormCell.TIME_LIMIT, FormCell.PLAN)
SHARES: Mapping[FormCell, FormCell] = {  # part: whole
    FormCell.DID_CHECK: FormCell.SHOULD_CHECK,
    FormCell.GENERAL_RECTIFIED: FormCell.GENERAL_FOUND,
    FormCell.MAJOR_CANCELLED: FormCell.MAJOR_FOUND,
    FormCell.FIVE_PARTS: FormCell.PLANNED,
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell is called and what exactly it counts."""

    name: Bilingual
    counts: Bilingual
    head: Bilingual | None = None  # of a column, where the name only speaks beside the row above it

    @property
    def short(self) -> Bilingual:
        """What it is called at the head of a column."""
        return self.head or self.name


_PART_ZH, _PART_EN = (
    "列入治理计划的隐患中，该项已落实且有佐证的",
    "of those in the plan, with this part filled and proved by a file",
)
MEANINGS: Mapping[FormCell, Meaning] = {
    FormCell.SHOULD_CHECK: Meaning(
        Bilingual("应排查单位（家）", "Units that should check"),
        Bilingual("按检查计划填报，须注明来源；本系统没有记录时为“未知”", "filled in from the plan of checks, with its source; unknown without"),
    ),
    FormCell.DID_CHECK: Meaning(
        Bilingual("已排查单位（家）", "Units that did"),
        Bilingual("按检查记录填报，须注明来源", "filled in from the records of checks, with its source"),
    ),
    FormCell.GENERAL_FOUND: Meaning(
        Bilingual("排查一般隐患（项）", "General found"),
        Bilingual("发现日期在本期、等级为一般、未认定不属实的", "found in the period, of general level, not voided"),
        Bilingual("一般隐患", "General found"),
    ),
    FormCell.GENERAL_RECTIFIED: Meaning(
        Bilingual("其中已整改销号（项）", "of these rectified"),
        Bilingual("其中在期末以前销号的", "of these signed off before the period ended"),
        Bilingual("一般已销号", "General rectified"),
    ),
    FormCell.MAJOR_FOUND: Meaning(
        Bilingual("排查重大隐患（项）", "Major found"),
        Bilingual("发现日期在本期、等级为重大、未认定不属实的", "found in the period, of major level, not voided"),
        Bilingual("重大隐患", "Major found"),
    ),
    FormCell.MAJOR_CANCELLED: Meaning(
        Bilingual("其中已整改销号（项）", "of these cancelled"),
        Bilingual("其中在期末以前销号的", "of these signed off before the period ended"),
        Bilingual("重大已销号", "Major cancelled"),
    ),
    FormCell.PLANNED: Meaning(
        Bilingual("列入治理计划的重大隐患（项）", "Major in the plan"),
        Bilingual("期末未销号、治理方案已填写的重大隐患", "major, open when the period ended, with a treatment plan on record"),
        Bilingual("列入计划", "In the plan"),
    ),
    FormCell.FIVE_PARTS: Meaning(
        Bilingual("其中达到“五落实”（项）", "of these with all five implementations"),
        Bilingual("其中五项都已落实且有佐证的", "of these with all five filled and proved"),
        Bilingual("五落实", "All five"),
    ),
    FormCell.RESPONSIBILITY: Meaning(Bilingual("责任落实（项）", "Responsibility"), Bilingual(_PART_ZH, _PART_EN)),
    FormCell.MEASURES: Meaning(Bilingual("措施落实（项）", "Measures"), Bilingual(_PART_ZH, _PART_EN)),
    FormCell.PART_FUNDS: Meaning(Bilingual("资金落实（项）", "Funds in place"), Bilingual(_PART_ZH, _PART_EN)),
    FormCell.TIME_LIMIT: Meaning(Bilingual("时限落实（项）", "Time limit"), Bilingual(_PART_ZH, _PART_EN)),
    FormCell.PLAN: Meaning(Bilingual("预案落实（项）", "Emergency plan"), Bilingual(_PART_ZH, _PART_EN)),
    FormCell.LISTED: Meaning(
        Bilingual("挂牌督办（项）", "Listed supervision"),
        Bilingual("期末处于挂牌督办的", "under listed supervision when the period ended"),
        Bilingual("挂牌督办", "Listed"),
    ),
    FormCell.LISTED_PROVINCE: Meaning(
        Bilingual("其中省级（项）", "of these by the province"), Bilingual("其中由省级挂牌的", "of these listed by the province")
    ),
    FormCell.LISTED_CITY: Meaning(
        Bilingual("其中市级（项）", "of these by the prefecture"), Bilingual("其中由市级挂牌的", "of these listed by the prefecture")
    ),
    FormCell.FUNDS: Meaning(
        Bilingual("治理资金（万元）", "Funds (10,000 yuan)"),
        Bilingual(
            "本期内曾未销号的重大隐患，其治理方案载明的资金合计",
            "the amounts named in the treatment plans of major ones that stood open at some time in the period",
        ),
        Bilingual("资金（万元）", "Funds (10,000 yuan)"),
    ),
}  # fmt: skip

Figures = Mapping[FormCell, int | None]


def shares_of(figures: Figures) -> dict[FormCell, Fraction | None]:
    """Return the shares that the form asks for; None where a number is unknown, nothing was there, or they disagree."""
    return {part: _share(figures.get(part), figures.get(whole)) for part, whole in SHARES.items()}


def _share(part: int | None, whole: int | None) -> Fraction | None:
    if part is None or whole is None or part > whole:
        return None
    return share(part, whole)


def said(cell: FormCell, n: int | None) -> str | None:
    """Write a figure as it stands in the form; None where it is not known.

    >>> said(FormCell.FUNDS, 1234500), said(FormCell.LISTED, 3)
    ('1.2345', '3')
    """
    if n is None:
        return None
    if cell is not FormCell.FUNDS:
        return str(n)
    whole, rest = divmod(n, 1_000_000)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".") if rest else str(whole)
