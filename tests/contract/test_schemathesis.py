"""The API keeps what its description promises, whatever is sent to it."""

import json
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest
import schemathesis
from callers import token_for
from dangers.stories import awaiting, confirmed, ordered, rectifying, reported
from depth import DEEP, examples
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from make import DAY, NOW, grant, make_account, make_person
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from stage import world

from zhiben.config.api import api
from zhiben.config.wsgi import application
from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.loop import moves_from
from zhiben.dangers.models import Danger
from zhiben.files.models import StoredFile
from zhiben.orgs.domain.roles import known_permissions
from zhiben.orgs.models import Department, Enterprise, Person, Unit
from zhiben.standards.models import Determination
from zhiben.standards.public import judge_enterprise

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@cache
def schema():
    """Describe the API once, when it is first asked for."""
    described = schemathesis.openapi.from_dict(api.get_openapi_schema())
    described.app = application
    return described


NONE = 424242
COMMITTED = Path(django_settings.PROJECT_ROOT) / "docs/reference/openapi.json"
SETTINGS = settings(
    max_examples=examples(6, deep=60),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=not DEEP,
)


@world
def everybody(cast):
    """A token of somebody who may do everything everywhere, and some of everything to do it to."""
    for make in (reported, confirmed, rectifying, ordered, awaiting):
        make(cast, description=f"{make.__name__}：灭火器过期")
    judge_enterprise(cast.enterprise.pk, day=DAY, actor=cast.li.actor, now=NOW)
    account = make_account("all", make_person("全能", department=cast.department))
    grant(account, "all", cast.tree.nation, *sorted(known_permissions()))
    return token_for(account)


@pytest.fixture
def token(everybody):
    for signal in (request_started, request_finished):  # the end of a request must not end the test's transaction
        signal.disconnect(close_old_connections)
    yield everybody
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def aimed(value, meant, name=""):
    """Exchange what chance gave under some names for something that is there, so that requests get past the first look."""
    if isinstance(value, dict):
        return {key: aimed(one, meant, key) for key, one in value.items()}
    if isinstance(value, list):
        return [aimed(one, meant, name) for one in value]
    known = meant.get(name)
    return next(known) if known and value not in {None, ""} else value


@pytest.fixture
def meant(cast, token):
    """What there is, by the names under which it is asked for."""
    units = list(Unit.objects.values_list("pk", flat=True))
    people = list(Person.objects.values_list("pk", flat=True))
    found = {
        "unit": [cast.site.pk, cast.second_site.pk, cast.tree.township.pk, NONE],
        "parent": units,
        "under": [*Unit.objects.values_list("path", flat=True)],
        "party": [cast.enterprise.pk, cast.contractor.pk],
        "industry": ["machinery"],
        "industries": ["machinery", "dust_explosion"],
        "matter": ["fire"],
        "owner": [*people, NONE],
        "officers": [*people, NONE],
        "owner_unit": [*units, NONE],
        "department": [*Department.objects.values_list("pk", flat=True), NONE],
        "name": ["all_staff_responsibility_system", "airlock_discharge_missing_count"],
        "version": [None],
        "move": [str(move) for state in (State.REGISTERED, State.RECTIFYING) for move in moves_from(state)],
        "danger_id": list(Danger.unscoped.values_list("pk", flat=True)),
        "enterprise_id": list(Enterprise.objects.values_list("pk", flat=True)),
        "unit_id": units,
        "determination_id": list(Determination.unscoped.values_list("pk", flat=True)),
        "uid": list(map(str, Danger.unscoped.values_list("uid", flat=True))),
        "file_id": [str(pk) for pk in StoredFile.unscoped.values_list("pk", flat=True)],
        "file": [str(pk) for pk in StoredFile.unscoped.values_list("pk", flat=True)],
    }
    return {name: cycle(values) for name, values in found.items() if values}


def addresses():
    """Every path with its methods, read where the API is described anyway."""
    described = json.loads(COMMITTED.read_text(encoding="utf-8"))  # a test of its own holds that this is what is served
    return [(path, method.upper()) for path, methods in described["paths"].items() for method in methods]


@pytest.mark.parametrize(("path", "method"), addresses(), ids=lambda part: part)
def test_the_api_keeps_its_promises(path, method, token, meant):
    def ask(case):
        if case.meta.generation.mode is GenerationMode.POSITIVE:
            case.headers.pop("Idempotency-Key", None)  # chance repeats itself; tests of its own
            case.path_parameters = aimed(case.path_parameters, meant)
            if case.media_type == "application/json":
                case.body = aimed(case.body, meant)
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})

    operation = schema()[path][method]
    # What `schema.parametrize()` makes while tests are collected, for all operations in every process, made here for one.
    build_operation_test(
        config=schema().config,
        operation=operation,
        test_func=SETTINGS(ask),
        given_kwargs={},
        feedback=FeedbackSources(),
    )()
