"""Forecast against actual: range, edge, plan, what happened, and where the rule spoke.

Two pictures of the same numbers: a wide one, and a narrow one for telephones, because
one picture scaled down would shrink its words below reading size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from core.charts.labels import Anchor, Label
from core.charts.line_labels import labels_beside
from core.charts.paths import Span, band_path, line_path
from core.charts.plot import (
    NARROW,
    WIDE,
    EarlierLine,
    Frame,
    LinePoint,
    Plot,
    Rule,
    Words,
    plot_of,
)
from core.charts.scale import number

LONE: Final = 12.0
ROOMY: Final = 18.0
CROWDED: Final = 9.0

__all__ = ["EarlierLine", "LineChart", "LinePoint", "Rule", "line_chart"]


@dataclass(frozen=True, slots=True)
class GridLine:
    y: str
    x1: str
    x2: str
    label: Label


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc of `radius` around (x, y), or a square with its corner there."""

    x: str
    y: str
    corner_x: str
    corner_y: str
    radius: str
    side: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Upright:
    x: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class LinePicture:
    shape: str
    width: str
    height: str
    grid: tuple[GridLine, ...]
    band: str
    edge: str
    forecast: str
    earlier: tuple[str, ...]
    actual: str
    dots: tuple[Dot, ...]
    rule: Upright | None
    periods: tuple[Label, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    key: str
    title: str
    sentence: str
    description: str
    caption: str
    pictures: tuple[LinePicture, LinePicture]


def line_chart(
    points: Sequence[LinePoint],
    *,
    key: str,
    title: str,
    description: str,
    sentence: str = "",
    caption: str = "",
    unit: str = "",
    forecast_label: str = "Forecast",
    edge_label: str = "",
    band_label: str = "",
    actual_label: str = "Actual",
    rule: Rule | None = None,
    earlier: Sequence[EarlierLine] = (),
) -> LineChart:
    """Both pictures. Needs one point at least; `key` is unique on the page."""
    if not points:
        raise ValueError("a chart needs a period at least")
    words = Words(forecast_label, edge_label, band_label, actual_label)
    return LineChart(
        key=key,
        title=title,
        sentence=sentence,
        description=description,
        caption=caption,
        pictures=(
            _picture(WIDE, points, words, unit, rule, earlier),
            _picture(NARROW, points, words, unit, rule, earlier),
        ),
    )


def _picture(
    frame: Frame,
    points: Sequence[LinePoint],
    words: Words,
    unit: str,
    rule: Rule | None,
    earlier: Sequence[EarlierLine],
) -> LinePicture:
    plot = plot_of(frame, points, unit, earlier)
    actual = plot.spots([point.actual for point in points])
    return LinePicture(
        shape=frame.shape,
        width=f"{frame.width:.0f}",
        height=f"{frame.height:.0f}",
        grid=_grid(plot),
        band=band_path(
            (_span(plot, n, point) for n, point in enumerate(points)), lone=LONE
        ),
        edge=line_path(plot.spots([point.edge for point in points]), lone=LONE),
        forecast=line_path(plot.spots([point.forecast for point in points]), lone=LONE),
        earlier=tuple(line_path(plot.spots(line.values)) for line in earlier),
        actual=line_path(actual),
        dots=_dots(plot, points),
        rule=_upright(plot, rule),
        periods=_periods(plot, [point.label for point in points]),
        labels=labels_beside(plot, points, words, rule, earlier),
    )


def _grid(plot: Plot) -> tuple[GridLine, ...]:
    x1, x2 = plot.across.start, plot.across.end
    lines = []
    for tick, text in zip(plot.ticks, plot.tick_words, strict=True):
        y = plot.up.at(tick)
        label = Label(number(x1 - 8), number(y + 4.5), text, Anchor.END)
        lines.append(GridLine(number(y), number(x1), number(x2), label))
    return tuple(lines)


def _dots(plot: Plot, points: Sequence[LinePoint]) -> tuple[Dot, ...]:
    """Every known period; where they would touch, only those outside, the last, and
    those no line leads to."""
    known = {n: p.actual for n, p in enumerate(points) if p.actual is not None}
    reach = 4.5 if plot.step >= ROOMY else 3.5
    dots = []
    for place, value in known.items():
        is_lone = place - 1 not in known and place + 1 not in known
        is_wanted = points[place].is_outside or place == max(known) or is_lone
        if is_wanted or plot.step >= CROWDED:
            dots.append(_dot(plot, place, value, reach, points[place]))
    return tuple(dots)


def _dot(plot: Plot, place: int, value: float, reach: float, point: LinePoint) -> Dot:
    x, y = plot.across.at(place), plot.up.at(value)
    return Dot(
        number(x),
        number(y),
        number(x - reach),
        number(y - reach),
        number(reach),
        number(2 * reach),
        point.is_outside,
    )


def _span(plot: Plot, place: int, point: LinePoint) -> Span | None:
    if point.low is None or point.high is None:
        return None
    return plot.across.at(place), plot.up.at(point.high), plot.up.at(point.low)


def _upright(plot: Plot, rule: Rule | None) -> Upright | None:
    if rule is None:
        return None
    x = number(plot.across.at(rule.at))
    return Upright(x, number(plot.frame.top - 8), number(plot.up.at(plot.ticks[0])))


def _periods(plot: Plot, names: Sequence[str]) -> tuple[Label, ...]:
    """As many names as fit, counted back from the last, which is always named."""
    longest = max(len(name) for name in names) * plot.frame.letter + 10
    every = max(1, ceil(longest / plot.step))
    y = number(plot.frame.height - plot.frame.bottom + 19)
    last = len(names) - 1
    return tuple(
        Label(number(plot.across.at(n)), y, name, Anchor.MIDDLE)
        for n, name in enumerate(names)
        if (last - n) % every == 0
    )
