"""The laws actuals are drawn from, and what an oracle that knows them would weigh.

`mean` is the path of the expected actual, shape (series, points); parameters have the
shape (series, 1). `log_ratio` is the log likelihood ratio of one path to another for
every point, given the points before it.
"""

from dataclasses import Field, dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SMALL = 1e-12


class Law(Protocol):
    """A frozen dataclass of parameters, one row a series."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats: ...

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats: ...


def _before(x: Floats, first: float) -> Floats:
    return np.concatenate((np.full((len(x), 1), first), x[:, :-1]), axis=1)


@dataclass(frozen=True)
class Counts:
    """Poisson counts whose rate varies by `spread` (coefficient of variation); with
    `persistence` part of the last relative departure carries over, mean unchanged.
    """

    spread: Floats
    persistence: Floats

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats:
        y = np.zeros_like(mean)
        carried = np.ones(len(mean))
        for t in range(mean.shape[1]):
            rho = self.persistence[:, 0]
            expected = mean[:, t] * (1 - rho + rho * carried)
            size = 1 / np.maximum(self.spread[:, 0], 1e-3) ** 2
            y[:, t] = rng.poisson(expected * rng.gamma(size, 1 / size))
            carried = y[:, t] / np.maximum(mean[:, t], _SMALL)
        return y

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats:
        return self._log(y, mean) - self._log(y, base)

    def _log(self, y: Floats, mean: Floats) -> Floats:
        carried = _before(y / np.maximum(mean, _SMALL), 1.0)
        expected = mean * (1 - self.persistence + self.persistence * carried)
        expected = np.maximum(expected, _SMALL)
        size = 1 / np.maximum(self.spread, 1e-3) ** 2
        return y * np.log(expected) - (y + size) * np.log(size + expected)


@dataclass(frozen=True)
class Amounts:
    """Log-normal amounts with log-deviation `sigma` and autocorrelated logarithms."""

    sigma: Floats
    persistence: Floats

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats:
        shocks = rng.normal(size=mean.shape)
        departures = np.zeros_like(mean)
        rho = self.persistence[:, 0]
        for t in range(mean.shape[1]):
            last = departures[:, t - 1] if t else shocks[:, t]
            fresh = np.sqrt(1 - rho**2) * shocks[:, t] if t else shocks[:, t]
            departures[:, t] = rho * last + fresh if t else fresh
        return mean * np.exp(self.sigma * departures - self.sigma**2 / 2)

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats:
        return self._log(y, mean) - self._log(y, base)

    def _log(self, y: Floats, mean: Floats) -> Floats:
        z = (np.log(y / np.maximum(mean, _SMALL)) + self.sigma**2 / 2) / self.sigma
        fresh = (z - self.persistence * _before(z, 0.0)) ** 2
        fresh[:, 1:] /= (1 - self.persistence**2) * np.ones_like(fresh[:, 1:])
        return -fresh / 2


@dataclass(frozen=True)
class Rates:
    """A conversion rate out of a number of visits the forecast does not tell."""

    visits: Floats

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats:
        visits = self.visits.astype(int) * np.ones(mean.shape, int)
        return rng.binomial(visits, np.clip(mean, 0, 0.95)) / self.visits

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats:
        p, q = np.clip(mean, _SMALL, 0.95), np.clip(base, _SMALL, 0.95)
        hits = y * self.visits
        return hits * np.log(p / q) + (self.visits - hits) * np.log((1 - p) / (1 - q))


@dataclass(frozen=True)
class Disturbed:
    """Log-normal amounts; a share of the points is multiplied by `factors`, each with
    `chance`, for `length` points on end. The mean stays what was asked for.
    """

    sigma: Floats
    factors: tuple[float, ...]
    chance: float
    length: int

    def _normal(self) -> tuple[float, float]:
        disturbed = self.chance * self.length * len(self.factors)
        mean = 1 - disturbed + self.chance * self.length * sum(self.factors)
        return disturbed, mean

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats:
        factor = np.ones(mean.shape)
        for size in self.factors:
            begins = rng.random(mean.shape) < self.chance
            for lag in range(self.length):
                moved = np.roll(begins, lag, axis=1)
                moved[:, :lag] = False
                factor = np.where(moved, size, factor)
        noise = np.exp(self.sigma * rng.normal(size=mean.shape) - self.sigma**2 / 2)
        return mean / self._normal()[1] * factor * noise

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats:
        return self._log(y, mean) - self._log(y, base)

    def _log(self, y: Floats, mean: Floats) -> Floats:
        disturbed, scale = self._normal()
        total = np.zeros_like(y)
        each = disturbed / len(self.factors)
        for weight, factor in [(1 - disturbed, 1.0)] + [
            (each, f) for f in self.factors
        ]:
            middle = np.log(np.maximum(mean * factor / scale, _SMALL))
            z = (
                np.log(np.maximum(y, _SMALL)) - middle + self.sigma**2 / 2
            ) / self.sigma
            total += weight * np.exp(-(z**2) / 2)
        return np.log(np.maximum(total, 1e-200))


@dataclass(frozen=True)
class Deals:
    """Mostly nothing, now and then a deal: the mean acts on how often."""

    zeros: Floats
    sigma: Floats

    def draw(self, rng: np.random.Generator, mean: Floats) -> Floats:
        size = self._size(mean)
        often = np.clip(mean / size, 0, 1)
        noise = np.exp(self.sigma * rng.normal(size=mean.shape) - self.sigma**2 / 2)
        return np.where(rng.random(mean.shape) < often, np.round(size * noise), 0.0)

    def log_ratio(self, y: Floats, mean: Floats, base: Floats) -> Floats:
        size = self._size(base)
        p = np.clip(mean / size, _SMALL, 1 - _SMALL)
        q = np.clip(base / size, _SMALL, 1 - _SMALL)
        return np.where(y > 0, np.log(p / q), np.log((1 - p) / (1 - q)))

    def _size(self, mean: Floats) -> Floats:
        """Size of a deal: set by the plan's level, which the first column stands for."""
        return 100.0 / (1 - self.zeros) * np.ones_like(mean)
