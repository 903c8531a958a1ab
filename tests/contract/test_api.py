"""Every operation of the API, drawn from the code: who may, what it leaks, what it costs."""

import json
import re
from datetime import timedelta
from functools import lru_cache

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from config.api import api
from core.actions.tokens import issue_token, revoke_token
from core.models import ROLE_PERMISSIONS, Permission, Role
from decisions.models import Alert, Commitment, Decision, FollowUp
from discovery.models import (
    Feature,
    Hypothesis,
    Need,
    Organisation,
    Person,
    Problem,
    Segment,
)
from forecasts.models import (
    CostLine,
    Deal,
    DealStep,
    InvestorExpectation,
    LearningEntry,
    Metric,
    Rep,
    RepQuarter,
    SalesCurve,
)
from interviews.models import Guide, Interview, Quote, QuoteLink, Survey
from milestones.models import Challenge, Checkpoint, EvidenceLink, ScheduledStop
from portfolio.models import Thread
from tests.contract.test_access import ROLES, undone
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import asked
from tests.world import make_world

UNKNOWN = "11111111-1111-4111-8111-111111111111"
MOST = 15
# the first part of a path → the kind of row its id names
OBJECTS = {
    "segments": Segment,
    "organisations": Organisation,
    "people": Person,
    "problems": Problem,
    "needs": Need,
    "features": Feature,
    "hypotheses": Hypothesis,
    "interviews": Interview,
    "quotes": Quote,
    "quote-links": QuoteLink,
    "guides": Guide,
    "surveys": Survey,
    "evidence": EvidenceLink,
    "challenges": Challenge,
    "checkpoints": Checkpoint,
    "stops": ScheduledStop,
    "metrics": Metric,
    "commitments": Commitment,
    "alerts": Alert,
    "decisions": Decision,
    "follow-ups": FollowUp,
    "threads": Thread,
    "sales-curves": SalesCurve,
    "reps": Rep,
    "rep-quarters": RepQuarter,
    "cost-lines": CostLine,
    "deals": Deal,
    "deal-steps": DealStep,
    "learning": LearningEntry,
    "expectations": InvestorExpectation,
}
QUERIES = {"search": "?q=rota"}
# asked by these tests: an empty cache, and what undoes each request
OWN = re.compile("core_cache|SAVEPOINT")
# the id is the caller's own choice: a new one is not unknown
MAKES_ITS_ID = {"interview_put"}

pytestmark = pytest.mark.django_db


@lru_cache
def described():
    """Seconds of work, hence not when tests are collected."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


def operations():
    return [
        (
            method.lower(),
            "/api/v1" + re.sub(r"{\w+:", "{", path),
            operation.operation_id,
            operation.view_func.token_permission,
        )
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


OPERATIONS = operations()
READS = [one for one in OPERATIONS if one[0] == "get"]
WITH_ID = [one for one in OPERATIONS if "{pk}" in one[1]]


def id_in(world, model):
    """Of the quotes one that bears a tag: those without cost a query less."""
    if model is Quote:
        return Quote.objects.in_workspace(world.workspace).exclude(tags=None).first().pk
    return world.id_of(model)


def url_of(path, world=None, pk=None):
    first = re.match(r"/api/v1/([\w-]+)", path)[1]
    if "{pk}" in path:
        pk = pk or id_in(world, OBJECTS[first])
    url = path.replace("{pk}", str(pk)).replace("{number}", "1")
    return url + QUERIES.get(first, "")


def token_of(workspace, role):
    member = make_member(workspace, role)
    return issue_token(member, by=member.user, now=NOW, name="Test")[1]


def ask(client, method, url, token=None, body=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent = {} if method == "get" else {"data": body or {}}
    cache.clear()
    with undone():
        answer = getattr(client, method)(
            url, **sent, content_type="application/json", headers=headers
        )
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world(make_workspace("Acme", slug="acme"))


@pytest.fixture
def foreign(world):
    return make_world(make_workspace("Foreign", slug="foreign"))


def unlike(client, world, expected, token=None):
    """Operations that answer anything else."""
    found = {}
    for method, path, name, _permission in OPERATIONS:
        answer = ask(client, method, url_of(path, world), token)
        if answer.status_code != expected:
            found[name] = answer.status_code
    return found


def test_every_id_names_an_object():
    firsts = {re.match(r"/api/v1/([\w-]+)", path)[1] for _m, path, *_ in WITH_ID}

    assert firsts - set(OBJECTS) == set()


@pytest.mark.one_database
def test_nothing_opens_without_a_token(client, world):
    assert unlike(client, world, 401) == {}


@pytest.mark.one_database
def test_a_cookie_opens_nothing(client, world):
    client.force_login(make_member(world.workspace, Role.OWNER).user)

    assert unlike(client, world, 401) == {}


@pytest.mark.one_database
def test_a_revoked_token_opens_nothing(client, world):
    member = make_member(world.workspace, Role.OWNER)
    token, secret = issue_token(member, by=member.user, now=NOW, name="Old")
    revoke_token(token, by=member.user, now=NOW + timedelta(hours=1))

    assert unlike(client, world, 401, secret) == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_token_may_what_its_role_may(client, world, role):
    token = token_of(world.workspace, role)

    wrong = {}
    for method, path, name, permission in OPERATIONS:
        status = ask(client, method, url_of(path, world), token).status_code
        if (status == 403) == (permission in ROLE_PERMISSIONS[role]):
            wrong[name] = status

    assert wrong == {}


def test_people_notes_and_quotes_are_for_those_who_may_see_them():
    open_to_all = {name for *_, name, may in READS if may == Permission.VIEW}

    assert open_to_all == {
        *("problem_list", "problem_detail", "need_list", "need_detail"),
        *("feature_list", "feature_detail", "hypothesis_list", "hypothesis_detail"),
        *("survey_list", "question_list", "evidence_list", "alert_list"),
        *("score_list", "challenge_list", "criterion_list", "signal_list"),
        *("checkpoint_list", "version_list", "exit_conditions"),
        *("metric_list", "forecast_points", "actual_list"),
        *("commitment_list", "commitment_get", "alert_get"),
        *("decision_list", "decision_get", "follow_up_list", "stop_rule_list"),
        *("thread_list", "comment_list"),
        *("sales_curve_list", "rep_list", "rep_quarter_list", "cost_line_list"),
        *("deal_list", "deal_get", "sales_curve_course"),
        *("learning_list", "expectation_list", "lesson_list"),
        *("board_report", "shared_get", "stage_get", "talking"),
        *("digest_get", "digest_preview", "mail_topics", "today", "date_list"),
        # finds for each reader what they may read: interviews/search/guarded.py
        "search",
    }


def body_for(name):
    """Enough to pass the shape, so that the id is what is judged."""
    for methods in described()["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            if operation["operationId"] == name and content:
                reference = content["application/json"]["schema"]["$ref"]
                return filled(described()["components"]["schemas"][reference[21:]])
    return {}


def filled(schema):
    examples = {
        "integer": 1,
        "string": UNKNOWN,
        "boolean": True,
        "array": [],
        "object": {},
    }
    return {
        key: examples.get(schema["properties"][key].get("type"), "1")
        for key in schema.get("required", [])
    }


def test_foreign_ids_are_unknown_ids(client, world, foreign):
    token = token_of(world.workspace, Role.OWNER)

    wrong = {}
    for method, path, name, _permission in WITH_ID:
        body = body_for(name)
        answer = ask(client, method, url_of(path, foreign), token, body)
        unknown = ask(client, method, url_of(path, pk=UNKNOWN), token, body)
        if name in MAKES_ITS_ID:
            unknown = answer
        if answer.status_code != 404 or answer.content != unknown.content:
            wrong[name] = (answer.status_code, answer.content)

    assert wrong == {}


@pytest.mark.one_database
@pytest.mark.parametrize("role", [Role.OWNER, Role.OBSERVER])
def test_no_canary_of_another_venture(client, world, foreign, role):
    token = token_of(world.workspace, role)

    leaks = []
    for method, path, name, _permission in READS:
        content = ask(client, method, url_of(path, world), token).content.decode()
        if "CANARY-foreign" in content:
            leaks.append(name)

    assert leaks == []


@pytest.mark.one_database
def test_an_observer_reads_no_name(client, world):
    token = token_of(world.workspace, Role.OBSERVER)
    hidden = re.compile(r"CANARY-acme-0-(person|organisation|notes)")

    told = [
        name
        for method, path, name, _permission in READS
        if hidden.search(
            ask(client, method, url_of(path, world), token).content.decode()
        )
    ]

    assert told == []


def counts(client, world):
    token = token_of(world.workspace, Role.OWNER)
    found = {}
    for method, path, name, _permission in READS:
        url = url_of(path, world)
        ask(client, method, url, token)
        with asked() as queries:
            answer = ask(client, method, url, token)
        assert answer.status_code == 200, (name, answer.content)
        found[name] = len([sql for sql in queries if not OWN.search(sql)])
    return found


@pytest.mark.one_database
@time_machine.travel(NOW, tick=False)
def test_query_counts_do_not_grow_with_the_rows(client):
    few = counts(client, make_world(make_workspace("Few", slug="few"), rows=3))
    many = counts(client, make_world(make_workspace("Many", slug="many"), rows=30))

    assert {name: n for name, n in many.items() if n > MOST} == {}
    assert {name: (few[name], n) for name, n in many.items() if n != few[name]} == {}


@pytest.mark.one_database
def test_a_key_nobody_reads_is_refused(client, world):
    token = token_of(world.workspace, Role.OWNER)

    wrong = {}
    for method, path, name, _permission in READS:
        url = url_of(path, world)
        mark = "&" if "?" in url else "?"
        status = ask(client, method, f"{url}{mark}sgement=1", token).status_code
        if status != 422:
            wrong[name] = status

    assert wrong == {}


@pytest.mark.one_database
def test_a_body_with_an_unknown_key_is_refused(client, world):
    token = token_of(world.workspace, Role.OWNER)

    wrong = {}
    for method, path, name, _permission in OPERATIONS:
        body = body_for(name)
        if method != "get" and body:
            sent = body | {"workspace": UNKNOWN, "is_staff": True}
            answer = ask(client, method, url_of(path, world), token, sent)
            if answer.status_code != 422 or b"extra_forbidden" not in answer.content:
                wrong[name] = (answer.status_code, answer.content)

    assert wrong == {}


@pytest.mark.one_database
def test_who_goes_on_trying_tokens_is_stopped(client, world):
    cache.clear()
    headers = {"Authorization": "Bearer not-a-token"}

    statuses = [
        client.get("/api/v1/segments", headers=headers).status_code for _ in range(61)
    ]
    token = token_of(world.workspace, Role.OWNER)
    alive = client.get("/api/v1/segments", headers={"Authorization": f"Bearer {token}"})

    assert (statuses[:60], statuses[60]) == ([401] * 60, 429)
    assert alive.status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize("text", ['{"name": "\\ud800"}', '{"name": NaN}', "{", "7"])
def test_what_is_no_body_is_refused(client, world, text):
    token = token_of(world.workspace, Role.OWNER)

    answer = client.post(
        "/api/v1/segments",
        text,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert answer.status_code in (400, 422)
    assert list(json.loads(answer.content)) == ["detail"]
