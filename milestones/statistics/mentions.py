"""PURE. How many independent customers raise a problem by themselves?

One voice each: of an organisation where customers are organisations, of a person
elsewhere. Only talks that count as discovery interviews are given here.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from milestones.statistics.verdict import Verdict, verdict_of
from milestones.statistics.wilson import Interval, wilson

__all__ = ["Heard", "Mention", "Rate", "Verdict", "heard", "mostly_prompted", "rate"]

SUPPORTS_FROM: Final = 0.5
CONTRADICTS_BELOW: Final = 0.3
MOSTLY: Final = 0.7
LEAST_MENTIONS: Final = 5


@dataclass(frozen=True)
class Mention:
    """Standing words linked to the problem. `voice` and `person` are None where nobody
    knows who of several spoke."""

    voice: Hashable | None
    person: Hashable | None
    supports: bool
    contradicts: bool
    is_prompted: bool


@dataclass(frozen=True)
class Rate:
    """`raised` of `asked`. `prompted`: those who only agreed when we named it."""

    asked: int
    raised: int
    prompted: int
    against: int
    interval: Interval

    @property
    def verdict(self) -> Verdict:
        """Half of them at least, on the lower bound; under three in ten on the upper."""
        if not self.asked:
            return Verdict.CANNOT_SAY
        return verdict_of(
            self.interval, at_least=SUPPORTS_FROM, below=CONTRADICTS_BELOW
        )


@dataclass(frozen=True)
class Heard:
    """The rate of independent voices, and of people, which is shown beside it."""

    voices: Rate
    people: Rate
    silent: frozenset[Hashable]


def heard(
    mentions: Iterable[Mention],
    voices: frozenset[Hashable],
    people: frozenset[Hashable],
) -> Heard:
    """`voices` and `people`: everybody who had a qualifying talk in the segment.

    Silent is who said nothing of it, neither for nor against, prompted or not.
    """
    said = list(mentions)
    spoke = {mention.voice for mention in said}
    return Heard(
        voices=rate([(m.voice, m) for m in said], voices),
        people=rate([(m.person, m) for m in said], people),
        silent=frozenset(voices - spoke),
    )


def rate(
    said: list[tuple[Hashable | None, Mention]], asked: frozenset[Hashable]
) -> Rate:
    known = [(who, mention) for who, mention in said if who in asked]
    raised = {who for who, m in known if m.supports and not m.is_prompted}
    agreed = {who for who, m in known if m.supports and m.is_prompted}
    return Rate(
        asked=len(asked),
        raised=len(raised),
        prompted=len(agreed - raised),
        against=len({who for who, m in known if m.contradicts}),
        interval=wilson(len(raised), len(asked)),
    )


def mostly_prompted(rates: Iterable[Rate]) -> bool:
    """Whether seven in ten of those who agreed to a problem did so when we named it.

    Over all problems, and only from five mentions on: fewer say nothing of a habit.
    """
    every = list(rates)
    prompted = sum(one.prompted for one in every)
    mentions = prompted + sum(one.raised for one in every)
    return mentions >= LEAST_MENTIONS and prompted >= MOSTLY * mentions
