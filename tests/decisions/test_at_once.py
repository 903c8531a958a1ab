"""Twenty workers at the same metric, and two founders at the same button."""

import threading

import pytest
from django.db import OperationalError, connection
from django.test import Client

from core.models import ActivityEntry, Delivery
from decisions.actions import judge_due, judge_metric
from decisions.models import Alert, AlertObservation, Decision
from forecasts.models import Forecast, Metric, Standing
from tests.decisions.cases import BAD, evaluate, follow, report, stop_on
from tests.decisions.pages import url
from tests.factories import NOW, fresh_key

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("second_of_november"),
]
WORKERS = 20


def at_once(*tasks):
    """Runs the tasks in threads that start together; returns what each gave or raised."""
    results, gate = [None] * len(tasks), threading.Barrier(len(tasks))

    def run(place, task):
        try:
            gate.wait()
            results[place] = task()
        except OperationalError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=pair, daemon=True)
        for pair in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def unjudged(workspace, owner, founder, settings):
    """A metric whose evidence nobody has looked at: reactions are switched off."""
    settings.REACTIONS = "tests.decisions.test_at_once.NO_REACTIONS"
    metric = follow(workspace, owner=owner)
    report(metric, [BAD, BAD, BAD])
    return metric


NO_REACTIONS = {}


def test_twenty_workers_open_one_episode(unjudged):
    results = at_once(*[lambda: judge_metric(unjudged.pk, now=NOW)] * WORKERS)

    assert [error for error in results if isinstance(error, Exception)] == []
    assert sum(judged.raised is not None for judged in results) == 1
    assert sum(judged.planned for judged in results) == 2
    assert Alert.objects.count() == AlertObservation.objects.count() == 1
    assert Delivery.objects.count() == 2
    assert Standing.objects.get().judged_rev == Metric.objects.get().evidence_rev
    assert ActivityEntry.objects.filter(verb="alert.raised").count() == 1
    assert ActivityEntry.objects.filter(verb="forecast.held").count() == 1


def test_sweeps_and_workers_at_once_do_the_work_of_one(unjudged, workspace):
    others = [follow(workspace) for _number in range(4)]
    for metric in others:
        report(metric, [BAD, BAD, BAD])

    sweeps = [lambda: judge_due(NOW)] * 4
    workers = [lambda: judge_metric(unjudged.pk, now=NOW)] * 4
    results = at_once(*sweeps, *workers)

    assert [error for error in results if isinstance(error, Exception)] == []
    assert Alert.objects.count() == AlertObservation.objects.count() == 5
    assert Delivery.objects.count() == 10
    assert (
        sum(counts["raised"] for counts in results[:4])
        + sum(judged.raised is not None for judged in results[4:])
        == 5
    )


def test_numbers_and_verdicts_at_once_leave_nothing_unjudged(unjudged):
    """Evidence that arrives during a verdict is judged by it or stays due."""
    at_once(
        lambda: report(unjudged, [BAD, BAD]),
        *[lambda: judge_metric(unjudged.pk, now=NOW)] * 8,
    )
    judge_due(NOW)

    metric, standing = Metric.objects.get(), Standing.objects.get()
    assert standing.judged_rev == metric.evidence_rev == 5
    assert Alert.objects.count() == 1
    seen = AlertObservation.objects.values_list("evidence_rev", flat=True)
    assert len(set(seen)) == len(seen)
    assert max(seen) == 5


def test_two_founders_at_one_button_record_one_decision(
    workspace, owner, founder, settings
):
    settings.REACTIONS = "tests.decisions.test_at_once.NO_REACTIONS"
    alert = stop_on(workspace, owner=owner)
    rev = evaluate(alert, by=owner).rev
    clients = [Client(), Client()]
    for client, user in zip(clients, (owner, founder), strict=True):
        client.force_login(user)

    def pressed(client):
        data = {"rev": rev, "form_key": fresh_key()}
        return client.post(url("decision_add", alert), data).status_code

    statuses = at_once(*[lambda client=client: pressed(client) for client in clients])

    assert sorted(statuses) == [303, 409]
    assert Decision.objects.count() == 1
    assert Forecast.objects.get().held_since is None
    assert Metric.objects.get().evidence_rev == 4
