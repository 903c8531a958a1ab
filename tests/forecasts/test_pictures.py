from forecasts.headline import headline
from forecasts.pictures import chart_of, spark_of
from forecasts.table import table_of
from tests.forecasts.test_history import history, planned, reported, week

TODAY = week(3).start


def wide(chart):
    return chart.pictures[0]


def drawn(record):
    table = table_of(record, TODAY)
    return chart_of(record, table, table.rows, headline(table, "unjudged").sentence)


def test_nothing_to_draw():
    assert drawn(history([])) is None
    assert spark_of("Orders", ()) is None
    due = table_of(history([planned(0, 5)]), TODAY)
    assert spark_of("Orders", due.rows) is None


def test_a_chart_says_what_the_table_says():
    record = history(
        [planned(n, 100, low=80, high=120) for n in range(4)],
        [reported(0, 100), reported(2, 40)],
    )

    chart = drawn(record)

    assert chart.title == "Orders: forecast and actual, orders"
    assert chart.description.startswith("W42: 40 orders actual, 100 forecast")
    assert chart.caption.endswith("in 8 of 10 periods.")
    assert [dot.is_outside for dot in wide(chart).dots] == [False, True]
    words = [label.text for label in wide(chart).labels]
    assert {"Forecast", "Actual 40", "8 of 10 weeks"} <= set(words)
    assert wide(chart).rule is None


def test_without_range_and_edge_there_is_no_caption():
    chart = drawn(history([], [reported(0, 5)]))

    assert chart.caption == ""
    assert (wide(chart).band, wide(chart).edge) == ("", "")


def test_an_edge_alone():
    chart = drawn(history([planned(0, 5), planned(1, 5)]))

    assert chart.caption == (
        "The edge, \N{MINUS SIGN}10% from the forecast, is what was agreed."
    )
    assert wide(chart).actual == ""


def test_earlier_lines_stay_with_their_dates():
    record = history(
        [
            *(planned(n, 100) for n in range(4)),
            planned(2, 60, order=(0, 1), registered=week(1).start),
            planned(3, 60, order=(0, 1), registered=week(1).start),
            planned(9, 1, order=(0, 1), registered=week(1).start),
        ]
    )
    table = table_of(record, TODAY)

    chart = chart_of(record, table, table.rows[:4], "")

    assert len(wide(chart).earlier) == 1
    assert "1 Sep 2026" in [label.text for label in wide(chart).labels]


def test_a_small_picture_names_the_weeks_outside():
    record = history(
        [planned(n, 100) for n in range(3)], [reported(0, 100), reported(1, 40)]
    )
    rows = table_of(record, TODAY).rows

    assert spark_of("Orders", rows).label == (
        "Orders, last 3 periods against forecast: outside the edge in W41"
    )
    assert spark_of("Orders", rows[:1]).label.endswith("inside the edge")
