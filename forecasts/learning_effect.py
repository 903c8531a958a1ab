"""PURE. What a change did to the yield: the quarter before it beside the one after.

The quarter in which something changed mixes both and is left out, unless it changed on
its first day. What else changed meanwhile counts too: nothing here says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.weeks import Cadence, period_of
from forecasts.learning_curve import Limits, Quarter
from forecasts.selling.words import TOO_FEW, cut, money_of


@dataclass(frozen=True, slots=True)
class Effect:
    """Quarters with a yield; None where there is none yet."""

    before: Quarter | None
    after: Quarter | None
    is_thin: bool

    def sentence(self, currency: str) -> str:
        """`Yield $400,000 in Q1 2026, $520,000 in Q3 2026 (1.3 times).`"""
        if self.before is None and self.after is None:
            return "No quarter before or after it has a yield yet."
        if self.before is None:
            return f"{_told(self.after, currency)} after it; none known before."
        if self.after is None:
            return f"{_told(self.before, currency)} before it; none known after yet."
        thin = f" ({TOO_FEW})" if self.is_thin else ""
        later = money_of(self.after.measured.sales_yield, currency)
        return (
            f"{_told(self.before, currency)}, {later} in {self.after.name}"
            f"{self._times}{thin}."
        )

    @property
    def _times(self) -> str:
        """How many times as much, where there was something to begin with."""
        earlier, later = _yield(self.before), _yield(self.after)
        if earlier is None or earlier <= 0 or later is None:
            return ""
        return f", {cut(later / earlier)} times as much"


def _yield(quarter: Quarter | None) -> Decimal | None:
    return quarter.measured.sales_yield if quarter else None


def _told(quarter: Quarter | None, currency: str) -> str:
    if quarter is None:
        return ""
    return f"Yield {money_of(quarter.measured.sales_yield, currency)} in {quarter.name}"


def effect_of(quarters: Sequence[Quarter], changed_on: date, limits: Limits) -> Effect:
    """`quarters` in order of time. The nearest ones that are judged and have a yield."""
    start = period_of(changed_on, Cadence.QUARTERLY).start
    known = [
        one
        for one in quarters
        if one.is_judged and one.measured.sales_yield is not None
    ]
    before = [one for one in known if one.start < start]
    after = [one for one in known if one.start > start or one.start == changed_on]
    sides = (before[-1:], after[:1])
    return Effect(
        before=before[-1] if before else None,
        after=after[0] if after else None,
        is_thin=any(
            one.measured.effective_fte < limits.least_reps
            for side in sides
            for one in side
        ),
    )
