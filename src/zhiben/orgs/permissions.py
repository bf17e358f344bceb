"""What may be done in orgs, and the labels of every room's permissions."""

from collections.abc import Mapping

from zhiben.kernel.actor import Permission
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.domain.permission_labels import SHIPPED_LABELS

LABELS: dict[str, Bilingual] = dict(SHIPPED_LABELS)


def register_permissions(permissions: type[Permission], labels: Mapping[Permission, Bilingual]) -> None:
    """Name the permissions of a room that no shipped role knows; one without a label, or a label too many, is our bug."""
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
    FORGET_PERSON = "person:forget"
