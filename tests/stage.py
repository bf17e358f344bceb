"""What many tests begin with is made once and stands, in a transaction around the test's own, until another is wanted.

A world is what a test finds when it begins: the cast, or what more a `world` makes of it. Each test gets objects of its
own, and what it writes is rolled back, so that it cannot tell whether all was made for it alone. A test that commits
for real has its world made anew.
"""

import pickle

import pytest
from django.db import connection, transaction

MAKERS = {}  # by fixture


def world(make):
    """Turn what makes rows out of the cast into a fixture; it touches nothing but the database."""

    @pytest.fixture(name=make.__name__)
    def given(cast, stage):
        return stage.given(make, cast)

    MAKERS[given] = make
    return given


def commits(request) -> bool:
    """Tell whether a test commits for real."""
    mark = request.node.get_closest_marker("django_db")
    return bool(mark and mark.kwargs) or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


def wanted_by(request, make_cast) -> list:
    """Return what makes the world of a test: nothing, the cast, or the cast and more."""
    if commits(request) or "cast" not in request.fixturenames:
        return []
    more = [MAKERS.get(getattr(request.module, name, None)) for name in request.fixturenames]
    return [make_cast, *[make for make in more if make is not None][:1]]


class Stage:
    """The worlds that stand, the innermost last: what made each, its open transaction and a picture of the objects."""

    def __init__(self) -> None:
        self._standing = []
        self._objects = {}

    def set(self, wanted) -> None:
        """Let these stand and no other, each made of the first."""
        if not connection.in_atomic_block:  # a test closed the connection: nothing stands any more
            self._standing.clear()
        made = [make for make, _, _ in self._standing]
        while made != wanted[: len(made)]:
            made.pop()
            _end(self._standing.pop()[1])
        for make in wanted[len(made) :]:
            self._add(make)
        objects = pickle.loads(self._standing[-1][2]) if self._standing else []  # noqa: S301 -- of this process
        self._objects = dict(zip(wanted, objects, strict=True))

    def given(self, make, *cast):
        """Return what a world is called by: of the one that stands, or made for this test."""
        return self._objects[make] if make in self._objects else make(*cast)

    def _add(self, make) -> None:
        around = _begin()
        try:
            before = pickle.loads(self._standing[-1][2]) if self._standing else []  # noqa: S301
            objects = [*before, make(*before[:1])]
            connection.check_constraints()
        except BaseException:
            _end(around)
            raise
        connection.run_on_commit = []
        self._standing.append((make, around, pickle.dumps(objects)))


def _begin():
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own around a test: no transaction in the sense of the program
    around.__enter__()
    return around


def _end(around) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)
