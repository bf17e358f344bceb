"""The roles every installation starts with. Permissions stand as text: the rooms that define them lie above."""

from dataclasses import dataclass

from zhiben.kernel.bilingual import Bilingual

SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR = "system_admin", "security_admin", "auditor"
THREE_ADMINISTRATORS = frozenset({SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR})  # 三员分立: nobody holds two of them


@dataclass(frozen=True, slots=True)
class BuiltinRole:
    """A role as shipped."""

    slug: str
    name: Bilingual
    permissions: frozenset[str]


_READ = frozenset({
    "danger:view", "determination:view", "document:view", "enterprise:view", "fact:view", "file:view", "insight:view", "unit:view",
})  # fmt: skip
_RECORD = frozenset({"determination:make", "fact:ask", "fact:record"})
_BRING_IN = frozenset({"danger:import", "export:make", "import:make", "import:void", "job:view"})
_ADMINISTER = frozenset({
    "account:edit", "health:view", "job:manage", "job:view", "notice:manage", "notice:view", "unit:edit", "unit:view",
})  # fmt: skip
_DELIVER = frozenset({"notice:deliver", "notice:view"})
_INSPECT = frozenset({
    "danger:accept", "danger:assign", "danger:confirm", "danger:extend_decide", "danger:merge", "danger:report",
    "danger:sign_off", "danger:stop_order", "danger:transfer", "danger:void",
})  # fmt: skip
_SUPERVISE = frozenset({
    "clause:confirm", "clause:guide", "clause:link", "danger:accident", "danger:ladder", "danger:list", "danger:publish", "danger:rules", "danger:sample",
    "document:template", "enterprise:edit", "form:fill", "form:lock",
    "pack:adopt", "pack:review", "pack:write",
})  # fmt: skip
_CLEAR = frozenset({
    "danger:accept", "danger:assign", "danger:confirm", "danger:extend_ask", "danger:merge", "danger:rectify",
    "danger:report", "danger:sign_off", "danger:void",
})  # fmt: skip

_PAPERS = frozenset({"document:draft", "document:issue", "document:serve"})

BUILTIN_ROLES: tuple[BuiltinRole, ...] = (
    BuiltinRole(
        SYSTEM_ADMIN,
        Bilingual("系统管理员", "System administrator"),
        _ADMINISTER,
    ),
    BuiltinRole(
        SECURITY_ADMIN,
        Bilingual("安全管理员（授权）", "Security administrator"),
        frozenset({"enterprise:view", "file:shred", "person:forget", "role:grant", "role:view", "unit:view"}),
    ),
    BuiltinRole(AUDITOR, Bilingual("审计员", "Auditor"), frozenset({"journal:verify", "journal:view"})),
    BuiltinRole("region_viewer", Bilingual("上级查看人员", "Viewer of a region"), _READ | {"export:make", "job:view"}),
    BuiltinRole(
        "officer",
        Bilingual("监管部门工作人员", "Supervising officer"),
        _READ | _RECORD | _BRING_IN | _INSPECT | _PAPERS | _DELIVER | _SUPERVISE,
    ),
    BuiltinRole(
        "inspector",
        Bilingual("检查人员", "Inspector"),
        (_READ | _RECORD | _BRING_IN | _PAPERS | _DELIVER | _INSPECT | {"clause:confirm", "clause:link", "pack:review"})
        - {"danger:extend_decide", "danger:stop_order"},
    ),
    BuiltinRole(
        "principal",
        Bilingual("企业主要负责人", "Principal person in charge"),
        _READ | _RECORD | _BRING_IN | _CLEAR | _PAPERS | {"enterprise:edit", "form:fill", "form:lock", "notice:view"},
    ),
    BuiltinRole(
        "safety_manager",
        Bilingual("企业安全管理人员", "Safety manager of an enterprise"),
        _READ
        | _RECORD
        | _BRING_IN
        | _CLEAR
        | _DELIVER
        | _PAPERS - {"document:issue"}
        | {"enterprise:edit", "form:fill"},
    ),
    BuiltinRole(
        "worker",
        Bilingual("从业人员", "Worker"),
        frozenset({"danger:rectify", "danger:report", "danger:view", "enterprise:view", "file:view", "unit:view"}),
    ),
    BuiltinRole("viewer", Bilingual("查看人员", "Viewer"), _READ),
)

RESERVED = frozenset({  # of the three offices: in no role that an installation makes for itself
    "account:edit", "file:shred", "journal:verify", "journal:view", "person:forget", "role:grant", "role:view",
})  # fmt: skip


def known_permissions() -> frozenset[str]:
    """Return every permission that some shipped role names."""
    return frozenset().union(*(role.permissions for role in BUILTIN_ROLES))
