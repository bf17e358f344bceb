"""What the pages of docs/law/ need for packs that are no values and no standards: titles, headings, the table of industries."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.industry_classes import broader, industry_class, industry_classes, letter_of, section_title
from zhiben.law.naming import SECTIONS

GROUP, CLASS = 3, 4  # digits
EXAMPLE = "0610"
INDUSTRIES = "codes/gbt4754"
TITLES: Mapping[str, Bilingual] = {
    "candidates": Bilingual("查找候选条款的词表", "Words by which candidate clauses are found"),
    "facts": Bilingual("事实词汇", "Vocabulary of facts"),
    "functions/about": Bilingual("函数说明（中文）", "What functions do, in Chinese"),
    "functions/terms": Bilingual("用语和代码的中英文", "Words of the law and codes in both languages"),
    "heightened_periods": Bilingual("升级管控时段（设置）", "Periods of tightened control (a setting)"),
    "industries": Bilingual("判定标准所用的行业", "Industries of the standards"),
    "instruments": Bilingual("引用的法规和标准", "Instruments that are cited"),
    "matters": Bilingual("监管事项", "Matters of supervision"),
}
PARTS: Mapping[str, Bilingual] = {
    "about": Bilingual("说明", "what they do"),
    "aliases": Bilingual("停用的代码", "retired codes"),
    "aliases_confidence": Bilingual("停用代码的可信度", "confidence in the retired codes"),
    "aliases_verify": Bilingual("停用代码须核实", "retired codes are to be checked"),
    "at_least_a_quarter": Bilingual("每季度至少", "at least a quarter"),
    "classes_verify": Bilingual("小类须核实", "classes are to be checked"),
    "clocks": Bilingual("时限", "time limits"),
    "codes": Bilingual("代码", "codes"),
    "concepts": Bilingual("概念", "concepts"),
    "confidence": Bilingual("可信度", "confidence"),
    "default": Bilingual("默认", "default"),
    "examples": Bilingual("算例", "examples"),
    "functions": Bilingual("函数名称", "names of functions"),
    "generic_signs": Bilingual("泛用字", "signs that tell little"),
    "generic_words": Bilingual("泛用词", "words that tell little"),
    "holidays": Bilingual("法定节假日", "public holidays"),
    "instruments": Bilingual("法规和标准", "instruments"),
    "make_up_days": Bilingual("调休上班日", "weekends that are worked"),
    "matter": Bilingual("事项", "matter"),
    "matters": Bilingual("事项", "matters"),
    "nights_and_days_off": Bilingual("夜间和休息日", "nights and days off"),
    "note": Bilingual("说明", "note"),
    "progress_days": Bilingual("报告进展间隔（日）", "days between two reports of progress"),
    "proposals": Bilingual("建议的行业", "industries proposed"),
    "proposals_confidence": Bilingual("建议的可信度", "confidence in the proposals"),
    "reads": Bilingual("同义词", "words read as others"),
    "region": Bilingual("地区", "region"),
    "rungs": Bilingual("阶梯", "rungs"),
    "sections": Bilingual("门类", "sections"),
    "setting": Bilingual("属于设置", "it is a setting"),
    "source": Bilingual("来源", "source"),
    "stop_holds": Bilingual("停产期间", "while work is stopped"),
    "terms": Bilingual("用语", "terms"),
    "two_levels": Bilingual("同时为两级的代码", "codes that stand at two levels"),
    "verify": Bilingual("须核实", "to be checked"),
    "words": Bilingual("输入和结果的名称", "names of inputs and answers"),
    "year": Bilingual("年份", "year"),
    "yearly": Bilingual("每年", "every year"),
}


def title_of_pack(name: str, written: Any) -> Bilingual:
    """Return what a pack is called; a new one without a title of its own needs one here."""
    own = written.get("title") if isinstance(written, dict) else None
    if isinstance(own, dict):
        return Bilingual.of(own)
    folder, _, last = name.rpartition("/")
    if folder == "calendar":
        return Bilingual(f"{written['year']} 年放假安排", f"Days off of {written['year']}")
    if folder == "functions" and last in SECTIONS:
        section = SECTIONS[last]
        return Bilingual(f"函数的名称：{section.zh}", f"Names of functions: {section.en}")
    return TITLES[name]


def part_heading(part: str) -> str:
    """Return the heading of a part of a pack."""
    said = PARTS[part]
    return f"## {said.zh} · {said.en} (`{part}`)"


def industry_page(note: str) -> str:
    """Return the page of the industrial classification: edition, how to look up, all codes by section."""
    names = industry_classes()
    sizes = [sum(industry_class(code).level == level for code in names) for level in (1, 2, 3, 4)]
    lines = [
        "# 国民经济行业分类（GB/T 4754-2017） · Industrial classification (GB/T 4754-2017)",
        "",
        note,
        "",
        f"`packs/{INDUSTRIES}.csv`",
        "",
        (
            f"版本：GB/T 4754-2017。本表有门类 {sizes[0]} 个、大类 {sizes[1]} 个、中类 {sizes[2]} 个、小类 {sizes[3]} 个。2017 年文本有小类 1,380 个，"
            "2019 年修改单之后为 1,382 个；差别尚须对照正式文本核实。名称为标准的中文原文；本表没有英文名称，只有门类译成英文。"
        ),
        "",
        (
            f"Edition: GB/T 4754-2017. This table has {sizes[0]} sections, {sizes[1]} divisions, {sizes[2]} groups and {sizes[3]:,} classes. "
            "The text of 2017 has 1,380 classes, 1,382 with the amendment of 2019; the difference is still to be checked "
            "against the official text. Names are the standard's own, in Chinese; only sections are put into English here."
        ),
        "",
        *_looking_up(names[EXAMPLE]),
    ]
    for letter, codes in groupby(names, key=letter_of):
        title = section_title(letter)
        lines += [
            "",
            f"## {letter} {title.zh} · {title.en}",
            "",
            "| 大类 division | 中类 group | 小类 classes |",
            "|---|---|---|",
        ]
        lines += _rows(list(codes), names)
    return "\n".join(lines) + "\n"


def _looking_up(name: str) -> list[str]:
    return [
        "## 查代码 Looking up a code",
        "",
        (
            "代码前可以带门类字母（`B0610`）。表格软件去掉的首位 0 无法可靠补回，请把代码存为文本。判定标准的行业不等于这里的小类：小类只"
            "[提示](industry_sections.md)可能的行业，由人确认。"
        ),
        "",
        (
            "A code may have its section's letter in front (`B0610`). A leading zero that a spreadsheet took away cannot be put "
            "back, so keep codes as text. The industries of the standards are not these classes: a class only "
            "[suggests](industry_sections.md) some, for a person to confirm."
        ),
        "",
        "```sh",
        f'zhiben law call industry_letter \'{{"division": "{EXAMPLE}"}}\'       # {letter_of(EXAMPLE)}',
        f'zhiben law call code_industry \'{{"gb4754_class": "{EXAMPLE}"}}\'     # GB 6441-2025',
        "```",
        "",
        "```python",
        "from zhiben.law.industry_classes import broader, industry_class, proposed_industries",
        "",
        f'industry_class("B{EXAMPLE}").name  # {name}',
        f'broader("{EXAMPLE}")  # {broader(EXAMPLE)}',
        f'proposed_industries("{EXAMPLE}")  # the industries of the standards it suggests',
        "```",
    ]


def _rows(codes: list[str], names: Mapping[str, str]) -> list[str]:
    """Return a row a group, its division told once."""
    rows, told = [], ""
    for group in (code for code in codes if len(code) == GROUP):
        division = group[:2]
        above = f"**{division}** {names[division]}" if division != told else ""
        below = "；".join(f"`{code}` {names[code]}" for code in codes if len(code) == CLASS and code.startswith(group))
        rows.append(f"| {above} | {group} {names[group]} | {below} |")
        told = division
    return rows
