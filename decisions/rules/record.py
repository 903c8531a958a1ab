"""PURE. A metric's record on one day, as the rules read it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from decisions.alerting import RANGE_IN_DEVIATIONS, USUAL_SPREAD, WIDEST_RANGE
from forecasts.drift import Cadence, Direction

Span = tuple[date, date]

# A goal that is either reached or not: a share of it means nothing.
YES_OR_NO = "0 or 1"
COUNTED = "flow"
STOCK = "stock"
# Kinds whose periods can be added up.
SUMMED = ("flow", "money")


@dataclass(frozen=True, slots=True)
class Expected:
    """One planned period; `low` and `high` hold in eight of ten. `is_late`: history
    that was brought in after it began.
    """

    span: Span
    forecast: float
    low: float | None = None
    high: float | None = None
    is_late: bool = False

    def bound(self, direction: Direction) -> float | None:
        """The end of the range on the bad side."""
        return self.low if direction is Direction.HIGHER else self.high


@dataclass(frozen=True, slots=True)
class Registered:
    """Numbers that were set on a day, for some or all periods."""

    on: date
    points: Mapping[Span, float]


@dataclass(frozen=True, slots=True)
class Known:
    """A period that is over and reported."""

    expected: Expected
    actual: float


@dataclass(frozen=True, slots=True)
class Record:
    """`plan` is the first forecast of the current process, also of what is ahead, by
    the end of the periods; `actuals` what is known on `as_of`. `registered` holds all
    sets of numbers in order, the first promise first.
    """

    kind: str
    direction: Direction
    cadence: Cadence
    plan: tuple[Expected, ...]
    actuals: Mapping[Span, float]
    as_of: date
    registered: tuple[Registered, ...] = ()
    unit: str = ""
    is_vanity: bool = False

    @property
    def asks_yes_or_no(self) -> bool:
        return self.unit == YES_OR_NO

    @property
    def is_judged(self) -> bool:
        """Shares of these forecasts mean something, and somebody is held to them."""
        return not (self.is_vanity or self.asks_yes_or_no)

    def over(self) -> tuple[Expected, ...]:
        """The periods that have ended, the last day included."""
        return tuple(one for one in self.plan if one.span[1] < self.as_of)

    def known(self) -> tuple[Known, ...]:
        found = ((one, self.actuals.get(one.span)) for one in self.over())
        return tuple(
            Known(one, actual)
            for one, actual in found
            if actual is not None and one.forecast > 0
        )

    def unreported(self) -> tuple[Expected, ...]:
        """Periods promised in time that have ended after the last one reported."""
        reported = [one.span[1] for one in self.plan if one.span in self.actuals]
        last = max(reported, default=date.min)
        return tuple(
            one for one in self.over() if one.span[1] > last and not one.is_late
        )

    def good(self, amount: float) -> float:
        """More is better, after this."""
        return amount if self.direction is Direction.HIGHER else -amount


def share(known: tuple[Known, ...]) -> float:
    """Σ actual / Σ forecast; for ratios and stocks that is the mean over the mean."""
    return sum(one.actual for one in known) / sum(
        one.expected.forecast for one in known
    )


def deviations(record: Record, known: tuple[Known, ...]) -> float:
    """Z = Σ(actual − forecast) / √Σ(deviation²), each the forecast times its spread.

    The spread is the half width of the declared range on the bad side by 1.28, at most
    60 %, or the usual one. What is counted one by one scatters by √forecast besides.
    Bad is negative, also where less is better.
    """
    if not known:
        return 0.0
    off = sum(one.actual - one.expected.forecast for one in known)
    spread = math.sqrt(sum(_variance(record, one.expected) for one in known))
    return record.good(off) / max(spread, 1e-9)


def _variance(record: Record, expected: Expected) -> float:
    bound = expected.bound(record.direction)
    share_of = USUAL_SPREAD[record.cadence]
    if bound is not None:
        width = min(abs(bound - expected.forecast) / expected.forecast, WIDEST_RANGE)
        share_of = width / RANGE_IN_DEVIATIONS
    noise = expected.forecast if record.kind == COUNTED else 0.0
    return (expected.forecast * share_of) ** 2 + noise


def length(span: Span) -> timedelta:
    return span[1] - span[0] + timedelta(days=1)
