"""Self-reports that say nothing: flagged with a reason, never dropped; short real ones pass."""

import re
from functools import lru_cache

from zhiben.exchange.domain.text import NUMBERING, compact, description_key, fold, words_of

NONE = words_of(
    "无 没有 没 未见 无隐患 没有隐患 未发现隐患 未发现 未发现问题 无问题 没有问题 没问题 无异常 未见异常 "
    "暂未发现问题 暂未发现异常 暂无 暂无隐患 暂未发现 暂未发现隐患 目前无隐患 无安全隐患 无此项 无此情况 无此类情况 没有此项 不涉及 "
    "不适用 未涉及 无不符合 无不良 零隐患 无需整改 不存在 不存在隐患 没有发现隐患 没有发现问题 未发现异常 "
    "未发现安全隐患 检查无隐患 现场无隐患 本次检查未发现隐患 无相关隐患 无存在问题 无明显隐患 没有存在隐患 "
    "不存在此隐患 没有此类隐患 没有安全隐患 没有异常 无违规 无违章 否 none no nil null n na "
    "nothing 无隐患存在 暂时没有 暂时无 目前没有"
)
FINE = words_of(
    "正常 良好 合格 符合 符合要求 符合规定 符合标准 完好 完整 齐全 安全 运行正常 一切正常 均正常 全部正常 "
    "情况良好 状态良好 正常运行 基本正常 设备正常 检查正常 已检查正常 ok good 好 很好 可以 达标 通过 "
    "到位 落实到位 已落实 按要求执行 按规定执行 按要求落实 严格执行 有效 畅通 完好有效 齐全有效 检查合格 "
    "现场良好 保持良好 完善 较好 良 整洁 已按要求执行 均符合 全部合格 都正常 都符合 均完好 无损坏 没有损坏 "
    "流畅 检查完整 已合理放置 已摆放在位 已摆放整齐 已明确责任 已建立 正常使用 正常有效 均有效 均畅通 均良好 "
    "已达标"
)
VAGUE = words_of(
    "一般 轻微 重大 较大 一般隐患 重大隐患 一般事故隐患 较大隐患 有 有隐患 存在隐患 有问题 存在问题 隐患 "
    "问题 安全隐患 有安全隐患 存在安全隐患 发现隐患 发现问题 有一处隐患 有一个隐患 小问题 小隐患 有待改进 "
    "需改进 需整改 待整改 要整改 需要整改 整改 待完善 待改善 有待完善 未够完善 要加强 需加强 加强管理 加强 "
    "注意 注意安全 不合格 不符合 不符合要求 不达标 不好 不规范 异常 是 其他 其它 同上 见附件 详见附件 如图 "
    "见照片 见图 详见照片 同前 如上 见图片"
)
FILLERS = re.compile(
    r"(?:[\d.a-z]{1,3}|(.)\1{1,}|(..)\2{1,}|123\d*|abc[a-z]*|asdf?[a-z]*|qwer?[a-z]*|test\w*|测试.{0,3}|示例|样例|xxx*|待填|待补充|未填|请填写.*|\d+)"
)
FIX = (
    r"(?:己|已|以|巳|现|均|都|全部|目前|现在|现已|已经|己经|均已|已于)?(?:当场|现场|立即|立刻|及时|即时|马上|当日|当天|按要求|全部|自行|安排)*"
    r"(?:进行|完成|落实|得到|予以|做出)?(?:整改|改善|改正|更改|修改|纠正|整顿|处理|解决|消除|排除|治理|改进|完善|落实|完成|修复|维修|更换|换新|更新|检查|点检"
    r"|清理|清除|补充|购置|培训|学习|记录|建档|配备|增加|安装|到位|关闭|闭环|销号|复查|验收|巡查|排查|补齐|补全|修理|修好|换)"
    r"(?:完成|完毕|到位|好|好了|整好|完|了|结束|合格|中|隐患|问题|新的|新|过|情况|工作|措施|演练)*"
)
FIXED = re.compile(FIX)
MARKED_FIX = re.compile(
    r"^(?:己|已|以|巳|现|均|都|全部|立即|立刻|当场|现场|马上|及时|正在|待|需|要|尽快|限期|按要求|整改|完成|处理|换|更换)"
)
IN_PROGRESS = re.compile(
    r"^(?:正在|待|需要?|要|尽快|限期|计划|准备|将)?(?:立即|立刻|马上)?(?:整改|处理|改正|落实)(?:中|中。)?$"
)
THINGS = (
    r"灭火器|灭火器材|消火栓|消防栓|消防器材|消防设施|消防设备|消防|安全|消防通道|疏散通道|安全通道|安全出口|疏散|通道|出口|作业通道|逃生通道|应急灯|应急照明"
    r"|应急照明灯|指示灯|疏散指示|指示|标志|标识|标牌|标示|警示|警示牌|配电箱|配电室|电箱|开关箱|开关|插座|电线|线路|电源|用电|电气|设备|设施|机器|机械|车间|仓库|厂房"
    r"|宿舍|食堂|厨房|办公室|记录|会议|台账|档案|制度|演练|培训|点检|检查|巡查|防火|防火门|防护|防护罩|叉车|电梯|锅炉|气瓶|化学品|危化品|酒精|现场|环境|卫生"
    r"|教育|器材|应急|预案|治理|员工|人员|个人|劳保|用品|隐患|排查|情况|问题|管理|工作|生产|作业|项目|内容|区域|场所|情况表|泡沫塑料|和|及|、|与|的"
)
THING_ONLY = re.compile(rf"(?:{THINGS})+")
ALL_WELL = re.compile(
    rf"(?:{THINGS})+(?:均|都|已|很|保持|基本|全部|处于)*(?:正常|良好|完好|完整|齐全|合格|有效|畅通|符合要求|符合规定|符合标准|到位|在位|无隐患|无异常"
    r"|没有问题|无问题|完善|达标|运行正常|有序)(?:有效|状态|使用|运行)*"
)
HAN = re.compile(r"[一-龥]")


def says_nothing(text: str, check_item: str = "") -> str | None:
    """Return why a report says nothing, or None for one that names something wrong.

    >>> says_nothing("已整改"), says_nothing("灭火器过期")
    ('report:fixed-only', None)
    """
    if len(text) > (400 if check_item else 40):
        return None  # nobody needs forty characters to say nothing
    return _says_nothing(text, check_item[:400])


@lru_cache(maxsize=16_384)
def _says_nothing(text: str, check_item: str) -> str | None:
    plain = compact(NUMBERING.sub("", fold(text)))
    key = description_key(text) if HAN.search(plain) or plain.isalnum() else re.sub(r"[\W_]+", "", plain)
    if not compact(text):
        return "report:empty"
    if not key:
        return "report:signs-only"
    for words, reason in ((NONE, "report:none"), (FINE, "report:all-well"), (VAGUE, "report:vague")):
        if key in words:
            return reason
    if FILLERS.fullmatch(key):
        return "report:filler"
    if check_item and key == description_key(check_item):
        return "report:repeats-item"
    return _without_fix(plain, key)


def _without_fix(plain: str, key: str) -> str | None:  # noqa: PLR0911 -- one return a reason
    """Take away what only says that it was put right; see whether anything is left."""
    parts = [part for part in re.split(r"[\W_]+", plain) if part]
    left = [part for part in parts if not _is_fix(part)]
    if not left:
        return "report:fixed-only"
    rest = "".join(left)
    if len(left) < len(parts) and (rest in NONE or rest in FINE or rest in VAGUE):
        return "report:fixed-only"
    if all(part in NONE | FINE for part in left):
        return "report:all-well"
    if all(part in VAGUE for part in left):
        return "report:vague"
    vague_then_fixed = re.fullmatch(rf"(?:有|存在|发现)?(?:安全)?(?:隐患|问题)(?:{FIX})+", key)
    if vague_then_fixed:
        return "report:fixed-only"
    if ALL_WELL.fullmatch(key):
        return "report:all-well"
    if THING_ONLY.fullmatch(key):
        return "report:thing-only"
    return None


def _is_fix(part: str) -> bool:
    if IN_PROGRESS.match(part):
        return True
    return bool(MARKED_FIX.match(part)) and bool(re.fullmatch(rf"(?:{FIX})+", part))
