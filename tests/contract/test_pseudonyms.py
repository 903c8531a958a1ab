"""Advisors and observers read pseudonyms: no page, part or export gives them a name."""

import logging
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Role
from core.routes import routes
from discovery.models import Organisation, Person
from interviews.models import Interview, Quote
from milestones.models import EvidenceLink
from tests.contract.filled_with_a_name import (
    NAME,
    PARTS,
    add_what_the_world_lacks,
    fill_with_the_name,
)
from tests.contract.test_api import READS, ask, token_of, url_of
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import body_of
from tests.world import make_world, workspace_routes

WORDS = {
    "person": NAME,
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
QUERIES = ("", "?format=csv")
TARGET = re.compile(r'hx-target="#([\w-]+)"')

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        add_what_the_world_lacks(world)
        world.workspace.never_filled = fill_with_the_name(world.workspace)
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
    """What of it is in the answer, with its headers."""
    body = body_of(response)
    text = f"{dict(response.headers)} {body.decode(errors='replace')}".casefold()
    words = [*WORDS.items(), *((part, part) for part in PARTS)]
    return sorted(name for name, word in words if word.casefold() in text)


def addresses(client, world):
    """Of each page, each part of it that a page asks for, and its table."""
    client.force_login(world.by)
    for route in workspace_routes():
        if "GET" not in route.callback.access_policy.methods:
            continue
        url = world.url(route)
        targets = set(TARGET.findall(body_of(client.get(url)).decode(errors="replace")))
        yield from ((url + query, {}) for query in QUERIES)
        for target in ("", *sorted(targets)):
            yield url, {"HX-Request": "true", "HX-Target": target}


def test_no_route_and_no_line_of_a_log_names_anybody(client, world, caplog):
    with caplog.at_level(logging.INFO):
        places = list(addresses(client, world))
    text = "\n".join(record.getMessage() for record in caplog.records).casefold()
    assert [word for word in WORDS.values() if word.casefold() in text] == []

    found = {}
    for role in (Role.ADVISOR, Role.OBSERVER):
        client.force_login(make_member(world.workspace, role).user)
        for url, headers in places:
            response = client.get(url, headers=headers)
            if leaks(response):
                found[role, url, str(headers)] = response.status_code, leaks(response)
    assert found == {}


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
def test_no_operation_names_anybody(client, world, role):
    token = token_of(world.workspace, role)

    answers = {
        name: ask(client, method, url_of(path, world), token)
        for method, path, name, _permission in READS
    }

    assert {name: leaks(one) for name, one in answers.items() if leaks(one)} == {}


def test_every_text_was_filled(world):
    assert world.workspace.never_filled == set()


def test_a_page_without_names_costs_one_query_more(client, world):
    url = reverse("forecasts:metric_list", args=["acme"])
    counts = []
    for role in (Role.MEMBER, Role.OBSERVER):
        client.force_login(make_member(world.workspace, role).user)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[1] - counts[0] <= 1


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
