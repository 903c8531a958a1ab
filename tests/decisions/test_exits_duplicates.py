"""A second alert of one cause joins the first, and no way round a decision opens."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import ActivityEntry
from decisions.actions import (
    end_as_duplicate,
    end_as_false_data,
    judge_metric,
    record_decision,
    save_step,
    snooze,
)
from decisions.errors import DecidedError
from decisions.models import Alert, Decision, SideExit
from tests.decisions.cases import (
    BAD,
    LATER,
    REASONS,
    decide,
    follow_up,
    report,
    stop_on,
)
from tests.decisions.exits import (
    HOUR,
    REASON,
    SAME,
    SOON,
    as_double,
    as_false,
    is_held,
    latest,
    lower,
    open_ones,
    put_right,
    raise_on,
    raise_watch,
    state_of,
)
from tests.factories import NOW, TODAY, make_hypothesis, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


@pytest.fixture
def other(workspace, owner, alert):
    return stop_on(workspace, owner=owner, now=SOON)


# --- duplicates --------------------------------------------------------------------
def test_a_duplicate_ends_and_its_forecast_stays_held(alert, other, owner):
    row = as_double(other, alert, owner)

    other.refresh_from_db()
    assert (other.state, other.closed_at, other.covered_by) == (
        "duplicate",
        SOON,
        None,
    )
    assert (row.doubles, row.reason, row.by) == (alert, SAME, owner)
    assert open_ones() == {alert}
    with pytest.raises(ValidationError):
        lower(other, owner)


def test_nothing_raises_it_while_the_other_is_open(alert, other, owner):
    as_double(other, alert, owner)
    report(other.metric, [BAD], now=SOON + HOUR)

    judged = judge_metric(other.metric_id, now=SOON + HOUR)

    assert judged.raised is None
    assert open_ones() == {alert}


def test_the_decision_on_the_other_covers_it(alert, other, owner):
    as_double(other, alert, owner)
    later = SOON + HOUR

    decision = decide(alert, by=owner, now=later)

    other.refresh_from_db()
    assert (other.state, other.covered_by, other.closed_at) == (
        "duplicate",
        decision,
        later,
    )
    assert not is_held(other)
    assert judge_metric(other.metric_id, now=later).raised is None  # a new record began
    assert Decision.objects.count() == 1
    assert ActivityEntry.objects.filter(verb="alert.covered").count() == 1


def test_old_evidence_does_not_raise_what_was_covered(workspace, owner, alert):
    about = make_hypothesis(workspace, by=owner, is_critical=True)
    failed = raise_on(workspace, about, NOW)
    as_double(failed, alert, owner)
    assert raise_on(workspace, about, SOON) is None

    decide(alert, by=owner, now=SOON)

    assert raise_on(workspace, about, SOON + HOUR) is None
    assert open_ones() == set()


def test_it_waits_again_when_the_other_ends_as_false_data(alert, other, owner):
    as_double(other, alert, owner)
    put_right(alert)

    as_false(alert, owner)

    other.refresh_from_db()
    assert (other.state, other.closed_at) == ("raised", None)
    assert is_held(other)
    assert open_ones() == {other}


def test_doubles_of_doubles_are_covered_and_reopened_together(
    workspace, alert, other, owner
):
    third = stop_on(workspace, owner=owner, now=SOON)
    as_double(third, other, owner)
    as_double(other, alert, owner)

    decision = decide(alert, by=owner, now=SOON)

    covered = Alert.objects.filter(covered_by=decision)
    assert set(covered) == {other, third}


def test_reopening_brings_back_only_the_next_one(workspace, alert, other, owner):
    third = stop_on(workspace, owner=owner, now=SOON)
    as_double(third, other, owner)
    as_double(other, alert, owner)
    put_right(alert)

    as_false(alert, owner)

    assert (state_of(other), state_of(third)) == ("raised", "duplicate")
    decision = decide(other, by=owner, now=SOON)
    third.refresh_from_db()
    assert third.covered_by == decision


def test_it_may_be_ended_once_more_after_it_came_back(alert, other, owner, workspace):
    as_double(other, alert, owner)
    put_right(alert)
    as_false(alert, owner)
    third = stop_on(workspace, owner=owner, now=SOON)

    as_double(other, third, owner, now=SOON + HOUR)
    decide(third, by=owner, now=SOON + HOUR)

    other.refresh_from_db()
    assert other.covered_by == third.decision
    assert SideExit.objects.filter(alert=other).count() == 2


def test_the_earlier_day_stands(alert, other, owner):
    Alert.objects.filter(pk=other.pk).update(evaluate_by=TODAY)
    other.refresh_from_db()

    as_double(other, alert, owner)

    alert.refresh_from_db()
    assert alert.evaluate_by == TODAY


def test_what_grows_graver_than_the_other_waits_for_itself(workspace, owner):
    first, second = (make_hypothesis(workspace, by=owner) for _ in range(2))
    watches = [raise_watch(workspace, one) for one in (first, second)]
    as_double(watches[1], watches[0], owner)
    assert raise_on(workspace, second, SOON + HOUR) == watches[1]

    watches[1].refresh_from_db()
    assert (watches[1].state, watches[1].severity) == ("raised", "stop")
    assert watches[1].grown_at == SOON + HOUR


# --- attacks -----------------------------------------------------------------------
def test_no_alert_that_does_not_exist_is_closed_or_is_another_ventures(
    alert, other, owner
):
    foreign = stop_on(make_workspace(), owner=owner)
    decide(other, by=owner, now=SOON)

    for forged in (alert, foreign, other, None):
        with pytest.raises(ValidationError):
            as_double(alert, forged, owner)

    assert state_of(alert) == "raised"


def test_no_stop_hides_behind_a_watch(workspace, alert, owner):
    watch = raise_watch(workspace, make_hypothesis(workspace, by=owner))

    with pytest.raises(ValidationError):
        as_double(alert, watch, owner)


def test_two_do_not_end_each_other(alert, other, owner):
    as_double(other, alert, owner)

    with pytest.raises(ValidationError):
        as_double(alert, other, owner)


def test_neither_after_an_end(alert, other, owner):
    as_double(other, alert, owner)

    with pytest.raises(DecidedError) as late:
        as_double(other, alert, owner)
    assert late.value.decision is None
    with pytest.raises(DecidedError):
        as_false(other, owner)
    decision = decide(alert, by=owner, now=SOON)
    with pytest.raises(DecidedError) as late:
        as_double(other, alert, owner)
    assert late.value.decision == decision


def test_nothing_is_written_on_what_was_set_aside(alert, other, owner):
    as_double(other, alert, owner)

    for late in (
        lambda: save_step(other, by=owner, step=1, values={}, rev=0, now=SOON),
        lambda: snooze(other, by=owner, until=LATER, reason=REASON, now=SOON),
        lambda: record_decision(
            other,
            by=owner,
            now=SOON,
            kind="stop",
            reasons=REASONS,
            review_on=LATER,
            follow_ups=(follow_up(owner),),
        ),
    ):
        with pytest.raises(DecidedError):
            late()


@pytest.mark.parametrize("reason", ["", "Wrong.", "⁠" * 60, " . " * 10])
def test_both_say_why(alert, other, owner, reason):
    put_right(alert)
    with pytest.raises(ValidationError):
        end_as_false_data(
            alert, by=owner, correction=latest(alert), reason=reason, now=SOON
        )
    with pytest.raises(ValidationError):
        end_as_duplicate(other, by=owner, doubles=alert, reason=reason, now=SOON)

    assert open_ones() == {alert, other}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "false_data", "closed_at": None},
        {"state": "duplicate", "closed_at": None},
        {"state": "raised", "closed_at": NOW},
    ],
)
def test_the_database_knows_what_an_end_is(alert, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**values)


def test_an_exit_without_its_ground_is_refused_by_the_database(alert, owner):
    for kind, ground in (
        ("false_data", {}),
        ("duplicate", {}),
        ("duplicate", {"doubles": alert}),
        ("false_data", {"doubles": alert}),
    ):
        row = SideExit(
            workspace=alert.workspace,
            alert=alert,
            kind=kind,
            reason=REASON,
            by=owner,
            ended_at=NOW,
            **ground,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
