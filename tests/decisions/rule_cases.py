"""Records for the rules, in one line each."""

from datetime import date, timedelta

from decisions.rules.record import Expected, Record, Registered
from forecasts.drift import Cadence, Direction

BEGAN = date(2026, 1, 5)
DAYS = {Cadence.DAILY: 1, Cadence.WEEKLY: 7, Cadence.MONTHLY: 30, Cadence.QUARTERLY: 91}


def spans(count, cadence=Cadence.WEEKLY):
    days = DAYS[cadence]
    starts = [BEGAN + timedelta(days=days * number) for number in range(count)]
    return [(start, start + timedelta(days=days - 1)) for start in starts]


def record(forecasts, actuals, *, cadence=Cadence.WEEKLY, width=None, **fields):
    """Actuals in order; None is missing. Seen on the day after the last of them."""
    known = spans(len(forecasts), cadence)
    plan = tuple(
        Expected(
            span,
            value,
            low=None if width is None else value * (1 - width),
            high=None if width is None else value * (1 + width),
        )
        for span, value in zip(known, forecasts, strict=True)
    )
    said = {
        span: value
        for span, value in zip(known, actuals, strict=False)
        if value is not None
    }
    last = known[len(actuals) - 1][1] if actuals else BEGAN
    return Record(
        **{
            "kind": "flow",
            "direction": Direction.HIGHER,
            "cadence": cadence,
            "plan": plan,
            "actuals": said,
            "as_of": last + timedelta(days=1),
            "registered": (),
        }
        | fields
    )


def registered(*plans, every=7):
    """Plans for the first periods, one a week; each is a list of numbers."""
    return tuple(
        Registered(
            BEGAN + timedelta(days=every * number),
            dict(zip(spans(len(plan)), plan, strict=True)),
        )
        for number, plan in enumerate(plans)
    )
