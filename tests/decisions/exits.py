"""Alerts that end beside a decision, in one line each."""

from datetime import timedelta
from decimal import Decimal

from decisions.actions import (
    end_as_duplicate,
    end_as_false_data,
)
from decisions.actions.concerns import Found, follow
from decisions.actions.sweeping import PLANNED, episodes
from decisions.alerting import Concern, Rule, Severity
from decisions.models import Alert
from forecasts.actions import revise_forecast
from forecasts.actions.plans import PlannedPoint
from forecasts.models import Actual, Forecast
from tests.decisions.cases import (
    BAD,
    GOOD,
    correct,
    spans_of,
)
from tests.factories import NOW, TODAY

REASON = "The export had left out the second till; the shop's own books say 8,100."
SAME = "Both metrics fell because the second till was not counted in October."
HOUR = timedelta(hours=1)
SOON = NOW + HOUR


def put_right(alert, *, now=SOON, values=(GOOD, GOOD, GOOD)):
    for number, value in enumerate(values):
        correct(alert.metric, number, value, now=now)


def latest(alert, number=0):
    rows = Actual.objects.filter(metric=alert.metric).current()
    return rows.order_by("period_start")[number]


def as_false(alert, owner, *, now=SOON, correction=None):
    return end_as_false_data(
        alert,
        by=owner,
        correction=correction or latest(alert),
        reason=REASON,
        now=now,
    )


def as_double(alert, other, owner, *, now=SOON):
    return end_as_duplicate(alert, by=owner, doubles=other, reason=SAME, now=now)


def state_of(alert):
    return Alert.objects.values_list("state", flat=True).get(pk=alert.pk)


def is_held(alert):
    return Forecast.objects.get(metric=alert.metric).held_since is not None


def open_ones():
    return set(Alert.objects.open())


def raise_on(workspace, hypothesis, now, severity=Severity.STOP):
    concern = Concern(Rule.STOP_RULE, severity, "It failed.", TODAY)
    found = Found(workspace)
    found.add(concern, hypothesis=hypothesis)
    return (follow(found, episodes(workspace, PLANNED), now=now) or [None])[0]


def raise_watch(workspace, hypothesis):
    follow(found_in(workspace, hypothesis), [], now=NOW)
    return Alert.objects.get(hypothesis=hypothesis)


def found_in(workspace, hypothesis):
    found = Found(workspace)
    concern = Concern(Rule.STOP_RULE, Severity.WATCH, "It is late.", TODAY)
    found.add(concern, hypothesis=hypothesis)
    return found


def lower(alert, owner):
    ahead = [span for span in spans_of(alert.metric) if span[0] > TODAY]
    return revise_forecast(
        alert.metric.forecasts.get(),
        by=owner,
        now=SOON,
        points=[PlannedPoint(*span, Decimal(BAD)) for span in ahead],
        reason="A lower plan.",
    )
