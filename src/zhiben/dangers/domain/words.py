"""The names of the closed vocabularies in both languages: pages, API, documents and diagrams read them here."""

from collections.abc import Mapping
from enum import StrEnum

from zhiben.dangers.domain.accountability import Ground
from zhiben.dangers.domain.bulk import BulkState, Outcome
from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import (
    Channel,
    ClosureGround,
    Confidentiality,
    EvidenceKind,
    Extent,
    Flag,
    Level,
    Part,
    Role,
    SetBy,
    State,
    StopStatus,
)
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.domain.recurrence import RecurrenceState, Tie
from zhiben.dangers.domain.sampling import Population
from zhiben.kernel.bilingual import Bilingual

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, Bilingual]] = {
    Clock: {
        Clock.CONFIRM: Bilingual("核实", "to be confirmed"),
        Clock.ASSIGN: Bilingual("指定责任人和期限", "to be assigned"),
        Clock.RECTIFY: Bilingual("整改", "to be rectified"),
        Clock.ACCEPT: Bilingual("验收或复查", "to be accepted or re-inspected"),
        Clock.RECEIVE: Bilingual("接收移交", "to be received"),
        Clock.REPORT: Bilingual("报告监管部门和职工大会", "to be reported to the supervisor and the workers' congress"),
        Clock.PLAN: Bilingual("制定治理方案", "treatment plan to be made"),
        Clock.ANSWER: Bilingual("答复延期申请", "extension to be answered"),
        Clock.REVIEW: Bilingual("恢复生产现场审查", "resumption to be reviewed on site"),
        Clock.LIST_REPORT: Bilingual("上报挂牌情况", "listing to be reported upwards"),
        Clock.LIST_PUBLISH: Bilingual("公示挂牌", "listing to be published"),
        Clock.DELIST_PUBLISH: Bilingual("公示摘牌", "removal to be published"),
    },
    State: {
        State.REGISTERED: Bilingual("登记", "registered"),
        State.CONFIRMED: Bilingual("核实", "confirmed"),
        State.RECTIFYING: Bilingual("整改中", "rectifying"),
        State.AWAITING_ACCEPTANCE: Bilingual("待验收", "awaiting acceptance"),
        State.SIGNED_OFF: Bilingual("已销号", "signed off"),
        State.TRANSFERRED: Bilingual("移交", "transferred"),
        State.VOIDED: Bilingual("不属实", "voided"),
    },
    Level: {
        Level.UNSET: Bilingual("未定级", "level not set"),
        Level.GENERAL: Bilingual("一般隐患", "general hidden danger"),
        Level.MAJOR: Bilingual("重大事故隐患", "major hidden danger"),
    },
    Channel: {
        Channel.SELF_CHECK: Bilingual("企业自查", "self-check"),
        Channel.INSPECTION: Bilingual("执法检查", "inspection"),
        Channel.PUBLIC_REPORT: Bilingual("群众举报", "public report"),
        Channel.MONITORING: Bilingual("监测预警", "monitoring"),
        Channel.DETERMINATION: Bilingual("标准判定", "determination"),
    },
    Flag: {
        Flag.EXTENDED: Bilingual("延期", "extended"),
        Flag.STOP_ORDERED: Bilingual("停产整治", "stop order"),
        Flag.CLOSURE_REQUESTED: Bilingual("提请关闭", "closure requested"),
        Flag.SELF_ACCEPTED: Bilingual("自行验收", "self-accepted"),
        Flag.ON_SPOT: Bilingual("当场整改", "fixed on the spot"),
        Flag.VOID_PROPOSED: Bilingual("拟认定不属实", "void proposed"),
        Flag.LISTED: Bilingual("挂牌督办", "listed supervision"),
    },
    Part: {
        Part.RESPONSIBILITY: Bilingual("责任", "responsibility"),
        Part.MEASURES: Bilingual("措施", "measures"),
        Part.FUNDS: Bilingual("资金", "funds"),
        Part.TIME_LIMIT: Bilingual("时限", "time limit"),
        Part.PLAN: Bilingual("预案", "plan"),
    },
    Role: {
        Role.FINDER: Bilingual("发现人", "finder"),
        Role.CONFIRMER: Bilingual("核实人", "confirmed by"),
        Role.OWNER: Bilingual("整改责任人", "owner"),
        Role.RECTIFIER: Bilingual("整改人", "rectified by"),
        Role.ACCEPTOR: Bilingual("验收人", "accepted by"),
        Role.OFFICER: Bilingual("执法人员", "officer"),
        Role.VOID_PROPOSER: Bilingual("提议不属实的人", "proposed to void"),
        Role.ASSESSOR: Bilingual("评估人", "assessor"),
    },
    EvidenceKind: {
        EvidenceKind.PHOTO_BEFORE: Bilingual("整改前照片", "photo before"),
        EvidenceKind.PHOTO_AFTER: Bilingual("整改后照片", "photo after"),
        EvidenceKind.REPORT: Bilingual("整改报告", "report"),
        EvidenceKind.ASSESSMENT: Bilingual("评估报告", "assessment"),
        EvidenceKind.APPLICATION: Bilingual("书面申请", "written application"),
        EvidenceKind.ORDER: Bilingual("执法文书", "order"),
        EvidenceKind.PART: Bilingual("五落实佐证", "evidence of an implementation"),
        EvidenceKind.LOOKBACK: Bilingual("回头看照片", "photo of a look-back"),
        EvidenceKind.OTHER: Bilingual("其他", "other"),
    },
    SetBy: {
        SetBy.SELF: Bilingual("自行设定", "set by oneself"),
        SetBy.ORDER: Bilingual("监管部门责令", "set by order"),
        SetBy.LAW: Bilingual("法定", "set by law"),
        SetBy.SETTING: Bilingual("系统设置", "a setting"),
    },
    Extent: {
        Extent.WHOLE: Bilingual("全部停产", "the whole"),
        Extent.PART: Bilingual("部分停产", "a part"),
    },
    ClosureGround: {
        ClosureGround.NO_PROSPECT: Bilingual("整改无望", "no prospect of rectification"),
        ClosureGround.REFUSED: Bilingual("拒不执行整改指令", "refuses to rectify as ordered"),
        ClosureGround.UNSAFE: Bilingual("不具备安全生产条件", "does not meet the conditions for safe production"),
    },
    RecurrenceState: {
        RecurrenceState.PROPOSED: Bilingual("疑似重复发生", "may have come back"),
        RecurrenceState.LINKED: Bilingual("重复发生（按规则关联）", "came back (by rule)"),
        RecurrenceState.CONFIRMED: Bilingual("重复发生（已认定）", "came back (confirmed)"),
        RecurrenceState.DISMISSED: Bilingual("不是重复发生", "did not come back"),
        RecurrenceState.DROPPED: Bilingual("不再关联", "no longer linked"),
    },
    Tie: {
        Tie.PLACE: Bilingual("同一部位", "same place"),
        Tie.CLAUSE: Bilingual("同一判定条款", "same clause"),
        Tie.WORDS: Bilingual("描述相同", "same words"),
        Tie.MEASURE: Bilingual("整改措施相同", "same measure"),
    },
    Ground: {
        Ground.NOT_CHECKED: Bilingual("没查", "not checked"),
        Ground.NOT_FOUND: Bilingual("查不出", "could not find"),
        Ground.REFUSED: Bilingual("拒不整改", "refused to rectify"),
    },
    LookbackState: {
        LookbackState.OPEN: Bilingual("待回头看", "to be looked at again"),
        LookbackState.HOLDS: Bilingual("整改保持有效", "holds"),
        LookbackState.CAME_BACK: Bilingual("隐患复现", "came back"),
        LookbackState.NOT_CHECKED: Bilingual("未能检查", "could not be checked"),
        LookbackState.DROPPED: Bilingual("已无需回头看", "no longer needed"),
    },
    Population: {
        Population.SELF_ACCEPTED: Bilingual("自行验收的隐患", "self-accepted ones"),
        Population.GENERAL: Bilingual("他人验收的一般隐患", "general ones accepted by another person"),
    },
    StopStatus: {
        StopStatus.ORDERED: Bilingual("已责令停产", "stopped"),
        StopStatus.ASSESSED: Bilingual("已评估", "assessed"),
        StopStatus.APPLIED: Bilingual("已申请恢复", "resumption applied for"),
        StopStatus.RESUMED: Bilingual("已准予恢复", "resumption allowed"),
        StopStatus.CORRECT: Bilingual("审查未通过，责令改正", "failed: ordered to correct"),
        StopStatus.AGAIN: Bilingual("审查未通过，再次停产", "failed: stopped again"),
    },
    Outcome: {
        Outcome.WAITING: Bilingual("待办理", "waiting"),
        Outcome.DONE: Bilingual("已办理", "done"),
        Outcome.REFUSED: Bilingual("未能办理", "refused"),
        Outcome.UNCHANGED: Bilingual("无需变动", "unchanged"),
        Outcome.UNDONE: Bilingual("已撤销", "undone"),
    },
    BulkState: {
        BulkState.DRAFT: Bilingual("已选择", "chosen"),
        BulkState.RUNNING: Bilingual("办理中", "under way"),
        BulkState.STOPPED: Bilingual("已停止", "stopped"),
        BulkState.DONE: Bilingual("已结束", "finished"),
    },
    Confidentiality: {
        Confidentiality.NORMAL: Bilingual("一般", "normal"),
        Confidentiality.INTERNAL: Bilingual("内部", "internal"),
        Confidentiality.SEALED: Bilingual("密封", "sealed"),
    },
}


ROLE_WORDS: Mapping[str, Bilingual] = {  # in which role somebody is told of a major danger
    "principal": Bilingual("主要负责人", "principal person in charge"),
    "controller": Bilingual("实际控制人", "actual controller"),
    "delegate": Bilingual("职工代表", "workers' delegate"),
    "officer": Bilingual("监管部门", "supervising department"),
}


def label(word: StrEnum) -> Bilingual:
    """Return a member's name in both languages.

    >>> label(State.RECTIFYING)("en")
    'rectifying'
    """
    return WORDS[type(word)][word]
