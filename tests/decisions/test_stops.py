"""The red block: on every page of a venture with an open stop, and only there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import ROLE_PERMISSIONS, Role
from decisions.reports.stops import open_stops_of
from decisions.templatetags.stops import open_stops
from tests.decisions.cases import correct, decide, evaluate, stop_on
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import soup

pytestmark = pytest.mark.django_db


def asked(role):
    request = RequestFactory().get("/")
    request.may = ROLE_PERMISSIONS[role]
    return {"request": request}


def test_one_query_however_many_are_open(workspace, owner):
    first = stop_on(workspace, now=NOW - timedelta(hours=1))
    for _number in range(3):
        stop_on(workspace)
    stop_on(make_workspace())

    with CaptureQueriesContext(connection) as queries:
        stops = open_stops(asked(Role.OWNER), workspace)["stops"]
        shown = (stops.first, stops.first.metric.name, stops.others)

    assert len(queries) == 1
    assert shown == (first, first.metric.name, 3)


def test_nothing_open_is_nothing(workspace, owner):
    decide(stop_on(workspace), by=owner)

    assert open_stops_of(workspace, NOW) is None


@pytest.mark.parametrize("role", Role)
def test_who_may_decide(workspace, owner, role):
    context = open_stops(asked(role), workspace)

    assert context["can_decide"] == (role in (Role.OWNER, Role.FOUNDER))


@pytest.mark.parametrize(
    "name",
    [
        "portfolio:today",
        "milestones:board",
        "forecasts:metric_list",
        "core:settings_team",
    ],
)
def test_it_stands_on_the_pages_of_the_venture(client, workspace, owner, name):
    alert = stop_on(workspace, owner=owner)
    client.force_login(owner)

    blocks = soup(client.get(reverse(name, args=["acme"]))).select(".stopbar")

    assert len(blocks) == 1
    assert alert.reason in blocks[0].text
    assert alert.metric.name in blocks[0].text


def test_it_says_how_far_the_evaluation_is_and_that_recovery_is_not_enough(
    client, workspace, owner
):
    alert = stop_on(workspace, owner=owner)
    evaluate(alert, by=owner)
    alert.recovered_at = NOW
    alert.save(update_fields=["recovered_at"])
    client.force_login(owner)

    block = soup(client.get(reverse("milestones:board", args=["acme"]))).select_one(
        ".stopbar"
    )

    assert block.select_one(".button").text == "Continue the evaluation"
    assert "stays open until a decision is recorded" in block.text


def test_a_correction_alone_leaves_it_standing(client, workspace, owner):
    alert = stop_on(workspace, owner=owner)
    correct(alert.metric, 0, 8000)

    assert open_stops_of(workspace, NOW).first == alert


def ask(client, seen="", on="/w/acme/"):
    address = reverse("decisions:open_stops", args=["acme"])
    headers = {"HX-Request": "true", "HX-Target": "stops", "HX-Trigger": "stops"}
    headers["HX-Current-URL"] = f"http://testserver{on}"
    return client.get(address, {"seen": seen}, headers=headers)


def test_an_open_page_learns_of_a_stop_once(client, workspace, owner):
    client.force_login(owner)
    quiet = ask(client)
    alert = stop_on(workspace, owner=owner)

    news = soup(ask(client))
    mark = news.find(id="stops")["hx-get"].partition("?seen=")[2]
    known = ask(client, mark)
    evaluate(alert, by=owner)
    changed = soup(ask(client, mark))

    assert (quiet.status_code, known.status_code) == (204, 204)
    assert alert.metric.name in news.select_one("#stops .stopbar").text
    assert news.find(id="say").text == f"Stop and evaluate: {alert.metric.name}"
    assert changed.select_one(".stopbar .button").text == "Continue the evaluation"


@pytest.mark.parametrize(
    ("role", "leads_to"), [(Role.FOUNDER, "#evaluation"), (Role.ADVISOR, None)]
)
def test_on_the_alerts_own_page_it_does_not_lead_to_itself(
    client, workspace, owner, role, leads_to
):
    alert = stop_on(workspace, owner=owner)
    client.force_login(make_member(workspace, role).user)
    own = reverse("decisions:alert_detail", args=["acme", alert.pk])

    page = soup(client.get(own))
    blocks = [page, soup(ask(client, on=f"{own}?a=1#evaluation"))]
    elsewhere = soup(ask(client)).select_one(".stopbar .button")

    links = [block.select_one(".stopbar .button") for block in blocks]
    assert [link and link["href"] for link in links] == [leads_to, leads_to]
    assert page.find(id="evaluation")
    assert elsewhere["href"] == own


def test_a_decision_takes_the_block_from_open_pages(client, workspace, owner):
    client.force_login(owner)
    alert = stop_on(workspace, owner=owner)
    mark = open_stops_of(workspace, NOW).mark
    decide(alert, by=owner)

    part = soup(ask(client, mark))

    assert part.find(id="stops").get_text(strip=True) == ""
    assert part.find(id="say") is None
    assert ask(client).status_code == 204


def test_the_page_and_its_poll_ask_alike(client, workspace, owner):
    stop_on(workspace, owner=owner)
    client.force_login(owner)

    page = soup(client.get(reverse("milestones:board", args=["acme"])))
    part = soup(ask(client))

    assert page.find(id="stops").attrs == part.find(id="stops").attrs
    plain = client.get(reverse("decisions:open_stops", args=["acme"]))
    assert plain.url == reverse("decisions:alert_list", args=["acme"])


def test_a_poll_keeps_nobody_signed_in_and_costs_little(client, workspace, owner):
    client.force_login(owner)
    ask(client)

    with CaptureQueriesContext(connection) as queries:
        ask(client)

    assert "touched" not in client.session
    assert len(queries) <= 5
