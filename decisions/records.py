"""PURE. The history of a metric as the rules read it, as it was known on a day."""

from collections.abc import Iterator
from datetime import date

from decisions.rules.record import Expected, Record, Registered, Span
from forecasts.drift import Cadence
from forecasts.history import History, Planned


def record_of(
    history: History, as_of: date, *, kind: str, is_vanity: bool = False
) -> Record:
    """Of the current process: the first promise, what was reported by then, and every
    set of numbers that was registered by then and in time.
    """
    since = history.process_from or date.min
    promised = {
        span: point
        for span, point in history.baseline().items()
        if span[0] >= since and point.registered_on <= as_of
    }
    plan = sorted(promised.values(), key=lambda point: point.period.end)
    actuals = {
        span: float(known[-1].value)
        for span, reports in history.reported.items()
        if (known := [one for one in reports if one.recorded_on <= as_of])
    }
    return Record(
        kind=kind,
        direction=history.direction,
        cadence=Cadence(history.cadence.value),
        plan=tuple(map(_expected, plan)),
        actuals=actuals,
        as_of=as_of,
        registered=tuple(_registered(history, promised, since, as_of)),
        unit=history.unit,
        is_vanity=is_vanity,
    )


def _expected(point: Planned) -> Expected:
    return Expected(
        span=(point.period.start, point.period.end),
        forecast=float(point.expected),
        low=None if point.low is None else float(point.low),
        high=None if point.high is None else float(point.high),
        is_late=point.is_late,
    )


def _registered(
    history: History, promised: dict[Span, Planned], since: date, as_of: date
) -> Iterator[Registered]:
    """What a decision left standing counts as promised first on the day it began."""
    sets: dict[tuple[int, int], list[Planned]] = {}
    for point in history.planned:
        is_known = not point.is_late and since <= point.registered_on <= as_of
        if is_known and point.period.start >= since:
            sets.setdefault(point.order, []).append(point)
    if history.process_from is not None and promised:
        yield Registered(
            since, {span: float(p.expected) for span, p in promised.items()}
        )
    for order in sorted(sets):
        points = sets[order]
        yield Registered(
            points[0].registered_on,
            {(p.period.start, p.period.end): float(p.expected) for p in points},
        )
