"""A learning curve of sales: what a rep brings in against what a rep costs.

Three strips over one row of quarters: the yield with its dots, cost and traction; how
many reps; money spent so far. Two pictures of the same numbers, as in
`core.charts.line`. Nothing is fitted or smoothed, and a missing quarter is a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.curve import Shade
from core.charts.labels import Label
from core.charts.line import GridLine, Upright
from core.charts.yield_sheet import NARROW, WIDE, Sheet, sheet_of
from core.charts.yield_strips import (
    Bar,
    Strip,
    bars_of,
    cash_of,
    dots_path,
    grid_of,
    labels_of,
    marks_of,
    phases_of,
    quarters_of,
    run_path,
)


@dataclass(frozen=True, slots=True)
class YieldPoint:
    """One quarter; money in whole units. `dots`: one for each rep. `left`: of the value
    after what it cost to deliver, where that counts. `is_thin`: too few reps to say. `is_marked`: something was changed. None is missing, never zero."""

    label: str
    phase: str
    value: float | None = None
    cost: float | None = None
    traction: float | None = None
    left: float | None = None
    dots: tuple[float, ...] = ()
    is_thin: bool = False
    is_marked: bool = False
    effective: float | None = None
    ramping: float | None = None
    spent: float | None = None
    planned: float | None = None


@dataclass(frozen=True, slots=True)
class YieldWords:
    """What stands beside the lines and strips; an empty one is not drawn. `phases`
    names each phase."""

    value: str
    cost: str
    traction: str
    left: str
    reps: str
    spent: str
    planned: str
    phases: dict[str, str]


@dataclass(frozen=True, slots=True)
class PhaseShade:
    kind: str
    area: Shade
    label: Label | None


@dataclass(frozen=True, slots=True)
class YieldPicture:
    shape: str
    width: str
    height: str
    phases: tuple[PhaseShade, ...]
    grid: tuple[GridLine, ...]
    marks: tuple[Upright, ...]
    dots: str
    cost: str
    traction: str
    left: str
    thin: str
    value: str
    bars: tuple[Bar, ...]
    strips: tuple[Strip, ...]
    spent: str
    planned: str
    quarters: tuple[Label, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class YieldChart:
    """`beyond`: dots drawn at the upper edge, because they lie above it."""

    key: str
    title: str
    description: str
    caption: str
    is_quiet: bool
    beyond: int
    pictures: tuple[YieldPicture, YieldPicture]


def yield_chart(
    points: Sequence[YieldPoint],
    *,
    key: str,
    title: str,
    description: str,
    words: YieldWords,
    caption: str = "",
    unit: str = "",
    is_quiet: bool = False,
) -> YieldChart:
    """Both pictures. Needs one quarter at least; `key` is unique on the page.
    `is_quiet` greys the whole."""
    if not points:
        raise ValueError("a chart needs a quarter at least")
    sheet = sheet_of(WIDE, points, unit)
    return YieldChart(
        key=key,
        title=title,
        description=description,
        caption=caption,
        is_quiet=is_quiet,
        beyond=sum(dot > sheet.top for point in points for dot in point.dots),
        pictures=(
            _picture(sheet, points, words),
            _picture(sheet_of(NARROW, points, unit), points, words),
        ),
    )


def _picture(
    sheet: Sheet, points: Sequence[YieldPoint], words: YieldWords
) -> YieldPicture:
    frame = sheet.frame
    values = [point.value for point in points]
    solid = [None if point.is_thin else point.value for point in points]
    spent, planned, strip = cash_of(sheet, points, words)
    bars, reps = bars_of(sheet, points, words)
    return YieldPicture(
        shape=frame.shape,
        width=f"{frame.width:.0f}",
        height=f"{frame.height:.0f}",
        phases=tuple(
            PhaseShade(kind, area, label)
            for kind, area, label in phases_of(sheet, points, words)
        ),
        grid=grid_of(sheet),
        marks=marks_of(sheet, points),
        dots=dots_path(sheet, points),
        cost=run_path(sheet, [point.cost for point in points]),
        traction=run_path(sheet, [point.traction for point in points]),
        left=run_path(sheet, [point.left for point in points]),
        thin=run_path(sheet, values),
        value=run_path(sheet, solid),
        bars=bars,
        strips=(reps, *([strip] if strip else [])),
        spent=spent,
        planned=planned,
        quarters=quarters_of(sheet, points),
        labels=labels_of(sheet, points, words),
    )
