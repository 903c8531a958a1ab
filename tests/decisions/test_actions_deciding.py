"""Nothing but a recorded decision closes an episode, and it is recorded once."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core.models import ActivityEntry
from decisions.actions import judge_metric, record_decision, save_step
from decisions.errors import DecidedError, IncompleteError
from decisions.models import Alert, Decision, Evaluation
from forecasts.actions import close_metric, edit_metric, revise_forecast
from forecasts.actions.plans import PlannedPoint
from forecasts.models import Forecast, Metric, Standing
from milestones.conflicts import OutdatedError
from tests.decisions.cases import (
    BAD,
    DEPENDS,
    GOOD,
    LATER,
    REASONS,
    correct,
    decide,
    evaluate,
    follow_up,
    report,
    spans_of,
    stop_on,
)
from tests.factories import NOW, TODAY, make_interview, make_person, make_quote

pytestmark = pytest.mark.django_db

STOP = {"kind": "stop", "reasons": REASONS, "review_on": LATER}
EARLY = {"belief": "8,000 a day"}


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


def lowered(metric):
    ahead = [span for span in spans_of(metric) if span[0] > TODAY]
    return [PlannedPoint(*span, Decimal(BAD)) for span in ahead]


def test_a_decision_closes_releases_and_begins_anew(alert, founder):
    later = NOW + timedelta(hours=2)
    evaluate(alert, by=founder)

    decision = record_decision(
        alert, by=founder, follow_ups=(follow_up(founder),), now=later, **STOP
    )

    alert.refresh_from_db()
    metric = Metric.objects.get()
    assert (alert.state, alert.closed_at) == ("following_up", later)
    assert (decision.by, decision.decided_at) == (founder, later)
    assert Forecast.objects.get().held_since is None
    assert metric.process_from == TODAY + timedelta(days=7)
    assert metric.evidence_rev == 4
    entry = ActivityEntry.objects.get(verb="decision.recorded")
    assert (entry.by, entry.subject_id) == (founder, decision.pk)
    assert REASONS not in json.dumps(entry.data)


def test_the_snapshot_freezes_numbers_scores_and_evaluation(alert, owner):
    decision = decide(alert, by=owner)

    Metric.objects.update(name="Renamed")
    correct(alert.metric, 0, 1)
    kept = Decision.objects.get(pk=decision.pk).snapshot
    assert kept["taken_at"] == NOW.isoformat()
    assert kept["metric"]["name"] == alert.metric.name
    assert [row["actual"] for row in kept["series"][:4]] == [
        "2000.000000",
        "2000.000000",
        "2000.000000",
        None,
    ]
    assert {row["forecast"] for row in kept["series"]} == {"8000.000000"}
    assert [one["question"] for one in kept["scores"]] == list(range(1, 12))
    assert kept["evaluation"]["questions"] == [6, 10]
    assert kept["evaluation"]["belief"] == "We believed 8,000 orders a day."
    assert kept["observations"][0]["state"] == "stop"
    assert kept["alert"]["reason"] == alert.reason


def test_an_incomplete_evaluation_is_refused_with_everything_it_lacks(alert, owner):
    save_step(alert, by=owner, step=1, values=EARLY, rev=0, now=NOW)

    with pytest.raises(IncompleteError) as refusal:
        record_decision(
            alert, by=owner, now=NOW, kind="stop", reasons="", review_on=None
        )

    assert [one.step for one in refusal.value.missing] == [
        2,
        2,
        3,
        3,
        3,
        4,
        4,
        4,
        5,
        5,
        5,
    ]
    assert Decision.objects.count() == 0
    assert Alert.objects.get().closed_at is None
    assert Forecast.objects.get().held_since == NOW


@pytest.mark.parametrize(
    ("held", "fields", "is_enough"),
    [
        (timedelta(hours=1), {}, True),
        (timedelta(hours=-1), {}, False),
        (timedelta(hours=1), {"qualifies": False}, False),
        (timedelta(hours=1), {"state": "draft"}, False),
    ],
)
def test_only_a_qualifying_talk_since_the_alert_counts(
    alert, owner, held, fields, is_enough
):
    evaluation = evaluate(alert, by=owner)
    evaluation.no_talk_reason, evaluation.customers_say = "", "They order once."
    evaluation.save(update_fields=["no_talk_reason", "customers_say"])
    talk = {"held_at": NOW + held, "qualifies": True} | fields
    interview = make_interview(
        alert.workspace, people=[make_person(alert.workspace)], by=owner, **talk
    )
    make_quote(interview)

    assert lacking_steps(alert, by=owner) == ([] if is_enough else [3])


def lacking_steps(alert, *, by):
    """Of an attempt to decide a day later."""
    try:
        record_decision(
            alert,
            by=by,
            follow_ups=(follow_up(by),),
            now=NOW + timedelta(days=1),
            **STOP,
        )
    except IncompleteError as refusal:
        return [one.step for one in refusal.missing]
    return []


def test_the_second_decision_is_told_of_the_first(alert, owner, founder):
    first = decide(alert, by=owner)

    with pytest.raises(DecidedError) as late:
        record_decision(
            alert, by=founder, follow_ups=(follow_up(founder),), now=NOW, **STOP
        )

    assert late.value.decision == first
    assert Decision.objects.count() == 1


def test_a_decision_on_an_evaluation_that_moved_is_refused(alert, owner, founder):
    rev = evaluate(alert, by=owner).rev
    save_step(alert, by=founder, step=1, values=EARLY, rev=rev, now=NOW)

    with pytest.raises(OutdatedError) as conflict:
        record_decision(
            alert, by=owner, follow_ups=(follow_up(owner),), now=NOW, rev=rev, **STOP
        )

    assert conflict.value.latest.saved_by == founder
    assert Decision.objects.count() == 0


def test_decisions_are_never_changed_or_deleted(alert, owner):
    decision = decide(alert, by=owner)
    decision.reasons = "Something else."

    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        Decision.objects.all().delete()
    for sql in (
        "UPDATE decisions_decision SET kind = 'pivot'",
        "DELETE FROM decisions_decision",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_the_database_takes_one_decision_for_an_alert(alert, owner):
    first = decide(alert, by=owner)
    first.pk = None
    first._state.adding = True

    with pytest.raises(DatabaseError), transaction.atomic():
        first.save()


def test_the_forecast_cannot_be_made_easier_while_a_stop_is_open(alert, owner):
    plan, points = Forecast.objects.get(), lowered(alert.metric)

    with pytest.raises(ValidationError, match="until a decision"):
        revise_forecast(plan, by=owner, now=NOW, points=points, reason="It was high.")
    decide(alert, by=owner, kind="adjust_forecast", new_share=80)
    revise_forecast(plan, by=owner, now=NOW, points=points, reason="As decided.")

    assert plan.revisions.count() == 2


def by_time(alert, owner):
    judge_metric(alert.metric_id, now=NOW + timedelta(days=400))


def by_recovery(alert, owner):
    report(alert.metric, [GOOD] * 3)
    judge_metric(alert.metric_id, now=NOW)


def by_correction(alert, owner):
    for number in range(3):
        correct(alert.metric, number, GOOD)
    judge_metric(alert.metric_id, now=NOW)


def by_evaluation(alert, owner):
    evaluate(alert, by=owner)
    judge_metric(alert.metric_id, now=NOW)


def by_wider_tolerance(alert, owner):
    with pytest.raises(ValidationError):
        edit_metric(alert.metric, by=owner, now=NOW, tolerance=Decimal("0.6"))


def by_calling_it_vanity(alert, owner):
    with pytest.raises(ValidationError):
        edit_metric(alert.metric, by=owner, now=NOW, is_vanity=True)


def by_closing_the_metric(alert, owner):
    with pytest.raises(ValidationError):
        close_metric(alert.metric, by=owner, now=NOW)


def by_database_state(alert, owner):
    with pytest.raises(DatabaseError), transaction.atomic():
        Alert.objects.update(state="closed")


@pytest.mark.parametrize(
    "attempt",
    [
        by_time,
        by_recovery,
        by_correction,
        by_evaluation,
        by_wider_tolerance,
        by_calling_it_vanity,
        by_closing_the_metric,
        by_database_state,
    ],
)
def test_nothing_else_closes_it(alert, owner, attempt):
    attempt(alert, owner)

    alert.refresh_from_db()
    assert alert.closed_at is None
    assert alert.state in ("raised", "evaluating")
    assert Standing.objects.get().state == "stop"
    assert Forecast.objects.get().held_since == NOW


def test_steps_are_kept_in_any_order(alert, owner, founder):
    save_step(
        alert,
        by=owner,
        step=4,
        values=DEPENDS | {"depends": "A lease."},
        rev=0,
        now=NOW,
    )
    evaluation = save_step(alert, by=founder, step=1, values=EARLY, rev=1, now=NOW)

    alert.refresh_from_db()
    assert alert.state == "evaluating"
    assert (evaluation.rev, evaluation.saved_by) == (2, founder)
    assert (evaluation.depends, evaluation.belief) == ("A lease.", "8,000 a day")
    assert ActivityEntry.objects.filter(verb="evaluation.started").count() == 1


def test_two_people_on_two_steps_do_not_disturb_each_other(alert, owner, founder):
    save_step(alert, by=owner, step=1, values=EARLY, rev=0, now=NOW)

    save_step(
        alert,
        by=founder,
        step=4,
        values=DEPENDS | {"depends": "A lease."},
        rev=0,
        now=NOW,
    )

    assert Evaluation.objects.get().rev == 2


def test_two_people_on_one_step_do(alert, owner, founder):
    save_step(alert, by=owner, step=1, values=EARLY, rev=0, now=NOW)

    with pytest.raises(OutdatedError) as conflict:
        save_step(alert, by=founder, step=1, values={"belief": "B"}, rev=0, now=NOW)

    assert conflict.value.latest.belief == "8,000 a day"


def test_a_closed_alert_takes_no_step(alert, owner):
    decision = decide(alert, by=owner)

    with pytest.raises(DecidedError) as late:
        save_step(alert, by=owner, step=1, values=EARLY, rev=5, now=NOW)

    assert late.value.decision == decision
