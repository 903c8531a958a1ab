"""Advisors and observers read pseudonyms: no page, part or export gives them a name."""

import logging

import pytest
import time_machine
from django.urls import reverse

from core.models import Role
from core.routes import routes
from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from milestones.models import EvidenceLink
from tests.factories import NOW, make_member, make_workspace
from tests.world import make_world, workspace_routes

WORDS = {
    "person": "Quirina Zephyrson",
    "part": "Zephyrson",
    "mail": "quirina@zeph.example",
    "phone": "+34 915 550 199",
    "firm": "Zeph Dental",
    "step": "Send the blue folder",
    "role": "Keeper of the rota",
    "notes": "whispered about the merger",
    "file": "letter-of-quirina.pdf",
}
# asks the broker, which no test runs
ASKS_THE_BROKER = {"core:readyz", "readyz"}
QUERIES = ("", "?format=csv", "?q=quirina")

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        fill(world.workspace)
        yield world


def fill(workspace):
    Organisation.objects.filter(workspace=workspace).update(name=WORDS["firm"])
    Person.objects.filter(workspace=workspace).order_by("created_at").update(
        name=WORDS["person"],
        email=WORDS["mail"],
        phone=WORDS["phone"],
        next_step=WORDS["step"],
        role_title=WORDS["role"],
    )
    notes = f"{WORDS['person']} {WORDS['notes']}: the rota broke again."
    Interview.objects.filter(workspace=workspace).update(
        notes=notes, next_step=WORDS["step"]
    )
    Quote.objects.filter(workspace=workspace).update(
        text=f"{WORDS['person']} of {WORDS['firm']} said the rota broke again"
    )
    EvidenceLink.objects.filter(workspace=workspace).update(
        answer="Zephyrson is an exception", proof_url="https://x.example/quirina"
    )


def leaks(response):
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace").casefold()
    return sorted(name for name, word in WORDS.items() if word.casefold() in text)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
@pytest.mark.parametrize("query", QUERIES)
def test_no_route_names_anybody(client, world, role, query):
    client.force_login(make_member(world.workspace, role).user)

    found = {}
    for route in workspace_routes():
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get(world.url(route) + query, headers=headers)
            if leaks(response):
                found[route.name] = (response.status_code, leaks(response))

    assert found == {}


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
def test_pages_outside_a_venture_name_nobody(client, world, role):
    client.force_login(make_member(world.workspace, role).user)

    found = {
        route.name: leaks(client.get(f"/{route.path}"))
        for route in routes()
        if "<" not in route.path
        and not route.guard
        and route.name not in ASKS_THE_BROKER
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_the_same_words_are_there_for_founders(client, world):
    """Or the test above would find nothing in an empty venture."""
    client.force_login(world.by)
    url = reverse("interviews:customer_list", args=["acme"])

    assert {"person", "mail", "firm"} & set(leaks(client.get(url)))


def test_logs_of_all_pages_hold_none_of_it(client, world, caplog):
    client.force_login(world.by)
    with caplog.at_level(logging.INFO):
        for route in workspace_routes():
            client.get(world.url(route))

    text = "\n".join(record.getMessage() for record in caplog.records).casefold()
    assert [word for word in WORDS.values() if word.casefold() in text] == []
