"""PURE. Which prices people call acceptable (Van Westendorp 1976).

Each answer holds four prices: too cheap, cheap, expensive, too expensive. Only ordered
answers count (too cheap < cheap < expensive < too expensive); the others are counted as
dropped. At a price p:

    too cheap(p), cheap(p)              share of answers ≥ p   (falling)
    expensive(p), too expensive(p)      share of answers ≤ p   (rising)

The curves are read at the prices people named. Where two are equal over a stretch of
them, the crossing is that stretch; where they pass each other between two named prices,
it lies on the straight line between.

    optimal price point     too cheap × too expensive
    indifference price      cheap × expensive
    narrow range            too cheap × expensive to cheap × too expensive
    original range          too cheap × not cheap to not expensive × too expensive

Two conventions exist for the range; a page shows one, and names it. Stated prices are no
paid ones: grade E1 or E2. Prices are of one unit, whichever it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

ENOUGH: Final = 30


@dataclass(frozen=True)
class Prices:
    """One respondent's four prices."""

    too_cheap: int
    cheap: int
    expensive: int
    too_expensive: int

    @property
    def is_ordered(self) -> bool:
        return self.too_cheap < self.cheap < self.expensive < self.too_expensive


@dataclass(frozen=True)
class Crossing:
    """Where two curves meet: one price, or a stretch of prices where both are equal."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    @property
    def is_flat(self) -> bool:
        return self.low < self.high


@dataclass(frozen=True)
class Step:
    """The four shares at one price, 0 to 1."""

    price: int
    too_cheap: float
    cheap: float
    expensive: float
    too_expensive: float


@dataclass(frozen=True)
class Sensitivity:
    """`counted` ordered answers, `dropped` others. A range is (lower, upper) end."""

    counted: int
    dropped: int
    optimal: Crossing
    indifference: Crossing
    narrow: tuple[Crossing, Crossing]
    original: tuple[Crossing, Crossing]
    steps: tuple[Step, ...]

    @property
    def is_directional(self) -> bool:
        """Too few answers for more than a direction."""
        return self.counted < ENOUGH


def sensitivity(answers: Iterable[Prices]) -> Sensitivity | None:
    """None while no answer is ordered."""
    given = list(answers)
    ordered = [answer for answer in given if answer.is_ordered]
    if not ordered:
        return None
    curves = _Curves(ordered)
    return Sensitivity(
        counted=len(ordered),
        dropped=len(given) - len(ordered),
        optimal=curves.crossing(curves.too_cheap, curves.too_expensive),
        indifference=curves.crossing(curves.cheap, curves.expensive),
        narrow=(
            curves.crossing(curves.too_cheap, curves.expensive),
            curves.crossing(curves.cheap, curves.too_expensive),
        ),
        original=(
            curves.crossing(curves.too_cheap, curves.not_cheap),
            curves.crossing(curves.not_expensive, curves.too_expensive),
        ),
        steps=tuple(curves.step(price) for price in curves.prices),
    )


class _Curves:
    """Each curve counts answers at a price; counts compare without rounding."""

    def __init__(self, ordered: Sequence[Prices]) -> None:
        self.n = len(ordered)
        self._too_cheap = sorted(answer.too_cheap for answer in ordered)
        self._cheap = sorted(answer.cheap for answer in ordered)
        self._expensive = sorted(answer.expensive for answer in ordered)
        self._too_expensive = sorted(answer.too_expensive for answer in ordered)
        named = (self._too_cheap, self._cheap, self._expensive, self._too_expensive)
        self.prices = sorted({price for prices in named for price in prices})

    def too_cheap(self, price: int) -> int:
        return self.n - bisect_left(self._too_cheap, price)

    def cheap(self, price: int) -> int:
        return self.n - bisect_left(self._cheap, price)

    def expensive(self, price: int) -> int:
        return bisect_right(self._expensive, price)

    def too_expensive(self, price: int) -> int:
        return bisect_right(self._too_expensive, price)

    def not_cheap(self, price: int) -> int:
        return self.n - self.cheap(price)

    def not_expensive(self, price: int) -> int:
        return self.n - self.expensive(price)

    def crossing(
        self, falling: Callable[[int], int], rising: Callable[[int], int]
    ) -> Crossing:
        """The falling one starts above and ends below, so they meet exactly once."""
        gaps = [falling(price) - rising(price) for price in self.prices]
        equal = [p for p, gap in zip(self.prices, gaps, strict=True) if gap == 0]
        if equal:
            return Crossing(Fraction(equal[0]), Fraction(equal[-1]))
        after = next(place for place, gap in enumerate(gaps) if gap < 0)
        before = after - 1
        way = Fraction(gaps[before], gaps[before] - gaps[after])
        start, end = self.prices[before], self.prices[after]
        met = start + way * (end - start)
        return Crossing(met, met)

    def step(self, price: int) -> Step:
        return Step(
            price,
            self.too_cheap(price) / self.n,
            self.cheap(price) / self.n,
            self.expensive(price) / self.n,
            self.too_expensive(price) / self.n,
        )
