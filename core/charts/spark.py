"""Small pictures for lists: one metric against its own forecast, one score over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.charts.paths import band_path, line_path, step_path
from core.charts.scale import Scale, number

WIDTH: Final = 160.0
HEIGHT: Final = 40.0
MARGIN: Final = 5.0
LONE: Final = 5.0
HIGHEST_RATIO: Final = 2.0
HIGHEST_SCORE: Final = 5.0


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """Values of one period in the metric's own unit; None is missing."""

    forecast: float | None
    low: float | None = None
    high: float | None = None
    actual: float | None = None
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """`forecast` is level at 1.0: every metric has the same scale, so rows compare."""

    label: str
    width: str
    height: str
    band: str
    forecast: str
    actual: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class ScoreTrail:
    label: str
    width: str
    height: str
    ground: str
    claimed: str
    supported: str


def spark(points: Sequence[SparkPoint], *, label: str) -> Spark:
    """Shown: every point outside, and the last one known. Ratios above 2 are cut at 2."""
    across = _across(len(points))
    up = Scale(0.0, HIGHEST_RATIO, HEIGHT - MARGIN, MARGIN)
    spots: list[tuple[float, float] | None] = []
    spans: list[tuple[float, float, float] | None] = []
    level: list[tuple[float, float] | None] = []
    for n, point in enumerate(points):
        x = across.at(n)
        actual = _ratio(point.actual, point.forecast)
        low = _ratio(point.low, point.forecast)
        high = _ratio(point.high, point.forecast)
        spots.append(None if actual is None else (x, up.at(actual)))
        level.append(None if not point.forecast else (x, up.at(1.0)))
        is_band = low is not None and high is not None
        spans.append((x, up.at(high or 0.0), up.at(low or 0.0)) if is_band else None)
    return Spark(
        label=label,
        width=number(WIDTH),
        height=number(HEIGHT),
        band=band_path(spans, lone=LONE),
        forecast=line_path(level, lone=LONE),
        actual=line_path(spots),
        dots=_dots(points, spots),
    )


def score_trail(
    claimed: Sequence[int | None], supported: Sequence[int | None], *, label: str
) -> ScoreTrail:
    """Claimed (dashed) over supported (solid), 0 to 5; a value holds until the next."""
    if len(claimed) != len(supported):
        raise ValueError("claimed and supported are of different length")
    across = _across(len(claimed))
    up = Scale(0.0, HIGHEST_SCORE, HEIGHT - MARGIN, MARGIN)

    def steps(scores: Sequence[int | None]) -> str:
        return step_path(
            None if score is None else (across.at(n), up.at(score))
            for n, score in enumerate(scores)
        )

    ground = number(HEIGHT - MARGIN)
    return ScoreTrail(
        label=label,
        width=number(WIDTH),
        height=number(HEIGHT),
        ground=ground,
        claimed=steps(claimed),
        supported=steps(supported),
    )


def _across(count: int) -> Scale:
    return Scale(0.0, max(count - 1, 1), MARGIN, WIDTH - MARGIN)


def _ratio(value: float | None, forecast: float | None) -> float | None:
    """Against a forecast of nothing there is no ratio: a gap, not a zero."""
    if value is None or not forecast:
        return None
    return min(max(value / forecast, 0.0), HIGHEST_RATIO)


def _dots(
    points: Sequence[SparkPoint], spots: Sequence[tuple[float, float] | None]
) -> tuple[Dot, ...]:
    known = [n for n, spot in enumerate(spots) if spot is not None]
    dots = []
    for n in known:
        spot = spots[n]
        if spot is not None and (points[n].is_outside or n == known[-1]):
            dots.append(Dot(number(spot[0]), number(spot[1]), points[n].is_outside))
    return tuple(dots)
