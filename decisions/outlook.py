"""PURE. Where the plan ends if the record goes on as it has so far.

The share is Σ actual / Σ forecast over the periods that have both; what is still
planned is taken at that share. No interval is given: it is a question, not a forecast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import show
from forecasts.table import Row


@dataclass(frozen=True, slots=True)
class Outlook:
    """`ahead` periods are planned and not reported; amounts are in the metric's unit.

    `is_sum`: amounts are totals over them, else they are of the last one, `until`.
    """

    share: float
    ahead: int
    until: str
    planned: Decimal
    expected_now: Decimal
    is_sum: bool

    def sentence(self, unit: str) -> str:
        planned, now = show(self.planned, unit), show(self.expected_now, unit)
        rate = f"{round(100 * self.share)}% of forecast"
        if self.is_sum:
            return (
                f"If it goes on at {rate}, the {self.ahead} periods until {self.until} "
                f"bring {now} in all instead of {planned}."
            )
        return f"If it goes on at {rate}, {self.until} comes to {now}, not {planned}."


def outlook(rows: Sequence[Row], *, adds_up: bool) -> Outlook | None:
    """None while nothing is known, or nothing is ahead.

    `adds_up`: the periods of the metric can be summed, as orders or money can and a
    stock or a mean cannot.
    """
    both = [
        (row.actual, row.expected)
        for row in rows
        if row.actual is not None and row.expected is not None
    ]
    ahead = [
        (row, row.expected)
        for row in rows
        if row.actual is None and row.expected is not None
    ]
    forecast = sum((expected for _, expected in both), Decimal(0))
    if not ahead or forecast <= 0:
        return None
    share = sum((actual for actual, _ in both), Decimal(0)) / forecast
    planned = ahead[-1][1]
    if adds_up:
        planned = sum((expected for _, expected in ahead), Decimal(0))
    return Outlook(
        share=float(share),
        ahead=len(ahead),
        until=ahead[-1][0].label,
        planned=planned,
        expected_now=planned * share,
        is_sum=adds_up and len(ahead) > 1,
    )
