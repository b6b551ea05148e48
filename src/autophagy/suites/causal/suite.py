"""Causal: as many hypotheses that are entailed as undetermined and contradicted, each with its twins."""

from collections.abc import Iterator

import numpy as np

from ...core.decorators import suite
from ...core.errors import UsageError, must
from ...core.parts import did_you_mean
from ...core.questions import LETTERS, Question
from .graphs import encode
from .item import Hypothesis
from .relations import GOLDS, MIRRORED, RELATIONS, tables
from .twins import TWINS, twin

LEAST, MOST = 2, 6  # variables
Pool = list[tuple[int, int, int]]  # class, a and b


@suite("causal", strict="bracketed", lenient="bracketed:lenient=true", title="Causes from correlations")
def causal(
    n: int,
    rng: np.random.Generator,
    *,
    low: int = 3,
    high: int = 5,
    relation: str = "all",
    twins: str = "renamed+paraphrased",
) -> list[Question]:
    """Whether what is observed of `low` to `high` variables (2 to 6) entails that one causes another.

    A third of the originals is entailed, a third contradicted and a third undetermined, over all graphs that the
    observations fit. `relation` is "all" or some of the six, such as parent+child; `twins` are "all", "none" or some of
    twins.TWINS. An original is followed by its twins, which `document` and `variant` tell.

    Ref: Jin et al. (2023), "Can large language models infer causation from correlation?", made exact.
    """
    must(LEAST <= low <= high <= MOST, "low", f"{low}-{high}", f"at least {LEAST}, and high from low to {MOST}")
    asked, variants = _chosen("relation", relation, RELATIONS), _chosen("twins", twins, TWINS, "none")
    made: list[Question] = []
    originals = _originals(range(low, high + 1), asked, rng)
    while len(made) < n:
        original = next(originals, None)
        if original is None:
            raise UsageError(
                f"the suite causal has only {len(made):,} questions with its settings and as many of each answer, not "
                f"{n:,}: ask for fewer, or set high={MOST}, relation=all or more twins."
            )
        told = (twin(original, variant, rng) for variant in variants)
        made += [original.question(), *filter(None, told)]
    return made[:n]


def _originals(sizes: range, asked: tuple[str, ...], rng: np.random.Generator) -> Iterator[Hypothesis]:
    """Hypotheses that differ by more than their names, the three golds in turn; they end when one gold has no more."""
    pools = {(n, name, gold): _pool(n, name, gold, rng) for n in sizes for name in _stated(asked) for gold in GOLDS}
    cells = {gold: [(n, name) for n in sizes for name in asked] for gold in GOLDS}
    turns: dict[str, list[tuple[int, str]]] = {gold: [] for gold in GOLDS}
    while True:
        for gold in (GOLDS[at] for at in rng.permutation(len(GOLDS))):
            cells[gold] = [(n, name) for n, name in cells[gold] if pools[n, _statement(name), gold]]
            turns[gold] = [cell for cell in turns[gold] if cell in cells[gold]] or _mixed(cells[gold], rng)
            if not turns[gold]:
                return
            n, name = turns[gold].pop()
            yield _hypothesis(n, name, pools[n, _statement(name), gold].pop(), rng)


def _hypothesis(n: int, relation: str, found: tuple[int, int, int], rng: np.random.Generator) -> Hypothesis:
    """A hypothesis under random letters, told from either side where both mean the same."""
    row, a, b = found
    if relation not in _stated(RELATIONS) or (relation not in MIRRORED and rng.integers(2)):
        a, b = b, a
    names = tuple(LETTERS[at] for at in rng.permutation(n))
    listing = tuple(int(variable) for variable in np.argsort(names))
    return Hypothesis(int(encode(tables(n).graphs[row])), n, relation, a, b, names, listing)


def _pool(n: int, relation: str, gold: str, rng: np.random.Generator) -> Pool:
    """All hypotheses of a cell in random order; of a relation that is the same both ways, those of a before b."""
    golds = tables(n).golds[:, RELATIONS.index(relation)]
    if relation not in MIRRORED:
        golds = np.where(np.triu(np.ones((n, n), bool), 1), golds, -1)
    golds = np.where(np.eye(n, dtype=bool), -1, golds)
    found = np.argwhere(golds == GOLDS.index(gold))
    return [(int(row), int(a), int(b)) for row, a, b in rng.permutation(found)]


def _stated(asked: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(map(_statement, asked)))


def _statement(relation: str) -> str:
    """The relation that says the same: that a is a child of b is that b is a parent of a."""
    return {"child": "parent", "descendant": "ancestor"}.get(relation, relation)


def _mixed(cells: list[tuple[int, str]], rng: np.random.Generator) -> list[tuple[int, str]]:
    return [cells[at] for at in rng.permutation(len(cells))]


def _chosen(setting: str, given: str, known: tuple[str, ...], nothing: str = "") -> tuple[str, ...]:
    """The names that a setting lists with "+" between them, all of them or, by the word `nothing`, none."""
    if given == "all" or (nothing and given == nothing):
        return known if given == "all" else ()
    names = tuple(dict.fromkeys(given.split("+")))
    for name in names:
        if name not in known:
            every = ("all", nothing, *known) if nothing else ("all", *known)
            raise UsageError(
                f"the setting {setting} has no {name!r}{did_you_mean(name, every)}: give {', '.join(every)}, or "
                "several with + between them."
            )
    return names
