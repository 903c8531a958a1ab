from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from forecasts.actions import (
    PlannedPoint,
    close_metric,
    hold_forecast,
    register_forecast,
    release_forecast,
    revise_forecast,
)
from forecasts.errors import Conflict
from forecasts.models import Forecast, Metric, Point, Revision
from tests.factories import (
    NOW,
    make_actual,
    make_metric,
    make_workspace,
    weeks,
)

pytestmark = pytest.mark.django_db
SOON = weeks(date(2026, 11, 9), 4)
BEGUN = weeks(date(2026, 11, 2), 1)[0]


def points(periods, expected=100, low=None, high=None):
    return [
        PlannedPoint(start, end, Decimal(expected), low, high) for start, end in periods
    ]


@pytest.fixture
def metric(workspace):
    return make_metric(workspace)


@pytest.fixture
def plan(metric, founder):
    return register_forecast(
        metric, by=founder, now=NOW, points=points(SOON), rationale="Two pilots."
    )


def test_registering_writes_the_baseline(metric, founder, plan):
    [revision] = plan.revisions.all()

    assert (plan.number, plan.rationale, revision.number) == (0, "Two pilots.", 0)
    assert (revision.by, revision.registered_at) == (founder, NOW)
    assert [(p.period_start, p.expected, p.is_late) for p in revision.points.all()] == [
        (start, 100, False) for start, _ in SOON
    ]
    metric.refresh_from_db()
    assert metric.evidence_rev == 1
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.subject_id) == ("forecast.registered", metric.pk)
    assert entry.data == {"forecast": str(plan.pk), "revision": 0}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([], "at least one period"),
        (points(weeks(date(2026, 11, 9), 1001)), "1,000 at most"),
        (points([BEGUN]), "W45 has begun on 2026-11-02"),
        (points(weeks(date(2026, 9, 7), 1)), "W37 has begun"),
        (points([SOON[0], SOON[0]]), "The period from 2026-11-09 appears twice"),
        (points([(date(2026, 11, 10), date(2026, 11, 16))]), "is not one week"),
        (points([(date(2026, 11, 9), date(2026, 11, 8))]), "ends on or after"),
        (points([SOON[0]], 100, Decimal(101)), "must lie between low and high"),
        (points([SOON[0]], 100, None, Decimal(99)), "must lie between low and high"),
    ],
)
def test_points_that_are_refused(metric, founder, bad, words):
    with pytest.raises(ValidationError) as refused:
        register_forecast(metric, by=founder, now=NOW, points=bad)

    assert words in " ".join(refused.value.messages)
    assert not Point.objects.exists()


def test_every_bad_point_is_named(metric, founder):
    with pytest.raises(ValidationError) as refused:
        register_forecast(
            metric, by=founder, now=NOW, points=points([BEGUN, *SOON, SOON[1]])
        )

    assert len(refused.value.messages) == 2


@pytest.mark.parametrize(
    ("zone", "is_refused"), [("Pacific/Auckland", True), ("America/Los_Angeles", False)]
)
def test_a_period_begins_in_the_zone_of_the_venture(founder, zone, is_refused):
    metric = make_metric(make_workspace(timezone=zone))
    sunday_noon = datetime(2026, 11, 8, 12, tzinfo=UTC)

    if is_refused:
        with pytest.raises(ValidationError, match="W46 has begun"):
            register_forecast(metric, by=founder, now=sunday_noon, points=points(SOON))
    else:
        register_forecast(metric, by=founder, now=sunday_noon, points=points(SOON))


def test_a_week_may_begin_on_sunday(founder):
    metric = make_metric(make_workspace(week_start=7))
    sundays = weeks(date(2026, 11, 8), 2)

    plan = register_forecast(metric, by=founder, now=NOW, points=points(sundays))

    assert plan.revisions.get().points.count() == 2
    with pytest.raises(ValidationError, match="is not one week"):
        revise_forecast(plan, by=founder, now=NOW, points=points(SOON), reason="x")


def test_a_period_with_an_actual_cannot_be_forecast(metric, founder):
    make_actual(metric, *SOON[0], 5)

    with pytest.raises(ValidationError, match="W46 has an actual already"):
        register_forecast(metric, by=founder, now=NOW, points=points(SOON))


def test_imported_history_is_marked_late(metric, founder):
    june = (date(1999, 6, 2), date(1999, 6, 30))
    make_actual(metric, *june, 2000)

    plan = register_forecast(
        metric, by=founder, now=NOW, points=points([june, SOON[0]]), imported=True
    )

    late = plan.revisions.get().points.values_list("period_start", "is_late")
    assert dict(late) == {june[0]: True, SOON[0][0]: False}


def test_a_running_plan_is_revised_not_replaced(metric, founder, plan):
    with pytest.raises(ValidationError, match="There is a forecast already"):
        register_forecast(metric, by=founder, now=NOW, points=points(SOON))


def test_a_plan_that_has_run_out_is_followed_by_another(metric, founder, plan):
    later = NOW + timedelta(weeks=5)
    again = weeks(date(2026, 12, 14), 2)

    following = register_forecast(metric, by=founder, now=later, points=points(again))

    plan.refresh_from_db()
    assert (plan.retired_at, following.number) == (later, 1)
    with pytest.raises(ValidationError, match="followed by another"):
        revise_forecast(plan, by=founder, now=later, points=points(again), reason="x")


def test_a_held_plan_is_not_followed_by_another(metric, founder, plan):
    hold_forecast(metric, now=NOW)
    later = NOW + timedelta(weeks=5)

    with pytest.raises(ValidationError, match="A stop is open"):
        register_forecast(
            metric, by=founder, now=later, points=points(weeks(date(2026, 12, 14), 1))
        )


def test_a_revision_adds_and_never_changes(metric, founder, plan):
    revision = revise_forecast(
        plan, by=founder, now=NOW, points=points(SOON[2:], 60), reason="A clinic left."
    )

    assert (revision.number, revision.reason) == (1, "A clinic left.")
    baseline = plan.revisions.get(number=0)
    assert [point.expected for point in baseline.points.all()] == [100] * 4
    verbs = ActivityEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert set(verbs) == {"forecast.registered", "forecast.revised"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_revision_needs_a_reason(founder, plan, reason):
    with pytest.raises(ValidationError, match="Say why"):
        revise_forecast(plan, by=founder, now=NOW, points=points(SOON), reason=reason)


def test_a_begun_period_cannot_be_revised(founder, plan):
    midweek = datetime(2026, 11, 18, tzinfo=UTC)

    with pytest.raises(ValidationError) as refused:
        revise_forecast(plan, by=founder, now=midweek, points=points(SOON), reason="x")

    assert [words[:3] for words in refused.value.messages] == ["W46", "W47"]


def test_two_authors_do_not_overwrite_each_other(founder, plan):
    revise_forecast(
        plan, by=founder, now=NOW, points=points(SOON), reason="x", follows=0
    )

    with pytest.raises(Conflict) as conflict:
        revise_forecast(
            plan, by=founder, now=NOW, points=points(SOON), reason="y", follows=0
        )

    assert conflict.value.current.number == 1
    assert Revision.objects.count() == 2


RANGE = (Decimal(80), Decimal(120))


@pytest.mark.parametrize(
    ("direction", "expected", "low", "high", "is_refused"),
    [
        ("higher", 99, *RANGE, True),
        ("higher", 100, *RANGE, False),
        ("higher", 101, *RANGE, False),
        ("higher", 100, Decimal(70), Decimal(120), True),  # a wider range
        ("higher", 100, None, Decimal(120), True),
        ("higher", 100, Decimal(80), None, False),
        ("lower", 101, *RANGE, True),
        ("lower", 99, *RANGE, False),
        ("lower", 100, Decimal(80), Decimal(130), True),
    ],
)
def test_a_held_plan_is_not_made_easier(
    workspace, founder, direction, expected, low, high, is_refused
):
    metric = make_metric(workspace, direction=direction)
    plan = register_forecast(
        metric, by=founder, now=NOW, points=points(SOON, 100, *RANGE)
    )
    hold_forecast(metric, now=NOW)
    eased = points(SOON, expected, low, high)

    if is_refused:
        with pytest.raises(ValidationError, match="W46 cannot be made easier"):
            revise_forecast(plan, by=founder, now=NOW, points=eased, reason="x")
        release_forecast(metric, by=founder, now=NOW)
    revise_forecast(plan, by=founder, now=NOW, points=eased, reason="x")
    assert plan.revisions.count() == 2


def test_a_held_plan_may_grow(metric, founder, plan):
    hold_forecast(metric, now=NOW)
    more = weeks(date(2026, 12, 7), 1)

    revise_forecast(plan, by=founder, now=NOW, points=points(more, 1), reason="x")

    assert Point.objects.filter(period_start=more[0][0]).exists()


def test_holding_and_releasing_twice_is_once(metric, founder, plan):
    for moment in (NOW, NOW + timedelta(days=1)):
        hold_forecast(metric, now=moment)
    plan.refresh_from_db()
    assert plan.held_since == NOW

    for _ in range(2):
        release_forecast(metric, by=founder, now=NOW)

    plan.refresh_from_db()
    assert plan.held_since is None
    verbs = list(ActivityEntry.objects.values_list("verb", flat=True))
    assert sorted(verbs) == [
        *("forecast.held", "forecast.registered", "forecast.released"),
    ]


def test_a_closed_metric_takes_no_forecast(metric, founder):
    close_metric(metric, by=founder, now=NOW)

    with pytest.raises(ValidationError, match="This metric is closed"):
        register_forecast(metric, by=founder, now=NOW, points=points(SOON))
    assert not Forecast.objects.exists()
    assert Metric.objects.get().evidence_rev == 0
