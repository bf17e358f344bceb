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


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run only what touches a database: the rest already ran on SQLite."""
    if not os.environ["DATABASE_URL"].startswith("postgres"):
        return
    wanted = [
        item
        for item in items
        if {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted
