"""PURE. Would an alert have been raised, had its numbers been right from the beginning?

A correction takes an alert away when three things hold. With every number as it stands
now, nothing would have been raised on the day of the alert. Nothing would be raised
today. And the correction is why: without it the alert would be back, or it alone is
enough where the numbers as they were do raise it. Where no correction is so by itself,
all of them together are. Numbers that came later are left out of
the day of the alert, so that a recovery passes for no correction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from decisions.alerting import Family
from decisions.judging import Finding
from forecasts.history import History, Key

Judge = Callable[[History, date], Finding]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an alert was raised on. `known` maps each period to how many of its reports
    had come when it was raised.
    """

    family: str
    day: date
    history: History
    known: Mapping[Key, int]

    def corrected(self) -> frozenset[Key]:
        """Periods whose number is another one since."""
        return frozenset(
            span
            for span, count in self.known.items()
            if (reports := self.history.reported[span])[-1].value
            != reports[count - 1].value
        )

    def as_if(self, taken_back: frozenset[Key]) -> History:
        """The record of that day, every number as it stands now, except in the periods
        whose corrections are taken back.
        """
        reported = {}
        for span, count in self.known.items():
            reports = self.history.reported[span]
            value = reports[count - 1 if span in taken_back else -1].value
            reported[span] = (replace(reports[0], value=value),)
        return replace(self.history, reported=reported)


def taking_away(grounds: Grounds, judge: Judge, today: date) -> frozenset[Key]:
    """The periods whose corrections take the alert away; empty while it stands."""
    corrected = grounds.corrected()

    def is_raised(taken_back: frozenset[Key]) -> bool:
        return raises(judge(grounds.as_if(taken_back), grounds.day), grounds.family)

    if not corrected or is_raised(frozenset()):
        return frozenset()
    if raises(judge(grounds.history, today), grounds.family):
        return frozenset()
    was_raised = is_raised(corrected)
    decisive = frozenset(
        span
        for span in corrected
        if is_raised(frozenset({span}))
        or (was_raised and not is_raised(corrected - {span}))
    )
    if decisive or not was_raised:
        return decisive
    return corrected


def raises(finding: Finding, family: str) -> bool:
    if family == Family.SHORTFALL:
        return finding.stop is not None
    return any(one.rule.family == family and one.opens for one in finding.concerns)
