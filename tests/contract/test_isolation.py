"""No row of another venture comes out, by any route, with any id."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from tests.contract.test_access import ask
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import body_of
from tests.world import make_world, workspace_routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds():
    with time_machine.travel(NOW, tick=False):
        own = make_world(make_workspace("Acme", slug="acme"))
        yield own, make_world(make_workspace("Foreign", slug="foreign"))


@pytest.fixture
def signed_in(client, worlds):
    client.force_login(make_member(worlds[0].workspace, Role.OWNER).user)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_id_under_my_venture_is_not_found(signed_in, worlds, method):
    own, foreign = worlds
    # A new talk brings its own id: one it cannot see is refused like a taken one.
    wrong = []
    for route in workspace_routes():
        if "<uuid:pk>" not in route.path:
            continue
        if method.upper() not in route.callback.access_policy.methods:
            continue
        status = ask(signed_in, method, own.url(route, ids_of=foreign)).status_code
        if status != 404:
            wrong.append((route.name, status))

    assert wrong == []


def test_no_foreign_canary_on_any_page(signed_in, worlds):
    own, _ = worlds

    seen = []
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        for headers in ({}, {"HX-Request": "true"}):
            response = signed_in.get(own.url(route), headers=headers)
            body = body_of(response)
            if b"CANARY-foreign" in body or b"foreign@new.example" in body:
                seen.append(route.name)

    assert seen == []


def test_my_own_canaries_do_show(signed_in, worlds):
    """The test above could not fail if the canaries stood on no page at all."""
    own, _ = worlds
    bodies = b"".join(
        body_of(signed_in.get(own.url(route)))
        for route in workspace_routes()
        if "GET" in route.callback.access_policy.methods
    )

    for kind in (b"person", b"organisation", b"notes", b"metric"):
        assert b"CANARY-acme-0-" + kind in bodies or b"CANARY-acme-" + kind in bodies


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
def test_advisors_see_neither_names_nor_notes(client, worlds, role):
    own, _ = worlds
    client.force_login(make_member(own.workspace, role).user)

    seen = []
    for route in workspace_routes():
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get(own.url(route), headers=headers)
            for canary in (b"0-person", b"0-organisation", b"0-notes", b"0@example"):
                if b"CANARY-acme-" + canary in response.content:
                    seen.append((route.name, canary))

    assert seen == []


def test_reading_changes_nothing(signed_in, worlds):
    own, _ = worlds

    writes = []
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        with CaptureQueriesContext(
            connection,
        ) as queries:
            signed_in.get(own.url(route))
        writes += [
            (route.name, query["sql"][:80])
            for query in queries
            if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
            and "django_session" not in query["sql"]
        ]

    assert writes == []
