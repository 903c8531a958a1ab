"""Every page asks the database the same number of times for 3 rows and for 30."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from tests.factories import NOW, make_member, make_workspace
from tests.world import make_world, workspace_routes

MOST = 15

pytestmark = pytest.mark.django_db


def counts(client, world):
    client.force_login(make_member(world.workspace, Role.OWNER).user)
    found = {}
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        url = world.url(route)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        found[route.name] = len(queries)
    return found


@time_machine.travel(NOW, tick=False)
def test_query_counts_do_not_grow_with_the_rows(client):
    few = counts(client, make_world(make_workspace("Few", slug="few"), rows=3))
    many = counts(client, make_world(make_workspace("Many", slug="many"), rows=30))

    assert {name: n for name, n in many.items() if n > MOST} == {}
    assert {name: (few[name], n) for name, n in many.items() if n != few[name]} == {}
