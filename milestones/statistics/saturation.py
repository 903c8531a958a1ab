"""PURE. Do talks still teach us something new, and how likely is a need overheard?

Counting interviews is no goal: what counts is whether the last ones brought new tags.
Never across segments.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

LAST: Final = 5
MOST_NEW: Final = 1
ENOUGH_TALKS: Final = 12


@dataclass(frozen=True)
class Saturation:
    """`new` counts, for each qualifying talk from the first to the last, the tags no
    earlier talk had."""

    new: tuple[int, ...]

    @property
    def talks(self) -> int:
        return len(self.new)

    @property
    def tags(self) -> int:
        return sum(self.new)

    @property
    def last(self) -> tuple[int, ...]:
        return self.new[-LAST:]

    @property
    def new_lately(self) -> int:
        return sum(self.last)

    @property
    def is_saturated(self) -> bool:
        """Twelve talks at least, and one new tag at most in the last five.

        Talks without any tag say nothing: somebody must have tagged.
        """
        is_enough = self.talks >= ENOUGH_TALKS and self.tags > 0
        return is_enough and self.new_lately <= MOST_NEW


def saturation(talks: Iterable[Iterable[Hashable]]) -> Saturation:
    """`talks`: the tags of each qualifying talk of one segment, in the order held.

    [{a, b}, {b, c}, {c}] gives 2, 1, 0.
    """
    seen: set[Hashable] = set()
    new = []
    for tags in talks:
        fresh = set(tags) - seen
        seen |= fresh
        new.append(len(fresh))
    return Saturation(tuple(new))


def chance_heard(share: float, talks: int) -> float:
    """Chance that something true of that share of people comes up at all: 1 − (1 − p)^n.

    One in ten, after twenty talks: 0.88. ValueError unless 0 ≤ share ≤ 1 and talks ≥ 0.
    """
    if not 0 <= share <= 1 or talks < 0:
        raise ValueError(f"no chance of a share of {share} in {talks} talks")
    return 1 - (1 - share) ** talks
