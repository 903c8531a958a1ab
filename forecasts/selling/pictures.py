"""PURE. The chart of a curve, from the rows of its table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.charts.yields import YieldChart, YieldWords, yield_chart
from core.money import sign
from core.numbers import show
from forecasts.learning_curve import Course
from forecasts.selling.table import Row, point_of
from forecasts.selling.words import PHASES, TOO_FEW, money


def chart_of(
    course: Course,
    rows: Sequence[Row],
    *,
    name: str,
    sentence: str,
    planned: Mapping[date, Decimal],
) -> YieldChart | None:
    """None while no quarter is known. `planned`: money so far, by first day."""
    if not any(row.effective_fte or row.loaded_cost or row.spent for row in rows):
        return None
    multiple = course.limits.traction_multiple
    currency = rows[0].currency
    points = [
        point_of(row, quarter, multiple, planned.get(row.start))
        for row, quarter in zip(rows, course.quarters, strict=True)
    ]
    latest = course.latest
    is_thin = latest is None or latest.measured.effective_fte < course.limits.least_reps
    return yield_chart(
        points,
        key="sales-curve",
        title=f"{name}: yield of a rep against cost, a year",
        description=f"{sentence} The table below has every number.",
        words=_words(rows, multiple, currency, has_plan=bool(planned)),
        caption=_caption(rows, has_plan=bool(planned)),
        unit=sign(currency),
        is_quiet=is_thin,
    )


def _words(
    rows: Sequence[Row], multiple: Decimal, currency: str, *, has_plan: bool
) -> YieldWords:
    value = _last([row.trailing_yield for row in rows])
    cost = _last([row.loaded_cost for row in rows])
    left = _last([r.contribution_yield if r.is_low_margin else None for r in rows])
    traction = None if cost is None else cost * multiple
    return YieldWords(
        value="" if value is None else f"Mean yield {money(value, currency)}",
        cost="" if cost is None else f"Cost {money(cost, currency)}",
        traction="" if traction is None else f"Traction, {show(multiple)} ×",
        left="" if left is None else f"Left {money(left, currency)}",
        reps="Reps, full time: effective, ramping",
        spent="Spent so far, and planned" if has_plan else "Spent on selling so far",
        planned="planned" if has_plan else "",
        phases={str(phase): words for phase, words in PHASES.items()},
    )


def _last(values: Sequence[Decimal | None]) -> Decimal | None:
    return next((value for value in reversed(values) if value is not None), None)


def _caption(rows: Sequence[Row], *, has_plan: bool) -> str:
    first = next((row for row in rows if row.since == 1), None)
    parts = [
        "Thick: the yield, mean of two quarters. A dot is an effective rep in a quarter. "
        "Dashed: the full cost of a rep; dotted above it: traction."
    ]
    if any(row.is_low_margin for row in rows):
        parts.append("Long dashes: what is left of it, where the margin is low.")
    if first is not None:
        parts.append(
            f"Quarters are counted from {first.name}, when it was ready for sale."
        )
    if any(row.is_thin and row.effective_fte for row in rows):
        parts.append(f"Grey: {TOO_FEW}.")
    if any(row.changes for row in rows):
        parts.append("Thin uprights: product or price was changed.")
    if has_plan:
        parts.append("The dashed line below is what was planned to be spent.")
    return " ".join(parts)
