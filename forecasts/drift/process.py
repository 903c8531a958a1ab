"""One step of the mixture e-process, for many series at once.

For every noise cell k (base level, coefficient of variation, persistence, weekend
ratio) the process keeps ln L0, the log likelihood of the record under that base, and
for every effect size R, the likelihood ratio of "a departure of that size began at one
of the points so far" summed over the start with its prior. Then

    E = Σ π_k L0_k (left + mean R_k) / Σ π_k L0_k

is the evidence against the plan. Array axes: effects, bases, noise, persistence,
weekend ratio, series. The series come last, so that every operation runs along them
and the result for one series does not depend on its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from forecasts.drift import constants as fixed
from forecasts.drift.constants import Floats
from forecasts.drift.density import (
    COUNT_SIZE,
    FIRST_SPREAD,
    LARGEST_COUNT,
    LATER_SPREAD,
    LOG_COUNT_SIZE,
    amount_base,
    count_base,
    stray_density,
)
from forecasts.drift.series import Direction


class Side(Enum):
    """Which way the actuals may leave the plan: the effect sizes looked for."""

    SHORTFALL = fixed.SHORTFALLS
    OVERSHOOT = fixed.OVERSHOOTS

    @property
    def weights(self) -> tuple[float, ...]:
        """Prior of the effects; for a shortfall the last one is silence."""
        sizes = len(self.value)
        if self is Side.OVERSHOOT:
            return (1 / sizes,) * sizes
        return (*(((1 - fixed.SILENCE_WEIGHT) / sizes,) * sizes), fixed.SILENCE_WEIGHT)


class Kind(Enum):
    """Law of the actuals and the prior on their noise."""

    DAILY_COUNT = fixed.DAILY_COUNT_PRIOR
    DAILY_AMOUNT = fixed.DAILY_AMOUNT_PRIOR
    SLOWER_COUNT = (*fixed.SLOWER_PRIOR, "count")
    SLOWER_AMOUNT = (*fixed.SLOWER_PRIOR, "amount")

    @property
    def is_count(self) -> bool:
        return self in (Kind.DAILY_COUNT, Kind.SLOWER_COUNT)


Flags = NDArray[np.bool_]
Counts = NDArray[np.intp]
Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Observed:
    """The next known point of each series: one number a series in every array.

    `gap` counts the periods left out since the last known point; `number` is 1 for the
    first known point; the `last_…` fields are ignored there.
    """

    actual: Floats
    forecast: Floats
    edge: Floats
    is_weekend: Flags
    gap: Floats
    number: Counts
    last_ratio: Floats
    last_is_weekend: Flags


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a process remembers: ln L0 (bases … series), R (effects, bases … series).

    R needs few digits and is kept in single precision; that halves the saved state.
    """

    log_base: Floats
    effects: Singles


# A plan that holds lies at its edge or at the forecast: powers of the edge.
_BASES = np.array([1.0, 0.0])
NOISE_LEVELS = len(fixed.NOISE)
_RHO = np.array(fixed.PERSISTENCE)
_DAY = np.array([7 / (5 + 2 * w) for w in fixed.WEEKEND_RATIO])
_LOG_DAY = np.log(_DAY)
_LOG_END = np.log(_DAY * np.array(fixed.WEEKEND_RATIO))
_LOG_CARRIED = float(np.log(fixed.CARRIED_AT_MOST))
_TINY = 1e-300
_WEIGHTS = np.array(
    [(0.0, 0.0)]
    + [(fixed.start_weight(n), fixed.weight_left(n)) for n in range(1, 20_001)]
)


@cache
def evidence_shapes(
    side: Side, count: int, *, weekends: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes of `log_base` and `effects` for `count` series."""
    ratios = len(fixed.WEEKEND_RATIO) if weekends else 1
    cells = (len(_BASES), NOISE_LEVELS, len(_RHO), ratios, count)
    return cells, (len(side.weights), *cells)


def nothing_seen(side: Side, count: int, *, weekends: bool) -> Evidence:
    bases, effects = evidence_shapes(side, count, weekends=weekends)
    return Evidence(np.zeros(bases), np.zeros(effects, np.float32))


def sides(direction: Direction) -> tuple[Side, Side]:
    """The side that alerts, and the favourable one."""
    if direction is Direction.HIGHER:
        return Side.SHORTFALL, Side.OVERSHOOT
    return Side.OVERSHOOT, Side.SHORTFALL


def beside(single: Sequence[Evidence]) -> Evidence:
    """Processes of single series, put side by side."""
    return Evidence(
        np.concatenate([one.log_base for one in single], axis=-1),
        np.concatenate([one.effects for one in single], axis=-1),
    )


def apart(many: Evidence) -> list[Evidence]:
    """The processes of a batch, each copied out."""
    bases = np.ascontiguousarray(np.moveaxis(many.log_base, -1, 0))[..., None]
    effects = np.ascontiguousarray(np.moveaxis(many.effects, -1, 0))[..., None]
    return [Evidence(*one) for one in zip(bases, effects, strict=True)]


def _log_prior(kind: Kind, ratios: int) -> Floats:
    centre, width = kind.value[:2]
    noise = np.exp(-0.5 * ((np.log(fixed.NOISE) - np.log(centre)) / width) ** 2)
    weekend = np.array(fixed.WEEKEND_PRIOR[:ratios])
    cells = (
        (noise / noise.sum())[:, None, None]
        * np.array(fixed.PERSISTENCE_PRIOR)[:, None]
        * (weekend / weekend.sum())
    )
    logs: Floats = np.log(cells)[..., None]
    return logs


_LOG_PRIORS = {
    (kind, ratios): _log_prior(kind, ratios)
    for kind in Kind
    for ratios in (1, len(fixed.WEEKEND_RATIO))
}


def weights_at(number: Counts) -> tuple[Floats, Floats]:
    """Prior weight of a start at this point, and of one still to come."""
    rows = _WEIGHTS[np.minimum(number, len(_WEIGHTS) - 1)]
    return rows[..., 0].copy(), rows[..., 1].copy()


def _log_means(side: Side, seen: Observed, ratios: int) -> Floats:
    """ln of the mean of actual/forecast: (levels, persistence, weekend, series).

    The first levels are the bases, the others the effects. A persistent series
    carries part of its last departure over, less of it after a gap.
    """
    log_edge = np.log(seen.edge)
    effects = log_edge + np.log(np.asarray(side.value))[:, None]
    log_theta = np.concatenate((np.outer(_BASES, log_edge), effects))
    today = np.where(seen.is_weekend, _LOG_END[:ratios, None], _LOG_DAY[:ratios, None])
    means = log_theta[:, None] + today
    before = np.where(
        seen.last_is_weekend, _LOG_END[:ratios, None], _LOG_DAY[:ratios, None]
    )
    departure = np.log(np.maximum(seen.last_ratio, _TINY)) - log_theta[:, None] - before
    carried = np.clip(departure, -_LOG_CARRIED, _LOG_CARRIED)
    share = np.where(seen.number > 1, np.exp(np.log(_RHO[1]) * (seen.gap + 1)), 0.0)
    return np.stack((means, means + share * carried), axis=1)


def _log_count_densities(y: Floats, forecast: Floats, log_means: Floats) -> Floats:
    """ln of the negative binomial probability of y, for every level and cell."""
    size = COUNT_SIZE[:, None, None, None]
    base = np.ascontiguousarray(count_base(y))[:, None, None]
    log_mean = (log_means + np.log(forecast))[:, None]
    log_ratio = log_mean - LOG_COUNT_SIZE[:, None, None, None]
    return base - (y + size) * np.log1p(np.exp(-log_ratio)) - size * log_ratio


def _log_amount_densities(
    x: Floats, first: Flags, log_means: Floats, noise_from: int = 0
) -> Floats:
    """ln of the Tweedie density of the ratio x, for every level and cell."""
    later, at_first = (
        LATER_SPREAD[noise_from:, :, None],
        FIRST_SPREAD[noise_from:, :, None],
    )
    spread = np.where(first, at_first, later)
    root = np.exp(0.5 * log_means)
    cost = (root + x / root)[:, None]
    return amount_base(x, spread)[:, :, None] - spread[:, :, None] * cost


def _log_lumpy(
    logs: Floats, forecast: Floats, ratio: Floats, first: Flags, log_means: Floats
) -> Floats:
    """The counts' log densities, with the law of lumps in the noisiest cells."""
    lumps = _log_amount_densities(ratio, first, log_means, fixed.LUMPY_FROM)
    lumps -= np.where(ratio > 0, np.log(forecast), 0.0)
    noisy = logs[:, fixed.LUMPY_FROM :]
    noisy[...] = np.where(forecast >= fixed.LUMPY_FORECAST, lumps, noisy)
    return logs


def _densities(side: Side, kind: Kind, seen: Observed, ratios: int) -> Floats:
    """Density of the point under every level and cell, stray points included."""
    first = seen.number == 1
    log_means = _log_means(side, seen, ratios)
    actual = np.maximum(seen.actual, 0.0)
    if kind.is_count:
        scale = np.maximum(seen.forecast / LARGEST_COUNT, 1.0)
        value, forecast = np.floor(actual / scale), seen.forecast / scale
        ratio = value / forecast
        logs = _log_count_densities(value, forecast, log_means)
        logs = _log_lumpy(logs, forecast, ratio, first, log_means)
    else:
        value = ratio = actual / seen.forecast
        logs = _log_amount_densities(ratio, first, log_means)
    stray = fixed.CONTAMINATION * stray_density(ratio, value)
    densities = (1 - fixed.CONTAMINATION) * np.exp(logs) + stray
    if side is Side.OVERSHOOT:
        return densities
    silent = np.where(value > 0, 0.0, fixed.SILENT_SHARE)
    silent = (1 - fixed.SILENT_SHARE) * densities[-1:] + silent
    return np.concatenate((densities, silent))


def step(side: Side, kind: Kind, before: Evidence, seen: Observed) -> Evidence:
    """The evidence after one more known point of every series."""
    density = _densities(side, kind, seen, before.log_base.shape[3])
    base, effect = density[: len(_BASES)], density[len(_BASES) :]
    steps = np.minimum(effect[:, None] / base, fixed.LARGEST_STEP).astype(np.float32)
    start, _ = weights_at(seen.number)
    effects = (before.effects + start.astype(np.float32)) * steps
    np.minimum(effects, np.float32(fixed.LARGEST_EVIDENCE), out=effects)
    return Evidence(before.log_base + np.log(base), effects)


def log_evidence(side: Side, kind: Kind, now: Evidence, number: Counts) -> Floats:
    """ln E for each series, after its `number`-th known point."""
    logs = now.log_base + _LOG_PRIORS[kind, now.log_base.shape[3]]
    cells = logs.reshape(-1, logs.shape[-1])
    weights = np.exp(cells - cells.max(axis=0))
    _, left = weights_at(number)
    begun = zip(side.weights, now.effects, strict=True)
    inside = left + _added([weight * effect for weight, effect in begun])
    gathered = _added(weights * inside.reshape(weights.shape))
    return np.log(gathered / _added(weights))


def _added(rows: Sequence[Floats] | Floats) -> Floats:
    """Sum over the first axis in a fixed order, whatever the number of series."""
    total: Floats = rows[0].copy()
    for row in rows[1:]:
        total += row
    return total
