"""What a forecast says was to be spent on selling, added up quarter by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import sign
from core.weeks import Cadence, period_of
from forecasts.history import Planned
from forecasts.models import Actual, Metric, SalesCurve
from forecasts.reports import histories
from forecasts.selling.table import Row

SHORT = (Metric.Cadence.WEEKLY, Metric.Cadence.MONTHLY, Metric.Cadence.QUARTERLY)
NONE = "none"


@dataclass(frozen=True, slots=True)
class Plan:
    """`options`: metrics in money that may hold the plan. `planned`: whole units of the
    currency, from the first quarter with costs on, by first day of the quarter."""

    options: tuple[Metric, ...]
    metric: Metric | None
    planned: Mapping[date, Decimal]


def plan_of(curve: SalesCurve, rows: Sequence[Row], key: str) -> Plan:
    """Of the metric with this id; without one, of the only one that counts spending in
    the currency of the curve. One query, and a second for its points."""
    options = tuple(candidates(curve))
    metric = next((one for one in options if str(one.pk) == key), None)
    if metric is None and key != NONE:
        spending = [one for one in options if one.direction == Metric.Direction.LOWER]
        metric = spending[0] if len(spending) == 1 else None
    if metric is None:
        return Plan(options, None, {})
    found = histories([metric], actuals=Actual.objects.none())[metric.pk]
    return Plan(options, metric, added_up(found.in_force().values(), rows))


def candidates(curve: SalesCurve):
    """Numbers in the same money; amounts of two currencies are never compared."""
    units = (curve.currency, sign(curve.currency))
    rows = Metric.objects.in_workspace(curve.workspace).open()
    rows = rows.filter(kind=Metric.Kind.MONEY, unit__in=units, cadence__in=SHORT)
    rows = list(rows.order_by("name", "pk"))
    for row in rows:
        row.workspace = curve.workspace
    return rows


def added_up(points, rows: Sequence[Row]) -> dict[date, Decimal]:
    """A week belongs to the quarter it begins in. It begins where the costs do, so that
    both lines start from the same day; a quarter without a plan ends it."""
    by_quarter: dict[date, Decimal] = {}
    for point in points:
        start = quarter_of(point)
        by_quarter[start] = by_quarter.get(start, Decimal(0)) + point.expected
    total, found = Decimal(0), {}
    begun = [row.start for row in rows if row.spent is not None]
    for row in rows:
        if not begun or row.start < begun[0]:
            continue
        if row.start not in by_quarter:
            break
        total += by_quarter[row.start]
        found[row.start] = total
    return found


def quarter_of(point: Planned) -> date:
    return period_of(point.period.start, Cadence.QUARTERLY).start
