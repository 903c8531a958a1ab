"""One metric's whole record: every point ever planned, every value ever reported.

Nothing is overwritten, so what was in force when a period began, what was promised
first, and what was known on which night can all be asked afterwards.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.weeks import Cadence, Period, has_ended
from forecasts import drift

Key = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Planned:
    """One point of one revision. `order` is (number of the plan, of the revision).

    `registered_on` is a day of the venture; `is_late` marks imported history that was
    registered after the period had begun.
    """

    period: Period
    order: tuple[int, int]
    registered_on: date
    expected: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    is_late: bool = False
    value_kind: str = "measured"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """One value as it was reported on a day; a later one of the period replaces it."""

    id: str
    period: Period
    value: Decimal
    recorded_on: date
    value_kind: str = "measured"
    source: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """`reported` holds each period's values in the order they came."""

    name: str
    unit: str
    direction: drift.Direction
    cadence: Cadence
    tolerance: Decimal
    process_from: date | None = None
    planned: tuple[Planned, ...] = ()
    reported: Mapping[Key, tuple[Reported, ...]] = field(default_factory=dict)

    def in_force(self) -> dict[Key, Planned]:
        """The point in force when each period began: the last one registered before.

        Late points stand only where nothing was registered in time, the first of them
        first: whoever writes a plan afterwards cannot replace an earlier one.
        """
        return {key: _latest(points) for key, points in _by_period(self.planned)}

    def baseline(self) -> dict[Key, Planned]:
        """What was promised first: the yardstick that no revision moves.

        In a process that a decision started, the plan in force on its first day; for
        periods that plan did not know, the first point registered after.
        """
        return {
            key: _first(points, self.process_from)
            for key, points in _by_period(self.planned)
        }

    def current(self, key: Key) -> Reported | None:
        reports = self.reported.get(key)
        return reports[-1] if reports else None


def series_of(
    history: History, today: date, *, name: str = "", against_baseline: bool = False
) -> drift.Series:
    """What the verdict is asked about: ended periods with a forecast, in time order.

    Only those of the current process. Night i is the end of period i; a value belongs
    to the last night that had come when it was recorded, and a correction to its own.
    """
    plan = history.baseline() if against_baseline else history.in_force()
    ordered = sorted(plan, key=lambda key: (key[1], key[0]))
    keys = [key for key in ordered if _is_judged(plan[key], history, today)]
    ends = [end for _, end in keys]
    return drift.Series(
        id=name or history.name,
        direction=history.direction,
        tolerance=float(history.tolerance),
        cadence=drift.Cadence(history.cadence.value),
        points=tuple(
            _point(plan[key], history.reported.get(key, ()), ends) for key in keys
        ),
    )


def _is_judged(point: Planned, history: History, today: date) -> bool:
    started = history.process_from is None or point.period.start >= history.process_from
    return started and has_ended(point.period, today)


def _point(
    planned: Planned, reports: tuple[Reported, ...], ends: list[date]
) -> drift.Point:
    known = tuple((_night(one.recorded_on, ends), float(one.value)) for one in reports)
    return drift.Point(
        t=planned.period.start,
        forecast=float(planned.expected),
        low=None,
        high=None,
        actual=known[-1][1] if known else None,
        history=known,
    )


def _night(day: date, ends: list[date]) -> int:
    """The last period that had ended by that day."""
    return max(bisect_left(ends, day) - 1, 0)


def _by_period(planned: Iterable[Planned]) -> Iterable[tuple[Key, list[Planned]]]:
    found: dict[Key, list[Planned]] = {}
    for point in planned:
        found.setdefault((point.period.start, point.period.end), []).append(point)
    return found.items()


def _latest(points: list[Planned]) -> Planned:
    in_time = [point for point in points if not point.is_late]
    if in_time:
        return max(in_time, key=lambda point: point.order)
    return min(points, key=lambda point: point.order)


def _first(points: list[Planned], process_from: date | None) -> Planned:
    in_time = [point for point in points if not point.is_late] or points
    if process_from is not None:
        before = [point for point in in_time if point.registered_on < process_from]
        if before:
            return max(before, key=lambda point: point.order)
    return min(in_time, key=lambda point: point.order)
