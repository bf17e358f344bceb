"""What one may be allowed to do with hidden dangers. The loop's table names these, so they live below it."""

from zhiben.kernel.actor import Permission
from zhiben.kernel.bilingual import Bilingual


class DangerPermission(Permission):
    """Rights about hidden dangers, the enterprise's first, then the supervisor's."""

    VIEW = "danger:view"
    REPORT = "danger:report"
    IMPORT = "danger:import"
    CONFIRM = "danger:confirm"
    ASSIGN = "danger:assign"
    RECTIFY = "danger:rectify"
    ACCEPT = "danger:accept"
    VOID = "danger:void"
    TRANSFER = "danger:transfer"
    SUPERVISE = "danger:supervise"
    SIGN_OFF = "danger:sign-off"
    REOPEN = "danger:reopen"


LABELS: dict[DangerPermission, Bilingual] = {
    DangerPermission.VIEW: Bilingual("查看隐患", "See hidden dangers"),
    DangerPermission.REPORT: Bilingual("登记隐患", "Report hidden dangers"),
    DangerPermission.IMPORT: Bilingual("导入隐患台账", "Import ledgers of hidden dangers"),
    DangerPermission.CONFIRM: Bilingual("核实隐患并定级", "Confirm hidden dangers and their level"),
    DangerPermission.ASSIGN: Bilingual("指定责任人和期限", "Assign an owner and a limit"),
    DangerPermission.RECTIFY: Bilingual("整改并提交验收", "Rectify and submit"),
    DangerPermission.ACCEPT: Bilingual("企业内部验收", "Accept inside the enterprise"),
    DangerPermission.VOID: Bilingual("认定不属实", "Void what is not true"),
    DangerPermission.TRANSFER: Bilingual("移交与接收", "Transfer and receive"),
    DangerPermission.SUPERVISE: Bilingual("责令整改、停产和延期审批", "Order limits and stops, decide extensions"),
    DangerPermission.SIGN_OFF: Bilingual("复查销号", "Re-inspect and sign off"),
    DangerPermission.REOPEN: Bilingual("重新打开", "Reopen"),
}
