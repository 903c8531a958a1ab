"""Role × route × method, drawn from the resolver: nothing opens that no policy opens.

In the reduced size each role tries what it may not; what it may, the owner tries, and of
those alike one; what nobody outside may, two of them; of HEAD and the methods that the
route does not take each reader tries one.
The storm tries them all.
"""

import os
import re
from datetime import date
from zlib import crc32

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from core.models import ROLE_PERMISSIONS, Role
from core.routes import routes
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.sharing import make_link, open_link
from tests.world import OBJECTS, make_world, workspace_routes

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
# What is answered for things that exist only in the right state.
STATE_DEPENDENT = {
    *("portfolio:sample_remove", "core:token_revoke"),
    # for whoever wrote the comment
    "portfolio:comment_correct",
}
OUTSIDERS = (
    *("owner elsewhere", "advisor elsewhere", "removed owner"),
    *("no venture", "instance admin"),
)
SIGNED_OUT = ("anonymous", "deactivated", "share link")
OUTSIDE = (*OUTSIDERS, *SIGNED_OUT)
# Those among whom it makes no difference who comes, where the same is answered to them.
ALIKE = (
    (Role.FOUNDER, Role.MEMBER),
    (Role.ADVISOR, Role.OBSERVER),
    OUTSIDERS,
    SIGNED_OUT,
)
# On PostgreSQL the owner, who may do everything, is enough: roles are no matter of it.
ROLES = [
    Role.OWNER,
    *(
        pytest.param(role, marks=pytest.mark.one_database)
        for role in Role
        if role != Role.OWNER
    ),
]

pytestmark = [pytest.mark.django_db, pytest.mark.storm]


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world(make_workspace("Acme", slug="acme"))


def undone():
    """Each cell starts from the same rows; durable blocks inside are allowed."""
    block = transaction.atomic()
    block._from_testcase = True
    return block


def ask(client, method, url):
    with undone():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def tried_on(route, who):
    """The methods that this reader tries on the route."""
    if os.environ.get("FIELDPROOF_STORM") == "1":
        return METHODS
    taken = allowed_by(route.callback.access_policy) - {"head"}
    others = [method for method in METHODS if method not in taken]
    tried = [method for method in sorted(taken) if is_turn_of(who, route, method)]
    return [*tried, others[lot(route.name, who) % len(others)]]


def is_turn_of(who, route, method):
    """Among those to whom the same is answered two outsiders try, and one member."""
    alike = [
        reader
        for reader in next((group for group in ALIKE if who in group), [who])
        if who in OUTSIDE
        or outcome(route, method, reader) == outcome(route, method, who)
    ]
    turn = lot(route.name, method) % len(alike)
    turns = [turn, turn - 2] if who in OUTSIDE else [turn]
    refused = who not in OUTSIDE and outcome(route, method, who) != "open"
    return refused or who in [alike[number] for number in turns]


def outcome(route, method, role):
    return expected_for(route.callback.access_policy, method, ROLE_PERMISSIONS[role])


def lot(*words):
    """A number that is the same in every run."""
    return crc32(" ".join(words).encode())


def allowed_by(policy):
    allowed = {method.lower() for method in policy.methods}
    return allowed | {"head"} if "get" in allowed else allowed


def expected_for(policy, method, may):
    """403 or "open" for a member, from the policy alone."""
    if method not in allowed_by(policy):
        return 405
    needed = policy.permission
    if method not in ("get", "head") and policy.write:
        needed = policy.write
    return "open" if needed in may else 403


def test_every_route_of_a_venture_names_its_object():
    missing = {
        route.name
        for route in workspace_routes()
        if "<uuid:pk>" in route.path and route.name not in OBJECTS
    }

    assert missing == set()


@pytest.mark.parametrize("role", ROLES)
def test_members_open_what_their_role_may(client, world, role):
    client.force_login(make_member(world.workspace, role).user)

    wrong = []
    for route in workspace_routes():
        for method in tried_on(route, role):
            expected = expected_for(
                route.callback.access_policy, method, ROLE_PERMISSIONS[role]
            )
            status = ask(client, method, world.url(route)).status_code
            is_open = status < 400 or status in (409, 422)
            if route.name in STATE_DEPENDENT and status == 404:
                is_open = True
            if (expected == "open") != is_open or (
                expected != "open" and status != expected
            ):
                wrong.append((route.name, method, expected, status))

    assert wrong == []


def body_of(response):
    """The page without what differs from answer to answer: its token, its address."""
    path = response.wsgi_request.path.encode()
    body = response.content.replace(path, b"")
    return re.sub(
        rb'(csrfmiddlewaretoken"|csrf-token") (value|content)="\w+"', b"", body
    )


def outsiders(workspace):
    removed = make_member(workspace, Role.OWNER, left_on=date(2026, 1, 1)).user
    other = make_workspace("Other", slug="other")
    return {
        "owner elsewhere": make_member(other, Role.OWNER).user,
        "advisor elsewhere": make_member(other, Role.ADVISOR).user,
        "removed owner": removed,
        "no venture": make_user(),
        "instance admin": make_user(is_staff=True),
    }


@pytest.mark.one_database
@pytest.mark.parametrize("who", OUTSIDERS)
def test_strangers_find_nothing(client, world, who):
    client.force_login(outsiders(world.workspace)[who])
    unknown = client.get("/w/no-such-venture/questions/")

    wrong = []
    for route in workspace_routes():
        for method in tried_on(route, who):
            response = ask(client, method, world.url(route))
            if response.status_code not in (404, 405):
                wrong.append((route.name, method, response.status_code))
            elif method == "get" and response.status_code == 404:
                assert body_of(response) == body_of(unknown), route.name

    assert wrong == []


@pytest.mark.one_database
@pytest.mark.parametrize("who", SIGNED_OUT)
def test_without_sign_in_only_the_way_in_is_shown(client, world, who):
    if who == "share link":
        make_link(world.workspace)
        assert client.get(open_link(client)).status_code == 200
    if who == "deactivated":
        user = make_member(world.workspace, Role.OWNER).user
        client.force_login(user)
        user.is_active = False
        user.save(update_fields=["is_active"])

    wrong = []
    for route in workspace_routes():
        for method in tried_on(route, who):
            response = ask(client, method, world.url(route))
            to_login = response.status_code == 302 and response.url.startswith(
                reverse("account_login")
            )
            if not to_login:
                wrong.append((route.name, method, response.status_code))

    assert wrong == []


def test_at_least_two_thousand_cells_are_tried():
    readers = [*Role, *OUTSIDERS, *SIGNED_OUT]

    assert (
        sum(len(tried_on(r, who)) for r in workspace_routes() for who in readers) > 2000
    )


# --- by a link ---------------------------------------------------------------------
HOLDERS = {
    "link": ({}, True),
    "expired link": ({"expires_at": NOW}, False),
    "revoked link": ({"revoked_at": NOW}, False),
}


# whoever has the link is nobody yet: tests/portfolio/test_guests_known.py
GUESTS_ALONE = {"portfolio:share_correct"}


def test_no_page_of_a_link_was_forgotten():
    named = {route.name for route in routes() if "s/view/" in route.path}

    assert {route.name for route in link_routes()} == named


def link_routes():
    return [
        route
        for route in routes()
        if getattr(route.callback, "access_policy", None)
        and route.callback.access_policy.kind == "share link"
    ]


@pytest.mark.one_database
@pytest.mark.parametrize("who", [*HOLDERS, "nobody"])
def test_pages_of_a_link_open_with_it_alone(client, world, who):
    fields, opens = HOLDERS.get(who, ({}, False))
    make_link(world.workspace, **fields)
    path = open_link(client)
    if who == "nobody":
        client.cookies.clear()
        client.force_login(world.by)

    wrong = []
    for route in link_routes():
        allowed = allowed_by(route.callback.access_policy)
        url = world.url(route).replace("/s/view/no-such-token/", path)
        for method in METHODS:
            status = ask(client, method, url).status_code
            is_opened = status < 400 or route.name in GUESTS_ALONE
            expected = (is_opened if opens else status == 404) or status == 422
            if (method in allowed and not expected) or (
                method not in allowed and status != 405
            ):
                wrong.append((route.name, method, status))

    assert wrong == []


def test_public_pages_say_why():
    unexplained = [
        route.name
        for route in routes()
        if not route.guard
        and route.callback.access_policy.kind == "public"
        and len(route.callback.access_policy.reason) < 15
    ]

    assert unexplained == []
