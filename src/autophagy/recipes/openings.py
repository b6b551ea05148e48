"""Openings: the verb with which the next task of a list begins, so that a writer does not use a few all the time.

A prompt that ends with a verb is continued by every writer, also by one that follows no instructions.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..core.recipe import PoolRow
from ..text.verbs import VERBS, verb_noun

FREE, SEEDS, ALL = "free", "seeds", "all"
OPENINGS = (FREE, SEEDS, ALL)


def openings(way: str, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[str]:
    """The words that n lists go on with: a verb each, those first that the fewest made rows have; or nothing.

    They are those of the seeds, or all that are known. Where no seed has a verb there is nothing.

    Ref: Yu et al. (2023), "Large language model as attributed training data generator", for prompts with an attribute
    drawn for each; here it is one that is rare so far.
    """
    if way == FREE:
        return [""] * n
    used = Counter(_verb(row.instruction) for row in pool if row.made)
    known = set(VERBS) if way == ALL else {_verb(row.instruction) for row in pool if not row.made and not row.source}
    verbs = sorted(known - {""})
    drawn = []
    for _ in range(n if verbs else 0):
        fewest = min(used[verb] for verb in verbs)
        drawn.append(str(rng.choice([verb for verb in verbs if used[verb] == fewest])))
        used[drawn[-1]] += 1
    return [f" {verb.capitalize()}" for verb in drawn] or [""] * n


def opened(opening: str, reply: str) -> str:
    """A reply behind the verb that its prompt ended with, unless it begins anew."""
    verb = opening.strip()
    return reply if not verb or re.match(rf"[\W\d]*(?:{verb}|task|instruction)\b", reply, re.I) else f"{verb} {reply}"


def _verb(text: str) -> str:
    found = verb_noun(text)
    return found[0] if found else ""
