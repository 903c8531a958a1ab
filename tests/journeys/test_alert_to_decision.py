"""From a bad number to a decision, and what is different afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from core.deliveries import deliver_due
from core.models import Delivery
from decisions.models import Alert, Decision
from forecasts.models import Forecast, Metric
from tests.decisions.cases import REASONS, follow, spans_of
from tests.decisions.pages import step_data
from tests.factories import NOW, TODAY, fresh_key, make_segment
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db(transaction=True)


def go(client, url, data):
    return client.post(url, data | {"form_key": fresh_key()})


def enter(client, metric, span, value):
    start, end = span
    page = reverse("forecasts:actual_add", args=["acme", metric.pk])
    response = go(client, page, {"period": f"{start}..{end}", "value": str(value)})
    assert response.status_code == 303, text_of(response)


def test_alert_to_decision(client, workspace, owner, founder):
    with time_machine.travel(NOW, tick=False):
        metric = given_a_forecast(workspace, founder)
        client.force_login(founder)

        when_three_weeks_bring_a_quarter(client, metric)
        alert = then_everybody_is_told_once(client, metric, owner, founder)
        and_the_plan_cannot_be_lowered(client, metric)
        and_good_news_does_not_end_it(client, alert, metric)
        address = when_it_is_evaluated(client, alert)
        and_the_decision_is_recorded(client, address)

        then_the_block_is_gone_and_the_record_stays(client, alert)
        and_the_plan_can_be_changed(client, metric)


def given_a_forecast(workspace, founder):
    make_segment(workspace)
    return follow(workspace, owner=founder, name="Orders per day")


def when_three_weeks_bring_a_quarter(client, metric):
    for span, value in zip(spans_of(metric)[:3], (2000, 1900, 2100), strict=True):
        enter(client, metric, span, value)


def then_everybody_is_told_once(client, metric, owner, founder):
    alert = Alert.objects.get()
    deliver_due(NOW + timedelta(minutes=1))
    mails = Delivery.objects.filter(kind="alert_opened")
    assert {mail.recipient: mail.state for mail in mails} == {
        owner: "sent",
        founder: "sent",
    }
    block = soup(client.get(reverse("portfolio:today", args=["acme"])))
    assert "Orders per day" in block.select_one(".stopbar").text
    assert alert.observations.count() == 2
    return alert


def and_the_plan_cannot_be_lowered(client, metric):
    page = reverse("forecasts:forecast_revise", args=["acme", metric.pk])
    assert revise(client, page).status_code == 422
    assert Forecast.objects.get().revisions.count() == 1


def revise(client, page):
    form = soup(client.get(page)).select_one("main form[method=post]")
    fields = form.select("input[name], textarea[name]")
    data = {field["name"]: field.get("value", "") for field in fields}
    data.pop("csrfmiddlewaretoken", None)
    expected = [name for name in data if name.endswith("expected")]
    data |= dict.fromkeys(expected, "2,500")
    return go(client, page, data | {"reason": "What came is a quarter."})


def and_good_news_does_not_end_it(client, alert, metric):
    enter(client, metric, spans_of(metric)[3], 9000)
    alert.refresh_from_db()
    assert alert.closed_at is None


def when_it_is_evaluated(client, alert):
    address = reverse("decisions:evaluation_step", args=["acme", alert.pk, 1])
    for number in range(1, 6):
        form = soup(client.get(address)).select_one("main form[method=post]")
        rev = form.select_one("[name=rev]")["value"]
        changes = {"kind": "adjust_forecast", "new_share": "80"} if number == 5 else {}
        address = client.post(address, step_data(number, rev, **changes)).url
    return address


def and_the_decision_is_recorded(client, address):
    form = soup(client.get(address)).select_one("main form[method=post]")
    rev = form.select_one("[name=rev]")["value"]
    assert go(client, address, {"rev": rev}).status_code == 303


def then_the_block_is_gone_and_the_record_stays(client, alert):
    decision = Decision.objects.get()
    page = client.get(reverse("decisions:alert_detail", args=["acme", alert.pk]))
    assert soup(page).select(".stopbar") == []
    assert REASONS in text_of(page)
    actuals = [row["actual"] for row in decision.snapshot["series"][:4]]
    assert [Decimal(value) for value in actuals] == [2000, 1900, 2100, 9000]
    assert Metric.objects.get().process_from == TODAY + timedelta(days=7)


def and_the_plan_can_be_changed(client, metric):
    page = reverse("forecasts:forecast_revise", args=["acme", metric.pk])
    assert revise(client, page).status_code == 303
    alert = Alert.objects.get()
    page = client.get(reverse("decisions:alert_detail", args=["acme", alert.pk]))
    assert soup(page).select("#new-numbers") == []
