"""Causes by brute force, out of other code than the suite's: networkx, chains listed one by one, prompts read again."""

import re
from collections import defaultdict
from functools import cache
from itertools import combinations, pairwise, product

import networkx as nx

RELATIONS = {
    r"(.+) is a direct cause of (.+)": "parent",
    r"(.+) is a direct effect of (.+)": "child",
    r"(.+) influences (.+) through at least one other variable": "ancestor",
    r"(.+) is influenced by (.+) through at least one other variable": "descendant",
    r"(.+) and (.+) have a common effect": "collider",
    r"(.+) and (.+) have a common cause": "confounder",
    r"(.+) acts on (.+) directly": "parent",
    r"(.+) is acted on directly by (.+)": "child",
    r"(.+) acts on (.+) by way of one or more of the other quantities": "ancestor",
    r"(.+) is acted on by (.+) by way of one or more of the other quantities": "descendant",
    r"there is a third quantity on which both (.+) and (.+) act": "collider",
    r"there is a third quantity that acts on both (.+) and (.+)": "confounder",
}


def subsets(nodes):
    return [set(each) for size in range(len(nodes) + 1) for each in combinations(nodes, size)]


def separations(graph):
    """All independences that a graph implies, by networkx: (a, b, given) with a < b."""
    return frozenset(
        (a, b, frozenset(given))
        for a, b in combinations(sorted(graph), 2)
        for given in subsets(set(graph) - {a, b})
        if nx.is_d_separator(graph, {a}, {b}, given)
    )


@cache
def universe(n):
    """Every graph of n variables, grouped by what it implies."""
    found = defaultdict(list)
    pairs = list(combinations(range(n), 2))
    for ways in product((None, False, True), repeat=len(pairs)):
        graph = nx.DiGraph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(
            pair[::-1] if way else pair for pair, way in zip(pairs, ways, strict=True) if way is not None
        )
        if nx.is_directed_acyclic_graph(graph):
            found[separations(graph)].append(graph)
    return dict(found)


def same_class(graph):
    """All graphs equivalent to one, by turning covered arrows again and again (Chickering 1995, theorem 2)."""
    seen, new = {frozenset(graph.edges): graph}, [graph]
    while new:
        one = new.pop()
        for a, b in one.edges:
            if set(one.predecessors(b)) - {a} == set(one.predecessors(a)):
                other = one.copy()
                other.remove_edge(a, b)
                other.add_edge(b, a)
                if frozenset(other.edges) not in seen:
                    seen[frozenset(other.edges)] = other
                    new.append(other)
    return list(seen.values())


def holds(graph, relation, a, b):
    """Whether a is to b what the relation says, by listing every chain that joins them."""
    match relation:
        case "parent":
            return graph.has_edge(a, b)
        case "child" | "descendant":
            return holds(graph, {"child": "parent", "descendant": "ancestor"}[relation], b, a)
        case "ancestor":
            return any(len(path) > 2 for path in nx.all_simple_paths(graph, a, b))
        case "confounder":
            return holds(graph.reverse(), "collider", a, b)
    for path in nx.all_simple_paths(graph.to_undirected(as_view=True), a, b):
        forward = [graph.has_edge(*step) for step in pairwise(path)]
        if len(path) > 2 and forward == sorted(forward, reverse=True) and forward[0] and not forward[-1]:
            return True
    return False


def gold(graphs, relation, a, b):
    """The answer over all graphs of a class."""
    found = {holds(graph, relation, a, b) for graph in graphs}
    return {(True,): "entailed", (False,): "contradicted"}.get(tuple(found), "undetermined")


def solve(text):
    """The answer to a prompt, out of its sentences alone: at most 4 variables that matter."""
    frame, observed, asked, _ = text.split("\n\n")
    names = listed(re.search(r": (.+?)\. ", frame)[1].casefold())
    assert f" {len(names)} " in frame
    correlated, independent = set(), set()
    for sentence in re.findall(r"[^.]+", observed.casefold()):
        idle = re.match(r"(?:knowing )?(.+) (?:is independent|tells nothing about any other)", sentence.strip())
        if "whatever is given" in sentence:
            names.remove(idle[1])
            continue
        a, b, given = observation(sentence.strip())
        pair = tuple(sorted((names.index(a), names.index(b))))
        if given is None:
            correlated.add(pair)
        else:
            independent.add((*pair, frozenset(names.index(each) for each in given)))
    every = set(combinations(range(len(names)), 2))
    assert correlated == every - {(a, b) for a, b, given in independent if not given}
    hypothesis = re.search(r"(?:Hypothesis|Claim): (.+)\.", asked)[1].casefold()
    ((a, b), relation) = next((found.groups(), name) for form, name in forms() if (found := form.fullmatch(hypothesis)))
    return gold(universe(len(names))[frozenset(independent)], relation, names.index(a), names.index(b))


def observation(sentence):
    """Two names, and those that are given where they are independent."""
    for form in (
        r"(?P<a>.+) correlates with (?P<b>.+)",
        r"(?P<a>.+) and (?P<b>.+) are associated",
        r"(?P<a>.+) and (?P<b>.+) are independent given (?P<given>.+)",
        r"(?P<a>.+) is independent of (?P<b>.+)",
        r"given (?P<given>.+), knowing (?P<a>.+) tells nothing about (?P<b>.+)",
        r"knowing (?P<a>.+) tells nothing about (?P<b>.+)",
    ):
        if found := re.fullmatch(form, sentence):
            told = found.groupdict().get("given")
            dependent = "correlates" in sentence or "associated" in sentence
            return found["a"], found["b"], None if dependent else listed(told) if told else []
    raise AssertionError(f"no observation: {sentence}")


def forms():
    """The hypotheses' patterns, the longest first: "acts on" is part of others."""
    return [(re.compile(form), RELATIONS[form]) for form in sorted(RELATIONS, key=len, reverse=True)]


def listed(text):
    return re.split(r", | and ", text)
