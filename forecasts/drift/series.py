"""What a verdict is asked about: one metric's forecast beside its actuals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Which way is good. Only a departure the other way can raise an alert."""

    HIGHER = "higher"
    LOWER = "lower"


class Cadence(StrEnum):
    """Length of one period."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def period_name(self) -> str:
        return _PERIOD_NAMES[self]

    @property
    def is_slow(self) -> bool:
        """A month or longer: waiting for a second period would cost too much."""
        return self not in (Cadence.DAILY, Cadence.WEEKLY)


_PERIOD_NAMES = {
    Cadence.DAILY: "day",
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
    Cadence.YEARLY: "year",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One period.

    `forecast` is the one in force when the period began; None or ≤ 0 leaves the
    period out, like a missing actual. `low` and `high` override the edge that the
    tolerance gives. The actual is known from the end of its own period (night i for
    point i), from night `seen` on if given, or as `history` says: pairs (night,
    value), the last one whose night has come counts, None takes the value back.
    """

    t: date
    forecast: float | None
    low: float | None
    high: float | None
    actual: float | None
    seen: int | None = None
    history: tuple[tuple[int, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A metric's points in time order; night i is the end of period i.

    `tolerance` is how far the mean may stay off before the plan counts as missed, a
    share of the forecast; None means the default of a tenth.
    """

    id: str
    direction: Direction
    tolerance: float | None
    cadence: Cadence
    points: tuple[Point, ...]
