"""The counts of the causal suite, its own beside those of the published data set, with processor seconds.

Usage: python bench/causal.py [VARIABLES]. Every graph of two to six variables up to renaming, their Markov equivalence
classes, and the gold of the six relations on every pair. Then what other definitions, and the line `i++` in the
confounder branch of the published generator, would give. Ref: Jin et al. (2023).
"""

import sys
import time

import numpy as np

from autophagy.suites.causal.equivalence import classes, dags, members
from autophagy.suites.causal.graphs import closure
from autophagy.suites.causal.relations import GOLDS, RELATIONS, counts

PUBLISHED = 207_972  # hypotheses of the published data set, which the generator's renaming doubles
COLUMNS = ("n", "DAGs", "labelled", "edges/DAG", "classes", "labelled", "hypotheses", *reversed(GOLDS), "entailed %")


def row(n):
    """One line of the table: what there is of n variables, up to renaming and labelled, and how many of each gold."""
    graphs, kinds = dags(n), classes(n)
    golds = counts(n).sum(axis=0)[::-1].tolist()
    edges = graphs.graphs.sum() / len(graphs.graphs)
    found = [len(graphs.graphs), int(graphs.labelled.sum()), edges, len(kinds.graphs), int(kinds.labelled.sum())]
    return [n, *found, sum(golds), *golds, 100 * golds[0] / sum(golds)]


def entailed(n, relation):
    """How many hypotheses on pairs i < j hold in all graphs of their class; `relation` takes graphs (members, n, n)."""
    pairs = np.triu_indices(n, 1)
    return sum(int(relation(members(graph)).all(axis=0)[pairs].sum()) for graph in classes(n).graphs)


def common(left, right):
    """True at [i, j] where a third variable is in row i of `left` and in row j of `right`, both (members, n, n)."""
    apart = ~np.eye(left.shape[-1], dtype=bool)
    return np.einsum("...ic,...jc,ic,jc->...ij", left, right, apart, apart) & apart


def alternatives():
    """Other definitions: not also direct, and common without a word on how the two chains meet."""

    def indirect(graphs):
        return closure(graphs) & ~graphs

    return {
        "ancestor, not parent": indirect,
        "descendant, not child": lambda graphs: indirect(graphs).swapaxes(1, 2),
        "common descendant": lambda graphs: common(closure(graphs), closure(graphs)),
        "common ancestor": lambda graphs: common(closure(graphs).swapaxes(1, 2), closure(graphs).swapaxes(1, 2)),
        "common child": lambda graphs: common(graphs, graphs),
        "common parent": lambda graphs: common(graphs.swapaxes(1, 2), graphs.swapaxes(1, 2)),
    }


def one_arrow(graphs):
    """Confounders as `i++` finds them: one arrow to the second variable, and a chain to the first that avoids it."""
    n = graphs.shape[-1]
    found = np.zeros_like(graphs)
    for j in range(n):
        others = np.arange(n) != j
        around = closure(graphs & others & others[:, None])
        found[:, :, j] = (around & graphs[:, :, j, None] & ~np.eye(n, dtype=bool)).any(axis=1)
    return found


def show(most):
    print("".join(f"{name:>13}" for name in (*COLUMNS, "seconds")))
    for n in range(2, most + 1):
        start = time.process_time()
        line = row(n)
        print("".join(f"{x:>13,.2f}" if isinstance(x, float) else f"{x:>13,}" for x in line), end="")
        print(f"{time.process_time() - start:>13.2f}")
    print(f"\nn = {most} by relation:", *(f"{name:>14}" for name in reversed(GOLDS)))
    for name, golds in zip(RELATIONS, counts(most)[:, ::-1], strict=True):
        print(f"{name:>19}", *(f"{count:>14,}" for count in golds))
    total = sum(counts(n).sum() for n in range(2, most + 1))
    print(f"\nhypotheses in all: {total:,}; published: {PUBLISHED:,}, {PUBLISHED - total:,} more")
    mistaken, own = entailed(most, one_arrow), int(counts(most)[RELATIONS.index("confounder"), 2])
    every = int(counts(most)[:, 2].sum())
    print(f"entailed with i++: {mistaken:,} confounders, not {own:,}; in all {every - own + mistaken:,}, not {every:,}")
    for n in range(3, most + 1):
        found = {name: entailed(n, relation) for name, relation in alternatives().items()}
        print(
            f"other definitions, n = {n}: {sum(found.values()):,} =", ", ".join(f"{v:,} {k}" for k, v in found.items())
        )


if __name__ == "__main__":
    show(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
