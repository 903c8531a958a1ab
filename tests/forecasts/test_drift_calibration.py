"""The promises in numbers, on seeded series: rarely wrong, soon right.

A small copy of what `python -m benchmarks.drift --size full` measures; the bounds leave
room for the sampling error of the smaller size.
"""

import numpy as np
import pytest

from benchmarks.drift.laws import Disturbed
from benchmarks.drift.oracle import delays
from benchmarks.drift.score import alerts, generator, three_in_a_row
from benchmarks.drift.simulator import CORE, failing, healthy, reported_late

SEED, POINTS = 7, 30


@pytest.fixture(scope="module")
def healthy_metrics():
    return [
        series
        for regime in (*CORE, "deals")
        for series in healthy(generator(SEED, regime), regime, 40, POINTS).series
    ]


@pytest.fixture(scope="module")
def delays_of():
    def measure(scenario, count=8):
        batches = [
            failing(generator(SEED, regime, scenario), regime, scenario, count, POINTS)
            for regime in CORE
        ]
        raised = alerts([one for b in batches for one in b.series], POINTS)
        onset = np.concatenate([batch.onset for batch in batches])
        return delays(raised, onset), POINTS - onset

    return measure


def test_healthy_metrics_are_rarely_stopped(healthy_metrics):
    share = alerts(healthy_metrics, POINTS).any(axis=1).mean()

    assert share <= 0.02


def test_a_rule_set_by_hand_is_wrong_far_more_often(healthy_metrics):
    assert three_in_a_row(healthy_metrics) > 0.25


def test_healthy_metrics_reported_late_are_rarely_stopped(healthy_metrics):
    rng = np.random.default_rng(SEED)
    late = [reported_late(rng, series) for series in healthy_metrics[::4]]

    assert alerts(late, POINTS).any(axis=1).mean() <= 0.03


@pytest.mark.parametrize(
    ("scenario", "median", "power"),
    [
        ("level 25", 2, 0.95),
        ("level 50", 7, 0.85),
        ("late launch", 2, 0.95),
        ("over 200", 5, 0.9),
    ],
)
def test_failures_are_found_soon(delays_of, scenario, median, power):
    found, room = delays_of(scenario)

    assert np.median(found) <= median
    assert (found <= room).mean() >= power


def test_break_in_mid_plan_is_found(delays_of):
    found, room = delays_of("break to 50")

    assert (found <= room).mean() >= 0.55


def test_disturbed_law_keeps_the_mean_it_was_asked_for():
    law = Disturbed(np.full((400, 1), 0.2), (0.25,), 0.012, 2)

    drawn = law.draw(np.random.default_rng(SEED), np.full((400, 200), 50.0))

    assert drawn.mean() == pytest.approx(50, rel=0.01)
