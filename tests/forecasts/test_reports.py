from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models.signals import post_init

from forecasts.actions import close_metric
from forecasts.headline import headline
from forecasts.models import Metric, Standing
from forecasts.reports import (
    headline_of,
    metric_history,
    metric_rows,
    metric_series,
    metric_table,
    numbers_due,
)
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_forecast,
    make_metric,
    make_user,
    make_workspace,
    weeks,
)

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 28)


def make_plan(metric, count=5, **options):
    return make_forecast(
        metric, [(*week, 100) for week in weeks(FIRST, count)], **options
    )


def test_a_history_holds_every_point_and_every_value(workspace):
    ana = make_user(name="Ana Ode")
    metric = make_metric(workspace, "Orders", process_from=FIRST)
    make_forecast(metric, [(*weeks(FIRST, 1)[0], 100, 80, 120)], registered_at=NOW)
    first = make_actual(metric, *weeks(FIRST, 1)[0], 50, by=ana)
    make_actual(
        metric, *weeks(FIRST, 1)[0], 60, supersedes=first, reason="Late orders."
    )

    history = metric_history(metric)

    [point] = history.planned
    assert (point.expected, point.low, point.high) == (100, 80, 120)
    assert (point.order, point.registered_on) == ((0, 0), TODAY)
    [(key, chain)] = history.reported.items()
    assert key == weeks(FIRST, 1)[0]
    assert [(one.value, one.by, one.reason) for one in chain] == [
        (50, "Ana Ode", ""),
        (60, "", "Late orders."),
    ]
    assert (history.name, history.process_from) == ("Orders", FIRST)


def test_a_history_makes_no_model_of_any_row(workspace):
    """A venture has ten thousand of each: models of them are seconds of every look."""
    metric = make_metric(workspace, "Orders")
    make_plan(metric)
    make_actual(metric, *weeks(FIRST, 1)[0], 50, by=make_user())
    made = []

    def note(sender, **_signal):
        made.append(sender)

    post_init.connect(note)
    try:
        history = metric_history(metric)
        rows = metric_rows([metric], TODAY)
    finally:
        post_init.disconnect(note)

    assert (len(history.planned), len(history.reported), len(rows)) == (5, 1, 1)
    assert made == []


def test_a_correction_follows_its_row_whatever_the_clock_says(workspace):
    metric = make_metric(workspace)
    week = weeks(FIRST, 1)[0]
    first = make_actual(metric, *week, 1)
    second = make_actual(metric, *week, 2, supersedes=first, reason="x")
    make_actual(
        metric,
        *week,
        3,
        supersedes=second,
        reason="x",
        recorded_at=NOW - timedelta(days=9),
    )

    chain = metric_history(metric).reported[week]

    assert [one.value for one in chain] == [1, 2, 3]


def test_days_are_those_of_the_venture():
    metric = make_metric(make_workspace(timezone="Pacific/Auckland"))
    make_plan(metric, registered_at=NOW)

    assert metric_history(metric).planned[0].registered_on == date(2026, 11, 3)


def test_the_series_of_a_metric(workspace):
    metric = make_metric(workspace, tolerance=Decimal("0.2"), direction="lower")
    make_plan(metric)
    make_actual(metric, *weeks(FIRST, 1)[0], 50)

    series = metric_series(metric, TODAY)

    assert (series.id, series.tolerance, series.direction) == (
        *(str(metric.pk), 0.2, "lower"),
    )
    assert [point.actual for point in series.points] == [50.0] + [None] * 4
    assert metric_series(metric, TODAY, baseline=True) == series
    history = metric_history(metric)
    assert metric_series(metric, TODAY, history=history) == series
    assert metric_table(metric, TODAY, history=history) == metric_table(metric, TODAY)


def rows_by_name(workspace):
    metrics = Metric.objects.in_workspace(workspace).select_related(
        "standing", "workspace"
    )
    return {row.metric.name: row for row in metric_rows(metrics, TODAY)}


def test_the_list_looks_at_the_last_periods(workspace, django_assert_num_queries):
    old = make_metric(workspace, "Old")
    make_forecast(old, [(*week, 100) for week in weeks(date(1999, 6, 7), 20)])
    for week in weeks(date(1999, 6, 7), 20):
        make_actual(old, *week, 50)
    bare = make_metric(workspace, "Bare")
    make_actual(bare, *weeks(FIRST, 1)[0], 7)
    make_metric(workspace, "Empty")

    with django_assert_num_queries(3):
        rows = rows_by_name(workspace)

    assert rows["Old"].headline.sentence.startswith(
        "W42: 50 orders/day actual, 100 forecast"
    )
    assert "last 12 periods" in rows["Old"].spark.label
    assert rows["Bare"].headline.sentence == "W40: 7 orders/day; no forecast for it."
    assert (rows["Empty"].spark, rows["Empty"].headline.state) == (None, "not_due")


@pytest.mark.parametrize(
    ("standing", "state"), [(None, "unjudged"), ("on_track", "watch")]
)
def test_chip_and_sentence_are_made_together(workspace, standing, state):
    metric = make_metric(workspace)
    make_plan(metric, count=2)
    for week in weeks(FIRST, 2):
        make_actual(metric, *week, 50)
    if standing:
        Standing.objects.create(metric=metric, state=standing, judged_at=NOW)

    said = headline_of(metric, metric_table(metric, TODAY))

    assert said == headline(metric_table(metric, TODAY), standing or "unjudged")
    assert said.state == state


def test_numbers_due_are_ended_forecast_and_missing(workspace):
    metric = make_metric(workspace, "Orders")
    make_plan(metric, count=8)
    make_actual(metric, *weeks(FIRST, 1)[0], 5)
    other = make_metric(workspace, "Clinics")
    make_forecast(other, [(*weeks(FIRST, 1)[0], 5)])
    closed = make_metric(workspace, "Closed")
    make_plan(closed)
    close_metric(closed, by=None, now=NOW)
    make_plan(make_metric(make_workspace(), "Elsewhere"))

    due = numbers_due(workspace, TODAY)

    assert [(one.metric.name, one.label, one.expected) for one in due] == [
        ("Clinics", "W40", 5),
        ("Orders", "W41", 100),
        ("Orders", "W42", 100),
        ("Orders", "W43", 100),
        ("Orders", "W44", 100),
    ]
    assert [one.written for one in due][:2] == ["2026-W40", "2026-W41"]
    only = numbers_due(workspace, TODAY, metric=other)
    assert [one.metric for one in only] == [other]
    assert len(numbers_due(workspace, TODAY, most=2)) == 2


def test_a_revised_number_is_due_once(workspace):
    from forecasts.actions import PlannedPoint, revise_forecast  # noqa: PLC0415

    metric = make_metric(workspace)
    plan = make_plan(metric, registered_at=NOW - timedelta(weeks=9))
    week = weeks(FIRST, 5)[4]
    revise_forecast(
        plan,
        by=None,
        now=NOW - timedelta(weeks=2),
        points=[PlannedPoint(*week, Decimal(70))],
        reason="x",
    )

    due = numbers_due(workspace, TODAY)

    assert [one.expected for one in due] == [100, 100, 100, 100, 70]
