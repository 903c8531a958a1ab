"""Episodes of the rules beside drift and collapse: opened, made graver, let go of."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.models import ActivityEntry, Delivery
from decisions.actions import judge_metric, record_decision, save_step
from decisions.actions.concerns import Found, follow
from decisions.actions.sweeping import (
    sweep,
    sweep_plans,
)
from decisions.alerting import Concern, Rule, Severity
from decisions.models import Alert
from decisions.tasks import sweep_after
from discovery.models import HypothesisStatus
from forecasts.actions import PlannedPoint, revise_forecast
from forecasts.models import Metric
from milestones.actions.noting import note_moment
from milestones.models import Checkpoint, Question, ScheduledStop, Score, Slip
from tests.decisions.cases import FORECAST, GOOD, REASONS, follow_up, report, spans_of
from tests.decisions.cases import follow as followed
from tests.factories import (
    NOW,
    TODAY,
    make_hypothesis,
    make_interview,
    make_model_version,
    make_segment,
)

pytestmark = pytest.mark.django_db


def days(count):
    return NOW + timedelta(days=count)


def rules():
    return sorted((one.rule, one.severity) for one in Alert.objects.open())


def concern(rule=Rule.SLIP, severity=Severity.STOP, *, opens=True, since=TODAY):
    return Concern(rule, severity, "Moved twice.", since, opens)


def see(workspace, metric, found, now=NOW):
    """One look of the rules, which found this."""
    seen = Found(workspace)
    seen.add(found, metric=metric)
    return follow(seen, Alert.objects.open(), now=now)


def quietly_decided(alert, by, now):
    """Steps 2 and 5 alone."""
    draft = {"kind": "persevere", "reasons": REASONS, "prediction": "More."}
    days = {"review_on": now.date() + timedelta(days=9)}
    days["predict_by"] = days["review_on"]
    happened = {"happened": "So it was.", "is_actual_right": True}
    rev = save_step(alert, by=by, step=2, values=happened, rev=0, now=now).rev
    tasks = (follow_up(by, due_on=days["review_on"]),)
    return record_decision(
        alert, by=by, rev=rev, now=now, follow_ups=tasks, **draft, **days
    )


# --- one episode -----------------------------------------------------------------
def test_one_that_flaps_in_the_band_makes_one_episode_and_one_mail(workspace, owner):
    metric = followed(workspace, owner=owner)
    for number in range(200):
        see(workspace, metric, concern(opens=number % 2 == 0), days(number))
    alert = Alert.objects.get()
    assert alert.recovered_at is None
    assert Delivery.objects.get().subject_id == alert.pk
    assert not alert.observations.exists()


def test_one_that_comes_and_goes_is_marked_and_stays_one(workspace, owner):
    metric = followed(workspace, owner=owner)
    for number in range(200):
        found = concern() if number % 3 == 0 else None
        see(workspace, metric, found, days(number))
    assert Alert.objects.count() == Delivery.objects.count() == 1
    assert Alert.objects.get().recovered_at is None
    assert ActivityEntry.objects.filter(verb="alert.recovered").count() == 66


def test_it_has_recovered_only_when_two_days_found_nothing(workspace, owner):
    metric = followed(workspace, owner=owner)
    see(workspace, metric, concern())
    for _time in range(3):
        see(workspace, metric, None, days(1))
    assert Alert.objects.get().recovered_at is None
    see(workspace, metric, concern(opens=False), days(2))
    see(workspace, metric, None, days(3))
    assert Alert.objects.get().recovered_at is None
    see(workspace, metric, None, days(4))
    alert = Alert.objects.get()
    assert alert.recovered_at == days(4)
    assert alert.closed_at is None
    see(workspace, metric, concern(opens=False), days(5))
    assert Alert.objects.get().recovered_at == days(4)
    see(workspace, metric, concern(), days(6))
    assert Alert.objects.get().recovered_at is None


def test_inside_the_band_nothing_begins(workspace):
    see(workspace, followed(workspace), concern(opens=False))
    assert not Alert.objects.exists()


def test_a_watch_that_becomes_a_stop_is_the_same_episode_and_mails_then(
    workspace, owner
):
    metric = followed(workspace, owner=owner)
    see(workspace, metric, concern(Rule.BLIND, Severity.WATCH))
    watch = Alert.objects.get()
    assert watch.is_quiet
    assert not Delivery.objects.exists()
    assert watch.evaluate_by == TODAY + timedelta(days=29)
    see(workspace, metric, concern(Rule.BLIND, Severity.STOP), days(4))
    stop = Alert.objects.get()
    assert (stop.pk, stop.severity) == (watch.pk, "stop")
    assert Delivery.objects.get().recipient == owner
    see(workspace, metric, concern(Rule.BLIND, Severity.WATCH), days(5))
    assert Alert.objects.get().severity == "stop"
    assert Delivery.objects.count() == 1


def test_advisors_hear_of_a_stop_within_a_day(workspace, owner, advisor, member):
    see(workspace, followed(workspace, owner=owner), concern())
    late = Delivery.objects.get(recipient=advisor).not_before
    assert NOW < late <= NOW + timedelta(hours=24)
    assert Delivery.objects.get(recipient=owner).not_before == NOW
    assert not Delivery.objects.filter(recipient=member).exists()


def test_what_was_decided_does_not_rise_again_on_the_old_evidence(workspace, owner):
    metric = followed(workspace, owner=owner)
    see(workspace, metric, concern(Rule.UPSIDE, Severity.REVIEW))
    quietly_decided(Alert.objects.get(), owner, days(1))
    see(workspace, metric, concern(Rule.UPSIDE, Severity.REVIEW), days(2))
    assert Alert.objects.count() == 1
    again = concern(Rule.UPSIDE, Severity.REVIEW, since=TODAY + timedelta(days=3))
    see(workspace, metric, again, days(4))
    assert Alert.objects.open().get().follows == Alert.objects.get(follows=None)


def test_a_review_leaves_the_forecast_alone(workspace, owner):
    metric = followed(workspace, owner=owner)
    see(workspace, metric, concern(Rule.UPSIDE, Severity.REVIEW))
    assert metric.forecasts.get().held_since is None
    quietly_decided(Alert.objects.get(), owner, days(1))
    assert Metric.objects.get().process_from is None


# --- metrics ---------------------------------------------------------------------
def test_numbers_that_stop_coming_are_watched_then_stop(workspace, owner):
    metric = followed(workspace, owner=owner, ended=1)
    make_interview(workspace, qualifies=True)
    sweep(workspace, now=days(2))
    assert rules() == []
    sweep(workspace, now=days(4))
    assert rules() == [("blind", "watch")]
    sweep(workspace, now=days(8))
    assert rules() == [("blind", "stop")]
    report(metric, [GOOD, GOOD], now=days(8))
    for day in (9, 10):
        sweep(workspace, now=days(day))
    assert Alert.objects.get().recovered_at == days(10)


def test_a_plan_made_easier_twice_stops_when_it_is_judged(workspace, owner):
    metric = followed(workspace, owner=owner)
    report(metric, [GOOD] * 6)
    ahead = [span for span in spans_of(metric) if span[0] > TODAY]
    for number, factor in enumerate(["0.95", "0.90"]):
        points = [PlannedPoint(*span, FORECAST * Decimal(factor)) for span in ahead]
        revise_forecast(
            metric.forecasts.get(),
            by=owner,
            now=days(number),
            points=points,
            reason="Slower.",
        )
    judge_metric(metric.pk, now=days(2))
    assert rules() == [("slip", "stop")]
    assert metric.forecasts.get().held_since


def test_a_required_rate_is_the_same_episode_as_drift(workspace, owner):
    metric = followed(workspace, owner=owner)
    report(metric, [2000] * 6)
    judge_metric(metric.pk, now=NOW)
    assert Alert.objects.get().family == "shortfall"


def test_a_goal_with_a_day_stops_by_its_own_rule_alone(workspace, owner):
    spans = [(TODAY - timedelta(days=9), TODAY - timedelta(days=9))]
    metric = followed(workspace, spans=spans, unit="0 or 1", kind=Metric.Kind.STOCK)
    report(metric, [0])
    judge_metric(metric.pk, now=NOW)
    assert rules() == [("stop_rule", "stop")]


# --- ventures --------------------------------------------------------------------
def settled(hypothesis, status, by, now=NOW):
    HypothesisStatus(
        workspace=hypothesis.workspace,
        hypothesis=hypothesis,
        status=status,
        by=by,
        at=now,
    ).save()


def test_a_critical_hypothesis_is_late_then_failed(workspace, owner):
    make_interview(workspace, qualifies=True)
    one = make_hypothesis(
        workspace, is_critical=True, decide_by=TODAY - timedelta(days=2)
    )
    settled(one, "registered", owner, NOW - timedelta(days=40))
    sweep_plans(workspace, now=NOW)
    assert rules() == [("hypothesis_late", "watch")]
    assert Alert.objects.get().subject_name == one.statement
    settled(one, "invalidated", owner, NOW)
    sweep_plans(workspace, now=days(1))
    assert rules() == [("hypothesis_late", "watch"), ("stop_rule", "stop")]
    assert Alert.objects.get(rule="stop_rule").name_in_mails == "a critical hypothesis"


def test_silence_is_watched_until_somebody_talks(workspace, owner):
    sweep_plans(workspace, now=NOW)
    make_interview(workspace, qualifies=True, held_at=NOW - timedelta(days=20))
    began = {"now": days(1)}
    sweep_plans(workspace, **began)
    assert [rule for rule, _ in rules()] == ["silence"]
    make_interview(workspace, qualifies=True, held_at=days(1))
    for day in (2, 3):
        sweep_plans(workspace, now=days(day))
    assert Alert.objects.get().recovered_at == days(3)


def checkpoint(workspace, by, **fields):
    return Checkpoint.objects.create(
        workspace=workspace,
        model_version=make_model_version(workspace),
        kind="first_customer_ship",
        by=by,
        created_at=NOW,
        **({"planned_on": TODAY + timedelta(days=60)} | fields),
    )


def test_a_date_put_off_twice_stops(workspace, owner):
    make_interview(workspace, qualifies=True)
    ship = checkpoint(workspace, owner)
    for number in (1, 2):
        sweep_plans(workspace, now=NOW)
        assert rules() == []
        Slip(
            workspace=workspace,
            checkpoint=ship,
            from_on=TODAY + timedelta(days=number),
            to_on=TODAY + timedelta(days=30 + number),
            reason="Later.",
            by=owner,
            recorded_at=NOW,
        ).save()
    sweep_plans(workspace, now=NOW)
    assert rules() == [("slip", "stop")]


def test_a_planned_stop_is_a_review_until_it_is_held(workspace, owner):
    make_interview(workspace, qualifies=True)
    ship = checkpoint(workspace, owner, reached_on=TODAY - timedelta(days=30))
    stop = ScheduledStop.objects.create(
        workspace=workspace, checkpoint=ship, days=30, due_on=TODAY, created_at=NOW
    )
    sweep_plans(workspace, now=NOW)
    alert = Alert.objects.get()
    assert alert.subject_name == "30 days after first customer ship"
    assert (alert.rule, alert.severity) == ("scheduled", "review")
    assert not Delivery.objects.exists()
    stop.held_on, stop.held_by = TODAY, owner
    stop.save()
    for day in (1, 2):
        sweep_plans(workspace, now=days(day))
    assert Alert.objects.get().recovered_at


@pytest.mark.parametrize(
    ("days_ago", "value", "raised"),
    [
        (14, 4, [("learning_gap", "watch")]),
        (13, 4, []),
        (30, 1, []),
    ],
)
def test_a_claim_ahead_of_the_evidence_is_watched(
    workspace, owner, days_ago, value, raised
):
    segment = make_segment(workspace)
    make_interview(workspace, qualifies=True, segment=segment)
    at = NOW - timedelta(days=days_ago)
    question = Question.objects.create(
        workspace=workspace,
        number=1,
        segment=segment,
        model_version=make_model_version(workspace),
        created_at=at,
    )
    Score(
        workspace=workspace,
        question=question,
        kind=Score.Kind.CLAIMED,
        value=value,
        reason="We have known this trade from the inside for years.",
        by=owner,
        round=1,
        supported=0,
        recorded_at=at,
    ).save()
    note_moment(workspace, at)
    sweep(workspace, now=NOW)
    assert rules() == raised


# --- the tick --------------------------------------------------------------------
def test_a_change_asks_again_at_once(workspace, owner, second_of_november):
    one = make_hypothesis(workspace, is_critical=True)
    settled(one, "invalidated", owner)
    entry = ActivityEntry(
        workspace=workspace,
        by=owner,
        verb="hypothesis.invalidated",
        subject_type=one._meta.label,
        subject_id=one.pk,
        data={},
        at=NOW,
    )
    entry.save()
    sweep_after(str(entry.pk))
    assert ("stop_rule", "stop") in rules()
