"""How varied the made rows are beside the seeds, at equal numbers of rows and of words, and within a call.

An interval comes from drawing most of the rows again and again without replacement: a copy among rows drawn with
replacement would pass for a lack of variety. Rows of one call are drawn together, since they are alike.

Ref: Politis, Romano and Wolf (1999), "Subsampling"; Kirk et al. (2024) for variety within and across prompts.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...core.recipe import PoolRow
from ...core.samples import Array
from ...core.streams import stream
from ...curators.pool import own_words
from ...statistics.intervals import interval
from ...statistics.subsampled import as_share, subsampled
from ..calls import first_call
from ..checks import text_of
from ..made import MadeRow
from .figures import COUNTED, FIGURES, SHARES, WITHIN, Texts
from .topics import topics_reached

MOST = 300  # rows of a side that are drawn
VALUES, PARTS, PART = 10, 40, 0.8  # draws for a value and for its interval, and the share of the rows in the latter
Sides = dict[str, tuple[Texts, list[list[int]]]]  # of each side its texts, and the places of each call's rows


def variety(made: Sequence[MadeRow], seeds: Sequence[PoolRow], seed: int) -> dict[str, Any]:
    """The tables "variety" (at equal rows), "variety_at_equal_words" and "variety_of_a_call": {FIGURE: {SIDE: SCORE}}.

    A value is the mean over draws of as many rows, or words, as the smaller side has that has two rows. `n` counts
    rows, or calls.
    """
    groups = {"made": _calls(made), "seeds": [[place] for place in range(len(seeds))]}
    texts = {"made": [text_of(row.row) for row in made], "seeds": [text_of(row) for row in seeds]}
    vocabulary = len({word for some in texts.values() for text in some for word in own_words(text)})
    sides: Sides = {}
    for side, all_texts in texts.items():
        some = _some(groups[side], stream(seed, f"variety of {side}"))
        chosen = iter(range(MOST))
        numbered = [[next(chosen) for _ in group] for group in some]
        sides[side] = Texts([all_texts[place] for group in some for place in group], vocabulary), numbered
    rows = _compared(sides, lambda side: np.ones(len(side.texts)), seed)
    rows["seed_topics_reached"] = topics_reached(sides["made"][0], sides["seeds"][0], seed)
    words = _compared(sides, lambda side: np.array([len(row) for row in side.words], float), seed)
    return {"variety": rows, "variety_at_equal_words": words, "variety_of_a_call": _within(sides, seed)}


def _calls(made: Sequence[MadeRow]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(made):
        found.setdefault(first_call(row.call), []).append(place)
    return list(found.values())


def _some(groups: Sequence[list[int]], rng: np.random.Generator) -> list[list[int]]:
    """Groups in random order until there are enough rows; the last is cut."""
    some, left = [], MOST
    for number in rng.permutation(len(groups)):
        if left > 0:
            some.append(groups[number][:left])
            left -= len(some[-1])
    return some


def _compared(sides: Sides, amount: Callable[[Texts], Array], seed: int) -> dict[str, dict[str, Any]]:
    sizes = [float(amount(texts).sum()) for texts, _ in sides.values() if len(texts.texts) > 1]
    size = min(sizes, default=0.0)
    found: dict[str, dict[str, Any]] = {name: {} for name in FIGURES}
    for side, (texts, groups) in sides.items():
        rng = stream(seed, f"variety drawn of {side}")
        amounts = amount(texts)
        alone = [[place] for group in groups for place in group]
        few = len(texts.texts) < 2
        whole = [] if few else [_drawn(alone, amounts, size, rng) for _ in range(VALUES)]
        parts = [] if few else [_drawn(groups, amounts, size * PART, rng) for _ in range(PARTS)]
        for name, (figure, top) in FIGURES.items():
            values = [figure(texts, places) for places in whole]
            spread = [figure(texts, places) for places in parts]
            taken = np.mean([len(places) for places in parts]) / len(texts.texts) if parts else math.nan
            counts = [COUNTED[name](texts, places) if name in COUNTED else len(places) for places in whole]
            rows = round(np.mean(some)) if (some := [count for count in counts if count]) else 0
            score = subsampled(values, spread, float(taken), len(groups), rows, (0.0, top))
            found[name][side] = (as_share(score) if name in SHARES else score).json()
    return found


def _drawn(groups: Sequence[list[int]], amounts: Array, size: float, rng: np.random.Generator) -> Array:
    """The places of groups in random order, as many as bring the amount nearest to `size`, and at least two rows."""
    places: list[int] = []
    total = 0.0
    for number in rng.permutation(len(groups)):
        more = float(amounts[groups[number]].sum())
        if len(places) >= 2 and total + more / 2 > size:
            break
        places += groups[number]
        total += more
    return np.array(places)


def _within(sides: Sides, seed: int) -> dict[str, dict[str, Any]]:
    """Figures of the rows of one call, and of as many seeds, each drawn once, with Student's interval over calls."""
    (made, calls), (seeds, _) = sides["made"], sides["seeds"]
    rng = stream(seed, "variety of a call")
    several = [np.array(call) for call in calls if len(call) >= 2]
    ends = np.cumsum([len(call) for call in several], dtype=int)
    drawn = np.split(rng.permutation(len(seeds.texts)), ends[ends <= len(seeds.texts)])[:-1]
    pairs = {"made": (made, several), "seeds": (seeds, drawn)}
    return {
        name: {
            side: interval([FIGURES[name][0](texts, places) for places in some], bounds=(0.0, FIGURES[name][1])).json()
            for side, (texts, some) in pairs.items()
        }
        for name in WITHIN
    }
