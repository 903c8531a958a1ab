from datetime import date
from decimal import Decimal

import pytest

from forecasts.actions import revise_forecast
from forecasts.actions.plans import PlannedPoint
from forecasts.models import Forecast, Point, Revision
from tests.factories import NOW, make_actual, make_forecast, make_metric, weeks
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db
SOON = weeks(date(2026, 11, 9), 4)


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders", unit="orders")


@pytest.fixture
def plan(metric):
    begun = weeks(date(2026, 10, 26), 2)
    points = [(*week, 100) for week in begun] + [(*week, 100, 80, 120) for week in SOON]
    return make_forecast(metric, points)


def inputs(page):
    """Name and value of every field of the form that writes."""
    form = soup(page).main.find("form", method="post")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    return fields | {one["name"]: one.text.strip() for one in form.find_all("textarea")}


def problems(page):
    box = soup(page).select_one(".problem")
    return [item.get_text(" ", strip=True) for item in box.find_all("li")]


def test_the_table_begins_with_the_next_period(signed_in, metric, url):
    page = signed_in.get(url("forecast_add", metric.pk))

    rows = soup(page).select("tbody th")
    assert len(rows) == 12
    assert rows[0].get_text(" ", strip=True) == "W46 9\N{EN DASH}15 Nov 2026"
    assert "Expected" not in inputs(page)


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("?first=2026-12-09&count=3", "W50", 3),
        ("?first=2026-10-01&count=2", "W46", 2),  # what has begun is not offered
        ("?first=2199-12-31&count=1", "W46", 1),  # twenty years ahead at most
        ("?first=9999-12-31&count=1", "W46", 12),
        ("?first=nonsense&count=-1", "W46", 12),
        ("?first=&count=61", "W46", 12),
    ],
)
def test_first_period_and_number_of_rows_are_chosen(
    signed_in, metric, url, query, first, count
):
    page = signed_in.get(url("forecast_add", metric.pk) + query)

    rows = soup(page).select("tbody th")
    assert (len(rows), rows[0].get_text(" ", strip=True)[:3]) == (count, first)


def test_a_first_period_that_has_begun_is_refused_in_words(signed_in, metric, url):
    page = signed_in.get(url("forecast_add", metric.pk) + "?first=2026-10-01&count=2")

    said = "First period begins: A forecast starts with the next period, W46."
    assert (page.status_code, problems(page)) == (422, [said])
    first = soup(page).find("input", {"name": "first"})
    assert (first["value"], first["aria-invalid"]) == ("2026-10-01", "true")
    coming = signed_in.get(url("forecast_add", metric.pk) + "?first=2026-11-09")
    assert (coming.status_code, soup(coming).select(".problem")) == (200, [])


def test_registering_the_rows_that_were_filled(signed_in, metric, founder, url):
    data = inputs(signed_in.get(url("forecast_add", metric.pk)))
    data |= {"p0-expected": "2.000,5", "p0-low": "1 500", "p0-high": "2,500.0"}
    data |= {"p2-expected": "3000 orders", "rationale": "Two pilots."}

    answer = signed_in.post(url("forecast_add", metric.pk), data)

    assert answer.status_code == 303
    assert answer["Location"] == url("metric_detail", metric.pk)
    points = Point.objects.values_list("period_start", "expected", "low", "high")
    assert list(points) == [
        (SOON[0][0], Decimal("2000.5"), 1500, 2500),
        (SOON[2][0], 3000, None, None),
    ]
    forecast = Forecast.objects.get()
    assert (forecast.rationale, forecast.revisions.get().by) == ("Two pilots.", founder)
    assert "Two pilots." in text_of(signed_in.get(answer["Location"]))


def test_the_same_form_twice_is_one_forecast(signed_in, metric, url):
    data = inputs(signed_in.get(url("forecast_add", metric.pk)))
    data |= {"p0-expected": "5"}

    first = signed_in.post(url("forecast_add", metric.pk), data)
    Forecast.objects.update(retired_at=NOW)
    Point.objects.all()
    again = signed_in.post(url("forecast_add", metric.pk), data)

    assert first.status_code == 303
    assert again.status_code in (302, 303)
    assert Forecast.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "expected_problems"),
    [
        ({}, ["Enter a number for one period at least."]),
        (
            {"p0-low": "5"},
            ["W46, expected: Enter a number."],
        ),
        (
            {"p0-expected": "5", "p0-low": "9", "p0-high": "1"},
            [
                "W46, low: Low lies above the expected number.",
                "W46, high: High lies below the expected number.",
            ],
        ),
        (
            {"p0-expected": "many", "p1-expected": "5%"},
            [
                "W46, expected: Enter a number, such as 2,000.5.",
                "W47, expected: This is counted in orders, not in “%”. "
                "Enter the number alone.",
            ],
        ),
        (
            {"p0-expected": "5", "p0-period": "2026-10-26"},
            [
                "W44, period: W44 has begun on 2026-10-26: a forecast for it comes "
                "too late."
            ],
        ),
        (
            {"p0-expected": "5", "p0-period": "nonsense"},
            [
                "nonsense, period: “nonsense” is unclear: enter a week such as "
                "2026-W44, or any day of it such as 2026-10-26."
            ],
        ),
        (
            {"p0-expected": "5", "p0-period": "2026-11-10..2026-11-12"},
            [
                "10\N{EN DASH}12 Nov 2026, period: 10\N{EN DASH}12 Nov 2026 is not "
                "one week."
            ],
        ),
        (
            {"p0-expected": "5", "p1-expected": "5", "p1-period": "2026-11-09"},
            ["The period from 2026-11-09 appears twice."],
        ),
        (
            {"p0-expected": "5", "pasted": "2026-W46\t5"},
            ["Use the table or the paste: one of the two."],
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_row(
    signed_in, metric, url, typed, expected_problems
):
    data = inputs(signed_in.get(url("forecast_add", metric.pk))) | typed

    answer = signed_in.post(url("forecast_add", metric.pk), data)

    assert answer.status_code == 422
    assert problems(answer) == expected_problems
    kept = inputs(answer)
    for name, text in typed.items():
        assert kept[name] == text
    assert not Forecast.objects.exists()
    assert soup(answer).title.text.startswith("Error: ")


def test_a_number_with_two_readings_is_asked_once_for_all(signed_in, metric, url):
    data = inputs(signed_in.get(url("forecast_add", metric.pk)))
    data |= {"p0-expected": "1.234", "p1-expected": "2.345"}

    asked = signed_in.post(url("forecast_add", metric.pk), data)

    choices = soup(asked).find_all("input", {"name": "decimal"})
    labels = [one.parent.get_text(strip=True) for one in choices]
    assert asked.status_code == 422
    assert labels == [
        "1,234 orders, that is 1234",
        "1.234 orders, between 1 and 2",
    ]
    assert [one["value"] for one in choices] == [",", "."]

    answer = signed_in.post(url("forecast_add", metric.pk), data | {"decimal": ","})

    assert answer.status_code == 303
    assert list(Point.objects.values_list("expected", flat=True)) == [1234, 2345]


def test_an_answered_question_is_kept_beside_another_problem(signed_in, metric, url):
    data = inputs(signed_in.get(url("forecast_add", metric.pk)))
    data |= {"p0-expected": "1.234", "p1-expected": "x", "decimal": "."}

    answer = signed_in.post(url("forecast_add", metric.pk), data)

    assert problems(answer) == ["W47, expected: Enter a number, such as 2,000.5."]
    assert inputs(answer)["decimal"] == "."


@pytest.mark.parametrize(
    "pasted",
    [
        "2026-W46\t2.000,5\t1500\t2500\n2026-W47\t3000",
        "period;expected;low;high\n2026-11-09;2.000,5;1500;2500\n2026-11-16;3000;;\n",
    ],
)
def test_a_paste_takes_the_place_of_the_rows(signed_in, metric, url, pasted):
    data = inputs(signed_in.get(url("forecast_add", metric.pk)))

    answer = signed_in.post(url("forecast_add", metric.pk), data | {"pasted": pasted})

    assert answer.status_code == 303
    points = Point.objects.values_list("period_start", "expected", "low", "high")
    assert list(points) == [
        (SOON[0][0], Decimal("2000.5"), 1500, 2500),
        (SOON[1][0], 3000, None, None),
    ]


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        (
            "2026-W46\t5\n2026-W40\t5\n2026-W47\tx\t9",
            [
                "Line 2, period: W40 has begun on 2026-09-28: a forecast for it comes "
                "too late.",
                "Line 3, expected: Enter a number, such as 2,000.5.",
            ],
        ),
        ("2026-W46", ["Line 1, expected: Enter a number."]),
        ('2026-W46\t"5', ["Line 1 opens a quotation mark that is never closed."]),
        ("period\texpected", ["Enter a number for one period at least."]),
    ],
)
def test_a_bad_paste_is_named_by_line(signed_in, metric, url, pasted, words):
    answer = signed_in.post(url("forecast_add", metric.pk), {"pasted": pasted})

    assert (answer.status_code, problems(answer)) == (422, words)
    assert inputs(answer)["pasted"] == pasted
    assert not Forecast.objects.exists()


def test_a_running_plan_leads_to_its_revision(signed_in, metric, plan, url):
    answer = signed_in.get(url("forecast_add", metric.pk))

    assert answer["Location"] == url("forecast_revise", metric.pk)


def test_without_a_plan_there_is_nothing_to_revise(signed_in, metric, url):
    answer = signed_in.get(url("forecast_revise", metric.pk))

    assert answer["Location"] == url("forecast_add", metric.pk)


def test_only_what_has_not_begun_can_be_revised(signed_in, metric, plan, url):
    make_actual(metric, *SOON[3], 7)

    page = signed_in.get(url("forecast_revise", metric.pk))

    fields = inputs(page)
    assert [fields[f"p{n}-period"] for n in range(3)] == [
        start.isoformat() for start, _ in SOON[:3]
    ]
    assert (fields["p0-expected"], fields["p0-low"]) == ("100", "80")
    assert "p3-period" not in fields
    fixed = soup(page).main.find_all("table")[1]
    assert [row.th.text for row in fixed.tbody.find_all("tr")] == ["W44", "W45"]


@pytest.mark.parametrize(
    ("query", "rows"), [("?more=2", 6), ("?more=x", 4), ("?more=99", 60)]
)
def test_periods_can_be_added_at_the_end(signed_in, metric, plan, url, query, rows):
    page = signed_in.get(url("forecast_revise", metric.pk) + query)

    found = soup(page).main.table.tbody.find_all("tr")
    assert len(found) == rows


def test_a_plan_that_has_run_out_offers_the_next_periods(signed_in, metric, url):
    make_forecast(metric, [(*weeks(date(2026, 10, 5), 1)[0], 5)])

    page = signed_in.get(url("forecast_revise", metric.pk))

    rows = soup(page).main.table.tbody.find_all("tr")
    assert (len(rows), rows[0].th.text.strip()[:3]) == (12, "W46")


def test_revising_records_what_changed(signed_in, metric, plan, url):
    data = inputs(signed_in.get(url("forecast_revise", metric.pk)))
    data |= {"p1-expected": "90", "reason": "A clinic left."}

    answer = signed_in.post(url("forecast_revise", metric.pk), data)

    revision = Revision.objects.get(number=1)
    assert answer.status_code == 303
    assert revision.reason == "A clinic left."
    points = revision.points.values_list("period_start", "expected", "low", "high")
    assert list(points) == [(SOON[1][0], 90, 80, 120)]
    page = signed_in.get(url("metric_detail", metric.pk))
    row = soup(page).find(id="p-20261116-20261122")
    assert "First forecast: 100" in row.get_text()
    assert "A clinic left." in text_of(page)


def test_a_revision_of_nothing_or_without_a_reason_is_refused(
    signed_in, metric, plan, url
):
    data = inputs(signed_in.get(url("forecast_revise", metric.pk)))

    nothing = signed_in.post(url("forecast_revise", metric.pk), data | {"reason": "x"})
    silent = signed_in.post(
        url("forecast_revise", metric.pk), data | {"p0-expected": "110"}
    )
    emptied = signed_in.post(
        url("forecast_revise", metric.pk), data | {"p0-expected": "", "reason": "x"}
    )

    assert problems(nothing) == ["Enter a number for one period at least."]
    assert problems(silent) == ["Say what we know now that we did not know then."]
    assert problems(emptied) == ["W46, expected: Enter a number."]


def test_values_offered_are_read_back_as_they_are(signed_in, workspace, url):
    metric = make_metric(workspace)
    make_forecast(metric, [(*SOON[0], "1.234"), (*SOON[1], "5")])
    data = inputs(signed_in.get(url("forecast_revise", metric.pk)))

    assert data["p0-expected"] == "1.2340"
    answer = signed_in.post(
        url("forecast_revise", metric.pk), data | {"p0-low": "1", "reason": "x"}
    )
    assert answer.status_code == 303
    assert Point.objects.get(low=1).expected == Decimal("1.234")


def test_somebody_else_was_faster(signed_in, metric, founder, plan, url):
    data = inputs(signed_in.get(url("forecast_revise", metric.pk)))
    theirs = [PlannedPoint(*SOON[0], Decimal(70))]
    revise_forecast(plan, by=founder, now=NOW, points=theirs, reason="Theirs.")
    data |= {"p0-expected": "60", "p0-low": "50", "reason": "Mine."}

    answer = signed_in.post(url("forecast_revise", metric.pk), data)

    assert answer.status_code == 409
    assert "Somebody revised this forecast while you were typing" in text_of(answer)
    row = soup(answer).main.table.tbody.tr
    assert row.td.text == "70"
    kept = inputs(answer)
    assert (kept["p0-expected"], kept["reason"]) == ("60", "Mine.")
    again = signed_in.post(url("forecast_revise", metric.pk), kept)
    assert again.status_code == 303
    assert Revision.objects.get(number=2).reason == "Mine."


def test_a_held_plan_says_why_it_cannot_be_eased(signed_in, metric, plan, url):
    Forecast.objects.update(held_since=NOW)
    page = signed_in.get(url("forecast_revise", metric.pk))
    data = inputs(page) | {"p0-expected": "50", "p0-low": "40", "reason": "x"}

    answer = signed_in.post(url("forecast_revise", metric.pk), data)

    assert "the forecast cannot be made easier" in text_of(page)
    assert answer.status_code == 422
    assert problems(answer) == [
        "A stop is open: the forecast for W46 cannot be made easier until a decision "
        "is recorded."
    ]


@pytest.mark.parametrize("name", ["forecast_add", "forecast_revise"])
def test_queries_of_the_forms(
    signed_in, metric, url, name, django_assert_max_num_queries
):
    if name == "forecast_revise":
        make_forecast(metric, [(*week, 100) for week in weeks(date(2026, 11, 9), 300)])
    signed_in.get(url("metric_list"))

    with django_assert_max_num_queries(12):
        assert signed_in.get(url(name, metric.pk)).status_code == 200
