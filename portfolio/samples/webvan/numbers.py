"""Numbers of the public record as metrics, each as of the day it could be known."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from forecasts.actions import (
    PlannedPoint,
    add_metric,
    record_actual,
    register_forecast,
)
from forecasts.casefile import cadence_of, read_case_file
from forecasts.models import ValueKind

DATA = Path(__file__).parents[1] / "data"
LATER_MONTHS = 3


@dataclass(frozen=True)
class Shown:
    """A series of the case files as a metric of the sample."""

    case: str
    metric: str
    name: str
    definition: str
    provenance: str


SHOWN = (
    Shown(
        "webvan_as_told",
        "orders_per_day",
        "Orders per day",
        "Orders delivered and paid per day, mean of the month, one distribution centre.",
        "As told by Blank; he gives no dates. 8,000 was a centre's design capacity.",
    ),
    Shown(
        "webvan_reconstructed",
        "bay_area_orders_per_day_modelled_ramp",
        "Bay Area orders per day, reconstructed",
        "Orders per day in the Bay Area, mean of the quarter, from published sales.",
        "Actuals derived or estimated from the press; the forecast is our own model.",
    ),
    Shown(
        "webvan_reconstructed",
        "average_order_size",
        "Average order size",
        "Dollars per delivered order, mean of the period.",
        "Published figures against the 103 dollars of the capacity plan.",
    ),
    Shown(
        "webvan_reconstructed",
        "combined_revenue_quarter",
        "Revenue with HomeGrocer",
        "Pro forma revenue of the quarter, both companies together, in dollars.",
        "Reported, against the analysts' consensus.",
    ),
)


def at(day):
    """Noon of that day: when a figure could be known."""
    return datetime.combine(day, time(12), UTC)


def case_of(shown):
    text = (DATA / f"{shown.case}.csv").read_text()
    found = read_case_file(text).series
    return next(series for series in found if series.metric == shown.metric)


def add_series(workspace, owner, shown):
    """The metric with its baseline and actuals. Returns the first actual."""
    case = case_of(shown)
    baseline = without_overlaps(case.baseline)
    actuals = without_overlaps(case.actuals)
    registered = at(min(row.registered_on for row in baseline))
    metric = add_metric(
        workspace,
        by=owner,
        now=registered,
        name=shown.name,
        definition=shown.definition,
        provenance=shown.provenance,
        unit=case.unit,
        kind=case.kind_of_metric,
        direction=case.direction,
        cadence=cadence_of(baseline),
        owner=owner,
    )
    points = [planned(row) for row in baseline]
    if shown.case == "webvan_as_told":
        points += later_months(points[-1])
    register_forecast(
        metric,
        by=owner,
        now=registered,
        points=points,
        rationale=baseline[0].note,
        imported=True,
    )
    first, *_ = [record(metric, owner, row) for row in actuals]
    return first


def without_overlaps(rows):
    """Figures for a year beside those of its quarters are left out: no period twice."""
    return [row for row in rows if (row.period_end - row.period_start).days < 135]


def planned(row):
    return PlannedPoint(
        row.period_start,
        row.period_end,
        number(row.expected),
        number(row.low),
        number(row.high),
        row.value_kind,
        row.source[:300],
    )


def number(value):
    return None if value is None else Decimal(str(value))


def later_months(told):
    """Blank gives one number. It is held for three more months, as an illustration, so
    that further actuals can be entered against it."""
    points, start = [], told.period_end + timedelta(days=1)
    for _month in range(LATER_MONTHS):
        following = (start + timedelta(days=32)).replace(day=1)
        points.append(
            PlannedPoint(
                start,
                following - timedelta(days=1),
                told.expected,
                value_kind=ValueKind.ILLUSTRATIVE,
                source="The forecast of the story, held for the months after it",
            )
        )
        start = following
    return points


def record(metric, owner, row):
    return record_actual(
        metric,
        by=owner,
        now=at(row.known_on),
        period_start=row.period_start,
        period_end=row.period_end,
        value=number(row.value),
        value_kind=row.value_kind,
        source=row.source[:300],
        imported=True,
    )
