"""PURE. The numbers the rules compare with; a venture may set its own.

All of them are proposals of this product, not findings. The ones on rates and deviations
were chosen so that series which only scatter seldom stop.
"""

from dataclasses import dataclass

# By how much a condition must fail before an episode counts as recovered.
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Each with its unit."""

    # required rate: times what the last three periods brought
    required_ratio: float = 1.5
    # share of the periods of the plan that must be over, and that must be ahead
    horizon_share: float = 0.25
    # standard deviations of the sum of all periods, the bad way
    required_deviations: float = 2.0
    # slip: moves of the same target or date
    slip_count: int = 2
    # slip: share of the first forecast that the forecast in force must keep
    revision_floor: float = 0.75
    # upside: Σ actual / Σ forecast, and standard deviations of the sum
    upside_share: float = 1.25
    upside_deviations: float = 2.5
    # blind: days after the end of a period, and share of its length; the longer counts
    overdue_days: int = 3
    overdue_share: float = 0.25
    # learning: points between claim and support, and days
    gap: int = 2
    gap_days: int = 14
    # learning: the claim that a signal may not contradict
    claimed_from: int = 4
    # learning: days without a qualifying talk
    silence_days: int = 21
    # scheduled: days between two looks at the whole venture
    review_days: int = 91


DEFAULTS = Thresholds()
