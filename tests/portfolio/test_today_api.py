"""What needs somebody, what is due, and the digest to come, over the API."""

import pytest
from django.urls import reverse

from core.models import Role
from forecasts.models import Metric
from milestones.actions.noting import note_moment
from tests.api_client import Asking
from tests.factories import NOW, make_interview, make_workspace
from tests.helpers import asked, soup, text_of
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
EVERY = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR, Role.OBSERVER]
MOST = 15


@pytest.fixture
def world():
    world = make_world(make_workspace("Rota", slug="rota"))
    note_moment(world.workspace, NOW)
    return world


@pytest.fixture
def asking(client, world):
    return lambda role: Asking(client, world.workspace, role)


@pytest.mark.parametrize("role", EVERY)
def test_it_is_what_the_home_of_the_venture_says(client, asking, role):
    call = asking(role)
    client.force_login(call.by)

    told = call.get("/today").json()
    page = client.get("/w/rota/")

    said = text_of(page)
    assert told["stops"]
    for stop in told["stops"]:
        assert f"{stop['name']} {stop['reason']}" in said
    assert bool(told["due"]) == (role not in (Role.ADVISOR, Role.OBSERVER))
    assert len(told["due"]) == len(soup(page).select("input[name$='-value']"))
    scored = told["to_score_count"]
    assert (f"Questions to score {scored}" in said) == bool(scored)
    assert bool(scored) == (role in (Role.OWNER, Role.FOUNDER))
    assert f"{told['talks']['total']} in all." in said
    assert ("Quotes not linked yet" in said) == bool(told["unlinked_quotes"])
    assert f"{told['open_threads']} unresolved" in said
    assert not told["is_clear"]


def test_a_number_due_is_sent_as_it_is_named(asking):
    call = asking(Role.MEMBER)
    due = call.get("/today").json()["due"][0]

    body = {"period": due["period"], "value": 2100}
    answer = call.post(f"/metrics/{due['metric']}/actuals", body)

    assert answer.status_code == 201
    assert due not in call.get("/today").json()["due"]


def test_drafts_are_ones_own(world, asking):
    call = asking(Role.MEMBER)
    own = make_interview(world.workspace, by=call.by, state="draft")
    make_interview(world.workspace, state="draft")

    drafts = call.get("/today").json()["talks"]["drafts"]

    assert [one["id"] for one in drafts] == [str(own.pk)]


def test_a_venture_without_anything_is_clear(client, workspace):
    assert Asking(client, workspace).get("/today").json()["is_clear"]


# --- dates -----------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.OWNER, Role.OBSERVER])
def test_what_is_due_bears_pseudonyms_whoever_asks(world, asking, role):
    person = "CANARY-rota-0-person"
    Metric.objects.in_workspace(world.workspace).update(name=f"Orders of {person}")
    call = asking(role)

    listed = call.get("/dates?size=100").json()

    days = [one["day"] for one in listed["items"]]
    assert days == sorted(days)
    assert len(days) == listed["count"] > 3
    kinds = {one["uid"].split("-")[0] for one in listed["items"]}
    assert {"numbers", "alert", "follow", "checkpoint", "review"} <= kinds
    assert any("Orders of " in one["detail"] for one in listed["items"])
    assert person not in str(listed)
    assert all("/w/rota/" in one["url"] for one in listed["items"])


# --- the digest ------------------------------------------------------------------
@pytest.mark.parametrize("role", EVERY)
def test_the_digest_to_come_is_that_of_its_preview(client, asking, role):
    call = asking(role)
    client.force_login(call.by)

    told = call.get("/digest/preview").json()
    page = text_of(client.get(reverse("portfolio:digest_preview", args=["rota"])))

    assert told["subject"] in page
    assert told["stops"]
    parts = [one for section in told["sections"] for one in section["items"]]
    for one in told["stops"] + parts:
        assert " ".join(one["text"].split()) in page
    for secret in ("-person", "-organisation", "-notes", "@example.com"):
        assert secret not in str(told)


@pytest.mark.parametrize("path", ["/today", "/dates", "/digest/preview"])
def test_it_asks_the_database_no_more_than_other_operations(asking, path):
    call = asking(Role.OWNER)
    call.get(path)

    with asked() as queries:
        call.get(path)

    assert len([sql for sql in queries if "core_cache" not in sql]) <= MOST
