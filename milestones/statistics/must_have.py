"""PURE. Is the product a must-have (Sean Ellis)?

"How would you feel if you could no longer use it?" The share of "very disappointed",
only of people who used the core at least twice within the last 14 days and still use
it, with the 95 % Wilson interval. 40 % is a pattern seen across products, not a law.
12 of 30 is exactly 40 % and says nothing: its lower bound is 25 %. 18 of 30 is enough.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from milestones.statistics.verdict import Verdict, verdict_of
from milestones.statistics.wilson import Interval, wilson

ENOUGH: Final = 30
THRESHOLD: Final = 0.4
LEAST_USES: Final = 2
VERY: Final = "very"
SOMEWHAT: Final = "somewhat"
NOT: Final = "not"
GONE: Final = "gone"


@dataclass(frozen=True)
class Felt:
    """One answer; `uses` is None where nobody knows how often they used it."""

    feeling: str
    uses: int | None

    @property
    def counts(self) -> bool:
        return (
            self.feeling != GONE and self.uses is not None and self.uses >= LEAST_USES
        )


@dataclass(frozen=True)
class MustHave:
    """Of `asked` answers those of the right people count."""

    asked: int
    very: int
    somewhat: int
    not_at_all: int

    @property
    def counting(self) -> int:
        return self.very + self.somewhat + self.not_at_all

    @property
    def dropped(self) -> int:
        return self.asked - self.counting

    @property
    def is_enough(self) -> bool:
        return self.counting >= ENOUGH

    @property
    def interval(self) -> Interval:
        return wilson(self.very, self.counting)

    @property
    def verdict(self) -> Verdict:
        if not self.is_enough:
            return Verdict.CANNOT_SAY
        return verdict_of(self.interval, at_least=THRESHOLD)


def must_have(answers: Iterable[Felt]) -> MustHave:
    given = list(answers)
    counting = [answer.feeling for answer in given if answer.counts]
    return MustHave(
        asked=len(given),
        very=counting.count(VERY),
        somewhat=counting.count(SOMEWHAT),
        not_at_all=counting.count(NOT),
    )
