"""Followed metrics, written evaluations, and decisions, in one line each."""

from datetime import timedelta
from decimal import Decimal

from decisions.actions import judge_metric, record_decision, save_step
from decisions.evaluating import Draft
from decisions.following import Task
from decisions.models import Alert, Evaluation
from decisions.reports.stop_rules import measurable
from forecasts.actions import correct_actual, record_actual
from forecasts.models import Actual, Metric
from tests.factories import (
    NOW,
    TODAY,
    make_forecast,
    make_metric,
    make_segment,
    weeks,
)

FORECAST = 8000
BAD, GOOD = 2000, 8100
REASONS = (
    "Two thousand orders a day are a quarter of what we promised, in every week since we "
    "opened. Nine of ten buyers live within two miles, so the vans cannot make up for it; "
    "we said we would stop and look when it came to this, and it has."
)
DEPENDS = {
    "depends": "The second centre, which is not signed.",
    "runway": "A million, which lasts until May.",
    "rescored": [],
    "keeps_scores": True,
}
LATER = TODAY + timedelta(days=30)


def follow(workspace, *, owner=None, periods=12, ended=6, spans=None, **fields):
    """A metric at 8,000 a week; `ended` of its `periods` are over on 2 November."""
    spans = spans or weeks(TODAY - timedelta(weeks=ended), periods)
    metric = make_metric(workspace, owner=owner, **fields)
    registered = NOW - timedelta(weeks=ended + 1)
    points = [(*span, FORECAST) for span in spans]
    make_forecast(metric, points, registered_at=registered)
    return metric


def spans_of(metric):
    points = metric.forecasts.get().revisions.get(number=0).points.all()
    return [(point.period_start, point.period_end) for point in points]


def report(metric, values, *, by=None, now=NOW):
    """The first actuals of the metric, from its first period on, or after the last."""
    known = Actual.objects.filter(metric=metric, supersedes=None).count()
    for (start, end), value in zip(spans_of(metric)[known:], values, strict=False):
        record_actual(
            metric,
            by=by,
            now=now,
            period_start=start,
            period_end=end,
            value=Decimal(value),
        )


def correct(metric, number, value, *, by=None, now=NOW):
    actual = Actual.objects.filter(metric=metric).current().order_by("period_start")
    correct_actual(
        actual[number], by=by, now=now, value=Decimal(value), reason="A wrong column."
    )


def stop_on(workspace, *, owner=None, now=NOW, **fields):
    """A metric that has left its forecast, and its open alert."""
    metric = follow(workspace, owner=owner, **fields)
    report(metric, [BAD, BAD, BAD], now=now)
    judge_metric(metric.pk, now=now)
    return Alert.objects.get(metric=metric)


def evaluate(alert, *, by, now=NOW, **draft):
    """Steps 1 to 4 complete, and a fifth that says to stop unless told otherwise."""
    make_segment(alert.workspace)
    tasks = [follow_up(by).as_kept()]
    kept = {"kind": "stop", "reasons": REASONS, "review_on": LATER.isoformat()}
    kept |= {"follow_ups": tasks} | draft
    if kept["kind"] != "stop":
        kept = kept_rule(alert) | kept
    values = {
        1: {"belief": "We believed 8,000 orders a day."},
        2: {"happened": "2,000 came.", "is_actual_right": True},
        3: {
            "questions": [6, 10],
            "customers_say": "",
            "no_talk_reason": "The alert is of this morning.",
            "explanations": {"demand": {"for": "Few order twice.", "against": "None."}},
        },
        4: DEPENDS,
        5: {"draft": kept},
    }
    for step, fields in values.items():
        rev = Evaluation.objects.filter(alert=alert).values_list("rev", flat=True)
        save_step(alert, by=by, step=step, values=fields, rev=rev.first() or 0, now=now)
    return Evaluation.objects.get(alert=alert)


def follow_up(user, **fields):
    """One thing to do, as a decision asks for."""
    return Task(
        **{"what": "Tell the staff.", "owner": str(user.pk), "due_on": LATER} | fields
    )


def next_rule(alert):
    """Fields of a Draft: on a metric of the venture, if it has any."""
    metric = measurable(alert.workspace).first()
    if metric is None:
        return {}
    return {
        "rule_metric": str(metric.pk),
        "rule_comparison": "at_least",
        "rule_mark": Decimal(4000),
        "rule_by": LATER,
    }


def kept_rule(alert):
    """The same, as an evaluation keeps it."""
    kept = Draft(**next_rule(alert)).as_kept()
    return {name: kept[name] for name in next_rule(alert)}


def decide(alert, *, by, now=NOW, **decision):
    """Evaluates and decides."""
    evaluate(alert, by=by, now=now)
    fields = {"kind": "stop", "reasons": REASONS, "review_on": LATER} | decision
    fields.setdefault("follow_ups", (follow_up(by),))
    if fields["kind"] != "stop":
        fields = next_rule(alert) | fields
    return record_decision(alert, by=by, now=now, **fields)


def monthly(workspace, **fields):
    """A monthly metric whose June, July and August are over."""
    spans = [
        (TODAY.replace(month=month, day=1), TODAY.replace(month=month, day=last))
        for month, last in [(6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (12, 31)]
    ]
    return follow(workspace, spans=spans, cadence=Metric.Cadence.MONTHLY, **fields)
