"""The words of level, status, channel and handling: what offices write, and what it means in the loop."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zhiben.exchange.domain.text import compact, text_of, words_of
from zhiben.exchange.domain.workbook import Cell

Level = Literal["general", "major"]
Status = Literal["open", "awaiting", "closed", "void"]
Channel = Literal["self_check", "inspection", "public_report", "monitoring", "determination"]
Handling = Literal["on_the_spot", "by_deadline"]
BLANKS = frozenset(
    {"", "/", "//", "-", "--", "—", "——", "无", "暂无", "待定", "n/a", "na", "#n/a", "null", "none", "…"}
)
TICKED_AFTER = re.compile(r"[☑√✓✔■●▣]\s*([一-龥]{2,8})")
TICKED_BEFORE = re.compile(r"([一-龥]{2,8})\s*[(\[]?[☑√✓✔■●▣]")
BOXED = re.compile(r"[□☐○]")
BOX_FIRST = re.compile(r"^\W*[□☐○☑√✓✔■●▣]")


@dataclass(frozen=True, slots=True)
class LevelReading:
    """A level as the law knows two, and the form's own word where it knows more."""

    level: Level | None = None
    local_level: str = ""
    flags: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WordReading:
    """A word's meaning, or that it has none we know."""

    value: str = ""
    flags: tuple[str, ...] = ()
    problem: str = ""


GENERAL = words_of(
    "一般 一般隐患 一般事故隐患 一般安全隐患 一般性 一般性隐患 普通 普通隐患 一般问题 非重大 非重大隐患 "
    "不是重大隐患 不构成重大隐患 不构成重大事故隐患 不属于重大隐患 不属于重大事故隐患 否 不是 不属于 0 n no "
    "false general 一般类 一般级 一般生产安全事故隐患"
)
MAJOR = words_of(
    "重大 重大隐患 重大事故隐患 重大安全隐患 重大生产安全事故隐患 重大问题 特别重大 特大 特大隐患 是 属于 "
    "构成重大隐患 构成重大事故隐患 属于重大隐患 属于重大事故隐患 y yes true major 重大类 重大级 √ "
    "✓ ✔"
)
LOCAL_GENERAL = words_of(
    "较大 较大隐患 较大事故隐患 较大安全隐患 低 轻微 较小 中 中等 轻 较重 严重一般 低风险 一般风险 较大风险"
)
LADDER = re.compile(r"^(?:([a-d])|([1-5])|([ivⅰ-ⅴ]{1,3})|([一二三四五]))(?:级|类|级隐患|类隐患)?(?:隐患)?$")
COLOURS = {"红": True, "红色": True, "橙": False, "橙色": False, "黄": False, "黄色": False, "蓝": False, "蓝色": False}
TOPMOST = frozenset({"a", "1", "i", "ⅰ", "一"})
CLOSED = words_of(
    "已整改 已完成 已闭环 已销号 完成 整改完毕 是 √ ✓ ✔ v y yes true ok 100% 1 闭合 "
    "合格 已改 已改正 已整改完成 已整改完毕 已整改到位 整改完成 整改到位 已完成整改 已治理 已消除 已消除隐患 "
    "已闭合 已销案 已销项 销号 闭环 已关闭 关闭 已办结 办结 已解决 解决 已处理 处理完毕 已落实 已验收 "
    "验收合格 验收通过 已验收合格 复查合格 已复查 通过 符合 符合要求 已通过 全部整改 全部完成 全部整改完毕 "
    "整改合格 整改结束 已结案 结案 立即整改完成 当场整改 现场整改 当场改正 立即整改完毕 现场已整改 当场已整改 "
    "己整改 以整改 己完成 巳整改 完毕 已全部整改 已整改销号 已整改闭环 销号完成 达标 closed done "
    "已完结 完结 已更换 已修复 已维修 已清理 已整治 已整改合格 治理完成 消除 已复查合格 同意销号 予以销号"
)
OPEN = words_of(
    "未整改 整改中 正在整改 否 待整改 未完成 未销号 未闭环 未闭合 未开始 × x ✗ ✘ 〇 n no "
    "false 0 0% 进行中 治理中 正在治理 未治理 尚未整改 没有整改 没整改 限期整改 正在进行 正在处理 "
    "处理中 未处理 未解决 未消除 不合格 未通过 不通过 复查不合格 验收不合格 逾期 逾期未整改 超期 已逾期 "
    "超期未整改 部分整改 部分完成 未整改到位 整改不到位 未整改完成 未完成整改 待治理 已登记 登记 已下发 已下达 "
    "已交办 交办 已移交 移交 已上报 上报 已派发 open 整改 持续整改 长期整改 跟踪 跟踪中 持续跟踪 "
    "计划整改 退回 已退回 挂牌督办 新增 待处理 待核实 未落实 已制定方案"
)
AWAITING = words_of(
    "待验收 待复查 待销号 待复核 已整改待验收 已整改待复查 已整改待销号 整改完成待验收 已完成待验收 已整改未验收 "
    "已整改未销号 申请验收 申请复查 申请销号 待审核 验收中 复查中 待确认 已整改待确认 已申请验收 未验收 未复查 "
    "已整改未复查 已提交 待闭环"
)
VOID = words_of("不属实 误报 作废 已作废 取消 已取消 撤销 已撤销 无效 重复 重复上报 非隐患 不是隐患")
PERCENT = re.compile(r"^(?:整改率|完成率|进度|已?完成|整改)?[::]?(\d{1,3}(?:\.\d+)?)%$")
STATUS_PATTERNS: tuple[tuple[str, Status], ...] = (
    (r"不属实|误报|作废|非隐患", "void"),
    (r"(?:待|等待|申请|未|尚未|没有?)(?:验收|复查|销号|复核|确认)", "awaiting"),
    (r"(?:未|没|尚未|没有|不)(?:能|予|有)?(?:及时|按期|按时|完全|全部)?(?:整改|完成|治理|闭环|闭合|销号|消除|落实|合格|到位|通过|解决|处理|改)|不合格|逾期|超期", "open"),
    (r"已(?:下达|下发|交办|上报|通知|安排|列入|制定|联系|督促|责令|约谈|移交|报告)", "open"),
    (r"正在|部分|进行中|整改中|治理中|施工中|采购中|待整改|限期|计划|拟|预计|准备|推进|持续|将于|将在", "open"),
    (r"已.{0,14}(?:整改|完成|治理|闭环|闭合|销号|消除|清理|更换|修复|维修|改正|处理|关闭|解决|落实|验收|拆除|补充|配备|安装|张贴|更新|清除|移除|恢复)|整改(?:完成|完毕|到位|合格|结束)|(?:验收|复查)(?:合格|通过)|(?:当场|现场|立即).{0,4}整改", "closed"),
)  # fmt: skip
_STATUS = [(re.compile(pattern), value) for pattern, value in STATUS_PATTERNS]
OUTSIDE = (
    r"执法|监督检查|监管|督查|督导|督察|暗访|暗查|明查|四不两直|上级|政府|部门检查|部门|应急局|应急管理|消防救援|消防大队|消防队|街道|乡镇|镇街"
    r"|社区|村居|网格|委员会|安委|第三方|专家|双随机|抽查|飞行|巡查组|交叉|互查|联合|省|市级|市局|县级|区级|帮扶|执法局|派出所|行业主管|外部"
    r"|甲方|业主|客户|保险"
)
INSIDE = (
    r"自查|自检|自纠|日常|班组|岗位|车间|公司|企业|厂|内部|综合|专项|专业|季节|节假日|节前|节后|定期|巡检|巡查|点检|周检|月检|周查|月查|日检"
    r"|日查|季检|排查|年检|员工|职工|安全员|领导|带班|例行|复工|全员|一线|检查|季度|每日|每周|每月|雨季|夏季|冬季|春季|秋季|防汛|消防|设备"
)
CHANNEL_PATTERNS: tuple[tuple[str, Channel], ...] = (
    (r"举报|投诉|信访|12350|12345|群众|市民|热线|网民|媒体|曝光|来电|来信", "public_report"),
    (r"监测|报警|预警|在线|物联|传感|监控系统|视频|智能|电力|感知", "monitoring"),
    (r"判定|自动识别|系统识别", "determination"),
    (OUTSIDE, "inspection"),
    (INSIDE, "self_check"),
)  # fmt: skip
_CHANNELS = [(re.compile(pattern), value) for pattern, value in CHANNEL_PATTERNS]


def read_level(cell: Cell, legend: dict[str, str] | None = None) -> LevelReading:
    """Read a level; the two of the law stay, finer ones become `general` or `major` and keep their own word."""
    word = _explained(cell, legend)
    return _level(word)


def read_status(cell: Cell, legend: dict[str, str] | None = None) -> WordReading:
    """Read a status: open, awaiting acceptance, closed or void."""
    if isinstance(cell, float) and 0 < cell < 1:  # 80 % formatted as a share
        return WordReading("open")
    return _status(_explained(cell, legend))


def read_channel(cell: Cell, legend: dict[str, str] | None = None) -> WordReading:
    """Read by whom or how it was found; outside eyes come before the enterprise's own."""
    return _channel(_explained(cell, legend))


def read_handling(cell: Cell, legend: dict[str, str] | None = None) -> WordReading:
    """Read whether it was put right on the spot or is given a deadline."""
    word = _explained(cell, legend)
    if word in BLANKS:
        return WordReading()
    if re.search(r"即查即改|当场|立即|现场|立行立改|立查立改", word):
        return WordReading("on_the_spot")
    if re.search(r"限期|期限|定期|计划", word):
        return WordReading("by_deadline")
    return WordReading(flags=("handling:unknown",))


def _explained(cell: Cell, legend: dict[str, str] | None) -> str:
    """Return the word to look up: ticked box first, then the heading's own legend."""
    raw = text_of(cell)
    if BOXED.search(raw):
        ticked = (TICKED_AFTER if BOX_FIRST.match(raw) else TICKED_BEFORE).search(raw)
        raw = ticked[1] if ticked else ""
    word = _trimmed(raw)
    return _trimmed(legend[word]) if legend and word in legend else word


@lru_cache(maxsize=16_384)
def _trimmed(raw: str) -> str:
    return compact(raw[:300]).strip("。.,;、!:'\"“”‘’*()[]【】<>《》 ")


@lru_cache(maxsize=4_096)
def _level(word: str) -> LevelReading:  # noqa: PLR0911 -- one return a form
    if word in BLANKS:
        return LevelReading()
    if word in GENERAL:
        return LevelReading("general")
    if word in MAJOR:
        return LevelReading("major", word if word.startswith("特") else "")
    if word in LOCAL_GENERAL:
        return LevelReading("general", word, ("level:local",))
    if found := LADDER.match(word):
        rung = found[1] or found[2] or found[3] or found[4]
        return LevelReading("major" if rung in TOPMOST else "general", word, ("level:local",))
    colour = word.removesuffix("级").removesuffix("风险")
    if colour in COLOURS:
        return LevelReading("major" if COLOURS[colour] else "general", word, ("level:local",))
    if "重大" in word and ("一般" in word or "疑似" in word or "较大" in word):
        return LevelReading(problem="level:undecided")
    return LevelReading(problem="level:unknown")


@lru_cache(maxsize=16_384)
def _status(word: str) -> WordReading:
    if word in BLANKS:
        return WordReading()
    for words, value in ((CLOSED, "closed"), (OPEN, "open"), (AWAITING, "awaiting"), (VOID, "void")):
        if word in words:
            return WordReading(value)
    if found := PERCENT.match(word):
        return WordReading("closed" if float(found[1]) >= 100 else "open")
    for pattern, meaning in _STATUS:
        if pattern.search(word):
            return WordReading(meaning)
    return WordReading(problem="status:unknown")


@lru_cache(maxsize=16_384)
def _channel(word: str) -> WordReading:
    if word in BLANKS:
        return WordReading()
    for pattern, meaning in _CHANNELS:
        if pattern.search(word):
            return WordReading(meaning)
    return WordReading(flags=("channel:unknown",))
