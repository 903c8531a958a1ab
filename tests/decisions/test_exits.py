"""An alert ends as false data where a correction takes it away, and only there."""

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from decisions.actions import (
    judge_metric,
)
from decisions.actions.concerns import Found, follow
from decisions.alerting import Concern, Rule, Severity
from decisions.reports.exits import corrections_of
from forecasts.models import Metric
from tests.decisions.cases import (
    BAD,
    GOOD,
    correct,
    decide,
    report,
    stop_on,
)
from tests.decisions.exits import (
    HOUR,
    REASON,
    SAME,
    SOON,
    as_false,
    is_held,
    latest,
    open_ones,
    put_right,
    raise_on,
    state_of,
)
from tests.decisions.pages import url
from tests.factories import NOW, TODAY, fresh_key, make_hypothesis
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


@pytest.fixture
def other(workspace, owner, alert):
    return stop_on(workspace, owner=owner, now=SOON)


# --- false data --------------------------------------------------------------------
def test_a_correction_that_takes_it_away_ends_it_and_frees_the_forecast(alert, owner):
    put_right(alert)
    before = Metric.objects.get().evidence_rev

    row = as_false(alert, owner)

    alert.refresh_from_db()
    assert (alert.state, alert.closed_at) == ("false_data", SOON)
    assert (row.kind, row.correction, row.reason) == (
        "false_data",
        latest(alert),
        REASON,
    )
    assert not is_held(alert)
    assert Metric.objects.get().evidence_rev == before + 1  # it is judged again
    assert Metric.objects.get().process_from is None  # and the record goes on
    entry = ActivityEntry.objects.get(verb="alert.false_data")
    assert (entry.by, entry.subject_id) == (owner, alert.pk)
    assert judge_metric(alert.metric_id, now=SOON).raised is None
    assert open_ones() == set()


@pytest.mark.parametrize(
    "values", [(), (GOOD,), (BAD + 1, BAD + 1, BAD + 1), (BAD + 1, BAD - 500)]
)
def test_not_while_it_would_have_been_raised_all_the_same(alert, owner, values):
    put_right(alert, values=values)

    with pytest.raises(ValidationError):
        as_false(alert, owner)

    assert corrections_of(alert, now=SOON) == []
    assert state_of(alert) == "raised"
    assert is_held(alert)


def test_a_recovery_is_no_correction(alert, owner):
    """Better numbers came later, and a hair was corrected."""
    report(alert.metric, [GOOD * 4] * 3, now=SOON)
    correct(alert.metric, 0, BAD + 1, now=SOON)

    with pytest.raises(ValidationError):
        as_false(alert, owner)


def test_not_when_later_numbers_raise_it_anew(alert, owner):
    put_right(alert)
    report(alert.metric, [1, 1, 1], now=SOON)

    with pytest.raises(ValidationError):
        as_false(alert, owner)


def test_not_by_a_metric_that_was_made_one_that_raises_nothing(alert, owner):
    """With a hair corrected: the change of the rule is no correction of a number."""
    correct(alert.metric, 0, BAD + 1, now=SOON)
    Metric.objects.update(is_vanity=True)

    with pytest.raises(ValidationError):
        as_false(alert, owner)


def test_not_by_the_correction_of_another_metric(alert, other, owner):
    put_right(other, now=SOON + HOUR)

    with pytest.raises(ValidationError):
        as_false(alert, owner, correction=latest(other), now=SOON + HOUR)


def test_not_by_a_correction_from_before_the_alert(workspace, owner):
    """The alert knew the corrected number."""
    alert = stop_on(workspace, owner=owner, now=SOON)
    metric = alert.metric
    assert corrections_of(alert, now=SOON) == []
    report(metric, [BAD], now=SOON)
    correct(metric, 3, GOOD, now=SOON + HOUR)  # it came after the alert

    with pytest.raises(ValidationError):
        as_false(alert, owner, correction=latest(alert, 3), now=SOON + HOUR)


def test_a_correction_that_is_taken_back_raises_it_anew(alert, owner):
    put_right(alert)
    as_false(alert, owner)
    judge_metric(alert.metric_id, now=SOON)

    put_right(alert, now=SOON + HOUR, values=(BAD, BAD, BAD))
    raised = judge_metric(alert.metric_id, now=SOON + HOUR).raised

    assert raised is not None
    assert raised != alert
    assert raised.follows is None  # nothing had been decided
    assert is_held(alert)
    assert state_of(alert) == "false_data"


def test_a_correction_taken_back_before_is_none(alert, owner):
    put_right(alert)
    named = latest(alert)
    put_right(alert, now=SOON + HOUR, values=(BAD, BAD, BAD))

    with pytest.raises(ValidationError):
        as_false(alert, owner, correction=named, now=SOON + HOUR)


def test_what_is_about_no_number_has_no_false_data(workspace, owner, alert):
    about = make_hypothesis(workspace, by=owner, is_critical=True)
    late = raise_on(workspace, about, NOW)
    put_right(alert)

    with pytest.raises(ValidationError):
        as_false(late, owner, correction=latest(alert))


def test_another_stop_on_the_same_metric_keeps_its_forecast_held(alert, owner):
    slip = Concern(Rule.SLIP, Severity.STOP, "Made easier twice.", TODAY)
    found = Found(alert.workspace)
    found.add(slip, metric=alert.metric)
    (second,) = follow(found, [], now=NOW)
    put_right(alert)

    as_false(alert, owner)

    assert open_ones() == {second}
    assert is_held(alert)


# --- pages -------------------------------------------------------------------------
def test_ending_as_false_data_on_its_page(client, alert, owner, advisor):
    client.force_login(owner)
    page = url("alert_false_data", alert)
    assert "No correction takes this alert away" in text_of(client.get(page))
    put_right(alert)
    shown = soup(client.get(page))
    assert len(shown.select("input[name=correction]")) == 3
    data = {"correction": latest(alert).pk, "reason": REASON}

    short = client.post(page, data | {"reason": "Wrong.", "form_key": fresh_key()})
    done = client.post(page, data | {"form_key": fresh_key()})
    again = client.post(page, data | {"form_key": fresh_key()})

    assert [short.status_code, done.status_code, again.status_code] == [422, 303, 409]
    assert REASON in text_of(again)
    client.force_login(advisor)
    detail = text_of(client.get(url("alert_detail", alert)))
    assert "Ended: its data were false" in detail
    assert "corrected from 2,000" in detail
    assert REASON in detail
    log = client.get(f"/w/{alert.workspace.slug}/decisions/")
    assert REASON in text_of(log)
    assert client.post(page, data).status_code == 403


def test_ending_as_a_duplicate_on_its_page(client, alert, other, owner):
    client.force_login(owner)
    page = url("alert_duplicate", other)
    assert len(soup(client.get(page)).select("input[name=doubles]")) == 1
    forged = {"doubles": other.pk, "reason": SAME}
    data = {"doubles": alert.pk, "reason": SAME}

    refused = client.post(page, forged | {"form_key": fresh_key()})
    done = client.post(page, data | {"form_key": fresh_key()})

    assert (refused.status_code, done.status_code) == (422, 303)
    detail = text_of(client.get(url("alert_detail", other)))
    assert "which waits for its decision" in detail
    first = text_of(client.get(url("alert_detail", alert)))
    assert "Doubled by" in first
    decide(alert, by=owner, now=SOON)
    assert "we decided there" in text_of(client.get(url("alert_detail", other)))
    assert SAME in text_of(client.get(f"/w/{alert.workspace.slug}/decisions/"))
