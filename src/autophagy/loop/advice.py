"""What to do next, from what each regime kept and lost."""

from collections.abc import Iterable, Mapping

from .legend import Legend
from .outcomes import Fared, outcomes
from .table import Lines, Table, origins

NAMED = 3  # figures that a sentence names


def advice(table: Table, lines: Lines, real: Mapping[str, float], legend: Legend) -> str:
    """The decision that the fates of the figures allow; empty where one seed or one generation decides nothing.

    `real` is what held-out real rows score.
    """
    fates = {label: found for label, cells in table.items() if (found := outcomes(cells, real, legend))}
    every = [each for found in fates.values() for each in found]
    if not any(each.change.by.n > 1 for each in every):
        return ""
    lost = [label for label, found in fates.items() if any(each.fate == "lost" for each in found)]
    kept = [label for label, found in fates.items() if all(each.fate == "kept" for each in found)]
    if not lost:
        return _nothing_lost(every)
    if len(lost) == len(fates):
        return f"Next: {_all_lost(fates)}, so {_untried(lost, lines)}."
    avoid = _either(lost)
    if kept:
        return f"Next: choose {legend.named(kept[0], lines)}, where nothing got worse, and not {avoid}."
    rest = [label for label in fates if label not in lost]
    # the figures that are open where nothing is lost are those that keep from choosing
    unclear = _open(each for label in rest for each in fates[label])
    return f"Next: do not choose {avoid}. More seeds (--seeds) decide whether {_either(rest)} keeps the {unclear}."


def _nothing_lost(every: list[Fared]) -> str:
    unclear = _open(every)
    if unclear:
        return f"Next: run more seeds (--seeds), for these do not decide what became of the {unclear}."
    return "Next: nothing got worse, so more generations (--generations) show how long that lasts."


def _all_lost(fates: Mapping[str, list[Fared]]) -> str:
    """That every regime lost something, and which of them did not lose what the verdict begins with."""
    first = next(iter(fates.values()))[0].change.figure.title
    worse = [
        label
        for label, found in fates.items()
        if any(each.fate == "lost" and each.change.figure.title == first for each in found)
    ]
    better = [label for label in fates if label not in worse]
    if better and worse:
        return f"prefer {_either(better)} to {_either(worse)}, which lost {first}; every regime lost something"
    return "every regime lost something" if len(fates) > 1 else f"{next(iter(fates))} lost something"


def _untried(labels: list[str], lines: Lines) -> str:
    """What no regime has tried of what is known to slow the loss: keeping the real rows, and fresh ones.

    Ref: Gerstgrasser et al. (2024), "Is Model Collapse Inevitable?"; Alemohammad et al. (2023), "Self-Consuming
    Generative Models Go MAD".
    """
    shares = [origins(label, lines) for label in labels]
    left = []
    if not any(share["fixed"] for share in shares):
        left.append("keep the real rows in every training set (--regime accumulate)")
    if not any(share["fresh"] for share in shares):
        left.append("add fresh real rows to each generation (--regime fresh)")
    return (
        f"{' or '.join(left)}, and compare"
        if left
        else "raise the share of real rows or the rows of a generation (--samples)"
    )


def _open(found: Iterable[Fared]) -> str:
    titles = list(dict.fromkeys(each.change.figure.title for each in found if each.fate == "undecided"))
    return _joined(titles[:NAMED], "and", "the ")


def _either(labels: list[str]) -> str:
    return _joined(labels, "or")


def _joined(words: list[str], how: str, article: str = "") -> str:
    """Words as a list in a sentence, each but the first with its article."""
    last = [f"{article}{word}" for word in words[1:]]
    return f"{', '.join([words[0], *last[:-1]])} {how} {last[-1]}" if last else "".join(words)
