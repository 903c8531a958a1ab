from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.weeks import Cadence, Period
from forecasts.drift import Direction
from forecasts.history import Planned, Reported
from forecasts.table import RowState, signed_percent, table_of, window_of
from tests.forecasts.test_history import history, planned, reported, week

MINUS = "\N{MINUS SIGN}"
AFTER = week(4).start


def states(table):
    return [row.state.value for row in table.rows]


@pytest.mark.parametrize(
    ("direction", "expected", "actual", "state"),
    [
        (Direction.HIGHER, 100, 90, "on_track"),  # the edge itself is kept
        (Direction.HIGHER, 100, "89.9", "watch"),
        (Direction.HIGHER, 100, 0, "watch"),
        (Direction.HIGHER, 100, 110, "on_track"),
        (Direction.HIGHER, 100, 111, "better"),
        (Direction.LOWER, 100, 110, "on_track"),
        (Direction.LOWER, 100, 111, "watch"),
        (Direction.LOWER, 100, 89, "better"),
        (Direction.HIGHER, 0, 5, "unjudged"),  # a forecast of nothing has no edge
        (Direction.HIGHER, -5, -9, "unjudged"),
    ],
)
def test_state_of_a_period(direction, expected, actual, state):
    record = history([planned(0, expected)], [reported(0, actual)])

    assert states(table_of(replace(record, direction=direction), AFTER)) == [state]


def test_missing_is_overdue_when_over_and_not_due_before():
    record = history([planned(n, 100) for n in range(3)])

    table = table_of(record, week(1).start)

    assert states(table) == ["overdue", "not_due", "not_due"]
    assert [row.label for row in table.due] == ["W40"]
    assert table.rows[0].actual is None
    assert table.rows[0].gap is None
    assert table.rows[0].gap_text == ""


def test_a_number_without_forecast_is_shown_and_not_judged():
    table = table_of(history([], [reported(0, 5)]), AFTER)

    [row] = table.rows
    assert (row.expected, row.edge, row.gap, row.state) == (
        *(None, None, None, RowState.UNJUDGED),
    )
    assert row.is_unplanned


def test_the_edge_lies_on_the_bad_side():
    record = history([planned(0, 200)])

    assert table_of(record, AFTER).rows[0].edge == 180
    lower = table_of(replace(record, direction=Direction.LOWER), AFTER)
    assert (lower.rows[0].edge, lower.edge_text) == (220, "+10%")


def test_what_was_promised_first_stays_beside_what_is_in_force():
    record = history([planned(0, 100), planned(0, 60, order=(0, 1)), planned(1, 9)])

    rows = table_of(record, AFTER).rows

    assert [(row.expected, row.promised) for row in rows] == [(60, 100), (9, None)]
    assert rows[0].has_note


def test_a_correction_leaves_the_old_value_visible():
    row = table_of(history([planned(0, 9)], [reported(0, 4), reported(0, 5)]), AFTER)

    [(old, new)] = row.rows[0].replaced
    assert (old.value, new.value, row.rows[0].actual) == (4, 5, 5)
    assert row.rows[0].has_note


def test_figures_that_were_not_measured_say_so():
    told = Reported("r", week(0), Decimal(5), AFTER, value_kind="narrative", source="S")
    record = history([planned(0, 9)], [told, reported(1, 5)])

    rows = table_of(record, AFTER).rows

    assert [row.kind_text for row in rows] == ["as told", "measured"]
    assert [row.has_note for row in rows] == [True, False]
    due = table_of(history([planned(0, 9)]), AFTER).rows[0]
    assert (due.kind_text, due.has_note) == ("", True)


def test_rows_of_an_irregular_period():
    june = Period(Cadence.MONTHLY, date(1999, 6, 2), date(1999, 6, 30))
    point = Planned(june, (0, 0), date(1999, 6, 1), Decimal(8000))
    record = replace(history([point]), cadence=Cadence.MONTHLY)

    [row] = table_of(record, date(1999, 7, 1)).rows

    assert (row.label, row.key) == ("Jun 1999", "19990602-19990630")
    assert row.dates == "2\N{EN DASH}30 Jun 1999"


@pytest.mark.parametrize(
    ("share", "text"), [(-0.666, f"{MINUS}67%"), (0.12, "+12%"), (0.001, "0%")]
)
def test_signed_percent(share, text):
    assert signed_percent(share) == text


def rows_of(count):
    return table_of(history([planned(n, 1) for n in range(count)]), AFTER).rows


@pytest.mark.parametrize(
    ("count", "until", "first", "last", "earlier", "later"),
    [
        (3, 1, 0, 2, None, None),
        (100, 49, 24, 62, 23, 88),
        (100, 0, 0, 38, None, 64),
        (100, 99, 74, 99, 73, None),
        (100, 500, 74, 99, 73, None),
    ],
)
def test_window(count, until, first, last, earlier, later):
    rows = rows_of(count)

    window = window_of(rows, week(until).start)

    assert (window.rows[0], window.rows[-1]) == (rows[first], rows[last])
    assert window.earlier == (None if earlier is None else week(earlier).start)
    assert window.later == (None if later is None else week(later).start)


def test_windows_reach_every_row():
    rows = rows_of(200)
    seen, day = set(), week(199).start
    while day is not None:
        window = window_of(rows, day)
        seen |= {row.key for row in window.rows}
        day = window.earlier

    assert len(seen) == 200
    assert window_of((), None).rows == ()
    assert len(window_of(rows, None).rows) == 26
    assert window_of(rows, week(0).start - timedelta(days=1)).rows[0] == rows[0]
