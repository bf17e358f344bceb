"""What may be done in orgs, and the labels of every room's permissions."""

from collections.abc import Mapping

from zhiben.kernel.actor import Permission
from zhiben.kernel.bilingual import Bilingual

LABELS: dict[str, Bilingual] = {}


def register_permissions(permissions: type[Permission], labels: Mapping[Permission, Bilingual]) -> None:
    """Name a room's permissions in both languages; a permission without a label, or a label too many, is our bug."""
    if set(permissions) != set(labels):
        raise TypeError(f"{permissions.__name__}: labels and permissions differ")
    LABELS.update({str(permission): label for permission, label in labels.items()})


def label_of(permission: str) -> Bilingual:
    """Return what a permission is called; its bare name where no room knows it."""
    return LABELS.get(permission) or Bilingual.of(permission)


class OrgsPermission(Permission):
    """Permissions of orgs."""

    VIEW_UNIT = "unit:view"
    EDIT_UNIT = "unit:edit"
    VIEW_ENTERPRISE = "enterprise:view"
    EDIT_ENTERPRISE = "enterprise:edit"
    EDIT_ACCOUNT = "account:edit"
    VIEW_ROLE = "role:view"
    GRANT_ROLE = "role:grant"


register_permissions(
    OrgsPermission,
    {
        OrgsPermission.VIEW_UNIT: Bilingual("查看单位树", "View units"),
        OrgsPermission.EDIT_UNIT: Bilingual("维护单位树", "Edit units"),
        OrgsPermission.VIEW_ENTERPRISE: Bilingual("查看企业", "View enterprises"),
        OrgsPermission.EDIT_ENTERPRISE: Bilingual("维护企业", "Edit enterprises"),
        OrgsPermission.EDIT_ACCOUNT: Bilingual("维护账号", "Edit accounts"),
        OrgsPermission.VIEW_ROLE: Bilingual("查看角色与授权", "View roles and grants"),
        OrgsPermission.GRANT_ROLE: Bilingual("授予与撤销角色", "Grant and revoke roles"),
    },
)
