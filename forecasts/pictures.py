"""Rows of the table as pictures: the chart of one metric, the small one of the list."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.charts.line import EarlierLine, LineChart, LinePoint, line_chart
from core.charts.spark import Spark, SparkPoint, spark
from core.numbers import show
from core.weeks import Cadence, dates, period_of
from forecasts.history import History, Key
from forecasts.table import Row, Table

EARLIER_LINES = 3


def chart_of(
    history: History, table: Table, rows: Sequence[Row], sentence: str
) -> LineChart | None:
    """The rows given, in one picture. None while there is nothing to draw."""
    if not any(row.expected is not None or row.reports for row in rows):
        return None
    known = [row for row in rows if row.reports]
    actual = f"Actual {show(known[-1].actual)}" if known else ""
    has_range = any(row.low is not None and row.high is not None for row in rows)
    period = history.cadence.period_name
    band = f"8 of 10 {period}s" if has_range else ""
    has_edge = any(row.edge is not None for row in rows)
    return line_chart(
        [_point(row) for row in rows],
        key="metric",
        title=f"{history.name}: forecast and actual, {history.unit}",
        description=f"{sentence} The table below has every number.",
        caption=_caption(has_range=has_range, has_edge=has_edge, edge=table.edge_text),
        unit=history.unit,
        band_label=band,
        edge_label=f"Edge {table.edge_text}" if has_edge else "",
        actual_label=actual,
        earlier=_earlier(history, rows),
    )


def spark_of(name: str, rows: Sequence[Row]) -> Spark | None:
    """The rows given, each against its own forecast."""
    if not any(row.reports for row in rows):
        return None
    outside = [row.label for row in rows if row.is_outside]
    words = (
        f"outside the edge in {', '.join(outside)}" if outside else "inside the edge"
    )
    return spark(
        [
            SparkPoint(
                forecast=_float(row.expected),
                low=_float(row.low),
                high=_float(row.high),
                actual=_float(row.actual),
                is_outside=row.is_outside,
            )
            for row in rows
        ],
        label=f"{name}, last {len(rows)} periods against forecast: {words}",
    )


def _point(row: Row) -> LinePoint:
    return LinePoint(
        label=row.label,
        forecast=_float(row.expected),
        low=_float(row.low),
        high=_float(row.high),
        edge=_float(row.edge),
        actual=_float(row.actual),
        is_outside=row.is_outside,
    )


def _caption(*, has_range: bool, has_edge: bool, edge: str) -> str:
    parts = []
    if has_edge:
        parts.append(f"The edge, {edge} from the forecast, is what was agreed.")
    if has_range:
        parts.append("Shaded: the range expected to hold in 8 of 10 periods.")
    return " ".join(parts)


def _earlier(history: History, rows: Sequence[Row]) -> list[EarlierLine]:
    """Forecasts that were replaced, where they differ from what is in force."""
    shown: dict[Key, Decimal | None] = {
        (row.period.start, row.period.end): row.expected for row in rows
    }
    lines: dict[tuple[int, int], dict[Key, Decimal]] = {}
    when: dict[tuple[int, int], date] = {}
    for point in history.planned:
        key = (point.period.start, point.period.end)
        if key in shown and shown[key] != point.expected:
            lines.setdefault(point.order, {})[key] = point.expected
            when[point.order] = point.registered_on
    return [
        EarlierLine(
            _day(when[order]),
            tuple(_float(lines[order].get(key)) for key in shown),
        )
        for order in sorted(lines)[-EARLIER_LINES:]
    ]


def _day(day: date) -> str:
    return dates(period_of(day, Cadence.DAILY))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
