"""A page asks the database a bounded number of questions, however much it shows."""

import pytest
from dangers.stories import reported
from django.db import connection
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


@pytest.mark.parametrize("door", LISTS, ids=lambda door: door.name)
def test_a_list_asks_no_more_for_more_rows(door, client, cast):
    account = make_account("reader")
    grant(account, "reader", cast.tree.nation, door.view.door.permission)
    client.force_login(account)
    grow(cast, 2)
    few = asked(client, door)
    grow(cast, 8)
    more = asked(client, door)
    assert few <= BUDGET
    assert more <= few + 1, "one question for each row: fetch them together"
