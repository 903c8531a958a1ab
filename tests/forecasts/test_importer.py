from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.spreadsheets import SpreadsheetRefused, read_table
from forecasts.importer import check_actuals, import_actuals
from forecasts.models import Actual, Metric
from tests.factories import (
    NOW,
    TODAY,
    make_actual,
    make_forecast,
    make_metric,
    make_workspace,
    weeks,
)

pytestmark = pytest.mark.django_db
WEEK_43, WEEK_44 = weeks(date(2026, 10, 19), 2)


@pytest.fixture
def orders(workspace):
    return make_metric(workspace, "Orders", unit="orders")


@pytest.fixture
def clinics(workspace):
    return make_metric(workspace, "Paying clinics", unit="clinics")


def check(workspace, text, **options):
    return check_actuals(workspace, read_table(text), today=TODAY, **options)


def taken(report):
    return [(one.metric.name, one.label, one.value) for one in report.accepted]


def refused(report):
    return [(one.line, one.column, one.message) for one in report.rejected]


@pytest.mark.parametrize(
    "text",
    [
        "metric\tperiod\tvalue\nOrders\t2026-W43\t2.000,5\npaying CLINICS\t2026-W44\t3",
        "Name;Week;Actual\nOrders;2026-W43;2.000,5\nPaying clinics;2026-W44;3",
        'Period,Metric,Number\n2026-10-19,Orders,"2,000.5"\n1.11.2026,Paying clinics,3',
        "week\tOrders\tPaying clinics\n2026-W43\t2 000,5\t\n2026-W44\t\t3",
    ],
)
def test_long_and_wide_tables(workspace, orders, clinics, text):
    report = check(workspace, text)

    assert refused(report) == []
    assert taken(report) == [
        ("Orders", "W43", Decimal("2000.5")),
        ("Paying clinics", "W44", 3),
    ]
    assert (report.metrics, report.accepted[0].echo) == (2, "2,000.5 orders")


@pytest.mark.parametrize(
    "text",
    [
        "period\tvalue\n2026-W43\t5",
        "2026-W43\t5",
        "2026-W43;5;ignored",
        "week;Orders\n2026-W43;5",
    ],
)
def test_a_table_for_one_metric(workspace, orders, text):
    assert taken(check(workspace, text, metric=orders)) == [("Orders", "W43", 5)]


def test_kind_and_source_are_read(workspace, orders):
    text = "metric,period,value,kind,source\nOrders,2026-W43,5,As told,Blank\nOrders,2026-W44,5,estimated,\n"

    report = check(workspace, text)

    assert [(one.value_kind, one.source) for one in report.accepted] == [
        ("narrative", "Blank"),
        ("estimated", ""),
    ]


def test_every_trouble_is_named_by_line_and_column(workspace, orders):
    make_actual(orders, *WEEK_43, 7)
    make_metric(workspace, "Closed", closed_at=NOW)
    text = (
        "metric\tperiod\tvalue\tkind\n"
        "Orders\t2026-W45\t5\t\n"
        "Orders\t2026-W41\tmany\tguess\n"
        "Closed\t2026-W41\t5\t\n"
        "\t2026-W41\t5\t\n"
        "Orders\t2026-W43\t8\t\n"
        "Orders\t2026-W42\t5\t\n"
        "Orders\t2026-10-14\t5\t\n"
        "Orders\tlast week\t=1+1\t\n"
    )

    report = check(workspace, text)

    assert refused(report) == [
        (2, "period", "W45 is not over: it ends on 2026-11-08."),
        (3, "value", "Enter a number, such as 2,000.5."),
        (
            *(3, "value_kind"),
            "Select a valid choice. guess is not one of the available choices.",
        ),
        (4, "metric", "There is no open metric “Closed”."),
        (5, "metric", "There is no open metric “(empty)”."),
        (6, "value", "There is a number for W43 already, 7 orders: correct it there."),
        (8, "value", "W42 stands in line 7 already."),
        (
            *(9, "period"),
            "“last week” is unclear: enter a week such as 2026-W44, or any day of it "
            "such as 2026-10-26.",
        ),
        (9, "value", "This is a formula. Enter its result, such as 2,000.5."),
    ]
    assert not report.is_fine


def test_missing_is_counted_and_never_zero(workspace, orders, clinics):
    report = check(
        workspace, "period\tOrders\tPaying clinics\n2026-W43\t\t3\n2026-W44\t\t\n"
    )

    assert taken(report) == [("Paying clinics", "W43", 3)]
    assert report.empty == 3


def test_two_readings_are_asked_once(workspace, orders):
    text = "period\tvalue\n2026-W43\t1.234\n2026-W44\t2.345"

    asked = check(workspace, text, metric=orders)
    answered = check(workspace, text, metric=orders, decimal=",")

    assert asked.question[0] == "1.234"
    assert len(asked.rejected) == 2
    assert taken(answered) == [("Orders", "W43", 1234), ("Orders", "W44", 2345)]


def test_an_irregular_period_takes_the_number_of_its_month(workspace):
    metric = make_metric(workspace, "Webvan", cadence="monthly")
    make_forecast(metric, [(date(1999, 6, 2), date(1999, 6, 30), 8000)])

    report = check(workspace, "period\tvalue\nJun 1999\t2000", metric=metric)

    assert report.accepted[0].period.start == date(1999, 6, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("metric,value\nOrders,5", "Missing: period."),
        ("a,b\n1,2", "Missing: period, value, metric."),
        ("period,value\n2026-W43,5", "Missing: metric."),
        ("metric,period,value,Value\nOrders,2026-W43,5,6", "“value” appears twice"),
    ],
)
def test_headings_that_say_nothing(workspace, orders, text, words):
    with pytest.raises(SpreadsheetRefused, match=words):
        check(workspace, text)


def test_metrics_of_another_venture_are_not_known(workspace):
    make_metric(make_workspace(), "Orders")

    report = check(workspace, "metric\tperiod\tvalue\nOrders\t2026-W43\t5")

    assert refused(report) == [(2, "metric", "There is no open metric “Orders”.")]


def test_the_same_table_again_adds_nothing(workspace, orders, founder):
    text = "period\tvalue\n2026-W43\t5\n2026-W44\t6,5\n"
    first = check(workspace, text, metric=orders)
    import_actuals(workspace, first, by=founder, now=NOW)

    again = check(workspace, text, metric=orders)
    import_actuals(workspace, again, by=founder, now=NOW)

    assert (len(first.accepted), first.unchanged) == (2, 0)
    assert (again.accepted, again.unchanged, again.is_fine) == ((), 2, True)
    assert Actual.objects.count() == 2
    assert Metric.objects.get().evidence_rev == 1


def test_many_rows_take_few_queries(workspace, founder, django_assert_max_num_queries):
    metric = make_metric(workspace, "Daily", cadence="daily", unit="orders")
    lines = [f"{date(2020, 1, 1) + timedelta(days=n)}\t{n}" for n in range(1000)]
    table = read_table("\n".join(["period\tvalue", *lines]))

    with django_assert_max_num_queries(3):
        report = check_actuals(workspace, table, today=TODAY, metric=metric)
    # SQLite takes about 80 rows in one statement; the metric is written for search, too
    with django_assert_max_num_queries(9 + 1000 // 70):
        import_actuals(workspace, report, by=founder, now=NOW)

    assert Actual.objects.count() == 1000
