"""Questions 9 to 11."""

from datetime import timedelta
from decimal import Decimal

import pytest

from discovery.actions import register_hypothesis
from discovery.models import HypothesisStatus
from forecasts.models import Point, Revision
from milestones.actions import link_evidence
from milestones.models import Checkpoint, ScheduledStop
from milestones.support import Verdict
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_forecast,
    make_hypothesis,
    make_metric,
    make_model_version,
    weeks,
)
from tests.milestones.rows import question
from tests.milestones.signals.cases import BEFORE, LATER, signal

LONG_AGO = NOW - timedelta(weeks=60)


def metric_of(workspace, name="Price", kind="money", **fields):
    return make_metric(workspace, name, kind=kind, unit="$", **fields)


def followed(workspace, values, *, band=(80, 120), **fields):
    """A metric promised at 100 every week; None is a number that did not come."""
    fields = {"created_at": LONG_AGO} | fields
    metric = make_metric(workspace, **fields)
    spans = weeks(TODAY - timedelta(weeks=len(values)), len(values))
    points = [(*span, 100, *band) for span in spans]
    forecast = make_forecast(metric, points, registered_at=LONG_AGO)
    for (start, end), value in zip(spans, values, strict=True):
        if value is not None:
            make_actual(metric, start, end, value)
    return forecast


def revise(forecast, expected):
    revision = Revision(
        workspace=forecast.workspace,
        forecast=forecast,
        number=1,
        reason="We know better.",
        registered_at=BEFORE,
    )
    revision.save()
    for point in Point.objects.filter(revision__forecast=forecast, revision__number=0):
        Point(
            workspace=forecast.workspace,
            revision=revision,
            period_start=point.period_start,
            period_end=point.period_end,
            expected=Decimal(expected),
        ).save()


# --- 9 -----------------------------------------------------------------------------
def test_without_money_or_ratios_nothing_is_graded(workspace, segment):
    make_metric(workspace, "Orders")
    metric_of(workspace, "Downloads worth", is_vanity=True)

    found = signal(workspace, 9, "graded_inputs")

    assert found.sentence == "No metric counts money or a ratio yet."
    assert found.lacks.startswith("Metrics marked as inputs")


def test_inputs_are_graded_by_the_evidence_their_numbers_are(
    workspace, segment, founder
):
    metrics = [metric_of(workspace, name) for name in ("Price", "Margin", "Cost")]
    later = TODAY - timedelta(days=1)
    week = (TODAY - timedelta(days=14), TODAY - timedelta(days=8))
    actuals = [make_actual(one, *week, 12) for one in metrics]
    make_actual(metrics[0], later, later, 15)
    for actual, grade in zip(actuals, (4, 6, 3), strict=True):
        link_evidence(
            question(workspace, 9),
            by=founder,
            actual=actual,
            stance="supports",
            grade=grade,
            now=NOW,
        )
    speaks_against = {"actual": actuals[2], "stance": "contradicts", "grade": 5}
    link_evidence(question(workspace, 9), by=founder, now=NOW, **speaks_against)

    found = signal(workspace, 9, "graded_inputs")
    assert found.sentence.startswith("2 of 3 inputs rest on something seen")
    assert set(found.rows) == {
        ("Price", "$15", "E4", "–"),
        ("Margin", "$12", "E6", "–"),
        ("Cost", "$12", "E3", "E5"),
    }
    assert found.header[2:] == ("Best for it", "Best against it")
    assert found.verdict == Verdict.CANNOT_SAY

    link_evidence(
        question(workspace, 9),
        by=founder,
        actual=actuals[2],
        stance="supports",
        grade=4,
        now=LATER,
    )
    assert signal(workspace, 9, "graded_inputs", LATER).verdict == Verdict.SUPPORTS
    assert signal(workspace, 9, "graded_inputs").verdict == Verdict.CANNOT_SAY


# --- 10 ----------------------------------------------------------------------------
def test_without_a_forecast_nothing_is_calibrated(workspace, segment):
    make_metric(workspace)

    assert signal(workspace, 10, "calibration").lacks == "Forecasts."


@pytest.mark.parametrize(
    ("inside", "outside", "verdict", "words"),
    [
        (8, 1, Verdict.CANNOT_SAY, "Fewer than 10 periods: too few to say."),
        (9, 1, Verdict.SUPPORTS, "worse than promised."),
        (6, 4, Verdict.CANNOT_SAY, "worse than promised."),
        (4, 6, Verdict.CONTRADICTS, "worse than promised."),
        (20, 0, Verdict.CANNOT_SAY, "The ranges are wider than they need be."),
    ],
)
def test_eight_in_ten_are_expected_inside(
    workspace, segment, inside, outside, verdict, words
):
    followed(workspace, [100] * inside + [50] * outside)

    found = signal(workspace, 10, "calibration")

    assert found.verdict == verdict
    assert words in found.sentence
    assert found.rows[0][1] == f"{inside} of {inside + outside}"
    assert found.is_instrument is (inside + outside >= 10)


def test_metrics_are_counted_together_and_their_bias_apart(workspace, segment):
    followed(workspace, [100, 50], name="Orders")
    followed(workspace, [110, 110], name="Cost", direction="lower")
    followed(workspace, [90, 90], name="Churn", direction="lower")
    followed(workspace, [9, 9], name="Downloads", is_vanity=True)
    followed(workspace, [100], name="Vague", band=(1, 200))

    found = signal(workspace, 10, "calibration")

    assert found.sentence == (
        "5 of 6 numbers lie in the range promised first, where 8 of 10 should. The 95 % "
        "interval is 44–97 %. Fewer than 10 periods: too few to say. 2 of 3 metrics came "
        "out worse than promised. Left out: 0 planned too late, 0 estimated, 1 with a range "
        "that says nothing."
    )
    assert set(found.rows) == {
        ("Orders", "1 of 2", "−25 %", "0"),
        ("Cost", "2 of 2", "+10 %", "0"),
        ("Churn", "2 of 2", "−10 %", "0"),
        ("Vague", "0 of 0", "–", "1"),
    }
    assert found.lacks == "4 more periods with a number, to reach 10."
    assert signal(workspace, 10, "calibration", now=BEFORE).figure is None


@pytest.mark.parametrize(
    ("values", "verdict", "sentence"),
    [
        ([100, 100], "supports", "0 of 2 periods that are over have no number."),
        ([100, None], "cannot_say", "1 of 2 periods that are over have no number."),
        (
            [None, None, 9],
            "contradicts",
            "2 of 3 periods that are over have no number.",
        ),
    ],
)
def test_numbers_that_did_not_come(workspace, segment, values, verdict, sentence):
    followed(workspace, values, name="Orders")
    followed(workspace, [None] * 5, closed_at=BEFORE, name="Given up")

    found = signal(workspace, 10, "overdue_numbers")

    assert (found.verdict, found.sentence) == (verdict, sentence)
    missing = values.count(None)
    rows = (("Orders", f"{missing} of {len(values)}"),) if missing else ()
    assert found.rows == rows


def test_nothing_is_overdue_before_a_period_is_over(workspace, segment):
    metric = make_metric(workspace)
    make_forecast(metric, [(TODAY, TODAY + timedelta(days=6), 100)])

    found = signal(workspace, 10, "overdue_numbers")

    assert found.sentence == "No period with a forecast is over yet."


@pytest.mark.parametrize(
    ("expected", "verdict", "change"),
    [(75, "contradicts", "−25 %"), (76, "cannot_say", "−24 %")],
)
def test_a_plan_made_a_quarter_easier_contradicts(
    workspace, segment, expected, verdict, change
):
    forecast = followed(workspace, [100], name="Orders")
    before = signal(workspace, 10, "revisions")
    assert (before.verdict, before.rows) == (Verdict.CANNOT_SAY, ())
    assert before.sentence == "No plan was revised."

    revise(forecast, expected)
    found = signal(workspace, 10, "revisions")

    assert found.verdict == verdict
    assert found.rows == (("Orders", "1", change),)
    assert found.sentence.startswith("Plans were revised 1 time; ")


# --- 11 ----------------------------------------------------------------------------
def critical(workspace, by, *, days=30, registered=True, **fields):
    row = make_hypothesis(
        workspace, is_critical=True, decide_by=TODAY + timedelta(days=days), **fields
    )
    if registered:
        register_hypothesis(row, by=by, now=BEFORE)
    return row


def became(row, status, by, at=NOW):
    HypothesisStatus(
        workspace=row.workspace, hypothesis=row, status=status, by=by, at=at
    ).save()


def test_without_a_critical_hypothesis_nothing_says_when_to_stop(
    workspace, segment, founder
):
    make_hypothesis(workspace)
    settled = critical(workspace, founder)
    became(settled, "invalidated", founder)

    found = signal(workspace, 11, "kill_criteria")

    assert (found.rows, found.verdict) == ((), Verdict.CANNOT_SAY)
    assert found.lacks.startswith("Critical hypotheses")


def test_a_kill_criterion_is_frozen_and_its_day_is_to_come(workspace, segment, founder):
    critical(workspace, founder, statement="Clinics pay", fail_mark="0 of 5 pay")
    found = signal(workspace, 11, "kill_criteria")
    assert found.verdict == Verdict.SUPPORTS
    assert found.rows == (("Clinics pay", "0 of 5 pay", "2 Dec 2026", "registered"),)

    critical(workspace, founder, registered=False)
    late = critical(workspace, founder)
    late.decide_by = TODAY - timedelta(days=1)
    late.save(update_fields=["decide_by"])
    found = signal(workspace, 11, "kill_criteria")
    assert found.verdict == Verdict.CANNOT_SAY
    assert found.sentence == (
        "1 of 3 critical hypotheses are registered with a day still to come. Of 1 the day "
        "has passed without a decision."
    )
    assert [row[3] for row in found.rows] == [
        *("past its day", "registered"),
        "draft: not frozen yet",
    ] or [row[3] for row in found.rows] == [
        *("past its day", "draft: not frozen yet"),
        "registered",
    ]


def test_dates_that_have_all_passed_contradict(workspace, segment, founder):
    row = critical(workspace, founder)
    row.decide_by = TODAY - timedelta(days=1)
    row.save(update_fields=["decide_by"])

    assert signal(workspace, 11, "kill_criteria").verdict == Verdict.CONTRADICTS


def test_the_newest_version_speaks(workspace, segment, founder):
    old = critical(workspace, founder, statement="Old words")
    critical(workspace, founder, statement="New words", predecessor=old, version=2)

    found = signal(workspace, 11, "kill_criteria")

    assert [row[0] for row in found.rows] == ["New words"]


def test_two_untested_hypotheses_are_alternatives(workspace, segment, founder):
    make_hypothesis(workspace, "Nurses pay themselves", box="revenue", measure="orders")
    assert signal(workspace, 11, "alternatives").verdict == Verdict.CANNOT_SAY

    other = make_hypothesis(workspace)
    found = signal(workspace, 11, "alternatives")
    assert (found.verdict, found.lacks) == (Verdict.SUPPORTS, "")
    assert ("Nurses pay themselves", "price and revenue", "orders") in found.rows

    became(other, "testing", founder)
    assert signal(workspace, 11, "alternatives").verdict == Verdict.CANNOT_SAY


def test_somebody_decides_on_a_day_that_is_set(workspace, segment, founder):
    found = signal(workspace, 11, "who_decides")
    assert found.sentence == "1 person may record a decision."
    assert found.lacks == "A stop that is scheduled for a day to come."

    checkpoint = Checkpoint.objects.create(
        workspace=workspace,
        model_version=make_model_version(workspace),
        kind="first_customer_ship",
        planned_on=TODAY,
        by=founder,
        created_at=NOW,
    )
    ScheduledStop.objects.create(
        workspace=workspace,
        checkpoint=checkpoint,
        days=30,
        due_on=TODAY + timedelta(days=30),
        created_at=NOW,
    )
    found = signal(workspace, 11, "who_decides")
    assert found.verdict == Verdict.SUPPORTS
    assert found.sentence.endswith("The next stop is on 2 Dec 2026.")
    assert found.rows == (("Founder", "1"),)
