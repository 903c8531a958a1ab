"""PURE. Do deals take the same way, the same time and the same price every time?

A closed deal *follows* the way of most when it was won by exactly those steps in that
order, or lost having taken none but the first of them: what was lost ends early. The way
of most is the commonest sequence of steps among deals that were won; of equally common
ones the longer, then the first in the alphabet. Spread is the distance of the quartiles
over the median (quartiles by linear interpolation, ends included).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles
from typing import Final

LEAST_DEALS: Final = 6
SPREAD_UP_TO: Final = 0.6
PATH_FROM: Final = 0.6
PATH_UNDER: Final = 0.5
NEAR_LIST: Final = 20
LEAST_CHAMPIONS: Final = 3


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """`steps` in the order they were taken; `days` from opening to close. Prices are in
    minor units of one currency. `by_founder` is None where no rep is named, `late_by`
    the days after the day that was expected, None where none was."""

    is_won: bool
    days: int
    steps: tuple[str, ...] = ()
    list_price: int | None = None
    paid: int | None = None
    by_founder: bool | None = None
    late_by: int | None = None
    champion: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `asked`; `name`: of what is commonest, where something is."""

    hits: int
    asked: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """`steps` of the way of most; `without`: deals of which no step is known."""

    steps: tuple[str, ...]
    share: Share
    without: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of some numbers. `ratio`: (high - low) / median, None without a median
    above zero or with fewer than two numbers."""

    count: int
    low: float
    middle: float
    high: float

    @property
    def ratio(self) -> float | None:
        if self.count < 2 or self.middle <= 0:
            return None
        return (self.high - self.low) / self.middle


def path_of(deals: Iterable[ClosedDeal]) -> Path | None:
    """None while no deal with steps was won.

    Four won by (demo, trial), one by (demo,), one lost after (demo,): 5 of 6.
    """
    closed = list(deals)
    won = Counter(one.steps for one in closed if one.is_won and one.steps)
    if not won:
        return None
    steps = min(won, key=lambda path: (-won[path], -len(path), path))
    hits = sum(_follows(one, steps) for one in closed)
    without = sum(not one.steps for one in closed)
    return Path(steps, Share(hits, len(closed)), without)


def _follows(deal: ClosedDeal, steps: tuple[str, ...]) -> bool:
    if deal.is_won:
        return deal.steps == steps
    return bool(deal.steps) and deal.steps == steps[: len(deal.steps)]


def spread_of(numbers: Sequence[float]) -> Spread | None:
    """None of nothing. (20, 30, 30, 40, 50, 60): 30 to 47.5 about 35, ratio 0.5."""
    if not numbers:
        return None
    if len(numbers) == 1:
        return Spread(1, numbers[0], numbers[0], numbers[0])
    low, _middle, high = quantiles(numbers, n=4, method="inclusive")
    return Spread(len(numbers), low, median(numbers), high)


def cycle_of(deals: Iterable[ClosedDeal]) -> Spread | None:
    """Days to win a deal: one that is lost ends when somebody gives up."""
    return spread_of([one.days for one in deals if one.is_won])


def win_rate(deals: Iterable[ClosedDeal]) -> Share:
    """Of all that were opened and are closed."""
    closed = list(deals)
    return Share(sum(one.is_won for one in closed), len(closed))


def discounts(deals: Iterable[ClosedDeal]) -> list[Decimal]:
    """Paid against list of each deal won, in percent: 80 is a fifth off."""
    return [
        Decimal(one.paid * 100) / one.list_price
        for one in deals
        if one.is_won and one.paid is not None and one.list_price
    ]


def near_list(percents: Sequence[Decimal]) -> Share:
    """How many were paid within a fifth of the list price, to either side."""
    return Share(sum(abs(one - 100) <= NEAR_LIST for one in percents), len(percents))


def by_others(deals: Iterable[ClosedDeal]) -> Share:
    """Won by somebody who is no founder; of deals that name who sold them."""
    known = [one for one in deals if one.is_won and one.by_founder is not None]
    return Share(sum(not one.by_founder for one in known), len(known))


def lateness(deals: Iterable[ClosedDeal]) -> Spread | None:
    """Days by which deals closed later than was expected; below zero, earlier."""
    return spread_of([one.late_by for one in deals if one.late_by is not None])


def champions(deals: Iterable[ClosedDeal]) -> Share:
    """The commonest role of those who fought for a deal that was won."""
    roles = Counter(one.champion for one in deals if one.is_won and one.champion)
    if not roles:
        return Share(0, 0)
    name = min(roles, key=lambda role: (-roles[role], role))
    return Share(roles[name], roles.total(), name)


def differ_every_time(deals: Iterable[ClosedDeal]) -> bool:
    """Every deal won had another champion; told from three on."""
    found = champions(deals)
    return found.hits == 1 and found.asked >= LEAST_CHAMPIONS
