"""What investors were told as a CSV file: one line for each period of each telling."""

from collections.abc import Iterable

from core.spreadsheets import write_csv
from forecasts.told import Telling

HEADER = (
    *("metric", "unit", "told_to", "told_on", "revision", "period", "period_start"),
    *("period_end", "told", "actual", "forecast_now", "taken_back_on", "why"),
)


def told_csv(tellings: Iterable[Telling]) -> str:
    return write_csv(HEADER, (row for one in tellings for row in rows_of(one)))


def rows_of(one: Telling):
    back = one.taken_back
    ended = (one.metric.workspace.today(back.at), back.reason) if back else ("", "")
    for line in one.told.promises:
        yield (
            *(one.metric.name, one.metric.unit, one.told_to, one.told_on, one.revision),
            *(line.label, line.period.start, line.period.end),
            *(line.told, line.actual, line.now),
            *ended,
        )
