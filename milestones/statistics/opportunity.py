"""PURE. Which outcomes matter most and are served worst (Ulwick 2002).

Opportunity = I + max(I - S, 0), from 0 to 20. I and S are ten times the *share* of
people who rate importance, or satisfaction with today's way, 4 or 5 of 5; never mean
ratings. Importance 9 and satisfaction 3 give 15; 9 and 9 give 9; 8.5 and 4 give 13; 10
and 0 give 20. Below 30 people only the order is shown.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ENOUGH: Final = 30
HIGH_FROM: Final = 4


class Band(StrEnum):
    EXTREME = "extreme"
    STRONG = "strong"
    WORTH_A_LOOK = "worth_a_look"
    SERVED = "served"


@dataclass(frozen=True)
class Rating:
    """One person's pair of ratings of one need, 1 to 5 each."""

    person: Hashable
    need: Hashable
    importance: int
    satisfaction: int


@dataclass(frozen=True)
class Opportunity:
    """`people` rated it, `important` and `satisfied` of them with 4 or 5.

    `rank` counts from 1; needs with the same score share one.
    """

    need: Hashable
    people: int
    important: int
    satisfied: int
    rank: int = 0

    @property
    def importance(self) -> float:
        return 10 * self.important / self.people

    @property
    def satisfaction(self) -> float:
        return 10 * self.satisfied / self.people

    @property
    def score(self) -> float:
        return opportunity(self.importance, self.satisfaction)

    @property
    def band(self) -> Band:
        return band(self.score)

    @property
    def is_enough(self) -> bool:
        return self.people >= ENOUGH


def opportunity(importance: float, satisfaction: float) -> float:
    """Both from 0 to 10."""
    return importance + max(importance - satisfaction, 0)


def band(score: float) -> Band:
    """Over 15 extreme, from 12 strong, from 10 worth a look."""
    if score > 15:
        return Band.EXTREME
    if score >= 12:
        return Band.STRONG
    if score >= 10:
        return Band.WORTH_A_LOOK
    return Band.SERVED


def opportunities(ratings: Iterable[Rating]) -> tuple[Opportunity, ...]:
    """The best first; equal ones in the order their needs came."""
    by_need: dict[Hashable, list[Rating]] = {}
    for rating in ratings:
        by_need.setdefault(rating.need, []).append(rating)
    found = [_count(need, given) for need, given in by_need.items()]
    found.sort(key=lambda one: -one.score)
    return tuple(_ranked(one, found) for one in found)


def _count(need: Hashable, given: Sequence[Rating]) -> Opportunity:
    return Opportunity(
        need=need,
        people=len(given),
        important=sum(rating.importance >= HIGH_FROM for rating in given),
        satisfied=sum(rating.satisfaction >= HIGH_FROM for rating in given),
    )


def _ranked(one: Opportunity, every: Iterable[Opportunity]) -> Opportunity:
    rank = 1 + sum(other.score > one.score for other in every)
    return Opportunity(one.need, one.people, one.important, one.satisfied, rank)
