"""What the fields of journal entries are called on the journal's page; one that stands not here keeps its bare name.

What their values mean is asked of the rooms that own the vocabularies; a value that none of them knows stays as it is.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise

from zhiben.dangers.public import (
    LOOP,
    RUNG_NAMES,
    Channel,
    Clock,
    Confidentiality,
    Flag,
    Ground,
    Level,
    LookbackState,
    Population,
    RecurrenceState,
    SetBy,
    State,
    Tie,
    label,
)
from zhiben.documents.public import CHANNEL_WORDS, document_title
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import industries, vocabulary
from zhiben.law.matters import matters
from zhiben.law.standards import held
from zhiben.notices.public import channel_label, kind_title
from zhiben.orgs.domain.roles import BUILTIN_ROLES
from zhiben.orgs.permissions import label_of
from zhiben.orgs.web.words import ENGAGED, POSTS
from zhiben.orgs.web.words import KINDS as UNIT_KINDS
from zhiben.shell.words import VERDICTS

Word = Bilingual | str | Promise

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
    "is_passed": Bilingual("通过", "passed"),
    "is_verified": Bilingual("已核对", "verified"),
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

SUBJECTS = {  # what an entry may be about besides what its fields name
    "bulletin": Bilingual("通报设置", "bulletin"), "clause-link": Bilingual("条款关联", "link to a clause"),
    "document": Bilingual("公文", "document"), "export": Bilingual("导出", "export"), "fact": Bilingual("事实", "fact"),
    "guide": Bilingual("条款查看指引", "guide to a clause"), "import": Bilingual("导入", "import"),
    "job": Bilingual("后台任务", "job"), "jurisdiction": Bilingual("功能区", "jurisdiction"),
    "listing": Bilingual("挂牌督办", "listing"), "office": Bilingual("发文机关", "issuing office"),
    "pack": Bilingual("数据包", "pack"), "print": Bilingual("合并打印", "print"),
    "reorganisation": Bilingual("区划调整", "reorganisation"), "root": Bilingual("日签名", "signed root"),
    "route": Bilingual("通知路线", "route of notices"),
}  # fmt: skip
_KEY = re.compile(r"[0-9A-Za-z_.-]{1,90}")
VOCABULARIES: Mapping[str, Mapping[str, Word]] = {
    **{
        field: {str(word): label(word) for word in kind}
        for field, kind in {
            "confidentiality": Confidentiality, "flag": Flag, "level": Level, "level_before": Level, "set_by": SetBy,
            "ground": Ground, "ties": Tie, "population": Population, "result": LookbackState,
        }.items()
    },
    "after": {str(word): label(word) for word in State},
    "before": {str(word): label(word) for word in State},
    "state": {**{str(word): label(word) for word in State}, **{str(word): label(word) for word in RecurrenceState}},
    "channel": {
        **{str(word): label(word) for word in Channel}, **{str(word): said for word, said in CHANNEL_WORDS.items()},
    },
    "role": {**{role.slug: role.name for role in BUILTIN_ROLES}, **{str(kind): word for kind, word in ENGAGED.items()}},
    "post": {str(kind): word for kind, word in POSTS.items()},
    "rung": {str(rung): word for rung, word in RUNG_NAMES.items()},
    "move": {str(step.move): step.label for step in LOOP.values()},
    "verdict": VERDICTS,
    "verdict_before": VERDICTS,
    "because": {
        "closed": Bilingual("已闭环", "it was closed"), "limit-moved": Bilingual("期限已调整", "its limit was moved"),
    },
    "answer": {
        **VERDICTS, "confirmed": Bilingual("属实", "confirmed"), "dismissed": Bilingual("不成立", "dismissed"),
    },
    "source": {
        "person": Bilingual("人工填报", "entered by a person"), "look": Bilingual("现场查看", "looked at on site"),
        "derived": Bilingual("系统已知", "known by the program"), "monitoring": Bilingual("监测数据", "told by monitoring"),
        "import": Bilingual("随文件导入", "came with a file"), "judging": Bilingual("判定", "judging"),
    },
    "template": {"default": Bilingual("默认模板", "the shipped one")},
    "list": {
        "dangers": Bilingual("隐患", "hidden dangers"), "enterprises": Bilingual("企业", "enterprises"),
        "clearing": Bilingual("治理台账", "clearing ledger"), "form": Bilingual("法定报表", "statutory form"),
    },
}  # fmt: skip
KINDS: Mapping[str, Word] = {
    **UNIT_KINDS,
    **{str(clock): label(clock) for clock in Clock},
    "move": Bilingual("划转", "move"), "merge": Bilingual("合并", "merger"), "split": Bilingual("拆分", "split"),
    "ladder": Bilingual("督办阶梯", "ladder"), "listing": Bilingual("挂牌督办", "listed supervision"),
    "removal": Bilingual("摘牌", "removal"), "danger": Bilingual("隐患描述", "words of a hidden danger"),
    "item": Bilingual("检查项", "item to check"), "totp": Bilingual("验证器应用", "authenticator app"),
    "webauthn": Bilingual("通行密钥", "passkey"), "recovery_codes": Bilingual("恢复码", "recovery codes"),
    "week": Bilingual("周报", "weekly"), "month": Bilingual("月报", "monthly"),
}  # fmt: skip


def value_word(field: str, value: str) -> Word:
    """Say what a value of a field means; one that is no word of a vocabulary stands for itself."""
    if (known := VOCABULARIES.get(field, {}).get(value)) is not None:
        return known
    if field in {"channel", "channels"}:
        return channel_label(value)
    if field == "permissions":
        return label_of(value)
    return _named(field, value)


def _named(field: str, value: str) -> Word:
    if field == "kind":
        return KINDS.get(value) or document_title(value) or kind_title(value)
    if field == "industries" and value in industries():
        return industries()[value].label
    if field == "matters" and value in matters():
        return matters()[value].title
    if field in {"standard", "standard_before"}:
        return known.title if (known := held(value)) else Bilingual.of(value)
    if field == "names" and value in vocabulary():
        return vocabulary()[value].label
    return place_word(value)


def place_word(text: str) -> Bilingual:
    """Say what `danger/604` or `enterprise:58` is; of something known by its content key only, what kind it is."""
    for mark in "/:":
        kind, found, number = text.partition(mark)
        if found and number.isdigit() and (word := FIELDS.get(kind) or SUBJECTS.get(kind)):
            return Bilingual(f"{word.zh} {number}", f"{word.en} {number}")
        if found and kind in SUBJECTS and _KEY.fullmatch(number):
            return SUBJECTS[kind]
    return Bilingual("全系统", "whole system") if text == "system" else Bilingual.of(text)
