"""A page asks the database a bounded number of questions, however much it shows."""

import pytest
from dangers.stories import reported
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from make import grant, make_account, make_enterprise, make_site

from shape.doors import Door, doors
from zhiben.orgs.doors import Door as Declared

BUDGET = 30  # questions for a whole page of a list, the frame around it and the session included
LISTS = [
    door
    for door in doors()
    if isinstance(getattr(door.view, "door", None), Declared)
    and door.view.door.permission
    and door.method == "GET"
    and not door.converters
]


def asked(client, door: Door) -> int:
    """How many questions the page asks once everything that is kept is kept."""
    client.get(door.address())
    with CaptureQueriesContext(connection) as questions:
        client.get(door.address())
    return len(questions)


def grow(cast, more: int) -> None:
    """Add rows of the kinds that pages list: sites, enterprises, dangers."""
    for _ in range(more):
        enterprise = make_enterprise(cast.tree.township)
        make_site(enterprise, cast.tree.township)
        reported(cast, description=f"灭火器过期 {enterprise.name}")


@pytest.mark.parametrize("some", [LISTS[part::4] for part in range(4)], ids=lambda some: some[0].name)
def test_a_list_asks_no_more_for_more_rows(some, cast):
    clients = {door.name: reader(cast, door) for door in some}
    grow(cast, 2)
    few = {door.name: asked(clients[door.name], door) for door in some}
    grow(cast, 8)
    more = {door.name: asked(clients[door.name], door) for door in some}
    assert {name: count for name, count in few.items() if count > BUDGET} == {}
    grown = {name: (few[name], count) for name, count in more.items() if count > few[name] + 1}
    assert grown == {}, "one question for each row: fetch them together"


def reader(cast, door: Door) -> Client:
    """Somebody who may read this list and no other."""
    account = make_account(f"reader-{door.name}")
    grant(account, f"reader-{door.name}", cast.tree.nation, door.view.door.permission)
    client = Client()
    client.force_login(account)
    return client
