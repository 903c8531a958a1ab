"""Lines in, lines out, and what is said about a line that is no series."""

import json
from dataclasses import replace
from datetime import date

import pytest

from forecasts.drift import Cadence, Direction, Point, Series, judge
from forecasts.series_json import (
    MalformedSeriesError,
    error_line,
    read_series,
    verdict_line,
)
from tests.forecasts.metrics import make_series

GOOD = {
    "id": "orders",
    "direction": "higher",
    "tolerance": 0.1,
    "cadence": "daily",
    "points": [
        {"t": "2026-03-02", "forecast": 100, "actual": 90},
        {"t": "2026-03-03", "forecast": 100, "low": 80, "high": 130, "actual": None},
        {"t": "2026-03-04", "forecast": 0, "actual": 5, "seen": 4},
        {"t": "2026-03-05", "forecast": 9.5, "history": [[3, 8], [5, None]]},
    ],
}


def line(**changes):
    return json.dumps(GOOD | changes).encode()


def with_point(**changes):
    return line(points=[GOOD["points"][0] | changes])


def test_reads_every_field():
    assert read_series(line()) == Series(
        "orders",
        Direction.HIGHER,
        0.1,
        Cadence.DAILY,
        (
            Point(date(2026, 3, 2), 100.0, None, None, 90.0),
            Point(date(2026, 3, 3), 100.0, 80.0, 130.0, None),
            Point(date(2026, 3, 4), 0.0, None, None, 5.0, seen=4),
            Point(
                *(date(2026, 3, 5), 9.5, None, None, None),
                history=((3, 8.0), (5, None)),
            ),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + line(),
        line(tolerance=0.1, truth="unknown keys are ignored"),
        line(points=[GOOD["points"][0] | {"note": "also here"}, *GOOD["points"][1:]]),
    ],
)
def test_reads_the_same_from_a_line_with_extras(text):
    assert read_series(text) == read_series(line())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tolerance": None}, {"tolerance": None}),
        ({"points": []}, {"points": ()}),
    ],
)
def test_reads_what_may_be_absent(changes, expected):
    assert read_series(line(**changes)) == replace(read_series(line()), **expected)


def test_forecast_may_be_unknown():
    assert read_series(with_point(forecast=None)).points[0].forecast is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "not JSON: "),
        (b"\xff\xfe", "not UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[1, 2]", "a line must hold one JSON object"),
        (b"{}", "id: a text is needed"),
        (line(id=None), "id: a text is needed"),
        (line(direction="up"), "direction: one of higher, lower is needed"),
        (line(direction=["higher"]), "direction: one of higher, lower is needed"),
        (line(cadence="hourly"), "cadence: one of daily, weekly,"),
        (line(tolerance="10 %"), "tolerance: a number is needed"),
        (line(tolerance=-0.1), "tolerance: a share between 0 and 1"),
        (line(tolerance=1.1), "tolerance: a share between 0 and 1"),
        (line(points={}), "points: a list is needed"),
        (line(points=[5]), "points[0]: an object is needed"),
        (line(points=[{"t": "2026-01-01"}]), "points[0].forecast: a number is needed"),
        (line(points=GOOD["points"][:2][::-1]), "points[1].t: dates must rise"),
        (line(points=GOOD["points"][:1] * 2), "points[1].t: dates must rise"),
        (with_point(t="2026-02-30"), "points[0].t: a date such as"),
        (with_point(t=20260302), "points[0].t: a date such as"),
        (with_point(forecast="100"), "points[0].forecast: a number is needed"),
        (with_point(forecast=True), "points[0].forecast: a number is needed"),
        (with_point(actual=float("nan")), "points[0].actual: a finite number"),
        (with_point(actual=float("inf")), "points[0].actual: a finite number"),
        (with_point(actual=10**16), "points[0].actual: the number is too large"),
        (with_point(forecast=-1e16), "points[0].forecast: the number is too large"),
        (with_point(low=101), "points[0].low: must not lie above the forecast"),
        (with_point(high=99), "points[0].high: must not lie below the forecast"),
        (with_point(seen=-1), "points[0].seen: a night is a whole number"),
        (with_point(seen=1.0), "points[0].seen: a night is a whole number"),
        (with_point(seen=True), "points[0].seen: a night is a whole number"),
        (with_point(history={}), "points[0].history: a list of [night, value]"),
        (with_point(history=[[1]]), "points[0].history: each entry is"),
        (with_point(history=[7]), "points[0].history: each entry is"),
        (with_point(history=[["1", 2]]), "points[0].history: a night is"),
        (with_point(history=[[1, "2"]]), "points[0].history: a number is needed"),
        (with_point(history=[[2, 1], [1, 1]]), "points[0].history: nights must not"),
    ],
)
def test_says_what_is_wrong_with_a_line(text, message):
    with pytest.raises(MalformedSeriesError) as caught:
        read_series(text)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "series_id"),
    [
        (line(direction="up"), "orders"),
        (line(id=7), 7),
        (line(id=[1]), None),
        (b"", None),
    ],
)
def test_error_keeps_the_id_it_could_read(text, series_id):
    with pytest.raises(MalformedSeriesError) as caught:
        read_series(text)

    answer = json.loads(error_line(caught.value))
    assert answer == {"id": series_id, "error": str(caught.value)}


def test_verdict_line_has_the_agreed_keys():
    verdict = judge(make_series([20.0, 21.0, 19.0]))

    assert json.loads(verdict_line("orders", verdict)) == {
        "id": "orders",
        "alert_at": 1,
        "state": "stop",
        "p": verdict.p,
        "why": verdict.why,
        "odds": verdict.odds,
        "withdrawn": False,
    }
