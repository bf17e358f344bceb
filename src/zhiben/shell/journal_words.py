"""What the fields of journal entries are called on the journal's page; one that stands not here keeps its bare name.

What their values mean is asked of the rooms that own the vocabularies; a value that none of them knows stays as it is.
"""

from collections.abc import Mapping
from enum import StrEnum

from zhiben.dangers.public import Channel, Confidentiality, Flag, Level, SetBy, State, label
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.notices.public import CHANNELS, channel_label, kind_title
from zhiben.orgs.domain.roles import BUILTIN_ROLES
from zhiben.orgs.permissions import label_of

FIELDS = {
    "about": Bilingual("事项", "about"),
    "accepted": Bilingual("接受", "accepted"),
    "account": Bilingual("账号", "account"),
    "after": Bilingual("之后", "after"),
    "after_cell": Bilingual("新统计格", "cell after"),
    "again_on": Bilingual("再查日期", "again on"),
    "answer": Bilingual("答复", "answer"),
    "basis": Bilingual("依据", "basis"),
    "batch": Bilingual("批次", "batch"),
    "because": Bilingual("原因", "because"),
    "before": Bilingual("之前", "before"),
    "before_cell": Bilingual("原统计格", "cell before"),
    "body": Bilingual("内容", "body"),
    "by_law": Bilingual("法定", "by law"),
    "candidate": Bilingual("线索", "candidate"),
    "cell": Bilingual("统计格", "cell"),
    "changed": Bilingual("改变", "changed"),
    "changes": Bilingual("变更", "changes"),
    "channel": Bilingual("渠道", "channel"),
    "channels": Bilingual("渠道", "channels"),
    "clause": Bilingual("条款", "clause"),
    "clause_before": Bilingual("原条款", "clause before"),
    "closed_on": Bilingual("闭环日期", "closed on"),
    "comment": Bilingual("评论", "comment"),
    "confidentiality": Bilingual("保密级别", "confidentiality"),
    "count": Bilingual("数量", "count"),
    "credit_code": Bilingual("统一社会信用代码", "credit code"),
    "danger": Bilingual("隐患", "hidden danger"),
    "day": Bilingual("日期", "day"),
    "day_assumed": Bilingual("日期为推定", "day assumed"),
    "delivery": Bilingual("投递", "delivery"),
    "department": Bilingual("部门", "department"),
    "description": Bilingual("描述", "description"),
    "determination": Bilingual("判定", "determination"),
    "digest": Bilingual("摘要值", "digest"),
    "division_code": Bilingual("行政区划代码", "division code"),
    "document": Bilingual("公文", "document"),
    "documents": Bilingual("公文数", "documents"),
    "draft": Bilingual("草稿", "draft"),
    "due_on": Bilingual("期限", "limit"),
    "earlier": Bilingual("先前", "earlier"),
    "edition": Bilingual("版本", "edition"),
    "ends": Bilingual("撤销", "ends"),
    "enterprise": Bilingual("企业", "enterprise"),
    "expires_at": Bilingual("失效时间", "expires"),
    "facts": Bilingual("事实", "facts"),
    "file": Bilingual("文件", "file"),
    "files": Bilingual("文件", "files"),
    "filter": Bilingual("筛选", "filter"),
    "finder": Bilingual("发现人", "finder"),
    "flag": Bilingual("标记", "flag"),
    "form": Bilingual("格式", "form"),
    "found_on": Bilingual("发现日期", "found on"),
    "frame_hash": Bilingual("总体指纹", "fingerprint of the population"),
    "frame_size": Bilingual("总体数量", "size of the population"),
    "from_parent": Bilingual("原上级", "from parent"),
    "from_place": Bilingual("原位置", "from place"),
    "from_unit": Bilingual("原单位", "from unit"),
    "grant": Bilingual("授权", "grant"),
    "grants": Bilingual("授权数", "grants"),
    "ground": Bilingual("理由类别", "ground"),
    "imported": Bilingual("导入", "imported"),
    "imported_closed": Bilingual("导入时已销号", "closed on import"),
    "industries": Bilingual("行业", "industries"),
    "into": Bilingual("并入", "into"),
    "into_number": Bilingual("并入编号", "into number"),
    "is_demo": Bilingual("演示", "demo"),
    "is_example": Bilingual("示例", "example"),
    "is_on": Bilingual("启用", "on"),
    "is_open": Bilingual("未销号", "open"),
    "kept": Bilingual("保留", "kept"),
    "kind": Bilingual("类型", "kind"),
    "legs": Bilingual("送达途径", "legs"),
    "list": Bilingual("列表", "list"),
    "lookback": Bilingual("回头看", "look-back"),
    "made": Bilingual("新建", "made"),
    "mark": Bilingual("发文标志", "mark"),
    "matters": Bilingual("监管事项", "matters"),
    "measure": Bilingual("措施", "measure"),
    "mentions": Bilingual("提到的人", "mentions"),
    "merged": Bilingual("被合并", "merged"),
    "merged_number": Bilingual("被合并编号", "merged number"),
    "method": Bilingual("方法", "method"),
    "move": Bilingual("步骤", "step"),
    "moved": Bilingual("迁移", "moved"),
    "moves": Bilingual("迁移", "moves"),
    "name": Bilingual("名称", "name"),
    "name_en": Bilingual("英文名称", "English name"),
    "name_zh": Bilingual("中文名称", "Chinese name"),
    "names": Bilingual("名称", "names"),
    "new_path": Bilingual("新路径", "new path"),
    "note": Bilingual("备注", "note"),
    "number": Bilingual("编号", "number"),
    "office_code": Bilingual("机关代字", "office code"),
    "officer": Bilingual("经办人", "officer"),
    "old_path": Bilingual("原路径", "old path"),
    "on": Bilingual("日期", "on"),
    "order": Bilingual("文书号", "order"),
    "other": Bilingual("另一条", "the other"),
    "other_number": Bilingual("另一条编号", "the other's number"),
    "out": Bilingual("排除", "left out"),
    "overdue": Bilingual("已超期", "overdue"),
    "party": Bilingual("责任方", "party"),
    "path": Bilingual("路径", "path"),
    "percent": Bilingual("比例（%）", "percent"),
    "permissions": Bilingual("权限", "permissions"),
    "person": Bilingual("人员", "person"),
    "place": Bilingual("范围", "place"),
    "population": Bilingual("总体", "population"),
    "post": Bilingual("岗位", "post"),
    "present": Bilingual("存在", "present"),
    "price": Bilingual("单价", "price"),
    "problem": Bilingual("问题", "problem"),
    "proxy_by": Bilingual("代收人", "proxy"),
    "proxy_for": Bilingual("代收对象", "proxy for"),
    "proxy_name": Bilingual("代收人姓名", "proxy's name"),
    "publication": Bilingual("公示", "publication"),
    "purpose": Bilingual("用途", "purpose"),
    "query": Bilingual("筛选条件", "query"),
    "read": Bilingual("读取", "read"),
    "reason": Bilingual("理由", "reason"),
    "receivers": Bilingual("接收单位", "receivers"),
    "recipient": Bilingual("收文单位", "recipient"),
    "recoded": Bilingual("改码", "recoded"),
    "ref": Bilingual("外部编号", "reference"),
    "rejected": Bilingual("退回", "rejected"),
    "relation": Bilingual("关系", "relation"),
    "removed": Bilingual("删去", "removed"),
    "renamed": Bilingual("更名", "renamed"),
    "repeated": Bilingual("重复", "repeated"),
    "replaced": Bilingual("代替", "replaced"),
    "report": Bilingual("报告", "report"),
    "result": Bilingual("结果", "result"),
    "reward_ref": Bilingual("奖励编号", "reward reference"),
    "role": Bilingual("角色", "role"),
    "rows": Bilingual("行数", "rows"),
    "rules": Bilingual("规则", "rules"),
    "rung": Bilingual("阶梯", "rung"),
    "sample": Bilingual("抽样", "sample"),
    "seed": Bilingual("种子", "seed"),
    "self_accepted": Bilingual("自行验收", "self-accepted"),
    "set_by": Bilingual("设定方", "set by"),
    "sha256": Bilingual("文件指纹", "fingerprint"),
    "shared": Bilingual("共用", "shared"),
    "signer": Bilingual("签发人", "signer"),
    "simulated": Bilingual("模拟件数", "simulated"),
    "since": Bilingual("自", "since"),
    "site": Bilingual("场所", "site"),
    "size": Bilingual("大小", "size"),
    "source": Bilingual("来源", "source"),
    "source_text": Bilingual("来源说明", "source"),
    "standard": Bilingual("判定标准", "standard"),
    "standard_before": Bilingual("原标准", "standard before"),
    "state": Bilingual("状态", "state"),
    "step": Bilingual("验证方式编号", "step"),
    "suspicion": Bilingual("疑似", "suspicion"),
    "table": Bilingual("数据表", "table"),
    "template": Bilingual("模板", "template"),
    "template_version": Bilingual("模板版本", "template version"),
    "text": Bilingual("文字", "text"),
    "ties": Bilingual("相同之处", "in common"),
    "to_parent": Bilingual("新上级", "to parent"),
    "to_place": Bilingual("新位置", "to place"),
    "to_unit": Bilingual("新单位", "to unit"),
    "token": Bilingual("令牌", "token"),
    "type": Bilingual("文件类型", "file type"),
    "uid": Bilingual("唯一码", "unique id"),
    "uids": Bilingual("唯一码", "unique ids"),
    "under": Bilingual("上级单位", "under"),
    "unit": Bilingual("单位", "unit"),
    "units": Bilingual("单位", "units"),
    "unknown": Bilingual("未知", "unknown"),
    "until": Bilingual("截止", "until"),
    "up": Bilingual("设立", "set"),
    "username": Bilingual("用户名", "user name"),
    "values": Bilingual("数值", "values"),
    "verdict": Bilingual("结论", "verdict"),
    "verdict_before": Bilingual("原结论", "verdict before"),
    "was_open": Bilingual("原未销号", "was open"),
    "was_public": Bilingual("已公示", "was public"),
    "withdrawn": Bilingual("撤回", "withdrawn"),
    "words": Bilingual("说明", "words"),
    "written": Bilingual("写入", "written"),
}

VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "after": State,
    "before": State,
    "channel": Channel,
    "confidentiality": Confidentiality,
    "flag": Flag,
    "level": Level,
    "level_before": Level,
    "set_by": SetBy,
    "state": State,
}
ROLES = {role.slug: role.name for role in BUILTIN_ROLES}


def value_word(field: str, value: str) -> Bilingual:
    """Say what a value of a field means; one that is no word of a vocabulary stands for itself."""
    words = VOCABULARIES.get(field)
    if words and value in set(words):
        return label(words(value))
    if field in {"channel", "channels"} and value in CHANNELS:
        return channel_label(value)
    if field == "permissions":
        return label_of(value)
    return _named(field, value)


def _named(field: str, value: str) -> Bilingual:
    if field == "role":
        return ROLES.get(value) or Bilingual.of(value)
    if field == "kind":
        return kind_title(value)
    if field == "industries" and value in industries():
        return industries()[value].label
    if field == "matters" and value in matters():
        return matters()[value].title
    return place_word(value)


def place_word(text: str) -> Bilingual:
    """Say what `danger/604` or `enterprise:58` is."""
    for mark in "/:":
        kind, found, number = text.partition(mark)
        if found and kind in FIELDS and number.isdigit():
            return Bilingual(f"{FIELDS[kind].zh} {number}", f"{FIELDS[kind].en} {number}")
    return Bilingual("全系统", "whole system") if text == "system" else Bilingual.of(text)
