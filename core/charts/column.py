"""Columns side by side, such as how many new tags each talk brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.charts.scale import number

STEP: Final = 14.0
WIDTH: Final = 10.0
HEIGHT: Final = 48.0


@dataclass(frozen=True, slots=True)
class Column:
    x: str
    y: str
    width: str
    height: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class ColumnChart:
    label: str
    width: str
    height: str
    columns: tuple[Column, ...]


def column_chart(
    values: Sequence[int], *, label: str, marked: int = 0, places: int = 0
) -> ColumnChart:
    """The last `marked` columns stand out; nothing is a thin line. The sheet is as wide
    as `places` columns at least, so that few are not blown up."""
    tallest = max([*values, 1])
    first_marked = len(values) - marked
    return ColumnChart(
        label=label,
        width=number(STEP * max(len(values), places)),
        height=number(HEIGHT),
        columns=tuple(
            _column(n, value / tallest, is_marked=n >= first_marked)
            for n, value in enumerate(values)
        ),
    )


def _column(place: int, share: float, *, is_marked: bool) -> Column:
    height = max(1.0, HEIGHT * share)
    return Column(
        number(place * STEP),
        number(HEIGHT - height),
        number(WIDTH),
        number(height),
        is_marked,
    )
