"""Every door × nobody, a stranger, one without the permission, one who holds it."""

import json
from pathlib import Path

import pytest
from django.test import Client
from make import grant, make_account

from shape.doors import ELSEWHERE, EXAMPLES, Door, doors
from zhiben.orgs.doors import Door as Declared

ALL = doors()
DECLARED = [door for door in ALL if isinstance(getattr(door.view, "door", None), Declared)]
CLOSED = [door for door in DECLARED if not door.view.door.public_because]
PERMITTED = [door for door in CLOSED if door.view.door.permission]
OF_OBJECTS = [door for door in CLOSED if door.converters]
HERE = Path(__file__).parents[1]


def named(door):
    return door.name if isinstance(door, Door) else None


def knock(client: Client, door: Door, body=None, **values):
    """Ask at a door by its own method; a page that only takes posts is posted to."""
    address = door.address(**values)
    if door.is_api and body is not None:
        return client.generic(door.method, address, json.dumps(body), content_type="application/json")
    answer = client.generic(door.method, address)
    return client.post(address, body or {}) if answer.status_code == 405 else answer


def test_the_walk_finds_the_doors():
    assert {"clocks:alive", "clocks:health", "files:download"} <= {door.name for door in ALL}


def test_every_door_says_who_may_enter():
    unsaid = [door.name for door in ALL if door not in DECLARED]
    assert unsaid == [], "mark it with @door, outermost"


@pytest.mark.parametrize("door", CLOSED, ids=named)
def test_nobody_is_led_to_the_sign_in(door, client, db):
    answer = knock(client, door)
    if door.is_api:
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


@pytest.mark.parametrize("door", PERMITTED, ids=named)
def test_who_lacks_the_permission_cannot_tell_the_door_exists(door, client, db):
    client.force_login(make_account("without"))
    assert knock(client, door).status_code == 404


@pytest.mark.parametrize(
    "door", [door for door in PERMITTED if door.method == "GET" and not door.converters], ids=named
)
def test_who_holds_the_permission_comes_in(door, client, cast):
    account = make_account("holder")
    grant(account, "holder", cast.tree.nation, door.view.door.permission)
    client.force_login(account)
    assert knock(client, door).status_code not in {302, 401, 403, 404}


def test_every_object_behind_a_door_has_an_example():
    shown = set(EXAMPLES) | {name for name, file in ELSEWHERE.items() if (HERE.parent / file).is_file()}
    assert [door.name for door in OF_OBJECTS if door.name not in shown] == []


@pytest.mark.parametrize("door", [door for door in OF_OBJECTS if door.name in EXAMPLES], ids=named)
def test_a_stranger_cannot_tell_the_object_exists_and_the_holder_enters(door, client, cast):
    example = EXAMPLES[door.name](cast)
    client.force_login(example.stranger.account)
    assert knock(client, door, example.body, **example.values).status_code == 404
    assert knock(client, door, example.body).status_code == 404
    client.force_login(example.holder.account)
    assert knock(client, door, example.body, **example.values).status_code not in {302, 401, 403, 404, 422}


def test_no_example_outlives_its_door():
    assert set(EXAMPLES) | set(ELSEWHERE) <= {door.name for door in ALL}
