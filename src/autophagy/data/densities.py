"""Toy densities: real rows without end, with the truth known where it has a closed form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np

from ..core import decorators, registry
from ..core.errors import must
from ..core.samples import REAL, Array, Samples

Truth = tuple[Array, float]

MOST_PARTS = 10**6  # dimensions or modes
MOST = 1e12  # a setting of this size, squared, is still a float32


class Distribution(Protocol):
    """A frozen dataclass of settings that draws points and knows its own moments."""

    def draw(self, n: int, rng: np.random.Generator) -> tuple[Array, Mapping[str, Array]]:
        """n points (n, d) float64 and their further columns."""

    @property
    def truth(self) -> Truth:
        """The mean (d,) and the total variance, the trace of the covariance."""


@dataclass(frozen=True)
class Density:
    """A distribution by name, from which new real rows can be drawn for ever."""

    name: str
    distribution: Distribution
    kind: ClassVar[str] = "vector"
    unreadable: ClassVar[int] = 0
    notes: ClassVar[tuple[str, ...]] = ()

    def draw(self, n: int, rng: np.random.Generator) -> Samples:
        """n new real rows (n, d) float64."""
        x, columns = self.distribution.draw(n, rng)
        return Samples.of(x, REAL, "fixed", **columns)

    @property
    def truth(self) -> Truth | None:
        """The exact mean (d,) and total variance of the distribution."""
        return self.distribution.truth


@decorators.density("normal")
@dataclass(frozen=True)
class Normal:
    """Independent normal coordinates, each of the same mean and variance."""

    d: int = 1
    mean: float = 0.0
    variance: float = 1.0

    def __post_init__(self) -> None:
        must(1 <= self.d <= MOST_PARTS, "d", self.d, "at least 1 and at most a million")
        must(0 < self.variance < np.inf, "variance", self.variance, "above 0 and finite")

    def draw(self, n: int, rng: np.random.Generator) -> tuple[Array, Mapping[str, Array]]:
        """n points (n, d)."""
        return self.mean + np.sqrt(self.variance) * rng.standard_normal((n, self.d)), {}

    @property
    def truth(self) -> Truth:
        """Mean m 1 and total variance d v."""
        return np.full(self.d, float(self.mean)), float(self.d * self.variance)


@decorators.density("ring")
@dataclass(frozen=True)
class Ring:
    """Round Gaussians spaced evenly on a circle; the label of a row is its Gaussian.

    Ref: the defaults (8 modes, radius 1, sigma .08) are those of the collapse gallery "Ouroboros".
    """

    modes: int = 8
    radius: float = 1.0
    sigma: float = 0.08

    def __post_init__(self) -> None:
        must(1 <= self.modes <= MOST_PARTS, "modes", self.modes, "at least 1 and at most a million")
        must(0 < self.sigma < np.inf, "sigma", self.sigma, "above 0 and finite")
        must(0 <= self.radius < np.inf, "radius", self.radius, "at least 0 and finite")

    @property
    def centres(self) -> Array:
        """The centre of each mode (modes, 2)."""
        angle = 2 * np.pi * np.arange(self.modes) / self.modes
        return self.radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)

    def draw(self, n: int, rng: np.random.Generator) -> tuple[Array, Mapping[str, Array]]:
        """n points (n, 2) and the mode of each as `label`."""
        mode = rng.integers(self.modes, size=n)
        return self.centres[mode] + self.sigma * rng.standard_normal((n, 2)), {"label": mode}

    @property
    def truth(self) -> Truth:
        """The mean of the centres, and their spread plus 2 sigma^2."""
        mean = self.centres.mean(axis=0)
        return mean, float(self.radius**2 - mean @ mean + 2 * self.sigma**2)


@decorators.density("spiral")
@dataclass(frozen=True)
class Spiral:
    """One arm from the centre to radius 1: u (cos w u, sin w u) plus round noise, u uniform on [0, 1]."""

    turns: float = 2.0
    sigma: float = 0.02

    def __post_init__(self) -> None:
        must(0 < self.turns < np.inf, "turns", self.turns, "above 0 and finite")
        must(0 < self.sigma < np.inf, "sigma", self.sigma, "above 0 and finite")

    def draw(self, n: int, rng: np.random.Generator) -> tuple[Array, Mapping[str, Array]]:
        """n points (n, 2)."""
        u = rng.random(n)
        angle = 2 * np.pi * self.turns * u
        arm = u[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return arm + self.sigma * rng.standard_normal((n, 2)), {}

    @property
    def truth(self) -> Truth:
        """Integrals over u in closed form: E|x|^2 = 1/3 + 2 sigma^2."""
        w = 2 * np.pi * self.turns
        mean = np.array([np.sin(w) / w + (np.cos(w) - 1) / w**2, np.sin(w) / w**2 - np.cos(w) / w])
        return mean, float(1 / 3 + 2 * self.sigma**2 - mean @ mean)


@decorators.density("rosenbrock")
@dataclass(frozen=True)
class Rosenbrock:
    """The banana exp(-(a-x)^2 - b (y-x^2)^2), drawn exactly: x ~ N(a, 1/2), then y | x ~ N(x^2, 1/(2b)).

    Ref: Alemohammad et al. 2023 (MAD) train a flow on a Rosenbrock density; its constants are not known to us,
    so a and b are those of the Rosenbrock function itself.
    """

    a: float = 1.0
    b: float = 100.0

    def __post_init__(self) -> None:
        must(0 < self.b < np.inf, "b", self.b, "above 0 and finite")

    def draw(self, n: int, rng: np.random.Generator) -> tuple[Array, Mapping[str, Array]]:
        """n points (n, 2)."""
        x = self.a + np.sqrt(0.5) * rng.standard_normal(n)
        y = x**2 + np.sqrt(0.5 / self.b) * rng.standard_normal(n)
        return np.stack([x, y], axis=1), {}

    @property
    def truth(self) -> Truth:
        """With s^2 = 1/2: E y = a^2 + s^2 and Var y = 4 a^2 s^2 + 2 s^4 + 1/(2b)."""
        return np.array([self.a, self.a**2 + 0.5]), float(0.5 + 2 * self.a**2 + 0.5 + 0.5 / self.b)


def density(name: str, settings: Mapping[str, Any]) -> Density:
    """The density of a name with these settings; raises UsageError for settings that it cannot take."""
    text = ",".join(f"{key}={value}" for key, value in settings.items())
    distribution: Distribution = registry.find("density", name).build(settings)
    for key, value in settings.items():
        if isinstance(value, int | float):
            must(value == 0 or 1 / MOST <= abs(value) <= MOST, key, value, "between 1e-12 and 1e12 in size")
    return Density(f"{name}:{text}" if text else name, distribution)
