"""No row of another venture comes out, by any route, with any id.

That advisors and observers read no names: test_pseudonyms.py.
"""

import pytest
import time_machine

from core.models import Role
from tests.contract.test_access import ask
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import asked, body_of
from tests.world import make_world, workspace_routes

KINDS = {b"0-person", b"0-organisation", b"0-notes", b"metric"}

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


def answers(client, world):
    """(name, body, what was written) of every page, and of every page as a part."""
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        for headers in ({}, {"HX-Request": "true"}):
            with asked() as queries:
                body = body_of(client.get(world.url(route), headers=headers))
            written = [
                sql[:80]
                for sql in queries
                if sql.startswith(("INSERT", "UPDATE", "DELETE"))
                and "django_session" not in sql
            ]
            yield route.name, body, written


@pytest.mark.one_database
def test_reading_shows_nothing_foreign_and_changes_nothing(signed_in, worlds):
    own, _ = worlds
    canaries = (b"CANARY-foreign", b"foreign@new.example")
    seen, writes, shown = [], [], set()

    for name, body, written in answers(signed_in, own):
        seen += [name for canary in canaries if canary in body]
        writes += [(name, sql) for sql in written]
        shown |= {kind for kind in KINDS if b"CANARY-acme-" + kind in body}

    assert seen == []
    assert writes == []
    # or nothing foreign could have been seen, as no page shows a canary at all
    assert shown == KINDS
