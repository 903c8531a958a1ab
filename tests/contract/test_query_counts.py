"""Every page asks the database the same number of times for 3 rows and for 30."""

import pytest
import time_machine

from core.models import Role
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import asked
from tests.world import make_world, workspace_routes

MOST = 15

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def counts(client, world, expected=None):
    """How often each page asks when it is asked again; at once, if as `expected`."""
    client.force_login(make_member(world.workspace, Role.OWNER).user)
    client.get(world.url(workspace_routes()[0]))
    found = {}
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        url = world.url(route)
        found[route.name] = count(client, url)
        if expected is None or found[route.name] != expected[route.name]:
            found[route.name] = count(client, url)
    return found


def count(client, url):
    with asked() as queries:
        client.get(url)
    return len(queries)


@time_machine.travel(NOW, tick=False)
def test_query_counts_do_not_grow_with_the_rows(client):
    few = counts(client, make_world(make_workspace("Few", slug="few"), rows=3))
    world = make_world(make_workspace("Many", slug="many"), rows=30)
    many = counts(client, world, expected=few)

    assert {name: n for name, n in many.items() if n > MOST} == {}
    assert {name: (few[name], n) for name, n in many.items() if n != few[name]} == {}
