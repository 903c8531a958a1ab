"""The table of a metric as a file: raw numbers, ISO dates, no formulas."""

from core.spreadsheets import write_csv
from forecasts.table import Row, Table

HEADER = (
    *("period", "period_start", "period_end", "unit", "forecast", "low", "high"),
    *("edge", "first_forecast", "actual", "gap", "state", "value_kind", "source"),
    *("recorded_on", "corrections"),
)


def table_csv(table: Table) -> str:
    """The same rows as the page, all of them; `gap` is a share of the forecast."""
    return write_csv(HEADER, (cells_of(row, table.unit) for row in table.rows))


def cells_of(row: Row, unit: str):
    current = row.current
    return (
        row.label,
        row.period.start,
        row.period.end,
        unit,
        row.expected,
        row.low,
        row.high,
        row.edge,
        row.expected if row.promised is None else row.promised,
        row.actual,
        None if row.gap is None else round(row.gap, 4),
        row.state.value,
        current.value_kind if current else "",
        current.source if current else "",
        current.recorded_on if current else None,
        max(len(row.reports) - 1, 0),
    )
