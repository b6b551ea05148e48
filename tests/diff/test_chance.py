"""Two runs that do not differ show nothing in 19 of 20; bench/two_runs.py has the same with more runs."""

import runpy
from itertools import combinations
from pathlib import Path

import pytest

BENCH = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "two_runs.py"))
ROOTS = range(10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the rows, the runs and the plug-in lie."""
    folder = tmp_path_factory.mktemp("chance")
    (folder / "mirrored.py").write_text(BENCH["MIRRORED"])
    return folder


@pytest.fixture(scope="module")
def plain(folder):
    """Loops of one setting and ten root seeds."""
    return [BENCH["run"](folder, root, 3) for root in ROOTS]


def share(pairs, by):
    return sum(BENCH[by](*pair) for pair in pairs) / len(pairs)


def test_runs_of_other_root_seeds_show_nothing(plain):
    """45 pairs; what the seeds alone would claim shows that the test can fail."""
    pairs = list(combinations(plain, 2))
    assert share(pairs, "found") <= 0.05
    assert share(pairs, "found_by_seeds_alone") > 0.1


def test_paired_runs_of_one_law_show_nothing(plain, folder, own_registry):
    """The same root seeds, and a model that draws other numbers of the same law: at most one pair of ten."""
    model = {"model": "mirrored", "plugins": (str(folder / "mirrored.py"),)}
    pairs = [(one, BENCH["run"](folder, root, 3, **model)) for root, one in zip(ROOTS, plain, strict=True)]
    assert all(a.rows() != b.rows() for a, b in pairs)
    assert share(pairs, "found") <= 0.1
