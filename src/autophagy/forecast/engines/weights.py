"""The weights of a mixture's components, which drift as the shares of types do."""

from collections.abc import Sequence

import numpy as np

from ..families import Quantity, family
from ..plan import ForecastPlan, Trajectories
from .discrete.engine import OPERATORS, QUANTITIES, REFUSED, ROLES, discrete_laws, discrete_notes, truth_of
from .discrete.loop import simulate


def _notes(plan: ForecastPlan) -> Sequence[str]:
    return [
        "Each row's component is taken as known and only the weights are learnt, as with components far apart.",
        *discrete_notes(plan),
    ]


@family(
    "weights",
    quantities=QUANTITIES | {"modes": Quantity("modes left", (0.0, 1.0), better="higher")},
    operators=OPERATORS,
    refused=REFUSED,
    roles=ROLES,
    laws=discrete_laws,
    notes=_notes,
)
def weights(
    plan: ForecastPlan,
    rng: np.random.Generator,
    *,
    types: int = 8,
    probabilities: str | None = None,
    wrong: float = 0.0,
    reward: float = 1.0,
) -> Trajectories:
    """The weights of a mixture whose components lie far apart.

    The counts of rows from each component follow the law of the categorical family, so the expected number of
    modes left is the sum of the survival terms; `modes` is the share of them.

    Ref: Suresh et al. (2024), mixtures; Alemohammad et al. (2023), mixture with 25 modes.
    """
    trajectories = simulate(truth_of(plan), plan, rng)
    return Trajectories({**trajectories, "modes": trajectories["types"]})
