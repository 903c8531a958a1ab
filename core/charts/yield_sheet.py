"""The sheets of `core.charts.yields`, with their scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.charts.scale import Scale, nice_ticks, tick_text

if TYPE_CHECKING:
    from core.charts.yields import YieldPoint

# a rep beyond this share of the highest line is drawn at the upper edge
HIGHEST_DOT: Final = 1.3


@dataclass(frozen=True, slots=True)
class YieldFrame:
    """A sheet in its own units: the plot, then the strips of reps and of money, each
    under a line of words. `margin` beside the first and last quarter holds half a bar.
    """

    shape: str
    width: float
    right: float
    plot: tuple[float, float]
    reps: tuple[float, float]
    cash: tuple[float, float]
    height: float
    ticks: int
    font: float
    margin: float

    @property
    def letter(self) -> float:
        return self.font * 0.62

    @property
    def is_wide(self) -> bool:
        return self.shape == "wide"


WIDE: Final = YieldFrame(
    "wide", 780, 180, (40, 290), (346, 400), (438, 500), 508, 5, 14, 15
)
NARROW: Final = YieldFrame(
    "narrow", 280, 10, (38, 220), (272, 314), (348, 396), 404, 3, 13, 11
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`up` holds the money of a year, `top` its highest value."""

    frame: YieldFrame
    across: Scale
    up: Scale
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    unit: str

    @property
    def step(self) -> float:
        """From one quarter to the next."""
        return self.across.at(1) - self.across.at(0)

    @property
    def top(self) -> float:
        return self.ticks[-1]

    def span(self, first: int, last: int) -> tuple[float, float]:
        """From the middle before a quarter to the middle after another, on the plot."""
        half = self.step / 2
        left = max(self.across.at(first) - half, self.left)
        return left, min(self.across.at(last) + half, self.end)

    @property
    def left(self) -> float:
        return self.across.start - self.frame.margin

    @property
    def end(self) -> float:
        return self.across.end + self.frame.margin


def sheet_of(frame: YieldFrame, points: Sequence[YieldPoint], unit: str) -> Sheet:
    ticks = nice_ticks(*_bounds(points), frame.ticks)
    tick_words = tuple(tick_text(tick, unit, is_short=True) for tick in ticks)
    left = max(map(len, tick_words)) * frame.letter + 12 + frame.margin
    is_alone = len(points) == 1
    low, high = (-1, 1) if is_alone else (0, len(points) - 1)
    across = Scale(low, high, left, frame.width - frame.right - frame.margin)
    top, bottom = frame.plot
    return Sheet(
        frame, across, Scale(ticks[0], ticks[-1], bottom, top), ticks, tick_words, unit
    )


def _bounds(points: Sequence[YieldPoint]) -> tuple[float, float]:
    """Wide enough for all lines; dots count up to a bound, so that one rep of many does
    not flatten the rest."""
    lines = [
        value
        for point in points
        for value in (point.value, point.cost, point.traction, point.left)
        if value is not None
    ]
    dots = [dot for point in points for dot in point.dots]
    highest = max(lines, default=0)
    bound = HIGHEST_DOT * highest if highest > 0 else max(dots, default=0)
    seen = [min(dot, bound) for dot in dots]
    return min([*lines, *seen, 0]), max([*lines, *seen, 0])
