"""A judge that knows everything but the verdict: law, noise, path and start.

For one regime, scenario and horizon it sums the log likelihood ratio of the true path
to the edge of the plan from the start of the departure on, and alerts above the level
that healthy metrics of the same regime exceed once in a hundred. Nothing can be much
faster at that rate; the detector's delay is measured in multiples of the oracle's.
"""

from dataclasses import fields, replace

import numpy as np

from benchmarks.drift.laws import Floats, Law
from benchmarks.drift.simulator import Batch


def oracle_delays(
    failing: Batch, rng: np.random.Generator, rate: float, copies: int
) -> Floats:
    """Points from onset to the oracle's alert, one past the end when it never came.

    The threshold comes from `copies` redraws of every series, a quarter of them at the
    edge of the plan and the others at the forecast itself.
    """
    law = repeated(failing.plan.law, copies)
    path, edge = np.tile(failing.true_mean, (copies, 1)), failing.edge_mean
    edges = np.tile(edge, (copies, 1))
    at_forecast = np.tile(failing.plan.forecast * failing.plan.hidden, (copies, 1))
    is_edge = np.arange(len(edges))[:, None] < len(edges) / 4
    actual = law.draw(rng, np.where(is_edge, edges, at_forecast))
    counted = failing.known & (np.arange(edge.shape[1]) >= failing.onset[:, None])
    ratios = law.log_ratio(actual, path, edges)
    chance = np.cumsum(np.where(np.tile(counted, (copies, 1)), ratios, 0.0), axis=1)
    level = max(float(np.quantile(chance.max(axis=1), 1 - rate)), 0.0)
    ratios = failing.plan.law.log_ratio(failing.actual, failing.true_mean, edge)
    evidence = np.cumsum(np.where(counted, ratios, 0.0), axis=1)
    return delays(evidence >= level + 1e-9, failing.onset)


def repeated(law: Law, copies: int) -> Law:
    """The law for `copies` times the series, copy after copy."""
    arrays = {
        part.name: np.tile(getattr(law, part.name), (copies, 1))
        for part in fields(law)
        if isinstance(getattr(law, part.name), np.ndarray)
    }
    return replace(law, **arrays)


def delays(raised: np.ndarray, onset: np.ndarray) -> Floats:
    """Points from onset to the first alert, counted from 1; end of life + 1 if none."""
    points = raised.shape[1]
    first = np.where(raised.any(axis=1), raised.argmax(axis=1), points)
    late: Floats = np.maximum(first - onset, 0) + 1.0
    return late
