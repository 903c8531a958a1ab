"""Figures of made-up curves, in thousands a year like the worked example."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from forecasts.learning_curve import (
    CostFigures,
    Limits,
    QuarterFigures,
    RepFigures,
    course_of,
)

READY = date(2024, 1, 1)
TODAY = date(2027, 1, 1)
WORKED = (120, 260, 410, 540, 610, 820, 1050, 1120)
COST = 500


def quarter_start(place):
    return date(2024 + place // 4, 1 + 3 * (place % 4), 1)


def rep(key="1", a_year=500, **changes):
    """A full-time rep past the ramp, all of whose revenue is margin."""
    revenue = None if a_year is None else Decimal(a_year) / 4
    figures = RepFigures(
        rep=key,
        name=f"Rep {key}",
        kind="renaissance",
        fte=Decimal(1),
        tenure_months=12,
        ramp_months=3,
        revenue=revenue,
        margin=revenue,
        bookings=revenue,
        deals=4,
        largest_deal=None if revenue is None else revenue / 4,
    )
    return replace(figures, **changes)


def costs_of(reps, a_year=COST):
    """Rep 260, half a sales engineer 120, management 40, marketing 80 in each 500."""
    sellers = sum(one.fte for one in reps if not one.is_founder)
    parts = {
        "base": Decimal(260),
        "sales_engineering": Decimal(120),
        "management": Decimal(40),
        "marketing": Decimal(80),
    }
    return tuple(
        CostFigures(None, kind, amount / 4 * sellers * a_year / 500)
        for kind, amount in parts.items()
    )


def quarter(place, reps, **changes):
    known = {"costs": costs_of(reps), **changes}
    return QuarterFigures(quarter_start(place), tuple(reps), **known)


def of_yields(yields, reps=2):
    """As many reps as wanted, each with the same yield; None: nothing was entered."""
    return [
        quarter(place, [rep(str(n), value) for n in range(reps)])
        for place, value in enumerate(yields)
        if value is not None
    ]


def judged(figures, *, ready_on=READY, today=TODAY, question_8=4, limits=None):
    return course_of(
        figures,
        ready_on=ready_on,
        today=today,
        limits=limits or Limits(),
        question_8=question_8,
    )


def of_worked(**asked):
    return judged(of_yields(WORKED), today=date(2026, 1, 1), **asked)


def phases_of(course):
    return [str(one.phase) for one in course.quarters]
