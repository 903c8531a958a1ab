"""What a line chart is made from, and the sheets it is drawn on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.charts.paths import Spot
from core.charts.scale import Scale, nice_ticks, tick_text

MILLION: Final = 1e6


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One period. `low` and `high`: the forecaster's range; `edge`: the line the rule
    tests; `is_outside`: the report's own judgement. None is missing, never zero."""

    label: str
    forecast: float | None = None
    low: float | None = None
    high: float | None = None
    edge: float | None = None
    actual: float | None = None
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A vertical line at one period."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A forecast that was replaced: its date, and its values at the same periods."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside the lines; an empty one is not drawn."""

    forecast: str
    edge: str
    band: str
    actual: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet in its own units; `letter` is the width of one character at `font`."""

    shape: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: int
    font: float

    @property
    def letter(self) -> float:
        return self.font * 0.62


WIDE: Final = Frame("wide", 780, 335, 0, 168, 32, 32, 5, 14)
NARROW: Final = Frame("narrow", 280, 240, 0, 12, 32, 26, 3, 13)


@dataclass(frozen=True, slots=True)
class Plot:
    """A frame with its two scales."""

    frame: Frame
    across: Scale
    up: Scale
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]

    @property
    def step(self) -> float:
        """From one period to the next."""
        return self.across.at(1) - self.across.at(0)

    def spot(self, place: int, value: float | None) -> Spot | None:
        return None if value is None else (self.across.at(place), self.up.at(value))

    def spots(self, values: Sequence[float | None]) -> list[Spot | None]:
        return [self.spot(place, value) for place, value in enumerate(values)]


def plot_of(
    frame: Frame, points: Sequence[LinePoint], unit: str, earlier: Sequence[EarlierLine]
) -> Plot:
    """Scales wide enough for every value, the replaced forecasts included."""
    values = [
        value
        for point in points
        for value in (point.forecast, point.low, point.high, point.edge, point.actual)
        if value is not None
    ]
    values += [v for line in earlier for v in line.values if v is not None]
    ticks = nice_ticks(min(values, default=0), max(values, default=0), frame.ticks)
    is_short = frame is NARROW or max(abs(tick) for tick in ticks) >= MILLION
    tick_words = tuple(tick_text(tick, unit, is_short=is_short) for tick in ticks)
    half_name = max(len(point.label) for point in points) * frame.letter / 2 + 3
    left = max(max(map(len, tick_words)) * frame.letter + 12, half_name)
    right = max(frame.right, half_name)
    is_alone = len(points) == 1
    return Plot(
        frame,
        Scale(
            -1 if is_alone else 0,
            max(len(points) - 1, 1),
            left,
            frame.width - right,
        ),
        Scale(ticks[0], ticks[-1], frame.height - frame.bottom, frame.top),
        ticks,
        tick_words,
    )
