"""A database that stopped half way of the earlier steps is refused, not left as it is."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from zhiben.config.checks import check_whole

FIRST, SECOND, WHOLE = (("clocks", name) for name in ("0001_initial", "0002_unsought_links", "0001_tables"))


@pytest.mark.parametrize(
    ("taken", "missing"),
    [([], ""), ([FIRST], "0002_unsought_links"), ([FIRST, SECOND], ""), ([WHOLE], ""), ([FIRST, WHOLE], "")],
)
def test_only_a_database_with_some_of_the_earlier_steps_is_refused(monkeypatch, taken, missing):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: dict.fromkeys(taken))
    found = check_whole(databases=["default"])
    assert [missing in one.msg for one in found] == ([True] if missing else [])


def test_no_database_is_asked_unless_it_is_about_one():
    assert check_whole(databases=None) == []
