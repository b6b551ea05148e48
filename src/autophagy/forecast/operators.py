"""The operators that act on a generation's samples between sampling and the next fit."""

import math
from dataclasses import dataclass, fields

from ..core.errors import UsageError


@dataclass(frozen=True)
class Operators:
    """What is done to the data besides mixing; every field's default leaves the loop as it is.

    `weight`: the share of the training weight that all real rows together get, whatever their number.
    `choices`: K-way curation, the best of K by a Bradley-Terry choice under the family's reward; inf is the limit.
    `phi`, `psi`: a verifier that keeps a correct row with probability phi and a wrong one with psi.
    `correction`: gamma of the correction operator, which samples from (p + gamma p*) / (1 + gamma).
    `extrapolation`: w of negative extrapolation, which samples from (1 + w) theta_reference - w theta_model.

    Ref: He, Xu, Cheng (2025), weights; Ferbach et al. (2024), equation of K-way curation; Feng et al. (2024),
    keep rates phi and psi; Gillman et al. (2024), pi_gamma; Neon (2025), theta = (1 + w) theta_r - w theta_s.
    """

    weight: float | None = None
    choices: float | None = None
    phi: float | None = None
    psi: float | None = None
    correction: float = 0.0
    extrapolation: float = 0.0

    def __post_init__(self) -> None:
        if self.weight is not None and not 0 <= self.weight <= 1:
            raise UsageError(f"the weight on the real data is {self.weight}: give a share from 0 to 1.")
        if self.choices is not None and not (
            self.choices >= 1 and (math.isinf(self.choices) or float(self.choices).is_integer())
        ):
            raise UsageError(f"choices is {self.choices}: give a whole number of candidates, 1 or more, or inf.")
        for name in ("phi", "psi"):
            rate = getattr(self, name)
            if rate is not None and not 0 <= rate <= 1:
                raise UsageError(f"the verifier's keep rate {name} is {rate}: give a share from 0 to 1.")
        if (self.phi is None) != (self.psi is None):
            raise UsageError("a verifier needs both keep rates: give phi for correct rows and psi for wrong ones.")
        for name in ("correction", "extrapolation"):
            strength = getattr(self, name)
            if not (math.isfinite(strength) and strength >= 0):
                raise UsageError(f"{name} is {strength}: give a finite strength, 0 or more.")

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the operators that are not at their default."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != field.default)
