"""SVG path data. A missing value ends the line; nothing is drawn across the gap."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from core.charts.scale import number

T = TypeVar("T")

Spot = tuple[float, float]
Span = tuple[float, float, float]


def line_path(spots: Iterable[Spot | None], *, lone: float = 0.0) -> str:
    """`M` and `L` for each run; a spot alone draws a dash reaching `lone` either way."""
    parts = []
    for run in _runs(spots):
        if len(run) > 1:
            parts.append(_joined(run))
        elif lone:
            x, y = run[0]
            parts.append(_joined([(x - lone, y), (x + lone, y)]))
    return " ".join(parts)


def step_path(spots: Iterable[Spot | None]) -> str:
    """Like `line_path`, but a value holds until the next one is given."""
    parts = []
    for run in _runs(spots):
        if len(run) > 1:
            (x, y), rest = run[0], run[1:]
            tail = " ".join(f"H{number(a)} V{number(b)}" for a, b in rest)
            parts.append(f"M{number(x)} {number(y)} {tail}")
    return " ".join(parts)


def band_path(spans: Iterable[Span | None], *, lone: float = 0.0) -> str:
    """Closed areas from `(x, upper y, lower y)`; one alone is `2 * lone` wide."""
    parts = []
    for run in _runs(spans):
        sides = run
        if len(run) == 1:
            x, upper, lower = run[0]
            sides = [(x - lone, upper, lower), (x + lone, upper, lower)]
        if len(run) > 1 or lone:
            there = [(x, upper) for x, upper, _ in sides]
            back = [(x, lower) for x, _, lower in reversed(sides)]
            parts.append(_joined([*there, *back]) + " Z")
    return " ".join(parts)


def _joined(spots: Sequence[Spot]) -> str:
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in spots)


def _runs(items: Iterable[T | None]) -> list[list[T]]:
    runs: list[list[T]] = [[]]
    for item in items:
        if item is None:
            runs.append([])
        else:
            runs[-1].append(item)
    return [run for run in runs if run]
