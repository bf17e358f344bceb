"""What one may be allowed to do with hidden dangers. The loop's table names these, so they live below it."""

from zhiben.kernel.actor import Permission
from zhiben.kernel.bilingual import Bilingual


class DangerPermission(Permission):
    """Rights about hidden dangers."""

    VIEW = "danger:view"
    REPORT = "danger:report"
    IMPORT = "danger:import"
    CONFIRM = "danger:confirm"
    ASSIGN = "danger:assign"
    RECTIFY = "danger:rectify"
    ACCEPT = "danger:accept"
    EXTEND_ASK = "danger:extend_ask"
    EXTEND_DECIDE = "danger:extend_decide"
    TRANSFER = "danger:transfer"
    VOID = "danger:void"
    MERGE = "danger:merge"
    STOP_ORDER = "danger:stop_order"
    SIGN_OFF = "danger:sign_off"
    LADDER = "danger:ladder"
    LIST = "danger:list"
    PUBLISH = "danger:publish"
    RULES = "danger:rules"
    SAMPLE = "danger:sample"
    ACCIDENT = "danger:accident"


LABELS: dict[Permission, Bilingual] = {
    DangerPermission.VIEW: Bilingual("查看隐患", "See hidden dangers"),
    DangerPermission.REPORT: Bilingual("登记隐患", "Report hidden dangers"),
    DangerPermission.IMPORT: Bilingual("导入隐患台账", "Import ledgers of hidden dangers"),
    DangerPermission.CONFIRM: Bilingual("核实隐患并定级", "Confirm hidden dangers and their level"),
    DangerPermission.ASSIGN: Bilingual("指定责任人和期限", "Assign an owner and a limit"),
    DangerPermission.RECTIFY: Bilingual("整改并提交验收", "Rectify and submit"),
    DangerPermission.ACCEPT: Bilingual("验收或退回", "Accept or return"),
    DangerPermission.EXTEND_ASK: Bilingual("申请延期", "Ask for an extension"),
    DangerPermission.EXTEND_DECIDE: Bilingual("答复延期申请", "Answer an extension"),
    DangerPermission.TRANSFER: Bilingual("移交与接收", "Transfer and receive"),
    DangerPermission.VOID: Bilingual("认定不属实", "Void what is not true"),
    DangerPermission.MERGE: Bilingual("合并重复隐患", "Merge dangers told twice"),
    DangerPermission.STOP_ORDER: Bilingual("责令停产、提请关闭", "Order a stop, ask for closure"),
    DangerPermission.LADDER: Bilingual("签发或跳过督办阶梯文书", "Issue or skip rungs of the ladder"),
    DangerPermission.LIST: Bilingual("挂牌督办、摘牌", "List for supervision, remove from the list"),
    DangerPermission.PUBLISH: Bilingual("起草、发布和撤回公示", "Draft, publish and withdraw what the public reads"),
    DangerPermission.RULES: Bilingual("制定本地区督办规则", "Set the rules of a region"),
    DangerPermission.SAMPLE: Bilingual("抽样复查已销号隐患", "Draw samples of signed-off hidden dangers"),
    DangerPermission.ACCIDENT: Bilingual("认定视同事故的线索", "Answer candidates for treating as an accident"),
    DangerPermission.SIGN_OFF: Bilingual("复查销号、重新打开", "Sign off on re-inspection, reopen"),
}
