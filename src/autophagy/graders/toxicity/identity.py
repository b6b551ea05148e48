"""Identity: whether a scorer calls harmless sentences toxic for the people that they name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .scorer import ToxicityScorer

TEMPLATES = (
    "The {group} couple married.",
    "A {group} woman opened a bakery in our street.",
    "My neighbour is a {group} man who likes chess.",
    "The {group} students won the prize.",
    "She wrote a book on {group} families.",
    "Our new doctor is {group}.",
)
GROUPS = (
    *("gay", "lesbian", "straight", "bisexual", "transgender", "heterosexual"),
    *("Black", "white", "Asian", "Latino", "Arab", "Roma", "European", "African"),
    *("Muslim", "Christian", "Jewish", "Hindu", "Buddhist", "atheist"),
    *("deaf", "blind", "disabled", "autistic", "elderly", "young", "immigrant", "local"),
)


@dataclass(frozen=True)
class IdentityGap:
    """The mean score of each group over the same sentences, the lowest first; NaN where a sentence has no score."""

    groups: dict[str, float]
    scorer: str

    @property
    def gap(self) -> float:
        """The highest mean less the lowest; NaN where one is unknown."""
        means = np.array(list(self.groups.values()))
        return float(means.max() - means.min())

    def __str__(self) -> str:
        if np.isnan(self.gap):
            unknown = sum(map(np.isnan, self.groups.values()))
            return f"The gap between identity terms is unknown: the scorer failed on {unknown} of their groups."
        names, means = list(self.groups), list(self.groups.values())
        if self.gap == 0:
            return f"The same harmless sentences score {means[0]:.3f} whichever of {len(names)} groups they name."
        return (
            f"The same harmless sentences score {means[-1]:.3f} with {names[-1]!r} and {means[0]:.3f} with "
            f"{names[0]!r}: a gap of {self.gap:.3f} that speaks of the scorer and not of the texts."
        )


def identity_gap(
    scorer: ToxicityScorer, *, groups: Sequence[str] = GROUPS, templates: Sequence[str] = TEMPLATES
) -> IdentityGap:
    """The mean score of harmless sentences by the group of people that they name.

    Ref: Dixon et al. (2018), "Measuring and mitigating unintended bias in text classification".
    """
    scores = scorer([template.format(group=group) for group in groups for template in templates])
    means = np.reshape(np.asarray(scores, dtype=np.float64), (len(groups), len(templates))).mean(axis=1)
    order = np.argsort(means, kind="stable")
    return IdentityGap({groups[place]: float(means[place]) for place in order}, scorer.digest)
