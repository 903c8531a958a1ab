"""PURE. What investors were told, against what came and against the forecast of today.

A telling names one revision of a forecast. What was told of a period is the last word of
that plan up to the revision; periods that were over on the day it was told are no
expectation. Amounts are in base units of the metric.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.numbers import show
from core.weeks import Period, label
from forecasts.drift import Direction
from forecasts.history import History, Key, Planned


@dataclass(frozen=True, slots=True)
class Promise:
    """One period. `actual` is None while no number has come, `now` the forecast in
    force: None where no plan speaks of the period any more."""

    period: Period
    told: Decimal
    actual: Decimal | None
    now: Decimal | None

    @property
    def label(self) -> str:
        return label(self.period)


@dataclass(frozen=True, slots=True)
class Told:
    """`promises` in order of time."""

    unit: str
    direction: Direction
    promises: tuple[Promise, ...]

    @property
    def came(self) -> Promise | None:
        """The last one with a number."""
        known = (one for one in reversed(self.promises) if one.actual is not None)
        return next(known, None)

    @property
    def ahead(self) -> Promise | None:
        """The last one of all, while it has no number."""
        last = self.promises[-1] if self.promises else None
        return last if last and last.actual is None else None

    @property
    def is_behind(self) -> bool:
        """Less came than was told, or less is expected now; more, where less is better."""
        came, ahead = self.came, self.ahead
        return bool(
            (came and self.is_worse(came.actual, came.told))
            or (ahead and self.is_worse(ahead.now, ahead.told))
        )

    def is_worse(self, value: Decimal | None, told: Decimal) -> bool:
        if value is None:
            return False
        return value < told if self.direction is Direction.HIGHER else value > told

    @property
    def sentence(self) -> str:
        """`Told 5,000 for Sep 2026, 2,000 came. Told 8,000 for 2027, forecast now 3,000.`"""
        said = (_came(self.came, self.unit), _ahead(self.ahead, self.unit))
        words = " ".join(part for part in said if part)
        return words or "All its periods were over when it was told."


def told_of(history: History, order: tuple[int, int], told_on: date) -> Told:
    """`order`: number of the plan and of the revision that was told."""
    plan, revision = order
    promised: dict[Key, Planned] = {}
    for point in sorted(history.planned, key=lambda point: point.order):
        key = (point.period.start, point.period.end)
        is_told = point.order[0] == plan and point.order[1] <= revision
        if is_told and point.period.end >= told_on:
            promised[key] = point
    now = history.in_force()
    return Told(
        unit=history.unit,
        direction=history.direction,
        promises=tuple(
            _promise(promised[key], now.get(key), history) for key in sorted(promised)
        ),
    )


def _promise(point: Planned, now: Planned | None, history: History) -> Promise:
    reported = history.current((point.period.start, point.period.end))
    return Promise(
        period=point.period,
        told=point.expected,
        actual=reported.value if reported else None,
        now=now.expected if now else None,
    )


def _came(one: Promise | None, unit: str) -> str:
    if one is None:
        return ""
    told, actual = show(one.told), show(one.actual, unit)
    return f"Told {told} for {one.label}, {actual} came."


def _ahead(one: Promise | None, unit: str) -> str:
    if one is None:
        return ""
    told = show(one.told, unit)
    if one.now is None:
        return f"Told {told} for {one.label}, which no forecast speaks of now."
    if one.now == one.told:
        return f"Told {told} for {one.label}, as it is forecast now."
    return f"Told {told} for {one.label}, forecast now {show(one.now)}."
