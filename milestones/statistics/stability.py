"""PURE. Would other people have ranked it the same way?

Kendall's rank correlation τ between the scores given by the first and by the second
half of the respondents: 1 is the same order, -1 the opposite one. The variant b allows
for ties:

    τ = (concordant - discordant pairs) / √((pairs - ties in one)(pairs - ties in two))

0.6 or more counts as stable.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from math import sqrt
from typing import Final

from milestones.statistics.opportunity import Rating, opportunities

STABLE_FROM: Final = 0.6


def kendall(one: Sequence[float], two: Sequence[float]) -> float | None:
    """None where there is no order to compare: all alike, or fewer than two.

    (1, 2, 3, 4) and (1, 2, 4, 3): 5 pairs agree, 1 does not: 0.667.
    """
    pairs = list(combinations(zip(one, two, strict=True), 2))
    agreement = sum(_sign(a - c) * _sign(b - d) for (a, b), (c, d) in pairs)
    in_one = sum(a != c for (a, _), (c, _) in pairs)
    in_two = sum(b != d for (_, b), (_, d) in pairs)
    return agreement / sqrt(in_one * in_two) if in_one and in_two else None


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def rank_stability(ratings: Iterable[Rating]) -> float | None:
    """Between the halves of the respondents, who come in the order they answered.

    Of an odd number the one in the middle belongs to the second half. Only needs that
    both halves rated are compared.
    """
    given = list(ratings)
    people = list(dict.fromkeys(rating.person for rating in given))
    early = set(people[: len(people) // 2])
    first = _scores(rating for rating in given if rating.person in early)
    second = _scores(rating for rating in given if rating.person not in early)
    both = [need for need in first if need in second]
    return kendall([first[need] for need in both], [second[need] for need in both])


def _scores(ratings: Iterable[Rating]) -> dict[Hashable, float]:
    return {one.need: one.score for one in opportunities(ratings)}
