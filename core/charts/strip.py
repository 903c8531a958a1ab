"""Shares with the interval they plausibly lie in, one strip below the other.

A strip holds no words, so one picture serves every width; its words stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.charts.scale import Scale, number

WIDTH: Final = 200.0
HEIGHT: Final = 16.0


@dataclass(frozen=True, slots=True)
class Share:
    """`share`, `low` and `high` are 0 to 1; `words` say the same, as in "7 of 12"."""

    name: str
    words: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Strip:
    name: str
    words: str
    start: str
    end: str
    dot: str


@dataclass(frozen=True, slots=True)
class StripChart:
    """`mark` is where the threshold stands, empty where there is none."""

    width: str
    height: str
    middle: str
    strips: tuple[Strip, ...]
    mark: str
    caption: str


def strip_chart(
    shares: Sequence[Share], *, caption: str, threshold: float | None = None
) -> StripChart:
    across = Scale(0.0, 1.0, 6.0, WIDTH - 6.0)
    return StripChart(
        width=f"{WIDTH:.0f}",
        height=f"{HEIGHT:.0f}",
        middle=number(HEIGHT / 2),
        strips=tuple(
            Strip(
                share.name,
                share.words,
                number(across.at(share.low)),
                number(across.at(share.high)),
                number(across.at(share.share)),
            )
            for share in shares
        ),
        mark="" if threshold is None else number(across.at(threshold)),
        caption=caption,
    )
