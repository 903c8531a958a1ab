from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from core.models import ActivityEntry
from forecasts.actions import (
    add_metric,
    close_metric,
    edit_metric,
    restart_process,
    save_standing,
)
from forecasts.calibration import Calibration
from forecasts.drift import State, Verdict
from forecasts.models import Metric, Standing
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_forecast,
    make_metric,
    weeks,
)

pytestmark = pytest.mark.django_db
SOON = weeks(date(2026, 11, 9), 3)


def verbs(workspace):
    entries = ActivityEntry.objects.in_workspace(workspace)
    return [entry.verb for entry in entries.order_by("at", "pk")]


def test_adding_a_metric_is_logged(workspace, founder):
    metric = add_metric(
        workspace, by=founder, now=NOW, name="Orders", definition="Paid", unit="orders"
    )

    assert (metric.workspace, metric.created_at) == (workspace, NOW)
    entry = ActivityEntry.objects.get(verb="metric.added")
    assert (entry.subject_id, entry.by) == (metric.pk, founder)


def test_a_name_is_open_once(workspace, founder):
    metric = make_metric(workspace, "Orders")
    fields = {"name": "Orders", "definition": "d", "unit": "u"}

    with pytest.raises(ValidationError) as refused:
        add_metric(workspace, by=founder, now=NOW, **fields)

    assert refused.value.message_dict == {
        "name": ["There is a metric of this name already."]
    }
    close_metric(metric, by=founder, now=NOW)
    assert add_metric(workspace, by=founder, now=NOW, **fields).name == "Orders"


def test_another_broken_constraint_is_not_taken_for_the_name(workspace, founder):
    with pytest.raises(IntegrityError, match="tolerance"):
        add_metric(
            workspace,
            by=founder,
            now=NOW,
            name="Orders",
            definition="d",
            unit="u",
            tolerance=Decimal("0.9"),
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("definition", "Something else"),
        ("unit", "clinics"),
        ("kind", Metric.Kind.STOCK),
        ("direction", Metric.Direction.LOWER),
        ("cadence", Metric.Cadence.MONTHLY),
    ],
)
@pytest.mark.parametrize("numbers", ["none", "forecast", "actual"])
def test_the_meaning_changes_only_without_numbers(
    workspace, founder, field, value, numbers
):
    metric = make_metric(workspace)
    if numbers == "forecast":
        make_forecast(metric, [(*SOON[0], 5)])
    if numbers == "actual":
        make_actual(metric, TODAY - timedelta(7), TODAY - timedelta(1), 5)

    if numbers == "none":
        edited = edit_metric(metric, by=founder, now=NOW, **{field: value})
        assert getattr(edited, field) == value
        return
    with pytest.raises(ValidationError) as refused:
        edit_metric(metric, by=founder, now=NOW, **{field: value})
    assert "Close it and open a new one" in refused.value.message_dict[field][0]


def test_editing_names_what_changed_and_is_judged_anew(workspace, founder):
    metric = make_metric(workspace, "Orders")

    edited = edit_metric(
        metric, by=founder, now=NOW, name="Orders", tolerance=Decimal("0.2")
    )

    assert (edited.tolerance, edited.evidence_rev) == (Decimal("0.2"), 1)
    assert ActivityEntry.objects.get().data == {"fields": ["tolerance"]}


def test_editing_nothing_leaves_no_trace(workspace, founder):
    metric = make_metric(workspace, "Orders")

    edit_metric(metric, by=founder, now=NOW, name="Orders")

    assert verbs(workspace) == []


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({"tolerance": Decimal("0.3")}, True),
        ({"tolerance": Decimal("0.05")}, False),
        ({"is_vanity": True}, True),
        ({"name": "Other"}, False),
    ],
)
def test_an_open_stop_is_not_evaded(workspace, founder, changes, is_refused):
    metric = make_metric(workspace)
    make_forecast(metric, [(*SOON[0], 5)])
    metric.forecasts.update(held_since=NOW)

    if is_refused:
        with pytest.raises(ValidationError, match="A stop is open"):
            edit_metric(metric, by=founder, now=NOW, **changes)
        with pytest.raises(ValidationError, match="A stop is open"):
            close_metric(metric, by=founder, now=NOW)
    else:
        edit_metric(metric, by=founder, now=NOW, **changes)


def test_closing_twice_is_once(workspace, founder):
    metric = make_metric(workspace)

    close_metric(metric, by=founder, now=NOW)
    close_metric(metric, by=founder, now=NOW + timedelta(days=1))

    metric.refresh_from_db()
    assert (metric.closed_at, verbs(workspace)) == (NOW, ["metric.closed"])
    with pytest.raises(ValidationError, match="This metric is closed"):
        edit_metric(metric, by=founder, now=NOW, name="x")


@pytest.mark.parametrize(
    ("from_day", "expected"),
    [(None, date(2026, 11, 9)), (date(2026, 12, 7), date(2026, 12, 7))],
)
def test_a_process_starts_with_the_next_period(workspace, founder, from_day, expected):
    metric = make_metric(workspace)

    restarted = restart_process(metric, by=founder, now=NOW, from_day=from_day)

    assert (restarted.process_from, restarted.evidence_rev) == (expected, 1)
    assert verbs(workspace) == ["metric.restarted"]


def test_a_standing_is_kept_once_for_each_metric(workspace):
    metric = make_metric(workspace)
    verdict = Verdict(
        alert_at=None,
        state=State.WATCH,
        p=0.05,
        why=None,
        trace=(),
        odds=5,
        withdrawn=False,
    )

    for rev in (1, 2):
        save_standing(
            metric,
            verdict=verdict,
            ranges=Calibration(4, 3, 0, 0, 0, 0, None),
            judged_rev=rev,
            judged_through=TODAY,
            now=NOW,
        )

    standing = Standing.objects.get()
    assert (standing.metric, standing.state, standing.why) == (metric, "watch", "")
    assert (standing.ranges_counted, standing.ranges_held) == (4, 3)
    assert (standing.judged_rev, standing.odds, standing.judged_at) == (2, 5, NOW)
