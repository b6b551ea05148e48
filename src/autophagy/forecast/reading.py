"""From a spec to a plan: a regime by name becomes its five numbers, a verifier its two keep rates."""

import math
from typing import Any

from ..core.errors import UsageError
from ..regimes.mixtures import PRESETS
from ..regimes.numbers import NUMBERS
from .families import make_plan
from .plan import ForecastPlan
from .spec import ForecastSpec

SAME = ("samples", "generations", "bias", "weight", "correction", "extrapolation", "seed")  # fields of both


def plan_of(spec: ForecastSpec) -> ForecastPlan:
    """The plan that a spec describes; raises UsageError for what makes none."""
    if spec.regime != "mix" and spec.regime not in PRESETS:
        raise UsageError(f"there is no regime {spec.regime!r} to forecast: choose from mix, {', '.join(PRESETS)}.")
    numbers = dict(PRESETS[spec.regime][1]) if spec.regime != "mix" else {}
    numbers |= {name: getattr(spec, name) for name in NUMBERS if getattr(spec, name) is not None}
    fields: dict[str, Any] = {name: getattr(spec, name) for name in SAME} | _verifier(spec)
    if spec.chains is not None:
        fields["chains"] = spec.chains
    if spec.choices is not None:
        fields["choices"] = math.inf if spec.choices == "inf" else spec.choices
    return make_plan(spec.model, **numbers, **fields)


def _verifier(spec: ForecastSpec) -> dict[str, float]:
    """The keep rates phi, of right rows, and psi, of wrong ones."""
    if spec.verifier is None:
        return {}
    try:
        phi, psi = map(float, spec.verifier.split(","))
    except ValueError as error:
        raise UsageError(
            f"verifier is {spec.verifier!r}: give its two keep rates, of right and of wrong rows, as .9,.3."
        ) from error
    return {"phi": phi, "psi": psi}
