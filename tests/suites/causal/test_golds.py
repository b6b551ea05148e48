"""Independences and gold answers, against networkx and against chains that are listed one by one."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from autophagy.suites.causal.equivalence import members
from autophagy.suites.causal.graphs import ascending, decode, encode, is_acyclic
from autophagy.suites.causal.relations import GOLDS, RELATIONS, golds, related
from autophagy.suites.causal.separation import independences
from causes import gold, same_class, separations, universe


def a_graph(rng, n=None):
    """A random graph under random names, as an array and for networkx."""
    n = n or int(rng.integers(2, 7))
    graph = ascending(n)[rng.integers(len(ascending(n)))]
    graph = graph & (rng.random((n, n)) < rng.random())
    names = rng.permutation(n)
    graph = graph[names][:, names]
    return graph, as_network(graph)


def as_network(graph):
    return nx.from_numpy_array(graph.astype(int), create_using=nx.DiGraph)


@pytest.mark.parametrize("tries", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_random_independences_against_networkx(tries):
    rng = np.random.default_rng(tries)
    for _ in range(tries):
        graph, network = a_graph(rng)
        n = len(graph)
        a, b = sorted(int(node) for node in rng.permutation(n)[:2])
        given = tuple(node for node in range(n) if node not in (a, b) and rng.random() < 0.5)
        expected = nx.is_d_separator(network, {a}, {b}, set(given))
        assert ((a, b, given) in independences(int(encode(graph)), n)) == expected


@pytest.mark.parametrize("tries", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_random_hypotheses_against_brute_force(tries):
    rng, seen = np.random.default_rng(tries), set()
    for _ in range(tries):
        graph, network = a_graph(rng)
        relation = RELATIONS[rng.integers(len(RELATIONS))]
        a, b = (int(node) for node in rng.permutation(len(graph))[:2])
        own = GOLDS[golds(members(graph))[RELATIONS.index(relation), a, b]]
        assert own == gold(same_class(network), relation, a, b)
        seen.add((relation, own))
    assert len(seen) > 14  # of the 18 answers of the relations


@pytest.mark.parametrize("n", [2, 3, pytest.param(4, marks=pytest.mark.slow)])
def test_every_class_and_every_hypothesis_of_few_variables(n):
    for observed, graphs in universe(n).items():
        graph = nx.to_numpy_array(graphs[0], nodelist=range(n)) > 0
        assert {(a, b, frozenset(given)) for a, b, given in independences(int(encode(graph)), n)} == observed
        found = members(graph)
        assert {frozenset(as_network(each).edges) for each in found} == {frozenset(each.edges) for each in graphs}
        for relation in RELATIONS:
            for a, b in combinations(range(n), 2):
                assert GOLDS[golds(found)[RELATIONS.index(relation), a, b]] == gold(graphs, relation, a, b)


def test_members_have_the_same_independences_and_are_acyclic():
    rng = np.random.default_rng(3)
    for _ in range(40):
        graph, network = a_graph(rng, 5)
        found = members(graph)
        assert is_acyclic(found).all()
        assert any((each == graph).all() for each in found)
        picked = found[rng.integers(len(found))]
        assert separations(as_network(picked)) == separations(network)


def test_one_arrow_and_a_chain_at_once():
    """A -> B -> C and A -> C: A is a parent of C and an ancestor, and a common cause of B and C."""
    held = dict(zip(RELATIONS, related(drawn(3, (0, 1), (1, 2), (0, 2))), strict=True))
    told = {name: [(int(a), int(b)) for a, b in np.argwhere(held[name])] for name in RELATIONS}
    assert told["parent"] == [(0, 1), (0, 2), (1, 2)]
    assert told["child"] == [(1, 0), (2, 0), (2, 1)]
    assert told["ancestor"] == [(0, 2)]
    assert told["descendant"] == [(2, 0)]
    assert told["collider"] == [(0, 1), (1, 0)]
    assert told["confounder"] == [(1, 2), (2, 1)]


def test_a_chain_through_the_other_variable_makes_no_collider_and_no_confounder():
    """A -> B -> C: C is caused by A by way of B alone."""
    held = dict(zip(RELATIONS, related(drawn(3, (0, 1), (1, 2))), strict=True))
    assert not held["collider"].any()
    assert not held["confounder"].any()


def drawn(n, *arrows):
    graph = np.zeros((n, n), bool)
    graph[tuple(zip(*arrows, strict=True))] = True
    return graph


def test_codes_come_back():
    rng = np.random.default_rng(5)
    for n in range(2, 8):
        graphs = rng.random((20, n, n)) < 0.5
        assert (decode(encode(graphs), n) == graphs).all()
