"""Two loops, figure by figure, at the last generation that both have of a regime."""

import math
from collections.abc import Iterator, Mapping

from ..core.figures import Figure
from ..loop.result import LoopResult
from ..results.scored import Where
from ..statistics.contrasts import Contrast, across_splits, by_seed
from ..statistics.intervals import interval
from .compared import Comparable, Compared, Pairing

SPLIT = ("seed", "reference", "passage")  # the settings that decide which real rows are held out
Seeds = Mapping[int, float]


def compare_loops(a: LoopResult, b: LoopResult, every: bool) -> Comparable:
    """The figures of the verdict of two loops, or `every` one that both have."""
    pairs, alone = _regimes(a, b)
    names = [name for name in a.figure_names() if name in b.figure_names()]
    shown = names if every else a.legend.headline(names) or names
    alone += [
        f"{mine.legend.figure(name).title} is in {one} only"
        for one, mine, other in (("A", a, b), ("B", b, a))
        for name in mine.figure_names()
        if name not in other.figure_names() and (every or mine.legend.figure(name).headline is not None)
    ]
    pairing, why = _pairing(a, b)
    figures = []
    for name in shown:
        for mine, other in pairs:
            found = _compared(a, b, name, (mine, other), pairing)
            if found is None:
                title = a.legend.figure(name).title
                alone.append(f"{title} of {mine} is unknown in a run at the last generation that both have")
            else:
                figures.append(found)
    return Comparable(figures, pairing, why, alone)


def _regimes(a: LoopResult, b: LoopResult) -> tuple[list[tuple[str, str]], list[str]]:
    """The regimes that go together, those of one label or the only other one of each run, and what is left."""
    pairs = [(label, label) for label in a.table if label in b.table]
    mine, other = ([label for label in run.table if (label, label) not in pairs] for run in (a, b))
    if len(mine) == len(other) == 1:
        return [*pairs, (mine[0], other[0])], []
    left = [("A", label) for label in mine] + [("B", label) for label in other]
    return pairs, [f"the regime {label} is in {run} only" for run, label in left]


def _pairing(a: LoopResult, b: LoopResult) -> tuple[Pairing, str]:
    """Whether the seeds of the two loops share their random numbers and their real rows, and why, in a sentence."""
    specs = a.record.spec(), b.record.spec()
    digests = [run.record.environment().get("data", {}).get("digest") for run in (a, b)]
    changed = [name for name in SPLIT if getattr(specs[0], name) != getattr(specs[1], name)]
    if not changed and digests[0] == digests[1]:
        shared = min(specs[0].seeds, specs[1].seeds)
        if shared == 1:
            return "seed", "Only one seed is in both runs, which gives no interval: run both with --seeds 3 or more."
        return "seed", f"Paired by seed: both runs have {shared:,} seeds of one root seed on the same real rows."
    names = " and ".join("root seed" if name == "seed" else name for name in changed) or "data"
    reason = f"their {names} {'differs' if len(changed) == 1 else 'differ'}"
    return "nothing", (
        f"Not paired, for {reason}, so other real rows are held out, and the seeds of a run share them. "
        f"{_allowed(a, b)} Run both with the same --seed on the same data to see smaller differences."
    )


def _allowed(a: LoopResult, b: LoopResult) -> str:
    """What is made of two runs that hold other real rows out, in a sentence."""
    if _are_texts(a, b):
        return "Texts are held out by the document, which changes more than the seeds show: nothing is decided."
    return (
        "Each interval allows for them as for one more seed, and for how differently real rows score; a figure that "
        "real rows have none of is not decided."
    )


def _are_texts(a: LoopResult, b: LoopResult) -> bool:
    return any(run.record.environment().get("data", {}).get("kind") == "text" for run in (a, b))


def _compared(a: LoopResult, b: LoopResult, name: str, regimes: tuple[str, str], pairing: Pairing) -> Compared | None:
    """A figure under a regime of each run at the last generation that both have; None where it is unknown."""
    tables = a.table[regimes[0]], b.table[regimes[1]]
    common = tables[0].keys() & tables[1].keys()
    if not common:
        return None
    last = max(common)
    mine, other = (dict(_known(table[last].get(name, {}))) for table in tables)
    if not mine or not other:
        return None
    known = a.legend.figure(name)
    where: Where = {"regime": regimes[0] if regimes[0] == regimes[1] else " / ".join(regimes), "generation": last}
    one, two = (interval(seeds.values(), bounds=known.limits) for seeds in (mine, other))
    contrast = by_seed(mine, other) if pairing == "seed" else _apart(a, b, name, mine, other)
    return Compared(where, name, known.title, one, two, contrast, *_words(known))


def _apart(a: LoopResult, b: LoopResult, name: str, mine: Seeds, other: Seeds) -> Contrast:
    """Two runs that hold other real rows out: of texts, and of figures that these have none of, nothing is decided."""
    levels = [interval(draw.get(name) for draw in run.record.baseline()).value for run in (a, b)]
    shift = math.nan if _are_texts(a, b) else levels[1] - levels[0]
    return across_splits(mine.values(), other.values(), shift)


def _known(seeds: Seeds) -> Iterator[tuple[int, float]]:
    return ((seed, value) for seed, value in seeds.items() if math.isfinite(value))


def _words(figure: Figure) -> tuple[str, str]:
    """What it means that B has more or less of a figure."""
    if figure.gist and figure.better == "higher":
        return f"keeps more {figure.gist} than", f"keeps less {figure.gist} than"
    return "", ""
