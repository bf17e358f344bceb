"""What every test shares: a throw-away place for files, fast passwords, no sockets, the databases asked for."""

import os

import flush
import pytest


def pytest_configure():
    """Let transactional tests empty the journal."""
    flush.install()


@pytest.fixture(autouse=True)
def _fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def cast(db):
    """The people of the tests; see cast.py."""
    from cast import make_cast  # noqa: PLC0415 -- Django's settings must stand first

    return make_cast()


OWN_PROCESSES = ("browser", "server")


def is_apart(item):
    """Tell whether a test commits for real, or starts browsers or servers: those run after the others, by themselves."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool({"transactional_db", "live_server"} & fixtures) or any(map(item.get_closest_marker, OWN_PROCESSES))


def touches_database(item):
    """Tell whether a test needs the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(wanted & fixtures) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config, items):
    """Keep the part that ZHIBEN_TEST_PART names (plain, apart); on PostgreSQL only what touches a database."""
    part = os.environ.get("ZHIBEN_TEST_PART")
    wanted = [item for item in items if part is None or is_apart(item) == (part == "apart")]
    if os.environ["DATABASE_URL"].startswith("postgres"):
        wanted = [item for item in wanted if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
    items[:] = wanted
