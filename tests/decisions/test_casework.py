"""What the steps of an evaluation begin with, in words from the record."""

from datetime import timedelta
from decimal import Decimal

import pytest

from decisions.actions import judge_metric
from decisions.reports.casework import customers, depending, happened, said
from forecasts.actions import revise_forecast
from forecasts.actions.plans import PlannedPoint
from forecasts.models import Forecast, Metric
from forecasts.pages import metric_page
from tests.decisions.cases import (
    BAD,
    FORECAST,
    correct,
    follow,
    report,
    spans_of,
    stop_on,
)
from tests.factories import (
    NOW,
    TODAY,
    make_forecast,
    make_interview,
    make_metric,
    make_person,
    make_segment,
    weeks,
)

pytestmark = pytest.mark.django_db


def test_the_belief_is_told_in_the_words_of_those_who_had_it(workspace, owner):
    alert = stop_on(workspace)
    Forecast.objects.update(rationale="Ten thousand signed up for the launch.")

    words = said(alert, TODAY).begin

    assert words == (
        "On 14 September 2026 the team forecast 8,000 orders/day (W39 – W50). "
        "Ten thousand signed up for the launch."
    )


def test_a_ramp_and_its_revision_are_told(workspace, owner):
    alert = stop_on(workspace)
    ahead = [span for span in spans_of(alert.metric) if span[0] > TODAY]
    points = [
        PlannedPoint(*span, Decimal(9000 + 100 * n)) for n, span in enumerate(ahead)
    ]
    plan = Forecast.objects.get()
    revise_forecast(plan, by=owner, now=NOW, points=points, reason="More vans.")

    facts = said(alert, TODAY)

    assert "8,000 orders/day (W39 – W50). Revised since: 1." in facts.begin
    assert [revision.number for revision in facts.revisions] == [0, 1]
    assert [row.expected for row in facts.rows][-1] == Decimal(9400)
    assert facts.rows[-1].promised == FORECAST


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([100], "forecast 100 orders/day (W39)."),
        ([100, 200, 400], "forecast 100 orders/day (W39) … 400 orders/day (W41)."),
    ],
)
def test_first_and_last_number_are_enough(workspace, owner, numbers, words):
    metric = make_metric(workspace)
    spans = weeks(TODAY - timedelta(weeks=6), len(numbers))
    points = [(*span, number) for span, number in zip(spans, numbers, strict=True)]
    make_forecast(metric, points, registered_at=NOW - timedelta(weeks=7), by=owner)
    alert = stop_on(workspace)
    alert.metric = metric

    assert words in said(alert, TODAY).begin
    assert "Olga Owner" in said(alert, TODAY).begin


def test_corrections_are_named_in_what_happened(workspace, owner):
    alert = stop_on(workspace)
    correct(alert.metric, 1, BAD + 5)

    facts = happened(alert, TODAY)

    assert facts.begin == f"{alert.reason} Corrected since first reported: W40."


def test_what_happened_begins_with_the_latest_number(workspace, owner):
    alert = stop_on(workspace)
    report(alert.metric, [BAD])
    judge_metric(alert.metric_id, now=NOW)

    raised, seen = alert.observations.order_by("evidence_rev")
    assert (raised.why == alert.reason, seen.why == alert.reason) == (True, False)
    assert happened(alert, TODAY).begin == seen.why


def test_what_happened_says_what_the_page_of_the_metric_says(workspace, owner):
    alert = stop_on(workspace)
    metric = Metric.objects.select_related("standing").get(pk=alert.metric_id)

    said = happened(alert, TODAY).sentence

    assert said == metric_page(metric, TODAY).headline.sentence
    assert "Outside the agreed edge" in said


def test_talks_of_other_segments_do_not_count_for_a_metric_with_one(workspace, owner):
    segment, other = make_segment(workspace), make_segment(workspace)
    alert = stop_on(workspace, segment=segment)
    for place in (segment, other, None):
        make_interview(
            workspace,
            people=[make_person(workspace)],
            segment=place,
            qualifies=True,
            held_at=NOW + timedelta(hours=1),
        )

    facts = customers(alert)

    assert facts.count == 1
    assert [talk.segment for talk in facts.talks] == [segment]


def test_only_other_metrics_still_followed_can_depend_on_it(workspace, owner):
    alert = stop_on(workspace, unit="orders")
    other = follow(workspace)
    make_metric(workspace, closed_at=NOW)
    report(other, [8000])

    facts = depending(alert, TODAY)

    assert [row.metric for row in facts.metrics] == [other]
    assert facts.begin == (
        "If it goes on at 25% of forecast, the 9 periods until W50 bring 18,000 orders "
        "in all instead of 72,000 orders."
    )
