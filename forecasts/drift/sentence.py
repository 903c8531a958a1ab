"""The sentence that goes with a verdict. Every number in it follows from the record."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.drift import constants as fixed
from forecasts.drift.series import Direction, Series

_PLAIN_STEPS = (5, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last `count` reported periods, with Σ actual / Σ forecast over them."""

    count: int
    share: float


def plain_odds(p: float) -> int | None:
    """N of "less than once in N": 1/(3p) rounded down to 1, 2, 3 or 5 times a power
    of ten, at most 10,000; None below 2, where there is nothing to say.
    """
    chance = 1 / (fixed.ODDS_RESERVE * max(p, 1e-9))
    if chance >= fixed.LONGEST_ODDS:
        return fixed.LONGEST_ODDS
    # The tiny factor keeps a chance of exactly 300 from becoming 200 by rounding.
    chance *= 1 + 1e-9
    power = 10 ** max(0, math.floor(math.log10(chance)))
    odds = next((n * power for n in _PLAIN_STEPS if n * power <= chance), 1)
    return odds if odds > 1 else None


def worst_stretch(
    pairs: Sequence[tuple[float, float]], direction: Direction
) -> Stretch:
    """The latest stretch of (actual, forecast) that departs most the bad way.

    Largest departure · √length; the whole record when none departs that way.
    """
    sign = 1 if direction is Direction.HIGHER else -1
    best, actual, forecast = (0.0, 0, 1.0), 0.0, 0.0
    for count, (value, expected) in enumerate(reversed(pairs), start=1):
        actual, forecast = actual + value, forecast + expected
        departure = sign * (1 - actual / forecast) * math.sqrt(count)
        if departure > best[0]:
            best = (departure, count, actual / forecast)
    if best[1]:
        return Stretch(best[1], best[2])
    return Stretch(len(pairs), actual / forecast)


def last_period(series: Series, index: int, actual: float) -> str:
    """ "Week 3: 2,000 against 8,000 forecast (25%)."."""
    forecast = series.points[index].forecast or math.nan
    return (
        f"{series.cadence.period_name.capitalize()} {index + 1}: {number(actual)} "
        f"against {number(forecast)} forecast ({percent(actual / forecast)})."
    )


def over_stretch(stretch: Stretch, known: int, overall: float, period: str) -> str:
    """ "Over the last 3 reported weeks the actual is 25% of forecast"."""
    if known == 1:
        return f"This is the only reported {period}"
    if stretch.count == known:
        return (
            f"Over all {known} reported {period}s the actual is "
            f"{percent(stretch.share)} of forecast"
        )
    some = (
        f"Over the last {stretch.count} reported {period}s the actual is"
        if stretch.count > 1
        else f"In the last reported {period} the actual is"
    )
    return (
        f"{some} {percent(stretch.share)} of forecast, "
        f"{percent(overall)} over all {known}"
    )


def odds_clause(odds: int) -> str:
    return (
        "if the forecast were right, a record like this would come up "
        f"less than once in {odds:,}"
    )


def percent(share: float) -> str:
    figure = 100 * share
    return f"{figure:,.0f}%" if abs(figure) >= 10 or figure == 0 else f"{figure:.2g}%"


def number(value: float) -> str:
    if value == math.floor(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"
