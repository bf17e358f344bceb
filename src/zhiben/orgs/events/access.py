"""What the journal holds about accounts, second steps, roles, grants and tokens."""

from dataclasses import dataclass
from typing import Any

from zhiben.journal.public import Event
from zhiben.kernel.bilingual import Bilingual


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
class PasswordReset(Event):
    """An administrator set another one's password anew; it is not kept here."""

    code = "account:password-reset"
    label = Bilingual("重置密码", "Password reset")


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
