"""The list of stops and decisions, and the page of one alert."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Role
from decisions.models import Alert, Evaluation
from forecasts.models import Forecast
from tests.decisions.cases import (
    BAD,
    decide,
    evaluate,
    report,
    stop_on,
)
from tests.decisions.pages import step_data, url
from tests.factories import (
    NOW,
    fresh_key,
    make_interview,
    make_member,
    make_person,
    make_workspace,
)
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def test_the_alert_says_what_why_since_when_and_by_when(signed_in, alert):
    page = text_of(signed_in.get(url("alert_detail", alert)))

    for words in (
        f"Stop and evaluate: {alert.metric.name}",
        alert.reason,
        "Drift: the record does not fit the plan",
        "Olga Owner",
        "16 Nov",
        "What the numbers said since",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("role", "button"),
    [
        (Role.OWNER, "Start the evaluation"),
        (Role.FOUNDER, "Start the evaluation"),
        (Role.MEMBER, "Read the alert"),
        (Role.ADVISOR, "Read the alert"),
        (Role.OBSERVER, "Read the alert"),
    ],
)
def test_who_may_decide_and_who_may_read(client, alert, role, button):
    client.force_login(make_member(alert.workspace, role).user)

    block = client.get(reverse("decisions:alert_list", args=["acme"]))
    page = client.get(url("alert_detail", alert))
    may = button.startswith("Start")

    assert soup(block).select_one(".stopbar .button").text == button
    assert (soup(page).select_one("#evaluation a.button") is not None) == may
    for target in (url("evaluation_step", alert, 1), url("decision_add", alert)):
        assert client.get(target).status_code == (200 if may else 403)
        assert (client.post(target, {"rev": 0}).status_code == 403) != may


def test_there_is_no_way_to_dismiss_an_alert(signed_in, alert):
    page = soup(signed_in.get(url("alert_detail", alert)))

    assert page.select("main form") == []
    assert not re.search(r"dismiss|snooze|ignore", page.main.text, re.I)


def test_a_changed_forecast_is_awaited_until_it_is_there(signed_in, alert, owner):
    data = {"rev": evaluate(alert, by=owner, kind="adjust_forecast", new_share=80).rev}

    response = signed_in.post(
        url("decision_add", alert), data | {"form_key": fresh_key()}
    )

    page = soup(signed_in.get(response.url))
    assert response.url == f"{url('alert_detail', alert)}#new-numbers"
    link = page.select_one("#new-numbers a.button")["href"]
    assert link == reverse("forecasts:forecast_revise", args=["acme", alert.metric_id])
    assert signed_in.get(link).status_code == 200
    plan = Forecast.objects.get()
    assert plan.held_since is None


@pytest.mark.parametrize("name", ["alert_detail", "decision_add", "evaluation_step"])
def test_an_alert_of_another_venture_is_not_found(signed_in, alert, name):
    other = make_workspace()
    make_member(other, Role.OWNER)
    foreign = stop_on(other)
    args = ["acme", foreign.pk, *([1] if name == "evaluation_step" else [])]

    address = reverse(f"decisions:{name}", args=args)

    assert signed_in.get(address).status_code == 404
    if name != "alert_detail":
        assert signed_in.post(address, step_data(1, 0)).status_code == 404
    assert Evaluation.objects.count() == 0


def test_typed_markup_is_shown_as_text(signed_in, alert):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    signed_in.post(url("evaluation_step", alert, 1), step_data(1, 0, belief=nasty))

    page = signed_in.get(url("alert_detail", alert))

    assert soup(page).main.find("script") is None
    assert soup(page).main.find("img") is None
    assert nasty in soup(page).main.text


def test_the_list_has_open_stops_and_decisions(signed_in, alert, owner):
    other = stop_on(alert.workspace, owner=owner)
    decide(other, by=owner)

    page = soup(signed_in.get(reverse("decisions:alert_list", args=["acme"])))

    open_ones, after, decided = page.select("ul.rows")
    assert [a.text for a in open_ones.select("a")] == [alert.metric.name]
    assert [a.text for a in after.select("a")] == ["Tell the staff."]
    assert [a.text for a in decided.select("a")] == [
        f"{other.metric.name}: stop this line"
    ]


def test_an_empty_list_says_what_will_be_here(signed_in, workspace):
    page = text_of(signed_in.get(reverse("decisions:alert_list", args=["acme"])))

    assert "Nothing has left its forecast" in page


def test_queries_stay_few_and_do_not_grow(signed_in, alert, owner):
    evaluate(alert, by=owner)

    def counted():
        found = {}
        pages = [url("evaluation_step", alert, number) for number in range(1, 6)]
        pages += [url(name, alert) for name in ("alert_detail", "decision_add")]
        pages.append(reverse("decisions:alert_list", args=["acme"]))
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                assert signed_in.get(address).status_code == 200
            found[address] = len(queries)
        return found

    def add_rows():
        decide(stop_on(alert.workspace), by=owner)
        held_at = NOW + timedelta(hours=1)
        people = [make_person(alert.workspace)]
        make_interview(alert.workspace, people=people, qualifies=True, held_at=held_at)
        report(alert.metric, [BAD])

    add_rows()
    counted()
    few = counted()
    for _round in range(2):
        add_rows()
    many = counted()

    assert many == few
    assert max(many.values()) <= 15
    assert Alert.objects.count() == 4


def test_the_list_says_since_when_a_stop_waits(client, workspace, owner):
    stop_on(workspace)
    evaluate(stop_on(workspace, owner=owner), by=owner)
    client.force_login(owner)

    rows = soup(client.get(reverse("decisions:alert_list", args=["acme"])))

    said = [one.get_text(" ", strip=True) for one in rows.select("main .row-side")]
    assert sorted(line.split(" · ")[:2] for line in said) == [
        ["raised 2 Nov", "being evaluated"],
        ["raised 2 Nov", "decide by 16 Nov"],
    ]
