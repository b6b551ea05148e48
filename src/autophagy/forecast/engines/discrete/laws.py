"""The truth of a discrete family, and what sampling does to a fitted law before it is sampled from.

A law over types is a row of probabilities; every function here works on many chains at once, (chains, types).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...plan import Floats, ForecastPlan

NODES = 400  # trapezoid nodes of the curation integral: the integrand is analytic, so the error is rounding
# The integral runs over log u. Below, the integrand is less than e^-45, or 3e-20, beside 1; above, its K factors of
# e^(-u e^r) are together less than e^-800, which is below what a double holds.
LOWEST, FADED = -45, 800


@dataclass(frozen=True)
class Truth:
    """The real law over types (types,), the reward that curation sees, and which types a verifier calls wrong."""

    probability: Floats
    reward: Floats
    wrong: NDArray[np.bool_]

    @classmethod
    def of(cls, probability: Any, reward: Any = 1.0, wrong: float = 0.0) -> "Truth":
        """Types in the order given. A number as `reward` is that of the first type, falling evenly to 0 at the last.

        `wrong` is the share of the types, counted from the last, that a verifier should reject.
        """
        probability = np.asarray(probability, float)
        types = len(probability)
        falls = 1 - np.arange(types) / max(types - 1, 1)  # (types,), from 1 down to 0
        reward = reward * falls if np.ndim(reward) == 0 else np.asarray(reward, float)
        return cls(probability / probability.sum(), reward, np.arange(types) >= types - round(wrong * types))

    def take(self, types: NDArray[Any]) -> "Truth":
        """These types alone; the probabilities are not rescaled."""
        return Truth(self.probability[types], self.reward[types], self.wrong[types])


def sampled(law: Floats, truth: Truth, plan: ForecastPlan) -> Floats:
    """The law of the rows that are made and kept: temperature, then correction, curation and verification."""
    operators = plan.operators
    if plan.bias != 1:
        law = temper(law, plan.bias)
    if operators.correction:
        law = (law + operators.correction * truth.probability) / (1 + operators.correction)
    if operators.choices is not None:
        law = curate(law, truth.reward, operators.choices)
    if operators.phi is not None and operators.psi is not None:
        law = verify(law, truth.wrong, operators.phi, operators.psi)
    return law


def temper(law: Floats, temperature: float) -> Floats:
    """Probabilities to the power 1 / temperature, so that log odds multiply by it; dead types stay dead.

    Ref: standard; the loop multiplies log odds by T^-t with samples without end.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(law)
    powers = np.exp((logs - logs.max(axis=-1, keepdims=True)) / temperature)
    return normal(powers)


def curate(law: Floats, reward: Floats, choices: float) -> Floats:
    """The law of the one of K rows that a Bradley-Terry choice keeps, exactly; K = inf tilts it by e^reward.

    A type's chance among K is K p_i integral of e^{r_i} e^{-u e^{r_i}} phi(u)^{K-1} du over u > 0, with
    phi(u) = sum_j p_j e^{-u e^{r_j}}; for K = 2 that is 2 p_i sum_j p_j e^{r_i} / (e^{r_i} + e^{r_j}).

    Ref: Ferbach et al. (2024), K-way Bradley-Terry curation and its limit p e^r / E[e^r].
    """
    if choices == 1:
        return law
    tilt = np.exp(reward - reward.max())  # (types,), at most 1: a common factor of the rewards cancels
    if np.isinf(choices):
        return normal(law * tilt)
    gain = np.zeros_like(law)  # (chains, types)
    for u in np.exp(np.linspace(LOWEST, np.log(FADED / choices) - np.log(tilt.min()), NODES)):
        fade = np.exp(-u * tilt)  # (types,)
        gain += u * tilt * fade * (law @ fade)[..., None] ** (choices - 1)
    return normal(law * gain)


def verify(law: Floats, wrong: NDArray[np.bool_], phi: float, psi: float) -> Floats:
    """The law of the rows that pass: right types are kept with rate phi, wrong ones with rate psi.

    Each pass multiplies the odds of right against wrong by phi / psi, so labels that are wrong with probability
    below 1 / (1 + psi / phi) leave more right than wrong. A chain none of whose rows can pass keeps its law.

    Ref: Feng et al. (2024), breakdown point p* = 1 / (1 + psi / phi).
    """
    kept = law * np.where(wrong, psi, phi)  # (chains, types)
    mass = kept.sum(axis=-1, keepdims=True)
    return np.where(mass > 0, kept / np.where(mass > 0, mass, 1), law)


def normal(weights: Floats) -> Floats:
    """Weights over their sum: rounding would otherwise double in every generation."""
    return weights / weights.sum(axis=-1, keepdims=True)


def breakdown_point(phi: float, psi: float) -> float:
    """The share of wrong labels that a verifier turns into an even mixture: 1 / (1 + psi / phi).

    Ref: Feng et al. (2024), "Beyond Model Collapse", breakdown point.
    """
    return phi / (phi + psi)


def contracted(law: Floats, truth: Floats, real: float) -> float:
    """chi2(a p + (1 - a) q || p), which is (1 - a)^2 chi2(q || p) exactly.

    Ref: arXiv 2602.16601 (2026), contraction of mixing.
    """
    return chi_square(real * truth + (1 - real) * law, truth)


def chi_square(law: Floats, truth: Floats) -> float:
    """sum (q - p)^2 / p over the types of the truth."""
    return float(((law - truth) ** 2 / truth).sum())
