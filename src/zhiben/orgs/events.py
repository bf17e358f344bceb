"""What the journal keeps of orgs. Units and enterprises are public; names of people and free text are personal."""

from dataclasses import dataclass
from typing import Any

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class DivisionsImported(Event):
    """A table of divisions came in; the renamed and recoded ones have entries of their own."""

    code = "division:imported"
    label = Bilingual("导入行政区划", "Divisions imported")

    sha256: str
    under: str
    read: int
    made: int
    renamed: int
    recoded: int


@dataclass(frozen=True)
class UnitAdded(Event):
    """A unit was added to the tree."""

    code = "unit:added"
    label = Bilingual("新增单位", "Unit added")

    kind: str
    name: str
    path: str
    division_code: str = ""


@dataclass(frozen=True)
class UnitRenamed(Event):
    """A unit bears another name; the former one stays as an alias."""

    code = "unit:renamed"
    label = Bilingual("单位更名", "Unit renamed")

    before: str
    after: str


@dataclass(frozen=True)
class UnitRecoded(Event):
    """A unit bears another division code; the former one stays as an alias."""

    code = "unit:recoded"
    label = Bilingual("区划代码变更", "Unit recoded")

    before: str
    after: str


@dataclass(frozen=True)
class UnitEnded(Event):
    """A unit stands no longer from a day on."""

    code = "unit:ended"
    label = Bilingual("单位撤销", "Unit ended")

    until: str
    into: int | None = None


@dataclass(frozen=True)
class UnitMoved(Event):
    """A subtree hangs on another parent; both paths are valid until `unit:move-finished`."""

    code = "unit:moved"
    label = Bilingual("单位划转", "Unit moved")

    from_parent: int
    to_parent: int
    old_path: str
    new_path: str


@dataclass(frozen=True)
class UnitMoveFinished(Event):
    """All rows of a moved subtree bear the new path; the old one is no longer valid."""

    code = "unit:move-finished"
    label = Bilingual("单位划转完成", "Unit move finished")

    old_path: str
    new_path: str
    rows: int


@dataclass(frozen=True)
class UnitHandedOn(Event):
    """Records of one table that hung on one unit itself hang on another from a day on."""

    code = "unit:handed-on"
    label = Bilingual("移交单位名下记录", "Records handed on")

    from_unit: int
    to_unit: int
    table: str  # "dangers.Danger.unit"
    rows: int


@dataclass(frozen=True)
class UnitRevived(Event):
    """A unit that had ended stands again: its end was taken back."""

    code = "unit:revived"
    label = Bilingual("单位恢复", "Unit revived")


@dataclass(frozen=True)
class GrantCarried(Event):
    """A role holds at another unit, because its own was merged or split."""

    code = "role:carried"
    label = Bilingual("授权随单位调整", "Grant carried on")

    grant: int
    role: str
    from_place: str
    to_place: str


@dataclass(frozen=True)
class ReorganisationPlanned(Event):
    """A split, a merger or a move of units was planned for a day."""

    code = "reorganisation:planned"
    label = Bilingual("拟定区划调整", "Reorganisation planned")
    personal = frozenset({"reason"})

    kind: str
    on: str
    moves: list[list[int]]
    ends: list[list[int]]
    receivers: list[dict[str, Any]]
    reason: str = ""


@dataclass(frozen=True)
class ReorganisationAgreed(Event):
    """Who grants roles agreed that some grants reach further afterwards."""

    code = "reorganisation:agreed"
    label = Bilingual("同意授权范围扩大", "Wider grants agreed to")

    grants: list[int]


@dataclass(frozen=True)
class ReorganisationCancelled(Event):
    """A planned reorganisation will not happen."""

    code = "reorganisation:cancelled"
    label = Bilingual("取消区划调整", "Reorganisation cancelled")

    kind: str


@dataclass(frozen=True)
class ReorganisationResumed(Event):
    """A reorganisation that had been refused on its way goes on."""

    code = "reorganisation:resumed"
    label = Bilingual("继续区划调整", "Reorganisation resumed")

    problem: str


@dataclass(frozen=True)
class ReorganisationDone(Event):
    """Everything that a reorganisation moves hangs where it belongs."""

    code = "reorganisation:done"
    label = Bilingual("区划调整完成", "Reorganisation done")

    kind: str
    units: int
    rows: int


@dataclass(frozen=True)
class EnterpriseRegistered(Event):
    """An enterprise was entered with its registered site."""

    code = "enterprise:registered"
    label = Bilingual("企业登记", "Enterprise registered")

    name: str
    credit_code: str
    site: int
    unit: int
    industries: list[str]
    is_example: bool


@dataclass(frozen=True)
class EnterpriseEdited(Event):
    """Facts about an enterprise changed: each with what it was and what it is."""

    code = "enterprise:edited"
    label = Bilingual("企业信息变更", "Enterprise edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class SiteAdded(Event):
    """An enterprise has one more site."""

    code = "enterprise:site-added"
    label = Bilingual("新增场所", "Site added")

    site: int
    name: str
    unit: int


@dataclass(frozen=True)
class SiteEdited(Event):
    """Name or address of a site changed."""

    code = "enterprise:site-edited"
    label = Bilingual("场所信息变更", "Site edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class EngagementMade(Event):
    """A party works on somebody else's site."""

    code = "engagement:made"
    label = Bilingual("建立承包承租关系", "Engagement made")

    party: int
    site: int
    role: str
    since: str
    until: str | None


@dataclass(frozen=True)
class EngagementEnded(Event):
    """A party no longer works on somebody else's site from a day on."""

    code = "engagement:ended"
    label = Bilingual("承包承租关系结束", "Engagement ended")

    party: int
    site: int
    until: str


@dataclass(frozen=True)
class DepartmentAdded(Event):
    """A supervising department was entered."""

    code = "department:added"
    label = Bilingual("新增部门", "Department added")

    name: str
    unit: int
    matters: list[str]


@dataclass(frozen=True)
class DepartmentEdited(Event):
    """Name, matters, superior or end of a department changed."""

    code = "department:edited"
    label = Bilingual("部门信息变更", "Department edited")

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class JurisdictionSet(Event):
    """A named set of subtrees was laid down."""

    code = "jurisdiction:set"
    label = Bilingual("设定功能区管辖", "Jurisdiction set")

    name: str
    unit: int
    units: list[int]


@dataclass(frozen=True)
class JurisdictionEdited(Event):
    """A jurisdiction is called otherwise, holds other units or ends on another day."""

    code = "jurisdiction:edited"
    label = Bilingual("调整功能区管辖", "Jurisdiction edited")

    name: str
    before: list[int]
    after: list[int]
    until: str | None


@dataclass(frozen=True)
class PersonAdded(Event):
    """A person was entered."""

    code = "person:added"
    label = Bilingual("新增人员", "Person added")
    personal = frozenset({"name"})

    name: str
    enterprise: int | None
    department: int | None


@dataclass(frozen=True)
class PersonEdited(Event):
    """A person's name or how they are reached changed; phone and e-mail are never journalled."""

    code = "person:edited"
    label = Bilingual("人员信息变更", "Person edited")
    personal = frozenset({"name"})

    name: str
    changed: list[str]


@dataclass(frozen=True)
class PersonForgotten(Event):
    """A person's name and how they were reached were destroyed; what they did stays, without a name."""

    code = "person:forgotten"
    label = Bilingual("销毁个人信息", "Personal data destroyed")
    personal = frozenset({"reason"})

    person: int
    account: int | None
    reason: str = ""


@dataclass(frozen=True)
class PersonAppointed(Event):
    """A person holds a post from a day on."""

    code = "person:appointed"
    label = Bilingual("人员任职", "Person appointed")

    person: int
    post: str
    unit: int
    since: str
    until: str | None


@dataclass(frozen=True)
class AppointmentEnded(Event):
    """A person no longer holds a post from a day on."""

    code = "person:appointment-ended"
    label = Bilingual("人员离任", "Appointment ended")

    person: int
    post: str
    unit: int
    until: str


@dataclass(frozen=True)
class AccountMade(Event):
    """An account was made."""

    code = "account:made"
    label = Bilingual("开通账号", "Account made")
    personal = frozenset({"username"})

    username: str
    person: int | None
    is_demo: bool


@dataclass(frozen=True)
class AccountClosed(Event):
    """An account can no longer sign in."""

    code = "account:closed"
    label = Bilingual("停用账号", "Account closed")


@dataclass(frozen=True)
class SecondStepAdded(Event):
    """Somebody set up a passkey, an authenticator app or recovery codes for their own account."""

    code = "account:step-added"
    label = Bilingual("增设登录验证方式", "Second step of signing in added")

    step: int
    kind: str


@dataclass(frozen=True)
class SecondStepRemoved(Event):
    """Somebody removed a passkey, an authenticator app or recovery codes of their own account."""

    code = "account:step-removed"
    label = Bilingual("移除登录验证方式", "Second step of signing in removed")

    kind: str


@dataclass(frozen=True)
class SecondStepRenewed(Event):
    """Somebody had new recovery codes made: the old ones open nothing any more."""

    code = "account:step-renewed"
    label = Bilingual("更换恢复码", "Recovery codes made anew")

    kind: str


@dataclass(frozen=True)
class RoleMade(Event):
    """A role of one's own was made."""

    code = "role:made"
    label = Bilingual("新建角色", "Role made")

    role: str
    name_zh: str
    name_en: str
    permissions: list[str]


@dataclass(frozen=True)
class RoleEdited(Event):
    """What a role is called or permits changed, for all who hold it."""

    code = "role:edited"
    label = Bilingual("调整角色", "Role edited")

    role: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class RoleRemoved(Event):
    """A role that nobody held any more was removed."""

    code = "role:removed"
    label = Bilingual("删除角色", "Role removed")

    role: str


@dataclass(frozen=True)
class RoleGranted(Event):
    """An account holds a role somewhere."""

    code = "role:granted"
    label = Bilingual("授予角色", "Role granted")

    grant: int
    role: str
    place: str  # "unit/7", "enterprise/3", "jurisdiction/2"
    industries: list[str]
    matters: list[str]
    since: str | None
    until: str | None


@dataclass(frozen=True)
class RoleRevoked(Event):
    """An account no longer holds a role somewhere."""

    code = "role:revoked"
    label = Bilingual("撤销角色", "Role revoked")

    grant: int
    role: str
    place: str


@dataclass(frozen=True)
class GrantEnded(Event):
    """A role is no longer held from a day on."""

    code = "role:grant-ended"
    label = Bilingual("授权到期设定", "End of a grant set")

    grant: int
    role: str
    place: str
    until: str | None


@dataclass(frozen=True)
class TokenMade(Event):
    """A token for the API was made; its text is shown once and not kept."""

    code = "token:made"
    label = Bilingual("生成接口令牌", "API token made")

    token: int
    name: str
    expires_at: str | None


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A token for the API no longer opens anything."""

    code = "token:revoked"
    label = Bilingual("作废接口令牌", "API token revoked")

    token: int
