"""PURE. What a number says about a claim. Cannot say is the usual state."""

from enum import StrEnum

from milestones.statistics.wilson import Interval


class Verdict(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CANNOT_SAY = "cannot_say"


def verdict_of(
    share: Interval, *, at_least: float, below: float | None = None
) -> Verdict:
    """Supports when the cautious bound reaches `at_least`; contradicts when the hopeful
    one stays under `below` (or under `at_least`, where nothing else is given).

    7 of 12 (0.32 to 0.81) against one half: cannot say. 10 of 12 (0.55 to 0.95): supports.
    """
    if share.low >= at_least:
        return Verdict.SUPPORTS
    if share.high < (at_least if below is None else below):
        return Verdict.CONTRADICTS
    return Verdict.CANNOT_SAY
