"""What the numbers by themselves say about each of the eleven questions.

Every signal is a sentence, a figure and a table from one dataclass, with a verdict that
mostly is *cannot say*. Nothing here scores for anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestones.eleven import template
from milestones.signals import (
    being_wrong,
    features,
    loved,
    needs,
    plans,
    prices,
    problems,
    profit,
    roles,
    selling,
    visionaries,
)
from milestones.signals.shape import Signal, instrument_of, verdicts_of

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

__all__ = ["Signal", "instrument_of", "signals_of", "verdicts_of"]

OF_QUESTION = {
    1: problems.signals,
    2: prices.signals,
    3: features.signals,
    4: roles.signals,
    5: needs.signals,
    6: visionaries.signals,
    7: loved.signals,
    8: selling.signals,
    9: profit.signals,
    10: plans.signals,
    11: being_wrong.signals,
}


def signals_of(scope: Scope, number: int, *, now: datetime) -> tuple[Signal, ...]:
    """From what was recorded by `now`, in ten queries at most whatever the rows.

    Empty for questions 1 to 8 of a venture without a segment.
    """
    if template(number).per_segment and scope.segment is None:
        return ()
    return OF_QUESTION[number](scope, now)
