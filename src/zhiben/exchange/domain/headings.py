"""Which field a heading means: a table of names, then a few patterns; never a guess beyond them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.text import SPACE, bracketed, fold, without_brackets, words_of

SURE, CHILD, ALIKE, UNSURE, WEAK = 1.0, 0.9, 0.8, 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A heading's field and how sure we are: 1 by name, 0.8 by pattern, 0.5 by a word that needs its neighbours."""

    field: Field
    confidence: float


ALIASES: dict[Field, str] = {
    Field.SERIAL: "序号 编号 序列号 no. no 项次 顺序号",
    Field.RECORD_NUMBER: "隐患id 隐患编号 隐患编码 报告编号 记录编号 台账编号 问题编号 流水号 隐患登记编号",
    Field.ENTERPRISE_NAME: "企业名称 单位名称 企业 公司名称 公司 厂商名称 受检单位 受检查单位 受检企业 被检查单位 被检单位 "
    "被检查企业 被查单位 生产经营单位 检查企业 企业单位名称 隐患单位 隐患所在单位 隐患所属单位 存在隐患单位 经营单位 场所名称 "
    "填报单位 上报单位 企业全称 单位全称",
    Field.CREDIT_CODE: "统一社会信用代码 社会信用代码 信用代码 组织机构代码 统一信用代码 营业执照号",
    Field.ENTERPRISE_CODE: "企业编码 企业编号 单位编码 单位编号 企业代码",
    Field.REGION: "区域 所属区域 地区 属地 所属乡镇 所属街道 乡镇 街道 镇街 所属镇街 区县 县区 市县 所在乡镇 行政区域 辖区 "
    "所属地区 所属辖区 所在区域",
    Field.INDUSTRY: "行业 所属行业 行业领域 行业类别 行业类型 所属行业领域 国民经济行业 重点行业领域",
    Field.PROJECT: "项目名称 工程名称 工程项目 项目",
    Field.PLACE: "场所 部位 位置 地点 场所部位 区域部位 具体位置 具体部位 所在位置 检查地点 检查区域 检查工点 工点 工点名称 "
    "巡检点区域 隐患所在区域 隐患所在部门 作业场所 责任区域 点位 检查场所 隐患点 场所/部位 部位/场所",
    Field.FOUND_ON: "发现日期 发现时间 检查日期 检查时间 排查日期 排查时间 初检时间 初查时间 巡查日期 巡查时间 隐患发现日期 "
    "隐患发现时间 隐患排查日期 隐患排查时间 检查的时间 自查时间 自查日期 查出时间 查出日期 提出日期 提出时间",
    Field.RECORDED_ON: "登记时间 登记日期 录入时间 录入日期 填报时间 填报日期 上报时间 上报日期 填表日期 填表时间 报告日期 建档日期",
    Field.FINDER: "检查人 检查人员 发现人 发现人员 排查人 排查人员 查出人 登记人 登记人姓名 检测员 巡查人 巡查人员 检查员 "
    "自查人 上报人 报告人 提出人 安全检查人员 执法人员 检查人签字 网格员 专家姓名",
    Field.FINDER_ORGANISATION: "检查单位 排查单位 检查部门 排查部门 实施部门 实施单位 检查机构 检查组 发现单位 检查主体 "
    "执法单位 执法部门 监管部门 监管单位",
    Field.CHANNEL: "隐患来源 来源 检查类型 检查类别 检查形式 检查方式 排查方式 排查类型 排查形式 发现方式 隐患发现方式 来源渠道 "
    "发现途径 发现渠道 检查来源 排查级别 文书类型 隐患来源类型 信息来源 数据来源",
    Field.CHECK_ITEM: "检查项目 检查项 检查内容 排查内容 排查项目 检查事项 排查事项 自查项目 自查内容 检查要点 检查标准",
    Field.NAME: "隐患名称 问题名称 隐患标题 标题",
    Field.DESCRIPTION: "隐患描述 隐患内容 隐患 隐患问题 存在问题 存在的问题 问题描述 问题 问题内容 隐患问题描述 隐患情况 "
    "隐患具体内容 隐患简述 隐患详情 隐患概况 隐患基本情况 存在隐患 存在的隐患 存在隐患情况 事故隐患 事故隐患描述 事故隐患内容 "
    "安全隐患 安全隐患内容 主要隐患 主要问题 存在的主要问题 发现问题 发现的问题 发现隐患 发现的隐患 查出问题 查出隐患 "
    "排查出的隐患 基本概况 不符合项 不符合描述 问题隐患 问题及隐患 检查发现的问题 隐患现状 具体问题 存在问题描述 "
    "隐患内容描述 重大事故隐患内容 重大隐患内容 隐患说明 检查发现问题 违章情况 问题及隐患描述 检查情况",
    Field.CLAUSE_BASIS: "依据 依据条款 判定依据 判定标准 违反条款 法律依据 法规依据 标准依据 整改依据 检查依据 条款 依据标准 "
    "适用条款 违反法规 判定条款 对应条款 不符合条款",
    Field.CATEGORY: "隐患类型 隐患类别 隐患分类 问题类型 问题类别 问题分类 类别 类型 专业 专业分类 隐患种类 隐患所属类别 所属类别",
    Field.LEVEL: "隐患等级 隐患级别 级别 等级 隐患分级 隐患程度 问题等级 问题级别 严重程度 是否重大隐患 是否重大事故隐患 "
    "是否为重大隐患 是否属于重大隐患 隐患等级判定 隐患评级 隐患性质 危害程度 风险程度",
    Field.CAUSE: "原因 原因分析 隐患原因 产生原因 形成原因 隐患产生原因 问题原因 隐患成因",
    Field.POSSIBLE_ACCIDENT: "可能导致的事故 可能造成的后果 可能导致的后果 潜在后果 可能引发的事故 可能后果 可能造成的事故 "
    "事故类型 易发事故类型 危害后果 可能导致事故 可能造成的危害 可能引发的后果 主要后果",
    Field.DEMAND: "整改要求 整改意见 整改建议 处理意见 处理建议 治理要求 治理建议 意见建议 整改内容 要求",
    Field.MEASURE: "整改措施 治理措施 整改治理措施 整改方案 措施 整改措施内容 处理措施 采取措施 采取的措施 纠正措施 "
    "整改方法 整改办法 治理方法 防治措施 落实措施 整改具体措施 整改对策",
    Field.INTERIM_CONTROLS: "控制措施 管控措施 防范措施 临时措施 临时管控措施 监控措施 安全防范措施 整改前防范措施 "
    "临时防范措施 安全措施 风险管控措施",
    Field.HANDLING: "治理类型 整改类型 整改方式 治理方式 处理方式 处置方式 整改类别",
    Field.RESPONSIBLE_ORGANISATION: "责任单位 整改单位 整改责任单位 治理单位 治理责任单位 落实单位 责任主体 整改主体",
    Field.RESPONSIBLE_DEPARTMENT: "责任部门 整改部门 整改责任部门 治理部门 被检查部门 被检部门 受检部门 隐患部门 责任班组 "
    "责任车间 整改班组 整改车间 落实部门 部门 所属部门 车间",
    Field.RESPONSIBLE_PERSON: "责任人 整改人 整改责任人 整改负责人 治理责任人 负责人 责任人员 整改人员 责任单位负责人 "
    "落实人 治理人 责任者 整改责任者 隐患责任人 部门负责人 整改落实人 具体责任人 责任领导",
    Field.RESPONSIBLE_PHONE: "联系电话 电话 手机 手机号 手机号码 联系方式 责任人电话 电话号码 整改责任人电话",
    Field.FUNDS: "资金 整改资金 治理资金 投入资金 落实资金 资金投入 整改费用 治理费用 费用 整改投入 经费 整改经费 资金落实 "
    "资金落实情况 投入金额 整改资金投入 所需资金 资金来源及金额 治理经费",
    Field.DEADLINE: "整改期限 整改时限 期限 时限 隐患治理期限 治理期限 治理时限 要求整改日期 限期整改日期 要求完成时间 "
    "要求完成日期 计划完成时间 计划完成日期 整改完成时限 完成时限 完成期限 限改日期 限改时间 整改截止日期 整改截止时间 截止日期 "
    "截止时间 要求整改时间 限期 限期整改时间 计划整改时间 拟整改时间 应完成时间 预计完成时间 计划整改日期 拟完成时间 整改限期",
    Field.PLAN: "预案 应急预案 应急处置措施 应急措施 应急方案 处置预案 预案落实 应急预案落实情况",
    Field.TREATMENT_PLAN: "治理方案 隐患治理方案 重大隐患治理方案",
    Field.STATUS: "状态 整改状态 隐患状态 治理状态 销号情况 闭环情况 隐患闭环情况 是否整改 是否销号 是否闭环 是否完成 "
    "是否完成整改 是否已整改 整改完成情况 整改进度 整改进展 进展情况 完成情况 销号状态 闭环状态 整改销号情况 是否整改到位 "
    "整改与否 是否整改完成 治理情况 隐患治理状态 处理状态 是否关闭 关闭情况 整改进展情况 目前状态 当前状态",
    Field.RECTIFIED_ON: "整改日期 整改时间 整改完成日期 整改完成时间 完成日期 完成时间 实际完成时间 实际完成日期 治理完成时间 "
    "治理完成日期 实际整改时间 实际整改日期 整改完毕时间 整改完毕日期 完成整改时间",
    Field.RESULT: "整改情况 整改结果 整改落实情况 治理结果 落实情况 整改说明 整改情况说明 处理结果 整改效果 处理情况 整改描述",
    Field.ACCEPTOR: "验收人 验收人员 验收人姓名 复查人 复查人员 复核人 复核人员 销号人 确认人 验证人 复检人 销号责任人 "
    "验收负责人 验收责任人 跟踪验证人",
    Field.ACCEPTOR_ORGANISATION: "验收部门 验收单位 复查单位 复查部门 销号单位 复核单位 验收机构",
    Field.ACCEPTED_ON: "验收时间 验收日期 复查时间 复查日期 复核时间 复核日期 验证日期 验证时间 复检时间 复检日期",
    Field.ACCEPTANCE_OPINION: "验收意见 验收情况 验收结果 验收结论 复查意见 复查情况 复查结果 复查结论 验收情况描述 复核意见 "
    "复核结果 验证结果 复核情况 验证情况 复查验收情况 验收评价",
    Field.SIGNED_OFF_ON: "销号时间 销号日期 闭环时间 闭环日期 关闭时间 关闭日期 核销时间 核销日期",
    Field.SUPERVISOR: "督办单位 督办部门 挂牌督办单位 挂牌单位 督办机关",
    Field.PENALTY: "处罚 处罚措施 处罚情况 处罚金额 考核金额 罚款 罚款金额 考核情况 行政处罚 扣款金额 处罚决定",
    Field.PHOTOS: "照片 图片 隐患照片 隐患图片 问题照片 问题图片 整改前照片 整改前图片 问题图片或视频 现场照片 现场图片 "
    "整改前 隐患图示 隐患影像 检查照片",
    Field.PHOTOS_AFTER: "整改照片 整改图片 整改后照片 整改后图片 隐患整改照片 整改后 整改完成照片 整改后现场照片 复查照片",
    Field.ATTACHMENTS: "附件 附件资料 资料 佐证材料 证明材料",
    Field.REMARKS: "备注 说明 备注说明 其他 附注 其它 注",
}
WEAK_NAMES: dict[str, Field] = {
    "时间": Field.FOUND_ON, "日期": Field.FOUND_ON, "年月日": Field.FOUND_ON, "单位": Field.ENTERPRISE_NAME,
    "名称": Field.NAME, "内容": Field.DESCRIPTION, "描述": Field.DESCRIPTION, "情况": Field.DESCRIPTION,
    "人员": Field.FINDER, "签字": Field.FINDER, "金额": Field.FUNDS, "结果": Field.RESULT,
    "意见": Field.DEMAND, "方案": Field.TREATMENT_PLAN, "整改": Field.STATUS, "验收": Field.ACCEPTANCE_OPINION,
    "复查": Field.ACCEPTANCE_OPINION, "销号": Field.STATUS, "闭环": Field.STATUS,
}  # fmt: skip
OTHER_RECORDS = re.compile(
    r"(?:^|[a-z])风险(?!程度)|风险点|危险源|危险性|lec|ls\(|[^患]id$|^id$|得分|扣分|分数|评分|完成率|整改率|否决|检验|检测表"
    r"|取证|证书|证件|证号|发证|复审|出厂|规格|型号|设备名称|附件名称|安装|创建|修改|删除|身份证|性别|姓名$|工种|职务|年龄"
    r"|计划时间|关键词|标签|成立|法定代表|注册|人数|培训|演练|浓度|邮箱|有效期|排查记录|抄告|跟踪人|影响范围"
    r"|^(?:施工|设计|监理|建设|第三方检测|配合|牵头|制造|使用)单位|层级编码"
)
PATTERNS: tuple[tuple[str, Field], ...] = (
    (r"信用代码", Field.CREDIT_CODE),
    (r"整改后.*(?:照|图|影像)|整改.*(?:照片|图片)$", Field.PHOTOS_AFTER),
    (r"(?:照片|图片|影像|视频)", Field.PHOTOS),
    (r"(?:责任人|负责人|整改人).?(?:及|和|、|与|\+).*(?:电话|手机|联系方式)", Field.RESPONSIBLE_PERSON),
    (r"(?:电话|手机|联系方式)", Field.RESPONSIBLE_PHONE),
    (r"(?:销号|闭环|关闭|核销).*(?:时间|日期)", Field.SIGNED_OFF_ON),
    (r"(?:验收|复查|复核|复检|验证).*(?:时间|日期)", Field.ACCEPTED_ON),
    (r"(?:验收|复查|复核|复检|验证|销号).*(?:人员?|姓名|签字|签名|负责人)$", Field.ACCEPTOR),
    (r"(?:验收|复查|复核).*(?:单位|部门|机构)$", Field.ACCEPTOR_ORGANISATION),
    (r"(?:验收|复查|复核|验证).*(?:意见|情况|结论|结果|描述|说明)", Field.ACCEPTANCE_OPINION),
    (r"(?:限期|期限|时限|截止|截至|要求.*(?:时间|日期)|计划.*(?:时间|日期)|预计.*(?:时间|日期)|拟.*(?:时间|日期))", Field.DEADLINE),
    (r"(?:整改|治理|完成|处理).*(?:时间|日期)$", Field.RECTIFIED_ON),
    (r"(?:登记|录入|填报|上报|填表).*(?:时间|日期)", Field.RECORDED_ON),
    (r"(?:检查|排查|发现|自查|巡查|查出|初检).*(?:时间|日期)|(?:时间|日期).*(?:检查|排查|发现)", Field.FOUND_ON),
    (r"是否.*(?:整改|销号|闭环|完成|治理|关闭)|(?:整改|治理|隐患|销号|闭环).*(?:状态|进度|进展|销号|闭环)|销号情况|闭环情况", Field.STATUS),
    (r"督办", Field.SUPERVISOR),
    (r"(?:资金|费用|经费|投入|金额).*|万元", Field.FUNDS),
    (r"(?:处罚|罚款|考核)", Field.PENALTY),
    (r"应急|预案", Field.PLAN),
    (r"治理方案", Field.TREATMENT_PLAN),
    (r"依据|违反.*(?:条款|规定|法规|标准)|判定标准", Field.CLAUSE_BASIS),
    (r"(?:可能|潜在|易).*(?:事故|后果|危害)", Field.POSSIBLE_ACCIDENT),
    (r"(?:产生|形成)?原因", Field.CAUSE),
    (r"(?:防范|管控|控制|临时|监控)措施", Field.INTERIM_CONTROLS),
    (r"(?:整改|治理|纠正|处理|落实).*措施|措施$", Field.MEASURE),
    (r"(?:整改|治理|处理).*(?:意见|建议|要求)", Field.DEMAND),
    (r"(?:整改|治理|处理)(?:类型|方式|类别)", Field.HANDLING),
    (r"(?:整改|治理|处理|落实).*(?:结果|情况|效果|说明)$", Field.RESULT),
    (r"(?:整改|治理|责任|落实).*(?:负责人|责任人|人员?|签字|领导)$|(?:^|/)责任$|(?:^|/)(?:责任人|负责人)(?:$|/)", Field.RESPONSIBLE_PERSON),
    (r"(?:整改|治理|责任|落实|隐患|被检查?|受检).*(?:部门|车间|班组|科室)", Field.RESPONSIBLE_DEPARTMENT),
    (r"(?:被检|被查|受检|受查|生产经营|隐患所[在属]|企业).*(?:单位|企业|名称)|企业.*名称|公司.*名称", Field.ENTERPRISE_NAME),
    (r"(?:整改|治理|责任|落实).*(?:单位|主体)", Field.RESPONSIBLE_ORGANISATION),
    (r"(?:级别|等级|分级|重大.*(?:隐患)?.*是否|是否.*重大)", Field.LEVEL),
    (r"(?:区域|乡镇|街道|镇街|区县|属地|辖区|村居|社区)(?!.*部位)", Field.REGION),
    (r"行业", Field.INDUSTRY),
    (r"(?:部位|场所|地点|位置|工点|点位)", Field.PLACE),
    (r"来源|渠道|途径|(?:检查|排查|发现).*(?:类型|类别|形式|方式)", Field.CHANNEL),
    (r"(?:检查|排查|执法).*(?:单位|部门|机构)$", Field.FINDER_ORGANISATION),
    (r"(?:检查|排查|发现|巡查|查出|登记|自查|执法|上报).*(?:人员?\d*|姓名|签字|签名|者)$", Field.FINDER),
    (r"(?:隐患|问题).*(?:类型|类别|分类|种类)", Field.CATEGORY),
    (r"(?:检查|排查|自查).*(?:项目?|内容|事项|要点|标准)$", Field.CHECK_ITEM),
    (r"(?:隐患|问题).*(?:描述|内容|情况|概况|简述|详情|说明)|(?:存在|发现|查出|主要).*(?:隐患|问题)|^(?:事故|安全)?隐患$", Field.DESCRIPTION),
    (r"(?:隐患|问题)(?:名称|标题)", Field.NAME),
    (r"(?:隐患|问题|台账|记录).*(?:编号|编码|id)$", Field.RECORD_NUMBER),
    (r"^(?:备注|说明)", Field.REMARKS),
)  # fmt: skip
AMBIGUOUS = words_of(
    "整改时间 整改日期 整改情况 完成情况 检查情况 隐患 问题 负责人 部门 类别 类型 来源 措施 项目 说明 整改内容 情况"
)
ADDITIONS = frozenset(
    {"部门", "单位", "电话", "职务", "手机", "联系方式", "联系电话"}
)  # "责任人/部门" is about the person first
_NAMES = {name: field for field, names in ALIASES.items() for name in names.split()}
_PATTERNS = [(re.compile(pattern), field) for pattern, field in PATTERNS]
_MARKS = re.compile(r"[*＊★☆#:：?？!！。.]+$|^[*＊★☆#]+|[\"'“”‘’]")
_PARTS = re.compile(r"\s*[/／\\|]\s*")
_COUNTER = re.compile(r"(?<=[一-龥])\d{1,2}$")
_LEGEND = re.compile(r"(\d)\s*[:：=、]\s*([^\d\s,，;；:：/]{1,8})")
_UNIT = re.compile(r"(百万元|万元|千元|亿元|元)")


@lru_cache(maxsize=4_096)
def normalised_heading(heading: str) -> str:
    """Return a heading as a profile keeps it: half-width, no space or marks; bracketed notes stay, as `(…)`.

    >>> normalised_heading("＊整改 资金（万元）")
    '整改资金(万元)'
    """
    folded = SPACE.sub("", fold(heading)).lower()
    for sign, plain in (("【", "("), ("】", ")"), ("[", "("), ("]", ")"), ("〔", "("), ("〕", ")")):
        folded = folded.replace(sign, plain)
    return _MARKS.sub("", _MARKS.sub("", folded))


_JOINED = re.compile(r"[\s_.\-]+")
_ENGLISH_WORDS: dict[Field, str] = {  # of exports of other programs; a field's own name is one too
    Field.SERIAL: "row no id index number serialno",
    Field.ENTERPRISE_NAME: "enterprise company companyname organisation organization employer",
    Field.CREDIT_CODE: "uscc usci unifiedsocialcreditcode socialcreditcode",
    Field.PLACE: "location site area position",
    Field.FOUND_ON: "founddate datefound inspectiondate checkdate foundat date",
    Field.FINDER: "foundby inspector reportedby reporter",
    Field.CHANNEL: "source",
    Field.CHECK_ITEM: "checklistitem item",
    Field.DESCRIPTION: "content hiddendanger hazard hazarddescription problem issue finding details text",
    Field.LEVEL: "severity grade risklevel hazardlevel",
    Field.MEASURE: "measures correctiveaction correctivemeasure action",
    Field.RESPONSIBLE_PERSON: "owner responsible assignee",
    Field.DEADLINE: "duedate dueon due timelimit",
    Field.STATUS: "state isclosed closed",
    Field.RECTIFIED_ON: "closedon dateclosed completedon completiondate rectificationdate",
    Field.ACCEPTOR: "acceptedby verifiedby",
    Field.REMARKS: "remark note notes comment comments",
}
ENGLISH: dict[str, Field] = {field.value.replace("_", ""): field for field in Field} | {
    word: field for field, words in _ENGLISH_WORDS.items() for word in words.split()
}


@lru_cache(maxsize=4_096)
def recognise(heading: str) -> Recognised | None:
    """Return the field a heading means, or None for a column of another kind of record.

    Names are looked for whole, then without bracketed notes, then the notes; then the parts of a two-line heading,
    child before parent; patterns come last, and a word of other records (certificates, risks, scores) stops them.
    """
    key = normalised_heading(heading)[:200]
    if not key or key.isdigit():
        return None
    plain = _COUNTER.sub("", without_brackets(key))
    if plain.endswith("情况") and plain != key and (noted := _by_notes(key, plain)):
        return noted
    head, _, addition = plain.rpartition("/")
    for form in (key, plain, plain.replace("/", ""), head if addition in ADDITIONS else ""):
        if form in _NAMES:
            return Recognised(_NAMES[form], UNSURE if form in AMBIGUOUS else SURE)
    if addition in _NAMES and addition not in AMBIGUOUS:
        return Recognised(_NAMES[addition], CHILD)
    if OTHER_RECORDS.search(key):
        return None
    return _by_notes(key, plain) or _by_pattern(key, plain) or _by_parts(plain) or _by_english(key)


def _by_english(key: str) -> Recognised | None:
    field = ENGLISH.get(_JOINED.sub("", key))
    return Recognised(field, SURE) if field else None


def legend_of(heading: str) -> dict[str, str]:
    """Return the codes a heading explains itself.

    >>> legend_of("是否整改 0:未整改 1：已整改")
    {'0': '未整改', '1': '已整改'}
    """
    found = dict(_LEGEND.findall(fold(heading)))
    return found if len(found) > 1 else {}


def unit_of(heading: str) -> str:
    """Return the unit of money a heading names, or none."""
    found = _UNIT.findall(fold(heading))
    return found[-1] if found else ""


def _by_notes(key: str, plain: str) -> Recognised | None:
    """Read a note that changes the heading: "检查情况(整改意见)" is not the inspection's finding."""
    for note in bracketed(key):
        joined = f"{plain}{note}"
        for form in (note, joined):
            if form in _NAMES and _NAMES[form] is not Field.PLACE:
                return Recognised(_NAMES[form], ALIKE + 0.1)
        if note in {"时间", "日期"}:
            return _by_pattern(key, plain + note)
    return None


def _by_parts(plain: str) -> Recognised | None:
    parts = [part for part in _PARTS.split(plain) if part]
    for part in reversed(parts):
        if part in _NAMES:
            return Recognised(_NAMES[part], ALIKE)
    for part in reversed(parts):
        if part in WEAK_NAMES:
            return Recognised(WEAK_NAMES[part], WEAK)
    return None


def _by_pattern(key: str, plain: str) -> Recognised | None:
    for form in (plain, key):
        for pattern, field in _PATTERNS:
            if pattern.search(form):
                return Recognised(field, ALIKE)
    return None
