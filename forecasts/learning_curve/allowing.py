"""PURE. What a phase allows: whom to hire, what to do, and what not yet.

How many: none before the product is ready for sale; `initiation_cap` while the company
learns; in transition half as many again as two quarters ago; then as many as can be
trained while the yield stays at traction. Counted are reps by FTE, founders left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from forecasts.learning_curve.course import Course, Quarter
from forecasts.learning_curve.figures import Limits
from forecasts.learning_curve.measuring import Measured
from forecasts.learning_curve.phases import Phase, Standing

GROWTH_OVER: Final = 2


@dataclass(frozen=True, slots=True)
class Allowance:
    """`most` and `now` are FTE of reps who are no founders. `most` None: no bound."""

    phase: Phase
    most: Decimal | None
    now: Decimal
    hire: str
    do: tuple[str, ...]
    not_yet: tuple[str, ...]

    def allows(self, reps: Decimal) -> bool:
        """Whether there may be so many reps."""
        return self.most is None or reps <= self.most


HIRE: Final = {
    Phase.PRE: "Nobody: founders sell.",
    Phase.INITIATION: (
        "Two to four Renaissance reps, who find out by themselves how to sell; "
        "sales engineering is shared; pay is mostly salary."
    ),
    Phase.TRANSITION: (
        "Enlightened reps, one at a time; each reaches break-even before the next two."
    ),
    Phase.EXECUTION: (
        "Coin-operated reps, as fast as they can be trained while the yield stays at "
        "traction."
    ),
}
DO: Final = {
    Phase.PRE: ("Discover, and hear out each beta user one-on-one.",),
    Phase.INITIATION: (
        "Keep the learning log, deal by deal.",
        "Look at it each week with product, marketing and sales together.",
        "Change product, price and pitch.",
        "Tell the board that this is learning, not selling.",
    ),
    Phase.TRANSITION: (
        "Write down the road map of a sale.",
        "Make a kit for new reps.",
        "Try out territories.",
    ),
    Phase.EXECUTION: ("Plan by capacity, with quotas.",),
}
NOT_YET: Final = {
    Phase.PRE: ("Any hire of a rep.",),
    Phase.INITIATION: (
        "Quotas.",
        "A head of sales from a large firm.",
        "Coin-operated reps.",
    ),
    Phase.TRANSITION: ("Hiring from a capacity model.",),
    Phase.EXECUTION: (),
}


def allowance(course: Course) -> Allowance:
    phase = course.phase
    return Allowance(
        phase=phase,
        most=_most(phase, course.quarters, course.limits),
        now=_reps(course.quarters[-1:]) or _reps(course.quarters[-2:-1]),
        hire=HIRE[phase],
        do=DO[phase],
        not_yet=NOT_YET[phase],
    )


def _most(phase: Phase, quarters: Sequence[Quarter], limits: Limits) -> Decimal | None:
    if phase is Phase.EXECUTION:
        return None
    if phase is Phase.PRE:
        return Decimal(0)
    cap = Decimal(limits.initiation_cap)
    if phase is Phase.INITIATION:
        return cap
    ended = [one for one in quarters if one.standing is not Standing.UNFINISHED]
    earlier = _reps(ended[-GROWTH_OVER:])
    return max(cap, earlier * (100 + limits.transition_growth) / 100)


def _reps(quarters: Sequence[Quarter]) -> Decimal:
    """FTE in the first of them."""
    return _of(quarters[0].measured) if quarters else Decimal(0)


def _of(measured: Measured) -> Decimal:
    return measured.effective_fte + measured.ramping_fte
