"""What every installation starts with: the root of the tree and the shipped roles, brought up to date by migrate."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from zhiben.orgs.models import Role, Unit
from zhiben.orgs.services.access import ensure_builtin_roles
from zhiben.orgs.tree import nation


@receiver(post_migrate, dispatch_uid="zhiben.orgs.seeds")
def fill(*, sender: Any, using: str, **_: Any) -> None:
    """Fill in once the tables are there: migrate may stop before this room's."""
    if sender.name != "zhiben.orgs":
        return
    if {Role._meta.db_table, Unit._meta.db_table} <= set(connections[using].introspection.table_names()):  # noqa: SLF001
        nation()
        ensure_builtin_roles()
