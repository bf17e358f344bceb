"""What is looked at before tables are changed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@register(Tags.database)
def check_whole(*, databases: Sequence[str] | None = None, **_known: Any) -> list[Error]:
    """Refuse a database that took only some of the steps which one migration stands for now.

    Django leaves such a migration out: the tables would stay as they are, and nobody would be told.
    """
    return [problem for alias in databases or () for problem in _half_way(alias)]


def _half_way(alias: str) -> Iterator[Error]:
    taken = set(MigrationRecorder(connections[alias]).applied_migrations())
    known = MigrationLoader(None, load=False)
    known.load_disk()
    for (room, name), migration in known.disk_migrations.items():
        missing = sorted(set(migration.replaces) - taken)
        if (room, name) not in taken and 0 < len(missing) < len(migration.replaces):
            steps = ", ".join(step for _, step in missing)
            yield Error(
                f"数据库只做完了“{room}”的一部分旧升级步骤，还缺：{steps}。\n"
                f"The database took only some of the earlier steps of “{room}”; missing: {steps}.",
                hint="先用合并升级步骤之前的版本执行 zhiben migrate，再用这一版。\n"
                "Run zhiben migrate once with the version before the one migration a room (CHANGELOG), then this one.",
                id="zhiben.E001",
            )
