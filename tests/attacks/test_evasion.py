"""Ways around a recorded decision, tried through the pages while a stop is open."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core.actions import change_settings
from decisions.actions import judge_due
from decisions.models import Alert, Decision
from forecasts.actions import edit_metric
from forecasts.models import Actual, Forecast, Metric, Point, Standing
from tests.decisions.cases import (
    GOOD,
    decide,
    evaluate,
    follow,
    report,
    spans_of,
    stop_on,
)
from tests.decisions.pages import url
from tests.factories import NOW, fresh_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def alert(client, workspace, owner):
    client.force_login(owner)
    return stop_on(workspace, owner=owner, name="Orders", unit="orders")


def post(client, name, metric, data=None):
    path = reverse(f"forecasts:{name}", args=[metric.workspace.slug, metric.pk])
    return client.post(path, {"form_key": fresh_key()} | (data or {}))


def what_stops(metric):
    """All that an evasion would change: tolerance, plan, episode and standing."""
    metric = Metric.objects.get(pk=metric.pk)
    judge_due(NOW + timedelta(minutes=5))
    return (
        (metric.tolerance, metric.is_vanity, metric.cadence, metric.direction),
        metric.closed_at,
        list(Point.objects.order_by("pk").values_list("pk", "expected", "low")),
        list(Alert.objects.values_list("state", "closed_at")),
        Standing.objects.get(metric=metric).state,
        Forecast.objects.filter(metric=metric)
        .values_list("held_since", "retired_at")
        .get(),
    )


def coming(metric):
    return [start for start, _ in spans_of(metric) if start > NOW.date()]


EASIER = {
    "lower": {"p0-expected": "7999"},
    "much lower": {"p0-expected": "1"},
    "below zero": {"p0-expected": "-5"},
    "with a low edge": {"p0-expected": "8000", "p0-low": "10"},
    "one lower among higher": {"p0-expected": "9000", "p1-expected": "7000"},
}


@pytest.mark.parametrize("change", EASIER.values(), ids=EASIER)
def test_a_revision_by_the_table(client, alert, change):
    before = what_stops(alert.metric)
    starts = coming(alert.metric)
    rows = {f"p{n}-period": day.isoformat() for n, day in enumerate(starts)}

    answer = post(
        client,
        "forecast_revise",
        alert.metric,
        rows | {"reason": "We know better.", "follows": "0"} | change,
    )

    assert answer.status_code == 422
    assert what_stops(alert.metric) == before


def test_a_revision_by_paste(client, alert):
    before = what_stops(alert.metric)
    start = coming(alert.metric)[0].isoformat()

    answer = post(
        client,
        "forecast_revise",
        alert.metric,
        {"pasted": f"{start}\t10", "reason": "We know better.", "follows": "0"},
    )

    assert answer.status_code == 422
    assert what_stops(alert.metric) == before


def test_a_second_plan(client, alert):
    before = what_stops(alert.metric)
    later = max(end for _, end in spans_of(alert.metric)) + timedelta(days=1)

    answer = post(
        client,
        "forecast_add",
        alert.metric,
        {"p0-period": later.isoformat(), "p0-expected": "10"},
    )

    assert answer.status_code in (302, 422)
    assert what_stops(alert.metric) == before


def test_closing_the_metric(client, alert):
    before = what_stops(alert.metric)

    answer = post(client, "metric_close", alert.metric)

    assert answer.status_code == 422
    assert what_stops(alert.metric) == before


@pytest.mark.parametrize(
    "change",
    [
        {"tolerance": "60"},
        {"tolerance": "10.1"},
        {"is_vanity": "on"},
        {"cadence": "yearly"},
        {"direction": "lower"},
        {"kind": "ratio", "unit": "%", "definition": "Something else."},
        {"process_from": "2030-01-01", "closed_at": "2026-11-02", "state": "closed"},
    ],
)
def test_another_meaning_or_tolerance(client, alert, change):
    before = what_stops(alert.metric)
    fields = {"name": "Orders", "tolerance": "10", "owner": str(alert.metric.owner_id)}

    post(client, "metric_edit", alert.metric, fields | change)

    assert what_stops(alert.metric) == before


def test_better_numbers_by_page_and_command(client, alert, tmp_path):
    """They are recorded, and the stop stays open beside them."""
    weeks = [end for _, end in spans_of(alert.metric) if end < NOW.date()][3:]
    file = tmp_path / "numbers.csv"
    rows = "".join(f"Orders,{day.isoformat()},{GOOD * 3}\n" for day in weeks[1:])
    file.write_text(f"metric,period,value\n{rows}")

    post(
        client,
        "actual_add",
        alert.metric,
        {"period": weeks[0].isoformat(), "value": "50000"},
    )
    call_command("import_actuals", alert.workspace.slug, str(file))
    for actual in Actual.objects.filter(metric=alert.metric).current()[:3]:
        path = reverse("forecasts:actual_correct", args=["acme", actual.pk])
        client.post(
            path, {"value": "90000", "reason": "A typo.", "form_key": fresh_key()}
        )

    assert Actual.objects.filter(value=90000).count() == 3
    *_, episodes, standing, held = what_stops(alert.metric)
    # numbers far above the plan are another cause, and a review of their own
    assert set(episodes) == {("raised", None)}
    assert standing == Standing.State.STOP
    assert held[0] is not None


def test_a_decision_without_its_evaluation(client, alert):
    for rev in ("0", "1", "999"):
        answer = client.post(
            url("decision_add", alert), {"rev": rev, "form_key": fresh_key()}
        )

        assert answer.status_code == 422
    assert not Decision.objects.exists()
    assert Alert.objects.get().closed_at is None


@pytest.mark.parametrize("who", ["member", "advisor", "observer", "stranger"])
def test_a_decision_by_somebody_who_may_not(client, alert, owner, request, who):
    evaluation = evaluate(alert, by=owner)
    client.force_login(request.getfixturevalue(who))

    answer = client.post(url("decision_add", alert), {"rev": evaluation.rev})

    assert answer.status_code == (404 if who == "stranger" else 403)
    assert not Decision.objects.exists()


def test_a_decision_is_not_written_over(client, alert, owner):
    decision = decide(alert, by=owner)
    before = Decision.objects.values().get()

    for step in range(1, 6):
        client.post(
            url("evaluation_step", alert, step), {"rev": "9", "belief": "Other"}
        )
    client.post(url("decision_add", alert), {"rev": "9", "kind": "persevere"})
    for statement in (
        "UPDATE decisions_decision SET reasons = ''",
        "DELETE FROM decisions_decision",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(TypeError):
        decision.save()

    assert Decision.objects.values().get() == before
    assert alert.evaluation.belief != "Other"
    assert json.dumps(before["snapshot"])


def test_a_week_that_begins_on_another_day(client, alert):
    """The held days again, under other dates and with easier numbers."""
    before = what_stops(alert.metric)
    workspace = alert.metric.workspace
    change_settings(workspace, by=None, now=NOW, week_start=7)
    shifted = coming(alert.metric)[0] - timedelta(days=1)

    answer = post(
        client,
        "forecast_revise",
        alert.metric,
        {
            "p0-period": shifted.isoformat(),
            "p0-expected": "1",
            "reason": "Weeks begin on Sunday now.",
            "follows": "0",
        },
    )

    assert answer.status_code == 422
    assert what_stops(alert.metric) == before


@pytest.mark.parametrize("easier", [{"tolerance": Decimal("0.6")}, {"is_vanity": True}])
def test_the_goal_is_not_moved_after_the_shot(workspace, owner, easier):
    """Before a stop is raised, while its evidence comes in."""
    metric = follow(workspace)
    report(metric, [GOOD])

    with pytest.raises(ValidationError):
        edit_metric(metric, by=owner, now=NOW, **easier)

    metric.refresh_from_db()
    assert (metric.rev, metric.is_vanity) == (1, False)
