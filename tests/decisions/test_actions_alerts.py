"""From numbers to an episode: raised once, observed, never closed by itself."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.models import ActivityEntry, Delivery, Role
from decisions.actions import judge_due, judge_metric
from decisions.actions import judging as judging_module
from decisions.models import Alert, AlertObservation
from forecasts.actions import record_actual, revise_forecast
from forecasts.actions.plans import PlannedPoint
from forecasts.models import Forecast, Metric, Standing
from tests.decisions.cases import (
    BAD,
    FORECAST,
    GOOD,
    correct,
    decide,
    follow,
    monthly,
    report,
    spans_of,
    stop_on,
)
from tests.factories import (
    NOW,
    TODAY,
    make_forecast,
    make_member,
    make_metric,
    make_workspace,
)

pytestmark = pytest.mark.django_db


def standing_of(metric):
    return Standing.objects.get(metric=metric)


def test_a_metric_on_plan_is_judged_and_raises_nothing(workspace, owner):
    metric = follow(workspace)
    report(metric, [7900, 8200, 8050])

    judged = judge_metric(metric.pk, now=NOW)

    assert (judged.state, judged.raised, judged.planned) == ("on_track", None, 0)
    standing = standing_of(metric)
    assert standing.state == "on_track"
    assert standing.judged_rev == Metric.objects.get(pk=metric.pk).evidence_rev == 3
    assert standing.judged_through == TODAY - timedelta(days=1)
    assert Alert.objects.count() == 0


def test_a_metric_that_left_its_forecast_raises_one_alert(workspace, owner, founder):
    metric = follow(workspace, owner=founder)
    report(metric, [BAD, BAD, BAD])

    judged = judge_metric(metric.pk, now=NOW)

    alert = Alert.objects.get()
    assert judged.raised == alert
    assert (alert.rule, alert.severity, alert.state) == ("drift", "stop", "raised")
    assert alert.reason == (
        "Week 3: 2,000 against 8,000 forecast (25%). Over all 3 reported weeks the "
        "actual is 25% of forecast; if the forecast were right, a record like this "
        f"would come up less than once in {alert.odds:,}."
    )
    assert alert.odds >= 20
    assert alert.owner == founder
    assert alert.evaluate_by == TODAY + timedelta(days=14)
    assert alert.forecast == Forecast.objects.get()
    assert Forecast.objects.get().held_since == NOW
    assert (alert.period_start, alert.period_end) == spans_of(metric)[2]
    assert standing_of(metric).state == "stop"
    assert ActivityEntry.objects.filter(verb="alert.raised").count() == 1


def test_owner_and_founders_are_told_once_and_advisors_later(
    workspace, owner, founder, member, advisor, observer
):
    make_member(workspace, Role.FOUNDER, left_on=TODAY)
    metric = follow(workspace)
    report(metric, [BAD, BAD, BAD])

    judged = judge_metric(metric.pk, now=NOW)
    judge_metric(metric.pk, now=NOW)

    alert = Alert.objects.get()
    assert judged.planned == 3
    late = Delivery.objects.get(recipient=advisor)
    assert late.key == f"alert_opened:{alert.pk}:{advisor.pk}:advised"
    mails = Delivery.objects.exclude(pk=late.pk)
    assert {mail.recipient for mail in mails} == {owner, founder}
    assert {(mail.kind, mail.subject_id) for mail in mails} == {
        ("alert_opened", alert.pk)
    }
    assert {mail.key for mail in mails} == {
        f"alert_opened:{alert.pk}:{user.pk}:opened" for user in (owner, founder)
    }


def test_an_owner_who_left_is_replaced_by_the_ventures(workspace, owner):
    left = make_member(workspace, Role.FOUNDER, left_on=TODAY).user

    alert = stop_on(workspace, owner=left)

    assert alert.owner == owner


def test_judging_again_changes_nothing(workspace, owner):
    alert = stop_on(workspace)

    for _time in range(3):
        judge_metric(alert.metric_id, now=NOW + timedelta(hours=1))

    assert Alert.objects.count() == 1
    assert AlertObservation.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_new_evidence_is_observed_once_for_each_state_of_it(workspace, owner):
    alert = stop_on(workspace)

    report(alert.metric, [BAD])
    judge_metric(alert.metric_id, now=NOW + timedelta(days=1))
    judge_metric(alert.metric_id, now=NOW + timedelta(days=2))

    first, second = AlertObservation.objects.all()
    assert (first.evidence_rev, first.state, first.why) == (3, "stop", alert.reason)
    assert (second.evidence_rev, second.state) == (4, "stop")
    assert second.why.startswith("Week 4: 2,000 against 8,000 forecast (25%).")
    assert second.odds >= first.odds


def test_recovery_is_marked_and_closes_nothing(workspace, owner):
    alert = stop_on(workspace, ended=40, periods=44)

    later = NOW + timedelta(hours=1)
    report(alert.metric, [GOOD] * 30, now=later)
    judge_metric(alert.metric_id, now=later)

    alert.refresh_from_db()
    assert alert.recovered_at == later
    assert (alert.state, alert.closed_at) == ("raised", None)
    assert AlertObservation.objects.last().state in ("on_track", "better")
    assert standing_of(alert.metric).state == "stop"
    assert Forecast.objects.get().held_since == NOW
    assert ActivityEntry.objects.filter(verb="alert.recovered").count() == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "With the numbers as they stand now it would not have been raised. Week 3"),
        (
            8,
            "Week 3: 8,100 against 8,000 forecast (101%). Stop was raised on week 6; "
            "the values corrected since would not have raised it.",
        ),
    ],
)
def test_a_correction_takes_the_ground_away_and_closes_nothing(
    workspace, owner, days, words
):
    alert = stop_on(workspace)

    later = NOW + timedelta(days=days)

    for number in range(3):
        correct(alert.metric, number, GOOD, now=later)
    judge_metric(alert.metric_id, now=later)

    alert.refresh_from_db()
    seen = AlertObservation.objects.last()
    assert alert.recovered_at == later
    assert alert.closed_at is None
    assert seen.state == "on_track"
    assert seen.why.startswith(words)


def test_what_came_back_and_leaves_again_is_the_same_episode(workspace, owner):
    alert = stop_on(workspace)
    for number in range(3):
        correct(alert.metric, number, GOOD)
    judge_metric(alert.metric_id, now=NOW)

    for number in range(3):
        correct(alert.metric, number, BAD)
    judge_metric(alert.metric_id, now=NOW)

    alert.refresh_from_db()
    assert alert.recovered_at is None
    assert Alert.objects.count() == 1
    assert Delivery.objects.count() == 1
    assert ActivityEntry.objects.filter(verb="alert.relapsed").count() == 1


def test_flapping_two_hundred_times_is_one_episode_and_one_mail(workspace, owner):
    alert = stop_on(workspace)

    for time in range(200):
        correct(alert.metric, time % 3, GOOD if time % 2 else BAD + time + 1)
        judge_metric(alert.metric_id, now=NOW)

    assert Alert.objects.count() == 1
    assert Delivery.objects.count() == 1
    assert Alert.objects.get().closed_at is None


def test_a_value_corrected_before_anybody_looked_raises_nothing(workspace, owner):
    metric = follow(workspace)
    report(metric, [BAD, BAD, BAD])
    for number in range(3):
        correct(metric, number, GOOD)

    judged = judge_metric(metric.pk, now=NOW)

    assert judged.raised is None
    assert standing_of(metric).state == "on_track"


def test_one_month_far_off_collapses(workspace, owner):
    metric = monthly(workspace)
    report(metric, [BAD])

    judge_metric(metric.pk, now=NOW)

    alert = Alert.objects.get()
    assert alert.rule == "collapse"
    assert "under half of the forecast" in alert.reason
    assert (alert.period_start.month, alert.period_end.month) == (6, 6)
    assert standing_of(metric).state == "stop"


@pytest.mark.parametrize(("low", "raises"), [(None, True), (3200, False)])
def test_the_declared_range_decides_about_a_collapse(workspace, owner, low, raises):
    """A range of ±60 % puts half of the forecast at 1.1 deviations."""
    spans = [(TODAY.replace(month=6, day=1), TODAY.replace(month=6, day=30))]
    metric = make_metric(workspace, cadence="monthly")
    band = () if low is None else (low, 12800)
    make_forecast(metric, [(*spans[0], FORECAST, *band)], registered_at=NOW)
    report(metric, [3000])

    judge_metric(metric.pk, now=NOW)

    rules = set(Alert.objects.values_list("rule", flat=True))
    assert ("collapse" in rules) == raises


def test_vanity_metrics_raise_nothing_and_show_no_stop(workspace, owner):
    metric = follow(workspace, is_vanity=True)
    report(metric, [BAD, BAD, BAD])

    judge_metric(metric.pk, now=NOW)

    assert Alert.objects.count() == 0
    assert standing_of(metric).state == "watch"


def test_less_is_better_stops_on_an_overshoot_only(workspace, owner):
    low = follow(workspace, direction="lower")
    high = follow(workspace, direction="lower")
    report(low, [BAD, BAD, BAD])
    report(high, [24000, 24000, 24000])

    judge_due(NOW)

    assert [alert.metric for alert in Alert.objects.stops()] == [high]
    assert Alert.objects.quiet().get().rule == "upside"
    assert standing_of(low).state == "better"


def test_a_lowered_forecast_does_not_silence_the_first_one(workspace, owner):
    metric = follow(workspace, ended=6, periods=12)
    early = NOW - timedelta(weeks=6, days=3)
    points = [PlannedPoint(*span, Decimal(BAD)) for span in spans_of(metric)]
    revise_forecast(
        Forecast.objects.get(),
        by=owner,
        now=early,
        points=points,
        reason="It was high.",
    )
    report(metric, [BAD] * 4)

    judge_metric(metric.pk, now=NOW)

    alert = Alert.objects.get(family="shortfall")
    assert "against 8,000 forecast" in alert.reason
    assert Alert.objects.get(family="plan").rule == "slip"


def test_many_metrics_share_the_rate(workspace, owner):
    """Two weeks at a quarter of forecast stop a lone metric; among twelve they wait."""
    lone = follow(workspace)
    crowded = make_workspace()
    make_member(crowded, Role.OWNER)
    among = [follow(crowded) for _number in range(12)]
    for metric in (lone, *among):
        report(metric, [BAD, BAD])

    judge_due(NOW)

    rates = judging_module.rates_of({workspace, crowded})
    assert rates == {workspace.pk: 0.01, crowded.pk: pytest.approx(0.01 / 12)}
    assert [alert.metric for alert in Alert.objects.all()] == [lone]


def test_a_decision_begins_a_new_record(workspace, owner):
    alert = stop_on(workspace)
    decide(alert, by=owner)

    judged = judge_metric(alert.metric_id, now=NOW)

    assert judged.state == "unjudged"
    assert Alert.objects.filter(closed_at=None).count() == 0
    assert Forecast.objects.get().held_since is None


def test_a_second_episode_within_sixty_days_points_back(workspace, owner):
    alert = stop_on(workspace)
    decide(alert, by=owner)
    later = NOW + timedelta(weeks=5)

    report_after(alert.metric, [BAD, BAD, BAD], now=later)
    judge_metric(alert.metric_id, now=later)

    second = Alert.objects.get(closed_at=None)
    assert second.follows == alert
    assert Delivery.objects.filter(kind="alert_opened").count() == 2


def test_a_second_episode_after_sixty_days_stands_alone(workspace, owner):
    alert = stop_on(workspace, periods=30)
    decide(alert, by=owner)
    later = NOW + timedelta(days=61)

    report_after(alert.metric, [BAD, BAD, BAD], now=later)
    judge_metric(alert.metric_id, now=later)

    assert Alert.objects.get(closed_at=None).follows is None


def report_after(metric, values, *, now):
    """Actuals of the periods that began after 2 November's week."""
    ahead = [span for span in spans_of(metric) if span[0] > TODAY + timedelta(days=6)]
    for (start, end), value in zip(ahead, values, strict=False):
        record_actual(
            metric, by=None, now=now, period_start=start, period_end=end, value=value
        )
