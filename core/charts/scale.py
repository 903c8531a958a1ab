"""From values to positions, and axes people can read."""

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from core.numbers import show

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_LARGE: Final = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
_BEFORE: Final = frozenset("$€£¥₹")


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from [low, high] to [start, end]; end may be less than start."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round values from at or below `low` to at or above `high`; 0 is always one.

    About `count` steps of 1, 2, 2.5 or 5 times a power of ten. A flat range at zero
    becomes 0 to 1, so that a scale over the ticks is never empty.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    rough = (high - low) / count
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999999)
    first = floor(low / step + 1e-9)
    last = ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def tick_text(value: float, unit: str = "", *, is_short: bool = False) -> str:
    """The words at a tick: `10,000`, or `10k` when short or beyond a million.

    Only currency signs and `%` are repeated at every tick; other units stand in the
    title.
    """
    size = abs(value)
    factor, suffix = 1.0, ""
    if size >= 1e6 or (is_short and size >= 1e3):
        factor, suffix = next((f, s) for f, s in _LARGE if size >= f)
    text = show(value / factor).replace("\N{MINUS SIGN}", "") + suffix
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    before = unit if unit in _BEFORE else ""
    after = "%" if unit == "%" else ""
    return f"{sign}{before}{text}{after}"


def number(value: float) -> str:
    """A coordinate: one decimal and a point, in every language."""
    return f"{value:.1f}"
