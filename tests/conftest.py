"""What every test shares: a throw-away place for files, fast passwords, no sockets, the databases asked for."""

import gc
import itertools
import os
import shutil
from pathlib import Path

import depth
import flush
import pytest

depth.load()

_number = itertools.count()


def pytest_configure():
    """Let transactional tests empty the journal."""
    flush.install()


@pytest.fixture(autouse=True)
def _fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SNAPSHOT_ROOT = Path(os.environ["ZHIBEN_VAR"], "snapshots", str(next(_number)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database; of SQLite's a copy is laid aside while it is empty, see `pristine`."""
    from django.db import connection  # noqa: PLC0415 -- Django's settings must stand first

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.cursor().execute("VACUUM INTO %s", [os.environ["ZHIBEN_VAR"] + "/pristine.sqlite3"])


@pytest.fixture
def pristine(request, tmp_path):
    """A SQLite file with every table and no rows, for a test that shares it with processes of its own.

    Such a test is about SQLite and names no database of the suite, so that it is not run a second time on PostgreSQL.
    """
    request.getfixturevalue("django_db_setup")
    return shutil.copy(Path(os.environ["ZHIBEN_VAR"], "pristine.sqlite3"), tmp_path / "x.sqlite3")


@pytest.fixture
def child(django_db_blocker):
    """A way to start processes, ended with the test; see apart.py."""
    from apart import Child  # noqa: PLC0415 -- Django's settings must stand first

    started = []

    def start(work, database=None):
        started.append(Child(work, database=database, unblock=django_db_blocker.unblock))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="session")
def chromium(stage, django_db_blocker):
    """The one browser of a process; see browsing.py.

    Its driver brings an event loop, and with one running Django gives this thread another connection: on the one before
    nothing may stand, or it would hold the database to the end.
    """
    from browsing import launched  # noqa: PLC0415 -- only where a test wants it
    from django.db import connection  # noqa: PLC0415 -- Django's settings must stand first

    with django_db_blocker.unblock():
        stage.set([])
        connection.close()
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def stage(django_db_setup, django_db_blocker):
    """What stands while tests come and go; see stage.py."""
    from stage import Stage  # noqa: PLC0415

    stage = Stage()
    yield stage
    with django_db_blocker.unblock():
        stage.set([])


@pytest.fixture
def _set_the_stage(request, stage, django_db_blocker, _fast):
    """Before a test's own transaction begins, let stand what it wants."""
    from cast import make_cast  # noqa: PLC0415
    from stage import wanted_by  # noqa: PLC0415

    with django_db_blocker.unblock():
        stage.set(wanted_by(request, make_cast))


@pytest.fixture
def _django_db_helper(_set_the_stage, _django_db_helper):
    """What gives a test its transaction comes second."""


@pytest.fixture
def cast(db, stage):
    """The people of the tests; see cast.py."""
    from cast import make_cast  # noqa: PLC0415

    return stage.given(make_cast)


def touches_database(item):
    """Tell whether a test needs the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(wanted & fixtures) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL keep only what touches a database."""
    if not os.environ["DATABASE_URL"].startswith("postgres"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
    items[:] = [item for item in items if touches_database(item)]


def pytest_collection_finish():
    """Let the garbage collector pass over what stays until the end: thousands of tests and the program itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        50_000, 20, 20
    )  # a test leaves little; looking for it after every 700 objects took a tenth of the time
