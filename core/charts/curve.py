"""Curves over one scale, such as the share of people at each price.

Two pictures of the same numbers, as in `core.charts.line`: a wide and a narrow one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from core.charts.labels import Anchor, Box, Label, Place, first_free
from core.charts.line import GridLine, Upright
from core.charts.paths import line_path
from core.charts.plot import NARROW, WIDE, Frame
from core.charts.scale import Scale, nice_ticks, number, tick_text

QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
# where along a curve its name is tried, as a share of its height
NAME_AT: Final = (0.75, 0.5, 0.25, 0.9, 0.1, 0.6, 0.4)
Spots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """`points` are (place, share from 0 to 1) from left to right. `is_strong` ones are
    drawn solid in the accent, the others dashed in grey; `is_second` tells two of a kind
    apart: long dashes, and dots."""

    name: str
    points: Spots
    is_strong: bool = True
    is_second: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line at one place, named above the plot."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    d: str
    is_strong: bool
    is_second: bool


@dataclass(frozen=True, slots=True)
class Shade:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class CurvePicture:
    shape: str
    width: str
    height: str
    grid: tuple[GridLine, ...]
    shade: Shade | None
    paths: tuple[Path, ...]
    mark: Upright | None
    ticks: tuple[Label, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class CurveChart:
    key: str
    title: str
    description: str
    caption: str
    pictures: tuple[CurvePicture, CurvePicture]


@dataclass(frozen=True, slots=True)
class _Sheet:
    frame: Frame
    across: Scale
    up: Scale
    ticks: tuple[float, ...]

    def spots(self, points: Spots) -> list[tuple[float, float]]:
        return [(self.across.at(x), self.up.at(share)) for x, share in points]


def curve_chart(
    curves: Sequence[Curve],
    *,
    key: str,
    title: str,
    description: str,
    caption: str = "",
    unit: str = "",
    shade: tuple[float, float] | None = None,
    mark: Mark | None = None,
) -> CurveChart:
    """Both pictures. Needs one point at least; `key` is unique on the page.

    `shade` is a stretch of places, such as a range of prices.
    """
    if not any(curve.points for curve in curves):
        raise ValueError("a chart needs a point at least")
    return CurveChart(
        key=key,
        title=title,
        description=description,
        caption=caption,
        pictures=(
            _picture(WIDE, curves, unit, shade, mark),
            _picture(NARROW, curves, unit, shade, mark),
        ),
    )


def _picture(
    frame: Frame,
    curves: Sequence[Curve],
    unit: str,
    shade: tuple[float, float] | None,
    mark: Mark | None,
) -> CurvePicture:
    sheet = _sheet(frame, curves)
    return CurvePicture(
        shape=frame.shape,
        width=f"{frame.width:.0f}",
        height=f"{frame.height:.0f}",
        grid=_grid(sheet),
        shade=_shade(sheet, shade),
        paths=tuple(_path(sheet, curve) for curve in curves),
        mark=_upright(sheet, mark),
        ticks=_ticks(sheet, unit),
        labels=(*_mark_label(sheet, mark), *_names(sheet, curves)),
    )


def _sheet(frame: Frame, curves: Sequence[Curve]) -> _Sheet:
    """The names stand inside, so the plot is as wide as the sheet allows."""
    furthest = max(x for curve in curves for x, _ in curve.points)
    ticks = nice_ticks(0, furthest, 8 if frame is WIDE else 4)
    left = 4 * frame.letter + 12
    # half of the last tick's words must fit
    right = frame.width - 3 * frame.letter
    return _Sheet(
        frame,
        Scale(ticks[0], ticks[-1], left, right),
        Scale(0.0, 1.0, frame.height - frame.bottom, frame.top),
        ticks,
    )


def _grid(sheet: _Sheet) -> tuple[GridLine, ...]:
    x1, x2 = sheet.across.start, sheet.across.end
    lines = []
    for share in QUARTERS:
        y = sheet.up.at(share)
        words = tick_text(100 * share, "%")
        label = Label(number(x1 - 8), number(y + 4.5), words, Anchor.END)
        lines.append(GridLine(number(y), number(x1), number(x2), label))
    return tuple(lines)


def _shade(sheet: _Sheet, stretch: tuple[float, float] | None) -> Shade | None:
    if stretch is None:
        return None
    left, right = (sheet.across.at(place) for place in stretch)
    top, bottom = sheet.up.at(1), sheet.up.at(0)
    return Shade(
        number(left), number(top), number(max(right - left, 1)), number(bottom - top)
    )


def _path(sheet: _Sheet, curve: Curve) -> Path:
    d = line_path(sheet.spots(curve.points))
    return Path(d, curve.is_strong, curve.is_second)


def _upright(sheet: _Sheet, mark: Mark | None) -> Upright | None:
    if mark is None:
        return None
    x = number(sheet.across.at(mark.at))
    return Upright(x, number(sheet.frame.top - 8), number(sheet.up.at(0)))


def _mark_label(sheet: _Sheet, mark: Mark | None) -> tuple[Label, ...]:
    """Above the plot, where nothing else is drawn."""
    if mark is None:
        return ()
    x = sheet.across.at(mark.at)
    fits = x + len(mark.text) * sheet.frame.letter <= sheet.frame.width
    anchor = Anchor.START if fits else Anchor.END
    return (Label(number(x), number(sheet.frame.top - 14), mark.text, anchor, "rule"),)


def _ticks(sheet: _Sheet, unit: str) -> tuple[Label, ...]:
    y = number(sheet.frame.height - sheet.frame.bottom + 19)
    return tuple(
        Label(number(sheet.across.at(tick)), y, tick_text(tick, unit), Anchor.MIDDLE)
        for tick in sheet.ticks
    )


def _names(sheet: _Sheet, curves: Sequence[Curve]) -> tuple[Label, ...]:
    """Each beside its own curve, where it touches no other name; one that finds no
    place is left to the table."""
    frame, taken, found = sheet.frame, list[Box](), []
    inside = Box(sheet.across.start, frame.top, sheet.across.end, sheet.up.at(0))
    drawn = [box for curve in curves for box in _boxes(sheet.spots(curve.points))]
    for curve in curves:
        place = first_free(
            curve.name,
            _places(sheet.spots(curve.points), sheet),
            letter=frame.letter,
            sheet=inside,
            taken=taken,
            avoid=drawn,
        )
        if place is not None:
            taken.append(place.box(curve.name, frame.letter))
            x, y = number(place.x), number(place.y)
            kind = "curve" if curve.is_strong else "edge"
            found.append(Label(x, y, curve.name, place.anchor, kind))
    return tuple(found)


def _boxes(spots: Sequence[tuple[float, float]]) -> list[Box]:
    """A curve as a chain of small boxes."""
    boxes = []
    for (x1, y1), (x2, y2) in pairwise(spots):
        for share in (0.0, 0.25, 0.5, 0.75):
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            boxes.append(Box(x - 3, y - 3, x + 3, y + 3))
    return boxes


def _places(spots: Sequence[tuple[float, float]], sheet: _Sheet) -> list[Place]:
    """Right or left of the curve, at several heights."""
    places = []
    for share in NAME_AT:
        y = sheet.up.at(share)
        x = _crossed(spots, y)
        if x is not None:
            places.append(Place(x + 9, y + 4.5, Anchor.START))
            places.append(Place(x - 9, y + 4.5, Anchor.END))
    return places


def _crossed(spots: Sequence[tuple[float, float]], y: float) -> float | None:
    """Where the curve first passes that height."""
    for (x1, y1), (x2, y2) in pairwise(spots):
        if y1 != y2 and min(y1, y2) <= y <= max(y1, y2):
            return x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return None
