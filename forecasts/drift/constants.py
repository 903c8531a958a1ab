"""Every constant of the statistical verdict, and its calibration, in one place.

The detector is a mixture of likelihood-ratio martingales; priors and effect sizes were
chosen on simulated metrics of many kinds, not fitted to one. The thresholds are
calibrated: `benchmarks/drift/` simulates healthy metrics, evaluates them every night
and takes the score that the wanted share of them ever reaches. Change a number here
only with a fresh table from there.
"""

import math
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# --- the edge of the plan -------------------------------------------------------------
DEFAULT_TOLERANCE: Final = 0.10
LOWEST_EDGE: Final = 0.05
HIGHEST_SHORTFALL_EDGE: Final = 0.99
LOWEST_OVERSHOOT_EDGE: Final = 1.01

# --- unknown noise: coefficient of variation, with a log-normal prior -------------------
NOISE: Final[Floats] = np.array(
    [0.04, 0.07, 0.11, 0.17, 0.26, 0.4, 0.62, 0.95, 1.5, 2.4]
)
DAILY_COUNT_PRIOR: Final = (0.20, 0.8)
DAILY_AMOUNT_PRIOR: Final = (0.30, 0.7)
SLOWER_PRIOR: Final = (0.12, 0.8)

# --- unknown weekend pattern: weekend level over weekday level --------------------------
WEEKEND_RATIO: Final = (1.0, 0.7, 0.45, 0.2, 1.4)
WEEKEND_PRIOR: Final = (0.6, 0.12, 0.12, 0.08, 0.08)
# A forecast that already dips at weekends by this much carries the pattern itself.
WEEKEND_IN_FORECAST: Final = 0.15

# --- unknown persistence: how much of a departure carries over to the next point --------
PERSISTENCE: Final = (0.0, 0.5)
PERSISTENCE_PRIOR: Final = (0.7, 0.3)
CARRIED_AT_MOST: Final = 3.0

# --- effect sizes, as shares of the edge (inverted for an overshoot) --------------------
SHORTFALLS: Final = (0.88, 0.7, 0.5, 0.3, 0.12)
OVERSHOOTS: Final = (1 / 0.88, 1 / 0.7, 1 / 0.5, 1 / 0.33)

# A metric that falls silent: nothing at all on this share of its points. Rare enough a
# priori that two quiet days alone do not raise it.
SILENT_SHARE: Final = 0.9
SILENCE_WEIGHT: Final = 0.03

# --- lumpy counts: so noisy that most points are nothing and a few are large -----------
# From this noise level on, and where this much is expected, such counts are a few
# lumps (law of the amounts) rather than many tiny values (negative binomial).
LUMPY_FROM: Final = 8
LUMPY_FORECAST: Final = 20.0

# --- an occasional point that says nothing ----------------------------------------------
CONTAMINATION: Final = 0.02
CONTAMINATION_AT_ZERO: Final = 0.3
LARGEST_STEP: Final = 40.0
# Evidence is cut here so that years of a hopeless metric cannot overflow.
LARGEST_EVIDENCE: Final = 1e30

# --- unknown start of the departure ------------------------------------------------------
START_AT_ONCE: Final = 0.5
START_LATER: Final = 1 / 30

# --- decision ----------------------------------------------------------------------------
EARLY_BONUS: Final = 0.5
EARLY_POINTS: Final = 30
DEFAULT_ALPHA: Final = 0.01
WATCH_ALPHA: Final = 0.10
# (lifetime false-alarm rate, threshold on the score): quantiles of the highest score of
# 32,500 healthy metrics of 8 to 120 points, evaluated every night; the 1 % one has a
# little in hand. benchmarks/drift/README.md holds the table.
THRESHOLDS: Final = (
    (0.10, 1.53),
    (0.05, 1.90),
    (0.02, 2.45),
    (0.01, 2.95),
    (0.005, 3.40),
    (0.001, 4.65),
    (0.0002, 6.20),
)

# --- odds shown: p = 10 ** (intercept + slope * score), printed with a factor in reserve --
ODDS_INTERCEPT: Final = -0.25
ODDS_SLOPE: Final = -0.6
ODDS_RESERVE: Final = 3.0
LONGEST_ODDS: Final = 10_000


@cache
def threshold(alpha: float) -> float:
    """The score at which a lifetime false-alarm rate of `alpha` is spent.

    Between the calibrated rates, and beyond them, the score is linear in ln(alpha).
    """
    table = THRESHOLDS
    last = len(table) - 2
    place = next((i for i in range(last) if alpha >= table[i + 1][0]), last)
    (rate_a, score_a), (rate_b, score_b) = table[place], table[place + 1]
    share = math.log(alpha / rate_a) / math.log(rate_b / rate_a)
    return score_a + share * (score_b - score_a)


def start_weight(n: int) -> float:
    """Prior weight of a departure that begins with the n-th known point, n ≥ 1."""
    if n == 1:
        return START_AT_ONCE
    return float((1 - START_AT_ONCE) * START_LATER * (1 - START_LATER) ** (n - 2))


def weight_left(n: int) -> float:
    """Prior weight of a departure that has not begun by the n-th known point."""
    return float((1 - START_AT_ONCE) * (1 - START_LATER) ** (n - 1))
