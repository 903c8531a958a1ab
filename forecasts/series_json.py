"""PURE: series and verdicts as JSON lines, and in words what is wrong with a line."""

import json
import math
from datetime import date
from typing import Any

from forecasts.drift import Cadence, Direction, Point, Series, Verdict

# Beyond this no count or amount is meant, and floats lose the digits that matter.
LARGEST_NUMBER = 1e15


class MalformedSeriesError(ValueError):
    """A line that is no series; the text says where and why, for people.

    `series_id` is the line's id as far as it could be read.
    """

    def __init__(self, message: str, series_id: str | int | None = None) -> None:
        super().__init__(message)
        self.series_id = series_id


def read_series(line: bytes) -> Series:
    """The series of one line; MalformedSeriesError when it is none.

    Shape: {"id", "direction", "tolerance", "cadence", "points": [{"t", "forecast",
    "low"?, "high"?, "actual", "seen"?, "history"?}]}, in time order. Other keys are
    ignored.
    """
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        raise MalformedSeriesError("nested too deeply") from None
    except UnicodeDecodeError:
        raise MalformedSeriesError("not UTF-8 text") from None
    except ValueError as error:
        raise MalformedSeriesError(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise MalformedSeriesError("a line must hold one JSON object")
    series_id = data.get("id")
    if not isinstance(series_id, str):
        known = series_id if isinstance(series_id, int) else None
        raise MalformedSeriesError("id: a text is needed", known)
    try:
        return _series(data, series_id)
    except ValueError as error:
        raise MalformedSeriesError(str(error), series_id) from None


def verdict_line(series_id: str, verdict: Verdict) -> str:
    """One verdict as one line of JSON."""
    return json.dumps(
        {
            "id": series_id,
            "alert_at": verdict.alert_at,
            "state": verdict.state,
            "p": verdict.p,
            "why": verdict.why,
            "odds": verdict.odds,
            "withdrawn": verdict.withdrawn,
        },
        ensure_ascii=False,
    )


def error_line(error: MalformedSeriesError) -> str:
    """The answer to a malformed line."""
    told = {"id": error.series_id, "error": str(error)}
    return json.dumps(told, ensure_ascii=False)


def _series(data: dict[str, Any], series_id: str) -> Series:
    points = data.get("points")
    if not isinstance(points, list):
        raise ValueError("points: a list is needed")
    read = tuple(_point(index, point) for index, point in enumerate(points))
    for index in range(1, len(read)):
        if read[index].t <= read[index - 1].t:
            raise ValueError(f"points[{index}].t: dates must rise from point to point")
    return Series(
        id=series_id,
        direction=Direction(_choice(data, "direction", tuple(Direction))),
        tolerance=_tolerance(data.get("tolerance")),
        cadence=Cadence(_choice(data, "cadence", tuple(Cadence))),
        points=read,
    )


def _choice(data: dict[str, Any], key: str, choices: tuple[str, ...]) -> str:
    value = data.get(key)
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{key}: one of {', '.join(choices)} is needed")
    return value


def _tolerance(value: object) -> float | None:
    if value is None:
        return None
    tolerance = _number(value, "tolerance")
    if not 0 <= tolerance <= 1:
        raise ValueError("tolerance: a share between 0 and 1 is needed")
    return tolerance


def _point(index: int, data: object) -> Point:
    where = f"points[{index}]"
    if not isinstance(data, dict):
        raise ValueError(f"{where}: an object is needed")
    if "forecast" not in data:
        raise ValueError(f"{where}.forecast: a number is needed")
    point = Point(
        t=_date(data.get("t"), f"{where}.t"),
        forecast=_number_or_none(data["forecast"], f"{where}.forecast"),
        low=_number_or_none(data.get("low"), f"{where}.low"),
        high=_number_or_none(data.get("high"), f"{where}.high"),
        actual=_number_or_none(data.get("actual"), f"{where}.actual"),
        seen=_seen(data.get("seen"), f"{where}.seen"),
        history=_history(data.get("history"), f"{where}.history"),
    )
    _check_range(point, where)
    return point


def _check_range(point: Point, where: str) -> None:
    if point.forecast is None:
        return
    if point.low is not None and point.low > point.forecast:
        raise ValueError(f"{where}.low: must not lie above the forecast")
    if point.high is not None and point.high < point.forecast:
        raise ValueError(f"{where}.high: must not lie below the forecast")


def _date(value: object, where: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"{where}: a date such as 2026-01-31 is needed") from None


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{where}: a number is needed")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{where}: a finite number is needed")
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ValueError(f"{where}: the number is too large")
    return float(value)


def _number_or_none(value: object, where: str) -> float | None:
    return None if value is None else _number(value, where)


def _night(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{where}: a night is a whole number from 0 on")
    return value


def _seen(value: object, where: str) -> int | None:
    return None if value is None else _night(value, where)


def _history(value: object, where: str) -> tuple[tuple[int, float | None], ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list of [night, value] is needed")
    entries: list[tuple[int, float | None]] = []
    for entry in value:
        if not isinstance(entry, list) or len(entry) != 2:
            raise ValueError(f"{where}: each entry is [night, value]")
        night = _night(entry[0], where)
        if entries and night < entries[-1][0]:
            raise ValueError(f"{where}: nights must not go back")
        entries.append((night, _number_or_none(entry[1], where)))
    return tuple(entries)
