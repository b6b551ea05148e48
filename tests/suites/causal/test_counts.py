"""What there is of two to six variables: counts, against a table that was made by other code."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from autophagy.suites.causal.equivalence import classes, members
from autophagy.suites.causal.relations import RELATIONS, counts
from causes import universe

BENCH = runpy.run_path(str(Path(__file__).parents[3] / "bench" / "causal.py"))
TABLE = {
    2: (2, 3, 0.50, 2, 2, 12, 0, 2, 10, 0.00),
    3: (6, 25, 1.67, 5, 11, 90, 3, 27, 60, 3.33),
    4: (31, 543, 3.48, 20, 185, 720, 57, 204, 459, 7.92),
    5: (302, 29_281, 5.89, 142, 8_782, 8_520, 1_248, 2_090, 5_182, 14.65),
    6: (5_984, 3_781_503, 8.77, 2_201, 1_067_825, 198_090, 42_524, 38_524, 117_042, 21.47),
}
BY_RELATION = {  # of six variables: entailed and undetermined
    "parent": (6_054, 4_367),
    "child": (8_338, 4_367),
    "ancestor": (4_341, 5_682),
    "descendant": (5_217, 7_698),
    "collider": (13_138, 4_389),
    "confounder": (5_436, 12_021),
}
OTHERWISE = {3: 2, 4: 53, 5: 1_237, 6: 42_631}  # entailed by other definitions
sizes = pytest.mark.parametrize("n", [2, 3, 4, 5, pytest.param(6, marks=pytest.mark.slow)])


@sizes
def test_the_table_to_the_digit(n):
    assert tuple(round(number, 2) for number in BENCH["row"](n)[1:]) == TABLE[n]


@pytest.mark.slow
def test_six_variables_by_relation():
    found = {name: (golds[2], golds[1]) for name, golds in zip(RELATIONS, counts(6).tolist(), strict=True)}
    assert found == BY_RELATION


@pytest.mark.slow
def test_the_confounders_that_the_published_generator_finds():
    entailed = BENCH["entailed"](6, BENCH["one_arrow"])
    assert entailed == 4_794
    assert TABLE[6][6] - BY_RELATION["confounder"][0] + entailed == 41_882


@sizes
def test_other_definitions_move_the_counts(n):
    found = sum(BENCH["entailed"](n, relation) for relation in BENCH["alternatives"]().values())
    assert found == OTHERWISE.get(n, 0)


def test_the_sum_lacks_six_classes_of_the_published_number():
    assert sum(row[5] for row in TABLE.values()) == 207_432
    assert BENCH["PUBLISHED"] - 207_432 == 6 * 6 * 15  # classes, relations, pairs


@pytest.mark.parametrize("n", [2, 3, 4])
def test_classes_are_what_the_same_independences_hold_together(n):
    """By networkx, which knows of no skeleton and no v-structure: labelled classes and their sizes."""
    sizes = sorted(len(group) for group in universe(n).values())
    kinds = classes(n)
    assert sizes == sorted(np.repeat([len(members(graph)) for graph in kinds.graphs], kinds.labelled).tolist())


def test_of_three_variables_only_the_collider_entails_anything():
    from autophagy.suites.causal.relations import tables

    (row,) = {int(row) for row in np.argwhere(tables(3).golds == 2)[:, 0]}
    graph = tables(3).graphs[row]
    assert graph.sum() == 2
    assert graph.sum(axis=0).max() == 2  # both arrows into one variable


@pytest.mark.slow
def test_a_quarter_of_the_classes_of_six_variables_are_single_graphs():
    assert sum(len(members(graph)) == 1 for graph in classes(6).graphs) == 572
