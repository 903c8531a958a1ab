"""Goals and kill criteria with a day, planned stops, and whether we still learn."""

from datetime import date, timedelta

import pytest

from decisions.alerting import Family, Rule, Severity
from decisions.rules.learning import (
    Asked,
    Step,
    hypothesis_late,
    learning_gap,
    signal_contradicts,
    silence,
)
from decisions.rules.planned import (
    Criterion,
    kill_criterion,
    quarterly,
    scheduled_stop,
    unmet_goal,
)
from decisions.rules.thresholds import DEFAULTS, Thresholds
from tests.decisions.rule_cases import record, spans

DAY = date(2026, 11, 2)


def ago(days):
    return DAY - timedelta(days=days)


def test_every_rule_has_a_family():
    assert {rule.code: rule.family for rule in Rule} == {
        "collapse": Family.SHORTFALL,
        "drift": Family.SHORTFALL,
        "required_rate": Family.SHORTFALL,
        "slip": Family.PLAN,
        "blind": Family.BLIND,
        "upside": Family.UPSIDE,
        "stop_rule": Family.STOP_RULE,
        "learning_gap": Family.LEARNING,
        "signal_contradicts": Family.LEARNING,
        "hypothesis_late": Family.LEARNING,
        "silence": Family.LEARNING,
        "scheduled": Family.SCHEDULED,
        "money_first": Family.MONEY_FIRST,
    }


def test_severities_stand_in_an_order():
    assert Severity.STOP.is_graver_than("watch")
    assert Severity.WATCH.is_graver_than("review")
    assert not Severity.WATCH.is_graver_than("watch")
    assert not Severity.REVIEW.is_graver_than("stop")


@pytest.mark.parametrize(
    ("actuals", "fields", "raised"),
    [
        ([0], {"unit": "0 or 1"}, True),
        ([1], {"unit": "0 or 1"}, False),
        ([None], {"unit": "0 or 1"}, False),
        ([0], {"unit": "orders"}, False),
        ([0], {"unit": "0 or 1", "is_vanity": True}, False),
        ([0], {"unit": "0 or 1", "as_of": spans(1)[0][1]}, False),
    ],
)
def test_goal(actuals, fields, raised):
    said = unmet_goal(record([1], actuals, kind="stock", **fields))
    assert (said is not None) is raised


@pytest.mark.parametrize(
    ("state", "decide_by", "moved", "answered", "raised"),
    [
        ("registered", ago(1), ago(30), None, False),
        ("validated", ago(1), ago(3), None, False),
        ("abandoned", ago(1), ago(3), None, False),
        ("invalidated", ago(-20), ago(3), None, True),
        ("invalidated", ago(1), ago(3), ago(3), False),
        ("invalidated", ago(1), ago(3), ago(4), True),
        ("inconclusive", ago(0), ago(3), None, False),
        ("inconclusive", ago(1), ago(3), None, True),
    ],
)
def test_kill_criterion(state, decide_by, moved, answered, raised):
    criterion = Criterion(state, decide_by, moved, answered_on=answered)
    said = kill_criterion(criterion, DAY)
    assert (said is not None) is raised
    if said:
        assert (said.rule, said.severity) == (Rule.STOP_RULE, Severity.STOP)


def test_planned_stop_is_a_review_from_its_day_on():
    assert scheduled_stop(ago(-1), None, DAY) is None
    assert scheduled_stop(DAY, None, DAY).severity is Severity.REVIEW
    assert scheduled_stop(ago(5), ago(1), DAY) is None


def test_a_look_at_the_whole_is_due_after_a_quarter():
    assert quarterly(ago(90), DAY, DEFAULTS) is None
    assert quarterly(ago(91), DAY, DEFAULTS).since == DAY


# --- learning --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], None),
        ([Step(ago(14), 4, 2)], (ago(14), True)),
        ([Step(ago(13), 4, 2)], (ago(13), False)),
        ([Step(ago(90), 3, 2)], None),
        ([Step(ago(90), None, 0)], None),
        # a day in between on which it was closed begins it anew
        (
            [Step(ago(90), 4, 2), Step(ago(9), 3, 2), Step(ago(8), 4, 2)],
            (ago(8), False),
        ),
        ([Step(ago(90), 4, 2), Step(ago(9), 5, 2)], (ago(90), True)),
        ([Step(ago(90), 4, 2), Step(ago(1), 4, 3)], None),
    ],
)
def test_gap_between_claim_and_support(steps, found):
    said = learning_gap(Asked(steps), DAY, DEFAULTS)
    since = said and (said.since - timedelta(days=14), said.opens)
    assert since == found


@pytest.mark.parametrize(
    ("claimed", "contradicted", "raised"),
    [(4, True, True), (5, True, True), (3, True, False), (4, False, False)],
)
def test_signal_against_a_high_claim(claimed, contradicted, raised):
    asked = Asked([Step(ago(3), claimed, 3, is_contradicted=contradicted)])
    assert (signal_contradicts(asked, DAY, DEFAULTS) is not None) is raised


@pytest.mark.parametrize(
    ("state", "days", "raised"),
    [
        ("registered", 0, False),
        ("registered", 1, True),
        ("testing", 1, True),
        ("invalidated", 1, False),
        ("draft", 1, False),
    ],
)
def test_late_hypothesis(state, days, raised):
    said = hypothesis_late(Criterion(state, ago(days), ago(60)), DAY)
    assert (said is not None) is raised


def test_what_money_hangs_on_stops():
    asked = Asked([Step(ago(30), 5, 1, is_contradicted=True)], has_commitment=True)
    late = Criterion("testing", ago(3), ago(60), has_commitment=True)
    found = [
        learning_gap(asked, DAY, DEFAULTS),
        signal_contradicts(asked, DAY, DEFAULTS),
        hypothesis_late(late, DAY),
    ]
    assert {one.severity for one in found} == {Severity.STOP}


@pytest.mark.parametrize(
    ("last", "began", "raised"),
    [
        (ago(20), ago(90), False),
        (ago(21), ago(90), True),
        (None, ago(20), False),
        (None, ago(21), True),
    ],
)
def test_silence(last, began, raised):
    said = silence(last, began, DAY, DEFAULTS)
    assert (said is not None) is raised
    if said:
        assert said.severity is Severity.WATCH
        assert "21 days ago" in said.reason


def test_a_venture_may_set_its_own():
    assert silence(ago(10), ago(90), DAY, Thresholds(silence_days=10))
