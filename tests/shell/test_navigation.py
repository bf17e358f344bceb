"""A door appears where it is built and open."""

import pytest

from zhiben.kernel.actor import Actor, Grant
from zhiben.shell import navigation


@pytest.fixture(autouse=True)
def _pages(guide):
    """Let the pages of the style guide stand for the site's."""


def actor(*permissions):
    return Actor(1, "Li", (Grant(frozenset(permissions), path="/1/"),))


def labels(entries):
    return [entry.door.page for entry in entries]


def test_who_may_not_see_dangers_is_not_offered_them():
    assert "dangers:list" not in labels(navigation.entries_for(actor(), "/"))
    assert "dangers:list" in labels(navigation.entries_for(actor("danger:view"), "/"))


def test_pages_that_are_not_built_are_not_offered():
    assert "journal:list" not in labels(navigation.entries_for(actor("journal:view"), "/"))


def test_the_deepest_door_is_the_one_we_are_in():
    entries = navigation.entries_for(actor("danger:view"), "/dangers/detail/")
    assert [entry.door.page for entry in entries if entry.is_here] == ["dangers:list"]


def test_nobody_signed_in_is_offered_only_open_doors():
    assert all(not entry.door.permission for entry in navigation.entries_for(None, "/"))
