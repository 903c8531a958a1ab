"""The API answers what its description says it answers, whatever is sent."""

import json
from urllib.parse import urlencode

import pytest
import requests
import schemathesis
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from config.api import api
from core.actions.tokens import issue_token
from core.models import Membership
from tests.contract.test_access import undone
from tests.factories import NOW, make_workspace
from tests.world import make_world

EXAMPLES = 15
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def token():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        member = Membership.objects.get(workspace=world.workspace, user=world.by)
        yield issue_token(member, by=world.by, now=NOW, name="Schema")[1]


def sent(client, case, token):
    """By Django's client, whose requests stay in the test's own transaction."""
    query = urlencode(case.query or {}, doseq=True)
    is_empty = case.body is None or type(case.body).__name__ == "NotSet"
    body = "" if is_empty else json.dumps(case.body, default=str)
    with undone():
        answer = client.generic(
            case.method,
            f"{case.formatted_path}?{query}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        transaction.set_rollback(True)
    return answer


def as_received(case, answer):
    url = f"http://testserver{case.formatted_path}"
    return schemathesis.Response(
        status_code=answer.status_code,
        headers={name.lower(): [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=requests.Request(case.method, url).prepare(),
        elapsed=0.1,
        verify=False,
    )


def test_answers_are_as_described(client, token):
    """One venture for all of them: each request is undone after it is answered."""
    described = api.get_openapi_schema(path_prefix="/api/v1/")
    schema = schemathesis.openapi.from_dict(described)
    # refused for every page before the API is asked: see core/middleware.py
    schema.config.generation.update(allow_x00=False)
    for found in schema.get_all_operations():

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=found.ok().as_strategy())
        def answered(case):
            answer = sent(client, case, token)
            case.validate_response(as_received(case, answer), checks=CHECKS)

        answered()
