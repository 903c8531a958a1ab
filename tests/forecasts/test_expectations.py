"""What investors were told, against what came and what is forecast now."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import ActivityEntry
from forecasts.actions import revise_forecast, tell_investors
from forecasts.actions.plans import PlannedPoint
from forecasts.drift import Direction
from forecasts.expectations import told_of
from forecasts.models import InvestorExpectation, Metric
from forecasts.told import expectations_in, latest_told, tellings_of, with_told
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_actual,
    make_forecast,
    make_metric,
    weeks,
)
from tests.forecasts.test_history import history, planned, reported
from tests.helpers import soup, text_of
from tests.selling import make_expectation

EARLIER = date(2026, 9, 1)


# --- pure ------------------------------------------------------------------------
def test_a_lowered_forecast_is_behind_what_was_told():
    known = history([planned(4, 5000), planned(4, 3000, order=(0, 1))])

    told = told_of(known, (0, 0), EARLIER)

    assert told.sentence == "Told 5,000 orders for W44, forecast now 3,000."
    assert told.is_behind


def test_a_number_that_came_is_told_before_what_is_ahead():
    points = [planned(0, 5000), planned(1, 6000), planned(2, 8000)]
    known = history([*points], [reported(0, 2000), reported(1, 6100)])

    told = told_of(known, (0, 0), EARLIER)

    assert told.sentence == (
        "Told 6,000 for W41, 6,100 orders came. "
        "Told 8,000 orders for W42, as it is forecast now."
    )
    assert not told.is_behind
    assert [one.actual for one in told.promises] == [2000, 6100, None]


def test_a_revision_was_told_as_it_stood():
    """What it did not change was told with it; what was revised later was not."""
    points = [
        *(planned(0, 10), planned(1, 20), planned(2, 30)),
        *(planned(1, 15, order=(0, 1)), planned(2, 5, order=(0, 2))),
        planned(2, 99, order=(1, 0)),
    ]

    told = told_of(history(points), (0, 1), EARLIER)

    assert [one.told for one in told.promises] == [10, 15, 30]
    assert [one.now for one in told.promises] == [10, 15, 99]


def test_what_was_over_when_it_was_told_is_no_expectation():
    known = history([planned(0, 10), planned(1, 20)])
    ends = planned(0, 10).period.end

    assert [one.told for one in told_of(known, (0, 0), ends).promises] == [10, 20]
    after = told_of(known, (0, 0), ends + timedelta(days=1))
    assert [one.told for one in after.promises] == [20]
    over = told_of(known, (0, 0), ends + timedelta(days=60))
    assert over.sentence == "All its periods were over when it was told."
    assert not over.is_behind


@pytest.mark.parametrize(("came", "is_behind"), [(90, False), (110, True)])
def test_where_less_is_better_more_is_behind(came, is_behind):
    known = history([planned(0, 100)], [reported(0, came)])

    told = told_of(replace(known, direction=Direction.LOWER), (0, 0), EARLIER)

    assert told.is_behind == is_behind


# --- rows ------------------------------------------------------------------------
@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders", unit="orders")


@pytest.fixture
def plan(metric, founder):
    spans = weeks(TODAY - timedelta(weeks=2), 6)
    return make_forecast(metric, [(*span, 5000) for span in spans], by=founder)


@pytest.fixture
def revised(plan, founder):
    """A month later they expect less of what is still to come."""
    start, end = weeks(TODAY + timedelta(weeks=3), 1)[0]
    point = PlannedPoint(start, end, Decimal(3000))
    return revise_forecast(
        plan, by=founder, now=NOW, points=[point], reason="Fewer leads."
    )


def test_the_newest_telling_of_a_metric_is_read_as_the_list_reads_it(
    metric, plan, revised, workspace
):
    first = plan.revisions.get(number=0)
    make_actual(metric, *weeks(TODAY - timedelta(weeks=1), 1)[0], 2000)
    make_expectation(revised, told_on=TODAY - timedelta(days=60))
    make_expectation(first, told_on=TODAY - timedelta(days=20), told_to="A fund")

    [of_list, older] = tellings_of(expectations_in(workspace), workspace)
    [row] = with_told(Metric.objects.filter(pk=metric.pk))
    found = latest_told(row)

    assert row.told_to == of_list.told_to == "A fund"
    assert found.sentence == of_list.told.sentence
    assert found.is_behind
    assert "2,000 orders came" in found.sentence
    assert "forecast now 3,000" in found.sentence
    assert "as it is forecast now" in older.told.sentence


def test_a_metric_that_nobody_was_told_of_says_nothing(metric, plan):
    [row] = with_told(Metric.objects.filter(pk=metric.pk))

    assert latest_told(row) is None


def test_a_telling_all_of_whose_periods_have_come_speaks_of_them_once(metric, plan):
    for start, end in weeks(TODAY - timedelta(weeks=2), 6):
        make_actual(metric, start, end, 5000)
    make_expectation(plan.revisions.get())

    [row] = with_told(Metric.objects.filter(pk=metric.pk))
    [telling] = tellings_of(expectations_in(metric.workspace), metric.workspace)

    assert latest_told(row).sentence == telling.told.sentence
    assert telling.told.sentence.count("Told") == 1


def test_it_is_kept_and_noted_and_not_of_a_day_to_come(plan, founder):
    revision = plan.revisions.get()
    tomorrow = TODAY + timedelta(days=1)

    row = tell_investors(
        revision, by=founder, now=NOW, told_to="The board", told_on=TODAY
    )
    with pytest.raises(ValidationError, match="not come yet"):
        tell_investors(
            revision, by=founder, now=NOW, told_to="The board", told_on=tomorrow
        )

    entry = ActivityEntry.objects.get(verb="investors.told")
    assert entry.subject_id == row.pk
    with pytest.raises(TypeError, match="append-only"):
        InvestorExpectation.objects.update(told_to="Nobody")


# --- pages -----------------------------------------------------------------------
def sent(plan, **data):
    revision = plan.revisions.get(number=0)
    usual = {"revision": revision.pk, "told_to": "The board", "told_on": "2026-10-15"}
    return usual | data | {"form_key": fresh_key()}


def test_a_founder_notes_it_and_the_metric_shows_it(
    signed_in, metric, plan, revised, url
):
    answer = signed_in.post(url("expectation_add", metric.pk), sent(plan))

    page = text_of(signed_in.get(answer["Location"]))
    assert InvestorExpectation.objects.get().revision == plan.revisions.get(number=0)
    assert "Behind what was told." in page
    assert "Told 5,000 orders for W48, forecast now 3,000." in page
    assert "The board was told, 15 Oct" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"told_on": "2026-11-03"}, "This day has not come yet."),
        ({"told_on": "soon"}, "Enter a valid date."),
        ({"told_to": ""}, "Say to whom."),
        ({"told_to": "\u200b"}, "Say to whom."),
        ({"revision": "11111111-1111-4111-8111-111111111111"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signed_in, metric, plan, url, data, said
):
    answer = signed_in.post(
        url("expectation_add", metric.pk), sent(plan, note="At lunch.", **data)
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert soup(answer).find("textarea", attrs={"name": "note"}).text.strip() == (
        "At lunch."
    )
    assert not InvestorExpectation.objects.exists()


def test_the_same_form_sent_twice_is_one_telling(signed_in, metric, plan, url):
    data = sent(plan)

    for _ in range(2):
        signed_in.post(url("expectation_add", metric.pk), data)

    assert InvestorExpectation.objects.count() == 1


def test_without_a_forecast_there_is_nothing_to_tell(signed_in, metric, url):
    answer = signed_in.get(url("expectation_add", metric.pk))

    assert answer["Location"] == url("forecast_add", metric.pk)


def test_a_member_who_plans_does_not_speak_for_the_founders(
    client, member, metric, plan, url
):
    client.force_login(member)

    assert client.post(url("expectation_add", metric.pk), sent(plan)).status_code == 403
    assert url("expectation_add", metric.pk) not in text_of(
        client.get(url("metric_detail", metric.pk))
    )


def test_page_and_file_say_the_same(signed_in, metric, plan, revised, url):
    make_expectation(plan.revisions.get(number=0), told_to="=HYPERLINK(1)")

    page = text_of(signed_in.get(url("expectation_list")))
    file = signed_in.get(url("expectation_list") + "?format=csv").content.decode()

    last = file.splitlines()[-1].split(",")
    assert "forecast now 3,000" in page
    assert last[-5:] == ["5000", "", "3000", "", ""]
    assert "'=HYPERLINK" in file


def test_an_advisor_reads_it_on_the_dashboard(client, advisor, metric, plan, revised):
    make_expectation(plan.revisions.get(number=0))
    client.force_login(advisor)

    shared = reverse("portfolio:shared", args=[metric.workspace.slug])
    page = text_of(client.get(shared))

    assert "The board was told" in page
    assert "Told 5,000 orders for W48, forecast now 3,000." in page
