"""Numbers over the API."""

from datetime import date

import pytest
import time_machine

from tests.api_client import Asking
from tests.factories import NOW, make_forecast, make_metric, weeks

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, workspace):
    with time_machine.travel(NOW, tick=False):
        yield Asking(client, workspace)


@pytest.fixture
def metric(asked):
    metric = make_metric(asked.workspace, "Orders")
    make_forecast(metric, [(*span, 8000) for span in weeks(date(2026, 10, 19), 3)])
    return metric


def test_a_number_is_recorded_once(asked, metric):
    path = f"/metrics/{metric.pk}/actuals"
    body = {"period": "2026-10-19", "value": 2.125}

    first = asked.post(path, body)
    again = asked.post(path, body)

    assert (first.status_code, first.json()["value"]) == (201, "2.125")
    codes = [error["code"] for error in again.json()["errors"]["__all__"]]
    assert (again.status_code, codes) == (422, ["exists"])
    assert asked.get(path).json()["count"] == 1


def test_a_text_with_two_readings_is_refused(asked, metric):
    body = {"period": "2026-10-19", "value": "2.125"}

    answer = asked.post(f"/metrics/{metric.pk}/actuals", body)

    codes = [error["code"] for error in answer.json()["errors"]["value"]]
    assert (answer.status_code, codes) == (422, ["ambiguous"])


def test_the_forecast_in_force_is_read(asked, metric):
    points = asked.get(f"/metrics/{metric.pk}/forecast").json()["items"]

    assert [point["period_start"] for point in points] == [
        *("2026-10-19", "2026-10-26", "2026-11-02"),
    ]
