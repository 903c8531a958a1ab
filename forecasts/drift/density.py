"""Logarithms of the two densities the verdict compares actuals with.

Counts follow a negative binomial law, amounts a compound Poisson-gamma law (Tweedie,
power 1.5: a Poisson number of exponential amounts, with an exact mass at zero). Both
split into a part that depends on the noise alone, computed here once per point, and a
part that depends on the level and is cheap (`process.py`). Arrays end in the axis of
the series.
"""

import math

import numpy as np

from forecasts.drift.constants import (
    CONTAMINATION_AT_ZERO,
    NOISE,
    PERSISTENCE,
    Floats,
)

# Counts are scaled down to a forecast of at most this much: far beyond it a count is
# an amount, and the logarithm of the gamma function would lose its digits.
LARGEST_COUNT = 1e9

COUNT_SIZE: Floats = 1 / NOISE**2
LOG_COUNT_SIZE: Floats = np.log(COUNT_SIZE)
_TABLE_SIZE = 256

# 2/phi for each noise level and persistence: later points, then the first one. A
# persistent series has not settled at its first point, so that one is noisier.
_SPREAD = 2 / NOISE[:, None] ** 2 * np.ones(len(PERSISTENCE))
LATER_SPREAD: Floats = _SPREAD
FIRST_SPREAD: Floats = _SPREAD * (1 - np.array(PERSISTENCE) ** 2)

# Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.8.3 and 9.8.4.
_SMALL = (0.5, 0.87890594, 0.51498869, 0.15084934, 0.02658733, 0.00301532, 0.00032411)
_LARGE = (
    *(0.39894228, -0.03988024, -0.00362018, 0.00163801, -0.01031555),
    *(0.02282967, -0.02895312, 0.01787654, -0.00420059),
)
_BETWEEN = 3.75


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    total = np.full_like(x, coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = total * x + coefficient
    return total


def log_bessel(z: Floats) -> Floats:
    """ln I1(z) - z, I1 the modified Bessel function of the first kind, for z > 0.

    Relative error of I1 below 7e-7.
    """
    small = np.minimum(z, _BETWEEN)
    large = np.maximum(z, _BETWEEN)
    near = np.log(small * _polynomial(_SMALL, (small / _BETWEEN) ** 2)) - small
    far = np.log(_polynomial(_LARGE, _BETWEEN / large)) - 0.5 * np.log(large)
    return np.where(z <= _BETWEEN, near, far)


def _count_table() -> Floats:
    rows = [
        [math.lgamma(y + a) - math.lgamma(a) - math.lgamma(y + 1) for a in COUNT_SIZE]
        for y in range(_TABLE_SIZE)
    ]
    return np.array(rows)


_COUNT_TABLE = _count_table()
_LOG_GAMMA_SIZE = np.array([math.lgamma(a) for a in COUNT_SIZE])


def _large_count_base(y: Floats) -> Floats:
    """Stirling's series for ln(Γ(y+a) / Γ(a) Γ(y+1)), exact enough from 256 on.

    Written so that the terms of size y·ln y, which cancel, never appear.
    """
    a = COUNT_SIZE[:, None]
    top, bottom = y + a, y + 1
    total: Floats = (
        y * np.log1p((a - 1) / bottom)
        + (a - 0.5) * np.log(top)
        - 0.5 * np.log(bottom)
        + (1 - a)
        + (1 / top - 1 / bottom) / 12
        - (1 / top**3 - 1 / bottom**3) / 360
        - _LOG_GAMMA_SIZE[:, None]
    )
    return total


def count_base(y: Floats) -> Floats:
    """ln(Γ(y+a) / Γ(a) Γ(y+1)) for whole y ≥ 0: shape (noise, series)."""
    tabled = _COUNT_TABLE[np.minimum(y, _TABLE_SIZE - 1).astype(np.intp)].T
    if not (y >= _TABLE_SIZE).any():
        return tabled
    return np.where(y < _TABLE_SIZE, tabled, _large_count_base(np.maximum(y, 1.0)))


def amount_base(x: Floats, spread: Floats) -> Floats:
    """The part of the amount density free of the level: shape of `spread`.

    `spread` is 2/φ. With s = spread the density at level m is, for x > 0,
    exp(-s(√m + x/√m)) · (s/√x) · I1(2 s √x), and exp(-s √m) at x = 0.
    """
    root = np.sqrt(np.where(x > 0, x, 1.0))
    z = 2 * spread * root
    return np.where(x > 0, np.log(spread / root) + log_bessel(z) + z, 0.0)


def stray_density(x: Floats, z: Floats) -> Floats:
    """Density of a point that follows no plan: x the ratio, z the value it is in."""
    log_x = np.log(np.where(x > 0, x, 1.0))
    # Beyond e^±20 a point is stray whatever the exact figure; the cut keeps it above 0.
    bell = np.exp(-0.5 * np.clip(log_x, -20.0, 20.0) ** 2)
    scale = math.sqrt(2 * math.pi) * np.where(x > 0, z, 1.0)
    return np.where(
        x > 0, (1 - CONTAMINATION_AT_ZERO) * bell / scale, CONTAMINATION_AT_ZERO
    )
