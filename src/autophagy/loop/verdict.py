"""The verdict: what a run shows, in sentences that claim no more than their intervals allow."""

from collections.abc import Mapping, Sequence

import numpy as np

from ..statistics.intervals import BOUNDS, CONFIDENCE, SHARE, contrast, difference, figure, finite, interval, score
from .table import Lines, Table, by_amount, tabulate

HELD, PART = 0.05, 0.1  # a share held if its change, interval and all, is within this, and this part of where it began
USUAL: tuple[str, ...] = ("recall", "precision", "frechet", "variance_ratio", "perplexity", "tail_mass", "types_ratio")
REGIMES = {
    "replace": "fully synthetic",
    "augment": "fixed real data kept",
    "accumulate": "everything kept",
    "subsample": "everything kept, cut to a budget",
    "fresh": "fresh real data",
    "mix": "a mixture",
}

Level = Sequence[Mapping[str, float | None]]


def describe(label: str) -> str:
    """A regime in plain words, with its label: `fully synthetic (replace)`."""
    words = REGIMES.get(label.partition(":")[0])
    return f"{words} ({label})" if words else label


def verdict(lines: Lines, level: Level) -> list[str]:
    """What the run shows, in sentences; `level` is the list `scores` of level.json."""
    return [sentence for _, sentence in findings(lines, level)]


def findings(lines: Lines, level: Level) -> list[tuple[str | None, str]]:
    """The sentences of the verdict, each with the label of the regime that it speaks of, or None."""
    table = tabulate(lines)
    if not table:
        return [(None, "Nothing is recorded yet: there is no finding.")]
    said = [*_imitation(lines), *_across(table)]
    for regime, generations in table.items():
        said += [(regime, _regime(regime, generations, level) + _ended(regime, lines))]
    return [*said, (None, _caution(table))]


def _across(table: Table) -> list[tuple[str | None, str]]:
    """The regimes against each other at the last generation that all have reached, over the same seeds."""
    last = max(set.intersection(*(set(generations) for generations in table.values())), default=0)
    if len(table) < 2 or last < 2:
        return []
    cells = {regime: generations[last] for regime, generations in table.items()}
    metric = next(iter(_chosen(list(cells.values()))), None)
    if metric is None:
        return []
    known = {
        regime: cell.get(metric, {}) for regime, cell in cells.items() if finite(cell.get(metric, {}).values()).size
    }
    scores = {regime: score(metric, seeds.values()) for regime, seeds in known.items()}
    worst, best = (choose(scores, key=lambda regime: scores[regime].value) for choose in (min, max))
    if scores[worst].value == scores[best].value:
        return []
    # the best and the worst are picked after looking, so the interval allows for every pair
    pairs = len(known) * (len(known) - 1) // 2
    gap = difference(known[best], known[worst], confidence=1 - (1 - CONFIDENCE) / pairs)
    text = (
        f"At generation {last}, {_name(metric)} is highest with {describe(best)}, {scores[best]}, "
        f"and lowest with {describe(worst)}, {scores[worst]}"
    )
    if gap.n < 2:
        return [(None, f"{text}.")]
    allowing = f", allowing for {pairs} pairs of regimes" if pairs > 1 else ""
    decides = "they differ by" if gap.decided else "their difference is not decided:"
    return [(None, f"{text}; over the same {gap.n} seeds {decides} {gap}{allowing}.")]


def _imitation(lines: Lines) -> list[tuple[str | None, str]]:
    """What more texts of the teacher did to style and to capability at generation 1, over the same seeds.

    Ref: Gudibande et al. (2023), "The False Promise of Imitating Proprietary LLMs": style rises, capability does not.
    """
    amounts = by_amount(lines)
    if len(amounts) < 2:
        return []
    few, many = min(amounts), max(amounts)
    before, after = ([amounts[amount].get(metric, {}) for metric in ("style", "gold")] for amount in (few, many))
    told = ", and ".join(map(_change, ("style", "gold"), before, after))
    style, gold = map(difference, after, before)
    means = ""
    if style.n > 1 and gold.n > 1 and style.low > 0 and style.high > HELD:
        means = ": the style is learnt, and whether capability comes with it is not decided"
        if gold.high <= HELD:
            means = f": the style is learnt, and capability gains no more than {HELD:g} with it (Gudibande et al. 2023)"
        elif gold.low > 0:
            means = ": capability comes with the style, unlike in Gudibande et al. (2023)"
    return [(None, f"From {few:,} to {many:,} imitated passages {told}{means}.")]


def _regime(regime: str, generations: dict[int, dict[str, dict[int, float]]], level: Level) -> str:
    """What happened to one regime between its first and its last generation."""
    name = describe(regime)
    name = name[:1].upper() + name[1:]
    first, last = min(generations), max(generations)
    if first == last:
        return f"{name}: only generation {last} is recorded, so there is no change to speak of yet."
    before, after = generations[first], generations[last]
    clauses = [
        _change(metric, before.get(metric, {}), after[metric]) + _against(metric, after[metric], level)
        for metric in _chosen([after])
    ]
    clauses += _lost(after.get("lost_classes", {}))
    if not clauses:
        return f"{name}: no metric is known at generation {last}."
    return f"{name}: by generation {last} {'; '.join(clauses)}.{_early_sign(generations, level)}"


def _ended(regime: str, lines: Lines) -> str:
    """The seeds whose training was given up, from which generation on."""
    since: dict[int, int] = {}
    for line in lines:
        if line["regime"] == regime and line.get("ended"):
            since[line["seed"]] = min(since.get(line["seed"], line["generation"]), line["generation"])
    if not since:
        return ""
    told = ", ".join(f"seed {seed} from generation {generation} on" for seed, generation in sorted(since.items()))
    return f" Training diverged in {told}: what is said here leaves it out."


def _change(metric: str, before: dict[int, float], after: dict[int, float]) -> str:
    """One metric from its first to its last generation; `fell` or `rose` only where the paired interval says so."""
    name, start, end = _name(metric), score(metric, before.values()), score(metric, after.values())
    change = difference(after, before)
    if change.n == 0:
        return f"{name} is {end}, its change unknown"
    if change.n == 1:
        return f"{name} went from {figure(start.value)} to {figure(end.value)} in the one seed"
    if metric == "variance_ratio" and end.n >= 5:
        name = f"{name} (in the median seed {figure(float(np.median(finite(after.values()))))})"
    verb = "fell" if change.value < 0 else "rose"
    if change.low == change.high and change.value != 0:
        return f"{name} {verb} from {figure(start.value)} to {end}, by as much in each of {change.n} seeds"
    if BOUNDS.get(metric) == SHARE and max(-change.low, change.high) <= min(HELD, PART * start.value):
        return f"{name} held at {end}, from {figure(start.value)}"
    if change.decided:
        return f"{name} {verb} from {figure(start.value)} to {end}"
    return f"{name} shows no decided change, {figure(start.value)} to {end}"


def _against(metric: str, after: dict[int, float], level: Level) -> str:
    """Where a metric ends beside the level that held-out real rows reach."""
    drawn = [draw.get(metric) for draw in level]
    real, gap = figure(interval(drawn).value), contrast(after.values(), drawn)
    if gap.n == 0:
        return ""
    return f", {'below' if gap.value < 0 else 'above'} real rows ({real})" if gap.decided else f" (real rows {real})"


def _lost(after: dict[int, float]) -> list[str]:
    """The classes of the real data that no made row belongs to."""
    lost = score("lost_classes", after.values())
    if lost.n == 0:
        return []
    if lost.value == 0:
        return ["no class is lost"]
    if lost.n == 1 or lost.low == lost.high:
        classes = "1 class is" if lost.value == 1 else f"{lost.value:g} classes are"
        return [f"{classes} lost in " + ("the one seed" if lost.n == 1 else f"each of {lost.n} seeds")]
    return [f"{lost} classes are lost on average"]


def _early_sign(generations: dict[int, dict[str, dict[int, float]]], level: Level) -> str:
    """Precision above that of real rows: a model that crowds where the data are dense, not a better one.

    Every generation is a look, so each is judged at a confidence that allows for all of them.
    """
    real = [draw.get("precision") for draw in level]
    for generation, cell in generations.items():
        values = cell.get("precision", {}).values()
        if contrast(values, real, confidence=1 - (1 - CONFIDENCE) / len(generations)).low > 0:
            return (
                f" At generation {generation} precision, {score('precision', values)}, is above that of real rows "
                f"({figure(interval(real).value)}): an early sign of lost variety, not of quality."
            )
    return ""


def _caution(table: Table) -> str:
    """How far the sentences may be trusted."""
    seeds = {
        seed
        for generations in table.values()
        for cell in generations.values()
        for values in cell.values()
        for seed in values
    }
    if len(seeds) < 2:
        return "One seed decides nothing: run three seeds or more, so that figures have intervals."
    return (
        f"Intervals are 95 % over {len(seeds)} seeds, each taken on its own: of twenty comparisons without any real "
        "difference, about one will look decided. Real rows are held-out data, scored as a model's rows are."
    )


def _chosen(cells: Sequence[Mapping[str, Mapping[int, float]]]) -> list[str]:
    """The metrics that carry the verdict, the first known ones where none of the usual is there."""
    known = [
        metric
        for metric in dict.fromkeys(metric for cell in cells for metric in cell)
        if any(finite(cell.get(metric, {}).values()).size for cell in cells)
    ]
    return [metric for metric in USUAL if metric in known] or known[:2]


def _name(metric: str) -> str:
    return "Fréchet distance" if metric == "frechet" else metric.replace("_", " ")
