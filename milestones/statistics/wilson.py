"""Where a share plausibly lies, given few answers (Wilson 1927)."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.96


@dataclass(frozen=True)
class Interval:
    """Shares between 0 and 1."""

    low: float
    high: float


def wilson(hits: int, asked: int, z: float = Z_95) -> Interval:
    """The 95 % interval of a share. Four of five is not 80 %: it is 38 to 96 %.

    centre = (p + z²/2n) / (1 + z²/n), half = z √(p(1-p)/n + z²/4n²) / (1 + z²/n).
    Nobody asked says nothing: 0 to 1. ValueError unless 0 ≤ hits ≤ asked.
    """
    if not 0 <= hits <= asked:
        raise ValueError(f"{hits} of {asked} is no share")
    if asked == 0:
        return Interval(0.0, 1.0)
    share, spread = hits / asked, z * z / asked
    centre = (share + spread / 2) / (1 + spread)
    root = sqrt(share * (1 - share) / asked + spread / (4 * asked))
    half = z * root / (1 + spread)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
