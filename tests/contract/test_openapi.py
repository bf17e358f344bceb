"""The description of the API: committed, complete, and served."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from zhiben.config.schema import openapi

COMMITTED = Path(settings.PROJECT_ROOT) / "docs/reference/openapi.json"
DESCRIBED = json.loads(COMMITTED.read_text(encoding="utf-8"))  # which is what is served, as the first test holds
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
]


def test_what_is_committed_is_what_is_served():
    assert COMMITTED.read_text(encoding="utf-8") == openapi(), "zhiben openapi --out docs/reference/openapi.json"


def test_the_command_writes_it(tmp_path, capsys):
    call_command("openapi", out=tmp_path / "x.json")
    call_command("openapi")
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == capsys.readouterr().out == openapi()


def test_it_is_served_to_anybody(client, db):
    assert client.get("/api/v1/openapi.json").json() == json.loads(openapi())


def test_its_page_needs_nothing_from_elsewhere_and_no_inline_script(client, db):
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"(src|href)=\"https?:", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_operations_are_named_once_and_by_hand():
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+[A-Za-z]+", name) for name in names)


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_operation_says_what_it_does_what_it_refuses_and_who_may(name, operation):
    assert operation["description"]
    assert operation["security"] == [{"Token": []}]
    assert {401, 403, 404, 422, 429, 500} <= set(map(int, operation["responses"]))
    if name.startswith("POST"):
        assert {400, 409, 413} <= set(map(int, operation["responses"]))
        assert "Idempotency-Key" in [one["name"] for one in operation["parameters"]]


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_list_that_may_grow_is_bounded(name, operation):
    paged = {one["name"]: one["schema"] for one in operation.get("parameters", [])}
    if "after" in paged:
        assert paged["limit"]["maximum"] == 200


def test_what_clients_send_and_what_they_get_have_shapes_of_their_own():
    schemas = DESCRIBED["components"]["schemas"]
    for _, operation in OPERATIONS:
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            name = body["schema"]["$ref"].rsplit("/", 1)[1]
            assert name.endswith("In")
            assert schemas[name]["additionalProperties"] is False
