"""The log of decisions, and the record of those who forecast and decide."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from decisions.actions import review_decision
from decisions.models import Alert
from decisions.reports.track_record import track_record_of
from forecasts.actions import revise_forecast
from forecasts.actions.plans import PlannedPoint
from tests.decisions.cases import BAD, GOOD, decide, report, stop_on
from tests.factories import NOW, TODAY, make_forecast, make_metric, weeks
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decisions(workspace, owner, founder, second_of_november):
    first = decide(stop_on(workspace, name="Orders"), by=owner)
    second = decide(
        stop_on(workspace, name="Visits"),
        by=founder,
        kind="pivot",
        change="The channel.",
        now=NOW + timedelta(days=1),
    )
    review_decision(
        first, by=founder, verdict="failed", words="It rose, to 9,000 a day.", now=NOW
    )
    return first, second


@pytest.fixture
def log(client, advisor):
    client.force_login(advisor)
    address = reverse("decisions:decision_log", args=["acme"])
    return lambda **query: client.get(address, query)


def headings(response):
    return [a.text for a in soup(response).select("ul.rows h2 a")]


def test_newest_first_with_what_was_known_and_what_became_of_it(log, decisions):
    page = log()

    assert headings(page) == ["Visits: change the model", "Orders: stop this line"]
    assert "2,000 against 8,000 forecast" in text_of(page)
    assert "It came otherwise: It rose, to 9,000 a day." in text_of(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "pivot"}, ["Visits"]),
        ({"became": "failed"}, ["Orders"]),
        ({"became": "open"}, ["Visits"]),
        ({"became": "held"}, []),
        ({"since": "2026-11-03"}, ["Visits"]),
        ({"until": "2026-11-02"}, ["Orders"]),
        ({"since": "2026-11-02", "until": "2026-11-03"}, ["Visits", "Orders"]),
        ({"kind": "nonsense"}, ["Visits", "Orders"]),
        ({"since": "0001-01-01", "until": "9999-12-31"}, ["Visits", "Orders"]),
    ],
)
def test_filters(log, decisions, query, found):
    page = log(**query)

    assert [text.partition(":")[0] for text in headings(page)] == found
    assert ("No decision like that." in text_of(page)) == (not found)


def test_by_whom(log, decisions, founder):
    assert headings(log(by=str(founder.pk))) == ["Visits: change the model"]


def test_an_alert_that_rose_again_is_marked(log, decisions):
    first, _ = decisions
    again = Alert.objects.get(pk=first.alert_id)
    again.pk, again.follows_id = None, first.alert_id
    again.state, again.closed_at = Alert.State.RAISED, None
    again.save(force_insert=True)

    page = log(became="again")

    assert headings(page) == ["Orders: stop this line"]
    assert "The alert rose again" in text_of(page)


def test_an_impossible_span_is_said_at_the_field(log, decisions):
    page = log(since="2026-11-03", until="2026-11-01")

    assert "The last day must not be before the first." in text_of(page)


def test_the_file_holds_the_same(log, decisions):
    answer = log(format="csv", kind="stop")

    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    assert (row["about"], row["known_actual"], row["judged"]) == (
        "Orders",
        "2000",
        "failed",
    )
    assert (row["follow_ups"], row["follow_ups_open"]) == ("1", "1")


def test_an_empty_log_says_what_will_be_here(log):
    assert "No decision yet" in text_of(log())


def test_nobody_answers_for_what_another_promised(workspace, owner, founder):
    """The owner promises six weeks; a founder halves the last two before they begin."""
    spans = weeks(TODAY - timedelta(weeks=6), 6)
    metric = make_metric(workspace)
    registered = NOW - timedelta(weeks=7)
    forecast = make_forecast(
        metric, [(*span, 8000) for span in spans], registered_at=registered, by=owner
    )
    revise_forecast(
        forecast,
        by=founder,
        now=NOW - timedelta(weeks=3),
        points=[PlannedPoint(*span, Decimal(BAD)) for span in spans[4:]],
        reason="Half of them left.",
    )
    report(metric, [GOOD, GOOD, GOOD, GOOD, BAD, BAD])

    (person,) = track_record_of(workspace, TODAY).people

    assert person.name == "Olga Owner"
    assert (person.ranges.counted, person.ranges.inside) == (6, 4)
    assert "Fewer than 10 periods" in person.says


def test_the_record_counts_what_became_of_decisions(
    workspace, decisions, client, advisor
):
    record = track_record_of(workspace, decisions[1].review_on)

    by_name = {person.name: person.judgements for person in record.people}
    assert (by_name["Olga Owner"].failed, by_name["Olga Owner"].due) == (1, 0)
    assert (by_name["Frida Founder"].decided, by_name["Frida Founder"].due) == (1, 1)
    client.force_login(advisor)
    page = client.get(reverse("decisions:track_record", args=["acme"]))
    assert "Frida Founder" in text_of(page)
