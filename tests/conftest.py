"""What every test shares: a throw-away place for files, fast passwords, no sockets, the databases asked for."""

import gc
import itertools
import os
from pathlib import Path

import flush
import hypothesis
import pytest

hypothesis.settings.register_profile("zhiben", deadline=None)  # how long a test takes is the machine's load, no fault
hypothesis.settings.load_profile("zhiben")

_number = itertools.count()


def pytest_configure():
    """Let transactional tests empty the journal."""
    flush.install()


@pytest.fixture(autouse=True)
def _fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SNAPSHOT_ROOT = Path(os.environ["ZHIBEN_VAR"], "snapshots", str(next(_number)))


@pytest.fixture
def cast(db):
    """The people of the tests; see cast.py."""
    from cast import make_cast  # noqa: PLC0415 -- Django's settings must stand first

    return make_cast()


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
