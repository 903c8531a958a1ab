from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from decisions.actions import judge_metric
from forecasts.actions import restart_process
from forecasts.models import Metric
from tests.factories import (
    NOW,
    make_actual,
    make_forecast,
    make_member,
    make_metric,
    make_segment,
    make_workspace,
    weeks,
)
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 28)
MINUS = "\N{MINUS SIGN}"


def queries_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def make_weekly(workspace, values, *, expected=100, count=8, **fields):
    """A metric with a plan from week 40 on, and numbers for its first weeks."""
    metric = make_metric(workspace, "Orders", **fields)
    plan = [(start, end, expected) for start, end in weeks(FIRST, count)]
    make_forecast(metric, plan, registered_at=NOW - timedelta(weeks=6))
    for (start, end), value in zip(weeks(FIRST, count), values, strict=False):
        if value is not None:
            moment = NOW - timedelta(days=(NOW.date() - end).days - 1)
            make_actual(metric, start, end, value, recorded_at=moment)
    return metric


def test_the_first_page_says_what_to_do(signed_in, workspace, url):
    page = signed_in.get(url("metric_list"))

    assert "Say now what you expect" in text_of(page)
    assert soup(page).find("a", string="Add the first metric")["href"] == url(
        "metric_add"
    )


def test_an_advisor_reads_without_buttons(client, workspace, advisor, url, monday):
    metric = make_weekly(workspace, [100, None])
    client.force_login(advisor)

    for name, args in [("metric_list", []), ("metric_detail", [metric.pk])]:
        main = soup(client.get(url(name, *args))).main
        assert "Orders" in main.get_text()
        assert main.find_all("form") == []
        assert main.find_all("a", href=url("metric_add")) == []
    assert client.get(url("metric_edit", metric.pk)).status_code == 403


def test_the_list_shows_each_metric_against_its_forecast(signed_in, workspace, url):
    make_weekly(workspace, [100, 95, 40])

    page = signed_in.get(url("metric_list"))

    row = soup(page).select_one(".metric-row")
    assert "W42: 40 orders/day actual, 100 forecast" in row.get_text()
    assert f"({MINUS}60%)" in row.get_text()
    assert "outside the edge in W42" in row.svg["aria-label"]
    assert "Number overdue" in row.get_text()


def test_numbers_due_stand_on_top(signed_in, workspace, url):
    make_weekly(workspace, [100, None, 100, None, None])

    due = soup(signed_in.get(url("metric_list"))).find(id="due-numbers")

    assert [li.get_text(" ", strip=True) for li in due.find_all("li")] == [
        "Orders , W41 forecast 100 orders/day",
        "Orders , W43 forecast 100 orders/day",
        "Orders , W44 forecast 100 orders/day",
    ]


def test_sentence_chart_table_and_file_give_the_same_numbers(signed_in, workspace, url):
    metric = make_weekly(workspace, [100, 95, 40, 30, 20])

    page = signed_in.get(url("metric_detail", metric.pk))
    file = signed_in.get(url("metric_csv", metric.pk))

    shown = soup(page)
    sentence = shown.select_one(".page-summary").get_text(" ", strip=True)
    assert f"W44: 20 orders/day actual, 100 forecast ({MINUS}80%)." in sentence
    assert f"Outside the agreed edge ({MINUS}10%) 3 weeks running." in sentence
    assert f"W44: 20 orders/day actual, 100 forecast ({MINUS}80%)." in shown.desc.text
    row = shown.find(id="p-20261026-20261101")
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells[:6] == [
        *("100", "–", "90", "20", f"{MINUS}80%", "Outside"),
    ]
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[5].startswith(
        "W44,2026-10-26,2026-11-01,orders/day,100,,,90,100,20,-0.8,watch"
    )
    assert file["Content-Disposition"] == 'attachment; filename="orders.csv"'
    assert len(shown.select(".chart.is-wide .chart-outside")) == 3


def test_missing_is_drawn_as_a_gap(signed_in, workspace, url):
    metric = make_weekly(workspace, [100, 95, None, 100, 90])

    page = soup(signed_in.get(url("metric_detail", metric.pk)))

    assert len(page.select(".chart.is-wide .chart-dot")) == 4
    assert page.select_one(".chart.is-wide .chart-actual")["d"].count("M") == 2
    row = page.find(id="p-20261012-20261018")
    assert "Number overdue" in row.get_text()
    assert row.find("input", {"name": "value"}) is not None


@pytest.mark.parametrize("name", ["metric_list", "metric_detail"])
def test_queries_do_not_grow(signed_in, workspace, name, url):
    signed_in.get(url("metric_add"))
    few = make_weekly(workspace, [100, None, 40])
    args = [few.pk] if name == "metric_detail" else []
    before = queries_of(signed_in, url(name, *args))
    many = make_metric(workspace, "Many")
    make_forecast(many, [(a, b, 100) for a, b in weeks(date(2021, 1, 4), 300)])
    for start, end in weeks(date(2021, 1, 4), 290):
        make_actual(many, start, end, 50)
    for number in range(20):
        make_forecast(
            make_metric(workspace, f"M{number}"),
            [(a, b, 1) for a, b in weeks(FIRST, 3)],
        )
    args = [many.pk] if name == "metric_detail" else []

    after = queries_of(signed_in, url(name, *args))

    assert before == after <= 15


def test_adding_a_metric(signed_in, workspace, founder, url):
    segment = make_segment(workspace)
    data = {
        "name": "Orders",
        "definition": "Paid orders",
        "unit": "orders/day",
        "kind": "flow",
        "direction": "higher",
        "cadence": "weekly",
        "tolerance": "12,5 %",
        "segment": segment.pk,
        "owner": founder.pk,
        "form_key": "k1",
    }

    answer = signed_in.post(url("metric_add"), data)

    metric = Metric.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == url("forecast_add", metric.pk)
    assert (metric.tolerance, metric.segment, metric.owner) == (
        *(Decimal("0.125"), segment, founder),
    )
    again = signed_in.post(url("metric_add"), data)
    assert (again.status_code, again["Location"]) == (303, answer["Location"])
    other = signed_in.post(url("metric_add"), data | {"form_key": "k2"})
    assert (other.status_code, Metric.objects.count()) == (422, 1)


def test_a_refused_metric_keeps_what_was_typed(signed_in, workspace, url):
    make_metric(workspace, "Orders")
    other = make_segment(make_workspace())
    data = {"name": "Orders", "tolerance": "80", "segment": other.pk}

    answer = signed_in.post(url("metric_add"), data)

    problems = soup(answer).select_one(".problem").get_text(" ", strip=True)
    assert answer.status_code == 422
    assert "There is a metric of this name already." in problems
    assert "The tolerance lies between 1 % and 60 %." in problems
    assert soup(answer).find("input", {"name": "name"})["value"] == "Orders"
    assert "Segment" in problems


def test_the_meaning_of_a_metric_with_numbers_is_not_asked(signed_in, workspace, url):
    metric = make_weekly(workspace, [100])

    page = signed_in.get(url("metric_edit", metric.pk))

    assert soup(page).find(attrs={"name": "unit"}) is None
    assert "What it means is fixed" in text_of(page)


def test_editing_tolerance_is_judged_anew(signed_in, workspace, url):
    metric = make_metric(workspace, "Orders")
    data = {"name": "Orders", "tolerance": "20", "is_vanity": "on"}
    data |= {"definition": "d", "unit": "u", "kind": "flow"}
    data |= {"direction": "higher", "cadence": "weekly"}

    answer = signed_in.post(url("metric_edit", metric.pk), data)

    metric.refresh_from_db()
    assert answer.status_code == 303
    assert (metric.tolerance, metric.is_vanity, metric.unit) == (
        *(Decimal("0.200"), True, "u"),
    )
    assert metric.evidence_rev == 1


def test_closing_a_metric(signed_in, workspace, url):
    metric = make_weekly(workspace, [100])

    asked = signed_in.get(url("metric_close", metric.pk))
    answer = signed_in.post(url("metric_close", metric.pk))

    assert "No more numbers are taken" in text_of(asked)
    assert answer.status_code == 303
    assert "Orders" not in soup(signed_in.get(url("metric_list"))).main.text
    closed = signed_in.get(url("metric_list") + "?show=closed")
    assert "Orders" in soup(closed).main.get_text()
    detail = text_of(signed_in.get(url("metric_detail", metric.pk)))
    assert "This metric is closed" in detail
    assert signed_in.get(url("actual_add", metric.pk)).status_code == 404


def test_a_held_metric_is_not_closed(signed_in, workspace, url):
    metric = make_weekly(workspace, [100])
    metric.forecasts.update(held_since=NOW)

    answer = signed_in.post(url("metric_close", metric.pk))

    metric.refresh_from_db()
    assert answer.status_code == 422
    assert "A stop is open on this metric" in text_of(answer)
    assert metric.closed_at is None


@pytest.mark.parametrize(
    "name", ["metric_detail", "metric_edit", "metric_close", "metric_csv"]
)
def test_metrics_of_another_venture_do_not_exist(signed_in, workspace, name, url):
    other = make_member(make_workspace()).workspace
    metric = make_metric(other)

    assert signed_in.get(url(name, metric.pk)).status_code == 404


def test_earlier_and_later_periods_are_a_link_away(signed_in, workspace, url):
    metric = make_metric(workspace, "Orders")
    make_forecast(metric, [(a, b, 100) for a, b in weeks(date(2025, 1, 6), 110)])

    page = signed_in.get(url("metric_detail", metric.pk))
    earlier = soup(page).find("a", string="Earlier periods")
    before = signed_in.get(url("metric_detail", metric.pk) + earlier["href"])

    assert len(soup(page).select("#metric-table tbody tr")) == 39
    assert soup(before).find("a", string="Later periods") is not None
    nonsense = signed_in.get(url("metric_detail", metric.pk) + "?until=nonsense")
    assert soup(nonsense).find("a", string="Earlier periods") == earlier


def test_a_forecast_still_to_come_is_named_in_the_list(signed_in, workspace, url):
    metric = make_metric(workspace, "Orders")
    make_forecast(metric, [(a, b, 100) for a, b in weeks(date(2026, 11, 9), 20)])
    old = make_metric(workspace, "Visits")
    make_forecast(old, [(*weeks(date(2026, 11, 9), 1)[0], 100)])
    make_actual(old, *weeks(FIRST, 1)[0], 7)

    rows = soup(signed_in.get(url("metric_list"))).select(".metric-now")

    assert {row.get_text(strip=True) for row in rows} == {
        "Forecast from W46; no number yet.",
        "W40: 7 orders/day; no forecast for it.",
    }


def test_a_number_from_before_the_forecast_is_not_said_to_wait(
    signed_in, workspace, url
):
    metric = make_metric(workspace, "Orders")
    make_actual(metric, *weeks(FIRST, 1)[0], 7)

    row = soup(signed_in.get(url("metric_detail", metric.pk))).tbody.tr

    assert row.find("td", {"data-label": "State"}).get_text(strip=True) == (
        "No forecast then"
    )


def test_whoever_adds_a_metric_is_offered_as_its_owner(
    signed_in, workspace, founder, url
):
    page = soup(signed_in.get(url("metric_add")))

    owner = page.find("select", {"name": "owner"})
    assert owner.find("option", selected=True)["value"] == str(founder.pk)


def test_closed_metrics_are_offered_only_when_there_are_some(signed_in, workspace, url):
    metric = make_metric(workspace, "Orders")

    before = soup(signed_in.get(url("metric_list")))
    Metric.objects.filter(pk=metric.pk).update(closed_at=NOW)
    after = soup(signed_in.get(url("metric_list")))

    assert before.find("a", string="Closed metrics") is None
    assert after.find("a", string="Closed metrics") is not None


def test_after_a_decision_the_page_says_which_numbers_are_judged(
    signed_in, workspace, founder, url
):
    metric = make_weekly(workspace, [100, 95, 40])
    restart_process(metric, by=founder, now=NOW)
    judge_metric(metric.pk, now=NOW)

    page = soup(signed_in.get(url("metric_detail", metric.pk)))

    words = page.find(id="verdict").get_text(" ", strip=True)
    assert "A new one begins with the first period from 9 Nov" in words
    assert "No week with a forecast" not in words


def test_numbers_no_verdict_has_seen_are_said_to_wait(signed_in, workspace, url):
    metric = make_weekly(workspace, [100, 95, 40])
    judge_metric(metric.pk, now=NOW)
    Metric.objects.filter(pk=metric.pk).update(evidence_rev=F("evidence_rev") + 1)
    address = url("metric_detail", metric.pk)

    waiting = soup(signed_in.get(address)).find(id="verdict")
    judge_metric(metric.pk, now=NOW)
    seen = soup(signed_in.get(address)).find(id="verdict")

    assert (waiting["hx-get"], "hx-get" in seen.attrs) == (address, False)
