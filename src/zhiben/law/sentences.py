"""What a refusal of the law says on the command line, in both languages: what happened, why, what to do now."""

import json
from collections.abc import Mapping
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal
from zhiben.law.because import Because
from zhiben.law.registry import plain

_UNFIT = Bilingual("{field} 不能用：{reason}；例：{example}", "{field} cannot be used: {reason}; example: {example}")
_NO_TEMPLATE = Bilingual("没有模板 {name}；有：{near}", "There is no template {name}; there are: {near}")
SENTENCES: Mapping[str, Bilingual] = {
    "calendar:bad-make-up-day": Bilingual(
        "{value} 不是周末，不能是调休上班日", "{value} is no weekend, so no make-up day"
    ),
    "calendar:gap": Bilingual(
        "工作日历的年份要连续：缺 {value}", "Years of the calendar must follow each other: {value}"
    ),
    "calendar:other-year": Bilingual("{value} 不属于这一年", "{value} does not belong to this year"),
    "calendar:too-many-days": _UNFIT,
    "calendar:turned-round": Bilingual("结束日早于开始日", "The last day lies before the first"),
    "calendar:unknown-year": Bilingual(
        "{field}：没有那一年的工作日历：{reason}；例：{example}",
        "{field}: there is no calendar of that year: {reason}; example: {example}",
    ),
    "clause:unknown": Bilingual(
        "{standard} 没有第 {clause} 条；相近的有：{near}", "{standard} has no clause {clause}; near it: {near}"
    ),
    "command:no-file": Bilingual("读不到文件 {field}：{reason}", "The file {field} cannot be read: {reason}"),
    "command:not-json": Bilingual(
        "{field} 不是可用的 JSON：{reason}；例：{example}", "{field} is no usable JSON: {reason}; example: {example}"
    ),
    "command:wrong-count": Bilingual(
        "{field} 不是数目：{value}；例：{example}", "{field} is not how many: {value}; example: {example}"
    ),
    "command:wrong-day": Bilingual(
        "{field} 不是日期：{value}；例：{example}", "{field} is not a day: {value}; example: {example}"
    ),
    "command:wrong-words": Bilingual(
        "命令看不懂：{reason}；用 zhiben law --help 看用法",
        "The command cannot be read: {reason}; see zhiben law --help",
    ),
    "command:unknown-id": Bilingual("没有 {id}；相近的有：{near}", "There is no {id}; near it: {near}"),
    "credit-code:bad-serial": _UNFIT,
    "credit-code:malformed": _UNFIT,
    "danger:closed-before-found": Bilingual(
        "{field}：整改日 {value} 早于发现日；例：{example}",
        "{field}: closed on {value}, before it was found; example: {example}",
    ),
    "deadline:no-such-quarter": _UNFIT,
    "deadline:no-such-year": _UNFIT,
    "division-code:malformed": _UNFIT,
    "facts:not-a-look": Bilingual(
        "{field}：本条由事实判定，不由现场查看判定；请给出 {example}",
        "{field}: this clause is judged by its facts, not by a look; give {example}",
    ),
    "facts:unknown-fact": Bilingual(
        "没有名为 {field} 的事实；相近的有：{near}", "There is no fact called {field}; near it: {near}"
    ),
    "facts:unknown-industry": Bilingual(
        "{field}：{reason}；相近的有：{example}", "{field}: {reason}; near it: {example}"
    ),
    "facts:wrong-value": Bilingual(
        "事实 {field} 的值 {value} 不能用：{reason}；例：{example}",
        "The fact {field} cannot be {value}: it {reason}; example: {example}",
    ),
    "function:missing-input": Bilingual(
        "缺少输入 {field}；例：{example}", "The input {field} is missing; example: {example}"
    ),
    "function:not-an-object": Bilingual(
        "{field} 的输入必须是 JSON 对象；例：{example}", "{field} takes a JSON object; example: {example}"
    ),
    "function:out-of-range": Bilingual(
        "输入 {field}：日期或数字太大；例：{example}",
        "The input {field}: a date or number is too large; example: {example}",
    ),
    "function:unknown": Bilingual(
        "没有函数 {function}；相近的有：{near}", "There is no function {function}; near it: {near}"
    ),
    "function:unknown-input": Bilingual(
        "没有输入 {field}；可用的有：{example}", "There is no input {field}; there are: {example}"
    ),
    "function:wrong-input": Bilingual(
        "输入 {field} 的值 {value} 不能用：{reason}；例：{example}",
        "The input {field} cannot be {value}: it {reason}; example: {example}",
    ),
    "function:impossible-input": Bilingual(
        "输入 {field} 的值 {value} 不能用：{reason}；例：{example}",
        "The input {field} cannot be {value}: {reason}; example: {example}",
    ),
    "id-number:malformed": _UNFIT,
    "industry-code:malformed": _UNFIT,
    "industry-code:unknown": Bilingual(
        "输入 {field}：GB/T 4754-2017 里没有这个行业代码；例：{example}",
        "The input {field}: GB/T 4754-2017 has no such code; example: {example}",
    ),
    "instrument:unknown": Bilingual("没有收录文件 {instrument}", "The instrument {instrument} is not in the packs"),
    "ladder:no-template": _NO_TEMPLATE,
    "listing:no-template": _NO_TEMPLATE,
    "matter:unknown": Bilingual("没有监管事项 {matter}", "There is no matter {matter}"),
    "number:not-a-number": Bilingual("{value} 不是数字", "{value} is not a number"),
    "organisation-code:malformed": _UNFIT,
    "parameter:not-in-force": Bilingual(
        "{title}（{parameter}）在 {day} 没有收录有效的值；收录的期间：{held}；{field} 例：{example}",
        "{title} ({parameter}) has no value in force on {day}; values are held for {held}; example of {field}: {example}",
    ),
    "parameter:unknown": Bilingual("没有参数 {parameter}", "There is no parameter {parameter}"),
    "procedure:no-clock": Bilingual(
        "在 {day} 的程序规则里没有“{kind}”时限", "The procedure of {day} has no clock for {kind}"
    ),
    "procedure:no-template": _NO_TEMPLATE,
    "draft:unusable": Bilingual(
        "这个包不能用，共 {count} 处问题；{field}：{reason}",
        "This pack cannot be used ({count} problems); {field}: {reason}",
    ),
    "trial:nothing": Bilingual(
        "没有说明要试什么：给出一个包、一版标准或一处改动；例：{example}",
        "Nothing to try was named: give a pack, an edition or a change; example: {example}",
    ),
    "trial:twice": Bilingual(
        "{value} 被两处同时替换；一次只试一处", "Two things take the place of {value}; try one of them"
    ),
    "trial:unfit": Bilingual(
        "{field} 不能改为 {value}：{reason}；例：{example}", "{field} cannot be {value}: {reason}; example: {example}"
    ),
    "trial:unreadable": Bilingual(
        "看不懂这处改动：{value}；写法：标准/条款/事实=数；例：{example}",
        "This change cannot be read: {value}; write EDITION/CLAUSE/FACT=NUMBER; example: {example}",
    ),
    "rule:mixed-kinds": Bilingual("规则混用了不同类型的值：{reason}", "The rule mixes kinds of values: {reason}"),
    "rule:not-linear": Bilingual("规则中某事实与自身相乘：{reason}", "A rule multiplies a fact by itself: {reason}"),
    "rule:unreadable": Bilingual(
        "规则读不懂（第 {at} 字符处）：{reason}", "The rule cannot be read at character {at}: {reason}"
    ),
    "share:impossible": _UNFIT,
    "special-operation:unknown": Bilingual(
        "输入 {field}：{day} 有效的特种作业目录里没有“{name}”：{reason}；例：{example}",
        "The input {field}: the catalogue of special operations of {day} has no {name}: {reason}; example: {example}",
    ),
    "standard:never-judged": Bilingual(
        "{standard} 的施行日期未知，只列出，不用于判定",
        "The first day of {standard} is not known; it is listed and never judged by",
    ),
    "standard:not-in-force": Bilingual(
        "{standard} 在 {day} 不是有效版本；当日有效的是：{in_force}",
        "{standard} does not hold on {day}; what holds is: {in_force}",
    ),
    "standard:unknown": Bilingual(
        "没有标准 {standard}；相近的有：{near}", "There is no standard {standard}; near it: {near}"
    ),
}


_NOTHING_NEAR = Bilingual(
    "无；zhiben law list 列出全部标准，zhiben law show 列出每部标准的条款和事实",
    "none; zhiben law list names every standard, zhiben law show the clauses and facts of one",
)


class _Told(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def sentence(refusal: Refusal, language: str) -> str:
    """Return what happened in the reader's language; a code without a sentence shows its facts."""
    told = SENTENCES.get(refusal.code)
    if told is None:
        return str(refusal)
    facts = {name: _shown(fact, language) for name, fact in refusal.facts.items()}
    if refusal.facts.get("near") == []:
        facts["near"] = _NOTHING_NEAR(language)
    return told(language).format_map(_Told(facts))


def _shown(fact: object, language: str) -> object:
    if isinstance(fact, Because | Bilingual):
        return fact(language)
    if isinstance(fact, dict):
        return json.dumps(plain(fact), ensure_ascii=False)
    return ", ".join(map(str, fact)) or "–" if isinstance(fact, list) else fact
