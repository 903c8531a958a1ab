"""The sweep: what is due is judged, once, and one broken metric costs only itself."""

import logging
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from decisions.actions import judge_due, judge_metric
from decisions.actions import judging as judging_module
from decisions.models import Alert
from forecasts.actions import edit_metric
from forecasts.models import Metric, Standing
from tests.decisions.cases import (
    BAD,
    GOOD,
    LATER,
    correct,
    decide,
    follow,
    report,
    stop_on,
)
from tests.factories import (
    NOW,
    make_metric,
    make_workspace,
)

pytestmark = pytest.mark.django_db


def standing_of(metric):
    return Standing.objects.get(metric=metric)


def test_evidence_that_moves_while_it_is_judged_stays_due(workspace, owner):
    metric = follow(workspace)
    report(metric, [BAD, BAD, BAD])
    [(before, finding)] = judging_module.read_and_judge([metric.pk], NOW)
    correct(metric, 0, GOOD)

    judged = judging_module.settle(before, finding, now=NOW)

    assert not judged.is_kept
    assert Alert.objects.count() == Standing.objects.count() == 0
    assert judging_module.due_ids(NOW) == [metric.pk]


def test_a_second_episode_is_refused_by_the_database(workspace, owner):
    alert = stop_on(workspace)
    alert.pk = None
    alert._state.adding = True

    with pytest.raises(IntegrityError):
        alert.save()


def test_the_loser_of_a_race_observes_instead(workspace, owner, monkeypatch):
    """Another worker's alert appears between the look and the insert."""
    alert = stop_on(workspace)
    report(alert.metric, [BAD])
    [(metric, finding)] = judging_module.read_and_judge([alert.metric_id], NOW)
    answers = iter([None])
    real = judging_module.open_episode
    monkeypatch.setattr(
        judging_module, "open_episode", lambda metric: next(answers, real(metric))
    )

    judged = judging_module.settle(metric, finding, now=NOW)

    assert judged.raised is None
    assert Alert.objects.count() == 1
    assert alert.observations.count() == 2


def test_the_sweep_judges_what_is_due_and_only_that(workspace, owner):
    bad, good = follow(workspace), follow(workspace)
    report(bad, [BAD, BAD, BAD])
    report(good, [GOOD, GOOD, GOOD])
    silent = make_metric(workspace)

    first, second = judge_due(NOW), judge_due(NOW)

    assert first == {"judged": 3, "raised": 1, "planned": 1}
    assert second == {"judged": 0, "raised": 0, "planned": 0}
    assert standing_of(silent).state == "unjudged"


@pytest.mark.parametrize(
    ("zone", "hours", "is_due"),
    [
        ("UTC", 6 * 24 + 11, True),
        ("UTC", 6 * 24 + 10, False),
        ("Pacific/Kiritimati", 6 * 24 - 3, True),
        ("Pacific/Kiritimati", 6 * 24 - 4, False),
        ("America/Los_Angeles", 6 * 24 + 18, False),
        ("America/Los_Angeles", 6 * 24 + 19, True),
    ],
)
def test_a_metric_is_due_again_when_a_period_ends_in_its_venture(zone, hours, is_due):
    """The week of 2 November ends with Sunday the 8th, by the venture's own clock."""
    metric = follow(make_workspace(timezone=zone))
    report(metric, [GOOD])
    judge_metric(metric.pk, now=NOW)

    later = NOW + timedelta(hours=hours)

    assert (metric.pk in judging_module.due_ids(later)) == is_due
    judge_due(later)
    assert judging_module.due_ids(later) == []


def test_after_a_decision_nothing_stays_due_for_ever(workspace, owner):
    alert = stop_on(workspace)
    decide(alert, by=owner)

    judge_due(NOW)

    assert judging_module.due_ids(NOW) == []


def test_one_broken_metric_does_not_stop_the_others(
    workspace, owner, monkeypatch, caplog
):
    broken, bad = follow(workspace), follow(workspace)
    for metric in (broken, bad):
        report(metric, [BAD, BAD, BAD])
    real = judging_module.case_of

    def case_of(history, *args, **kwargs):
        if history.name == broken.name:
            raise ZeroDivisionError("2000 / 0")
        return real(history, *args, **kwargs)

    monkeypatch.setattr(judging_module, "case_of", case_of)

    with caplog.at_level(logging.ERROR):
        counts = judge_due(NOW)

    assert counts == {"judged": 1, "raised": 1, "planned": 1}
    assert judging_module.due_ids(NOW) == [broken.pk]
    [line] = caplog.messages
    assert line.startswith(
        f"metric {broken.pk} was not judged: ZeroDivisionError at case"
    )
    assert "2000" not in line


def test_a_metric_that_is_gone_is_nothing(db):
    assert judge_metric("0" * 32, now=NOW) is None


def test_closing_a_metric_before_it_is_judged_hides_nothing(workspace, owner):
    metric = follow(workspace)
    report(metric, [BAD, BAD, BAD])
    Metric.objects.filter(pk=metric.pk).update(closed_at=NOW)

    judge_due(NOW)

    assert Alert.objects.get().metric == metric


def test_a_changed_tolerance_is_judged_anew(workspace, owner):
    metric = follow(workspace)
    report(metric, [GOOD, GOOD])
    judge_due(NOW)

    edit_metric(metric, by=owner, now=NOW, tolerance=Decimal("0.050"))

    assert judging_module.due_ids(NOW) == [metric.pk]


def test_a_chunk_is_read_with_the_same_queries_however_large(workspace, owner):
    def queries(metrics):
        ids = [metric.pk for metric in metrics]
        with CaptureQueriesContext(connection) as captured:
            judging_module.read_and_judge(ids, NOW)
        return len(captured)

    metrics = [follow(workspace) for _number in range(6)]
    for metric in metrics:
        report(metric, [GOOD])

    assert queries(metrics[:1]) == queries(metrics) == 7


def test_a_decision_that_reaches_far_is_kept_apart(workspace, owner):
    """Judging twice after a decision leaves the closed episode as it was."""
    alert = stop_on(workspace)
    decide(alert, by=owner, review_on=LATER)
    before = alert.observations.count()

    judge_due(NOW)
    judge_due(NOW + timedelta(days=7))

    assert alert.observations.count() == before
