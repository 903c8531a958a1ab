"""The two densities against what they must be: sums of one, known special cases."""

import math

import numpy as np
import pytest

from forecasts.drift.constants import NOISE
from forecasts.drift.density import (
    COUNT_SIZE,
    LATER_SPREAD,
    amount_base,
    count_base,
    log_bessel,
    stray_density,
)


@pytest.mark.parametrize("z", [1e-6, 0.01, 0.5, 2.0, 3.74, 3.76, 10.0, 80.0, 600.0])
def test_bessel_against_numeric_integration(z):
    angle = (np.arange(200_000) + 0.5) * math.pi / 200_000
    scaled = np.mean(np.exp(z * (np.cos(angle) - 1)) * np.cos(angle))

    assert log_bessel(np.array([z]))[0] == pytest.approx(math.log(scaled), abs=7e-7)


@pytest.mark.parametrize("y", [0, 1, 7, 255, 256, 1000, 10**6, 10**9])
def test_count_base_against_the_gamma_function(y):
    expected = [
        math.lgamma(y + a) - math.lgamma(a) - math.lgamma(y + 1) for a in COUNT_SIZE
    ]

    found = count_base(np.array([float(y), 3.0]))[:, 0]

    assert found == pytest.approx(expected, rel=1e-9, abs=1e-5 if y > 10**6 else 1e-8)


@pytest.mark.parametrize("mean", [0.8, 12.0])
def test_counts_sum_to_one_with_the_right_mean(mean):
    y = np.arange(3000.0)
    size = COUNT_SIZE[:, None]
    logs = count_base(y) - (y + size) * np.log1p(mean / size)
    logs += y * np.log(mean / size)

    p = np.exp(logs)

    assert p.sum(axis=1)[:8] == pytest.approx(np.ones(8), abs=1e-6)
    assert (p * y).sum(axis=1)[:8] == pytest.approx(np.full(8, mean), rel=1e-4)


@pytest.mark.parametrize("noise", range(3, 9))
@pytest.mark.parametrize("mean", [0.5, 1.0])
def test_amounts_integrate_to_one_with_the_right_mean_and_noise(noise, mean):
    spread = LATER_SPREAD[noise, 0]
    edges = np.linspace(0, 1, 400_001) ** 3 * 60
    x = (edges[1:] + edges[:-1]) / 2
    logs = amount_base(x, np.full(x.shape, spread))
    logs -= spread * (math.sqrt(mean) + x / math.sqrt(mean))
    mass = np.exp(logs) * np.diff(edges)
    at_zero = math.exp(-spread * math.sqrt(mean))

    total, first, second = (np.sum(mass * x**k) for k in range(3))

    assert total + at_zero == pytest.approx(1, abs=1e-4)
    assert first == pytest.approx(mean, rel=1e-3)
    variance = NOISE[noise] ** 2 * mean**1.5
    assert second - first**2 == pytest.approx(variance, rel=5e-3)


def test_zero_amount_has_only_its_mass():
    assert amount_base(np.zeros(1), np.ones((1, 1)))[0, 0] == 0.0


def test_stray_points_have_a_density_everywhere():
    x = np.array([0.0, 1e-300, 0.5, 1.0, 1e15])

    found = stray_density(x, x)

    assert found[0] == 0.3
    assert found[3] == pytest.approx(0.7 / math.sqrt(2 * math.pi))
    assert (found > 0).all()
