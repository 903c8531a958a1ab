"""Forecast-and-actual files: what is read, and what is refused and where."""

from datetime import date
from pathlib import Path

import pytest

from forecasts.casefile import (
    COLUMNS,
    CaseFileError,
    cadence_of,
    read_case_file,
    to_series,
)
from forecasts.drift import Cadence, Direction

SAMPLES = Path(__file__).resolve().parents[2] / "portfolio" / "samples" / "data"
FORECAST = {
    "case": "acme",
    "metric": "orders",
    "unit": "orders",
    "direction": "higher",
    "kind_of_metric": "flow",
    "row_kind": "forecast",
    "revision": "0",
    "registered_on": "2025-12-01",
    "period_start": "2026-01-01",
    "period_end": "2026-01-31",
    "expected": "100",
    "value_kind": "reported",
}
ACTUAL = FORECAST | {
    "row_kind": "actual",
    "revision": "",
    "registered_on": "",
    "expected": "",
    "value": "40",
    "known_on": "2026-02-02",
}
EVENT = {
    "case": "acme",
    "metric": "launch",
    "row_kind": "event",
    "period_start": "2026-01-01",
    "period_end": "2026-01-01",
    "value_kind": "reported",
}


def case_text(*rows):
    lines = [",".join(COLUMNS)]
    lines += [",".join(row.get(name, "") for name in COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


def errors_of(text):
    with pytest.raises(CaseFileError) as caught:
        read_case_file(text)
    return [str(error) for error in caught.value.errors]


def test_groups_rows_into_series_and_events():
    found = read_case_file("\ufeff" + case_text(EVENT, FORECAST, ACTUAL) + "\n")
    (series,) = found.series
    (event,) = found.events

    assert (series.case, series.metric, series.unit) == ("acme", "orders", "orders")
    assert [row.expected for row in series.baseline] == [100.0]
    assert series.actual_of((date(2026, 1, 1), date(2026, 1, 31))).value == 40.0
    assert (event.metric, event.line) == ("launch", 2)


def test_pairs_by_equal_period_in_order_of_its_end():
    months = [("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")]
    forecasts = [
        FORECAST | {"period_start": a, "period_end": b, "low": "80", "high": "120"}
        for a, b in months
    ]
    revised = FORECAST | {"revision": "1", "expected": "50"}
    other = ACTUAL | {"period_end": "2026-01-30"}
    (case,) = read_case_file(case_text(*forecasts, revised, ACTUAL, other)).series

    series = to_series(case)

    assert series.direction is Direction.HIGHER
    assert [(p.t, p.forecast, p.low, p.high, p.actual) for p in series.points] == [
        (date(2026, 1, 31), 100.0, 80.0, 120.0, 40.0),
        (date(2026, 2, 28), 100.0, 80.0, 120.0, None),
    ]


@pytest.mark.parametrize(
    ("periods", "registered_on", "cadence"),
    [
        ([("2026-01-01", "2026-01-07")], "2025-12-01", Cadence.WEEKLY),
        ([("2026-01-01", "2026-01-31")], "2025-12-01", Cadence.MONTHLY),
        ([("2026-01-02", "2026-01-30")], "2025-12-01", Cadence.MONTHLY),
        ([("2026-01-01", "2026-03-31")], "2025-12-01", Cadence.QUARTERLY),
        ([("2026-01-01", "2026-12-31")], "2025-12-01", Cadence.YEARLY),
        ([("2026-01-01",) * 2, ("2026-01-02",) * 2], "2025-12-01", Cadence.DAILY),
        ([("2026-01-31",) * 2, ("2026-02-28",) * 2], "2025-12-01", Cadence.MONTHLY),
        ([("2026-12-31",) * 2], "2025-12-20", Cadence.YEARLY),
        ([("2026-12-31",) * 2], "2026-12-31", Cadence.DAILY),
        ([("2026-12-31",) * 2], "", Cadence.DAILY),
    ],
)
def test_cadence_is_the_nearest_to_the_usual_length(periods, registered_on, cadence):
    rows = [
        FORECAST
        | {"period_start": start, "period_end": end, "registered_on": registered_on}
        for start, end in periods
    ]
    (case,) = read_case_file(case_text(*rows)).series

    assert cadence_of(case.baseline) is cadence


def test_baseline_registered_within_its_period_is_late():
    late = FORECAST | {"registered_on": "2026-01-01"}
    revised = late | {"revision": "1"}
    (case,) = read_case_file(case_text(late, revised)).series

    assert [row.is_late for row in case.forecasts] == [True, False]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"row_kind": "guess"}, "line 2, row_kind: 'guess' is none of forecast,"),
        ({"direction": "up"}, "line 2, direction: 'up' is none of higher, lower"),
        ({"kind_of_metric": ""}, "line 2, kind_of_metric: '' is none of flow,"),
        ({"value_kind": "felt"}, "line 2, value_kind: 'felt' is none of reported,"),
        ({"case": ""}, "line 2, case: must not be empty"),
        ({"metric": " "}, "line 2, metric: must not be empty"),
        ({"period_start": ""}, "line 2, period_start: must not be empty"),
        ({"period_end": "31.1.2026"}, "line 2, period_end: '31.1.2026' is no date"),
        ({"period_end": "2025-12-31"}, "line 2, period_end: the period ends before"),
        ({"expected": ""}, "line 2, expected: a row of kind forecast needs it"),
        ({"revision": ""}, "line 2, revision: a row of kind forecast needs it"),
        ({"revision": "-1"}, "line 2, revision: '-1' is no whole number"),
        ({"value": "7"}, "line 2, value: a row of kind forecast has none"),
        ({"expected": "lots"}, "line 2, expected: 'lots' is no usable number"),
        ({"expected": "nan"}, "line 2, expected: 'nan' is no usable number"),
        ({"expected": "1e16"}, "line 2, expected: '1e16' is no usable number"),
        ({"low": "101"}, "line 2, low: low ≤ middle ≤ high is broken"),
        ({"high": "99"}, "line 2, high: low ≤ middle ≤ high is broken"),
    ],
)
def test_wrong_forecast_is_named_by_line_and_column(row, message):
    (error,) = errors_of(case_text(FORECAST | row))

    assert error.startswith(message)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"value": ""}, "line 3, value: a row of kind actual needs it"),
        ({"expected": "1"}, "line 3, expected: a row of kind actual has none"),
        ({"revision": "0"}, "line 3, revision: a row of kind actual has none"),
        ({"low": "50", "high": "60"}, "line 3, low: low ≤ middle ≤ high is broken"),
        ({"unit": "boxes"}, "line 3, unit: unit, direction and kind must be the same"),
    ],
)
def test_wrong_actual_is_named_by_line_and_column(row, message):
    (error,) = errors_of(case_text(FORECAST, ACTUAL | row))

    assert error.startswith(message)


@pytest.mark.parametrize(("row", "kind"), [(FORECAST, "forecast"), (ACTUAL, "actual")])
def test_second_row_of_a_period_is_refused(row, kind):
    assert errors_of(case_text(EVENT, EVENT, row, row)) == [
        f"line 5, period_start: a second {kind} of this period; see line 4"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: columns missing: case, metric,"),
        ("case,metric\n", "line 1: columns missing: unit,"),
        (",".join((*COLUMNS, "mood")), "line 1: unknown columns: mood"),
        (",".join(reversed(COLUMNS)), "line 1: the header must be: case,metric"),
        (case_text() + "a,b\n", "line 2: 2 cells instead of 18"),
        (case_text() + '"' + "x" * 200_000, "line 2: not a CSV row: "),
    ],
)
def test_file_of_another_shape_is_refused(text, message):
    (error,) = errors_of(text)

    assert error.startswith(message)


def test_all_errors_are_told_in_order():
    text = case_text(FORECAST | {"expected": "x"}, ACTUAL, ACTUAL | {"value": "y"})

    assert [error.split(":")[0] for error in errors_of(text)] == [
        "line 2, expected",
        "line 4, value",
        "line 4, period_start",
    ]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda p: p.stem)
def test_shipped_files_are_clean(path):
    found = read_case_file(path.read_text(encoding="utf-8"))

    assert {series.case for series in found.series} == {path.stem}


def test_shipped_files_are_there():
    assert sorted(path.stem for path in SAMPLES.glob("*.csv")) == [
        "iridium",
        "quibi",
        "segway",
        "webvan_as_told",
        "webvan_reconstructed",
    ]
