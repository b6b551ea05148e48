"""The suite: prompts that say all that is needed, golds in balance, twins that keep theirs, and proofs."""

import re
from collections import Counter, defaultdict
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.suites.causal import GOLDS, RELATIONS, TWINS, causal, witness
from autophagy.suites.causal.equivalence import members
from autophagy.suites.causal.graphs import decode, encode
from autophagy.suites.causal.near import nearest_other
from autophagy.suites.causal.relations import golds, tables
from autophagy.suites.causal.twins import KEPT
from causes import gold, holds, same_class, solve, universe


def asked(n=60, seed=1, **settings):
    return causal(n, np.random.default_rng(seed), **settings)


def test_prompts_can_be_solved_from_their_own_sentences():
    """Whoever reads nothing but the prompt comes to the gold answer, of every twin and both wordings."""
    questions = asked(240, low=2, high=4, twins="all")
    assert {each.variant for each in questions} == {"", *TWINS}
    for question in questions:
        assert (solve(question.text),) == question.answers, question.id


def test_a_third_of_the_originals_has_each_answer_and_all_relations_are_asked():
    questions = asked(181, twins="none")
    counted = Counter(each.answers[0] for each in questions)
    assert set(counted) == set(GOLDS)
    assert max(counted.values()) - min(counted.values()) <= 1
    cells = Counter((each.type, each.answers[0]) for each in questions)
    assert len(cells) == 18
    assert max(cells.values()) - min(cells.values()) <= 6
    assert {each.id.split("/")[1] for each in questions} == {"3", "4", "5"}


def test_twins_keep_their_gold_and_the_near_miss_changes_it():
    families = defaultdict(dict)
    for question in asked(400, seed=4, twins="all"):
        families[question.document][question.variant] = question
    for document, family in list(families.items())[:-1]:  # the last may be cut
        original = family.pop("")
        assert original.id == document == original.document
        for variant, one in family.items():
            assert (one.answers == original.answers) == (variant in KEPT), one.id
            assert one.text != original.text
            assert one.type == original.type
        agrees = original.answers != ("undetermined",)
        assert set(family) | {"near-miss", "sense"} == set(TWINS)
        assert ("sense" in family) == agrees


def test_an_idle_variable_changes_no_gold():
    rng = np.random.default_rng(2)
    for graph in rng.permutation(tables(5).graphs)[:30]:
        more = golds(members(np.pad(graph, (0, 1))))
        assert (more[:, :5, :5] == golds(members(graph))).all()


def test_renamed_twins_differ_by_letters_alone():
    questions = {each.id: each for each in asked(40, twins="renamed")}
    for one in (each for each in questions.values() if each.variant):
        back = re.sub(r"\b[U-Z]\b", lambda letter: chr(155 - ord(letter[0])), one.text)
        assert back == questions[one.document].text


def test_reordered_twins_say_the_same_in_another_order():
    questions = {each.id: each for each in asked(40, twins="reordered")}
    for one in (each for each in questions.values() if each.variant):
        told, other = (re.findall(r"[^. ][^.]*", each.text.split("\n\n")[1]) for each in (one, questions[one.document]))
        assert sorted(told) == sorted(other)
        assert told != other


def test_common_sense_points_the_way_that_a_twin_says():
    """A cause that everybody knows, told the right way round where it agrees with an entailed hypothesis."""
    for question in asked(200, relation="parent", twins="sense+counter"):
        if question.variant:
            found = re.search(r"Hypothesis: (.+) is a direct cause of (.+)\.", question.text)
            forward = (found[1].casefold(), found[2]) in {
                ("rain", "road wetness"),
                ("smoking", "tar in the lungs"),
                ("frost", "pipe damage"),
                ("night work", "lack of sleep"),
                ("training", "fitness"),
            }
            assert forward == ((question.answers == ("entailed",)) == (question.variant == "sense"))


def test_a_near_miss_is_the_fewest_arrows_away():
    """All hypotheses on three variables, against steps counted between all 25 graphs."""
    groups = list(universe(3).values())
    home = {frozenset(graph.edges): number for number, group in enumerate(groups) for graph in group}
    steps = nx.Graph()
    steps.add_nodes_from(range(len(groups)))
    for (one, first), (other, second) in combinations(home.items(), 2):
        changed = {frozenset(arrow) for arrow in one ^ other}
        if len(changed) == 1 and first != second:
            steps.add_edge(first, second)
    far = dict(nx.all_pairs_shortest_path_length(steps))
    nowhere = 0
    for number, group in enumerate(groups):
        code = int(encode(nx.to_numpy_array(group[0], nodelist=range(3)) > 0))
        for relation, (a, b) in product(RELATIONS, combinations(range(3), 2)):
            own = gold(group, relation, a, b)
            others = [far[number][each] for each, one in enumerate(groups) if gold(one, relation, a, b) != own]
            found = nearest_other(code, 3, relation, a, b)
            near = home[frozenset(zip(*map(np.ndarray.tolist, np.nonzero(decode(found, 3))), strict=True))]
            assert gold(groups[near], relation, a, b) != own
            assert far[number][near] == min(others)
            nowhere += min(others) > 1
    assert nowhere  # some take two changes, such as a common effect of three variables that are all independent


def test_two_variables_never_have_a_common_effect_so_that_nothing_is_near():
    assert nearest_other(0b10, 2, "collider", 0, 1) is None


def test_letters_tell_nothing():
    """Of entailed parents half come first in the alphabet: 4 standard errors, one false alarm in 16,000."""
    names = [
        each.id.split("-")[1:] for each in asked(900, relation="parent", twins="none") if "entailed" in each.answers
    ]
    ascending = [letters[int(pair[0])] < letters[int(pair[1])] for pair, letters in names]
    assert abs(sum(ascending) - len(ascending) / 2) < 4 * len(ascending) ** 0.5 / 2


@pytest.mark.parametrize("high", [4, pytest.param(6, marks=pytest.mark.slow)])
def test_a_witness_proves_the_gold(high):
    for question in asked(60, seed=high, high=high, twins="near-miss+nonsense"):
        proof = witness(question.id)
        _, n, relation, rest, *_ = question.id.split("/")
        _, (a, b), names = rest.split("-")
        graphs = {True: proof.holds, False: proof.fails}
        shown = {truth: network(arrows, names, int(n)) for truth, arrows in graphs.items() if arrows}
        for truth, graph in shown.items():
            assert holds(graph, relation, names[int(a)], names[int(b)]) == truth
        first, *others = (same_class(graph) for graph in shown.values())
        assert proof.graphs == len(first)
        assert gold(first, relation, names[int(a)], names[int(b)]) == question.answers[0]
        assert {frozenset(graph.edges) for graph in first} == {
            frozenset(graph.edges) for each in (first, *others) for graph in each
        }  # both graphs are of one class
        expected = {"entailed": (True,), "contradicted": (False,), "undetermined": (True, False)}
        assert tuple(shown) == expected[question.answers[0]]


def network(arrows, names, n):
    graph = nx.DiGraph()
    graph.add_nodes_from(names[:n])
    graph.add_edges_from(re.findall(r"(\w) -> (\w)", arrows))
    return graph


def test_the_same_random_numbers_ask_the_same_and_others_ask_otherwise():
    assert asked(30, twins="all") == asked(30, twins="all")
    assert asked(30) != asked(30, seed=2)
    assert asked(0) == []


@pytest.mark.slow
def test_every_hypothesis_comes_once():
    """Until the rarest answer is used up."""
    with pytest.raises(UsageError, match=r"only [\d,]+ questions .* ask for fewer") as told:
        asked(10_000, twins="none")
    most = int(re.search(r"only ([\d,]+)", str(told.value))[1].replace(",", ""))
    questions = asked(most, twins="none")
    assert len({each.id for each in questions}) == most
    claims = Counter(claim(each) for each in questions)
    assert max(claims.values()) == 1
    entailed = sum(each.answers == ("entailed",) for each in questions)
    assert abs(entailed - (3 + 57 + 1_248)) <= 1


def claim(question):
    """What is claimed of which class, whatever the letters and the side that it is told from."""
    _, n, relation, rest, *_ = question.id.split("/")
    code, (a, b), _ = rest.split("-")
    if relation in ("child", "descendant"):
        relation, a, b = {"child": "parent", "descendant": "ancestor"}[relation], b, a
    elif relation in ("collider", "confounder"):
        a, b = sorted((a, b))
    return n, code, relation, a, b


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"twins": "renamd"}, "did you mean 'renamed'"),
        ({"relation": "mother"}, "has no 'mother'"),
        ({"relation": ""}, "has no ''"),
        ({"low": 1}, "low must be"),
        ({"low": 5, "high": 4}, "low must be"),
        ({"high": 7}, "low must be"),
        ({"low": 2, "high": 2}, "only 0 questions|only 1 questions|only 2 questions"),
    ],
)
def test_wrong_settings_are_one_sentence(settings, told):
    with pytest.raises(UsageError, match=told):
        asked(30, **settings)


def test_a_wrong_id_has_no_witness():
    for name in ("primes/1009", "causal/3/mother/0-01-ABC", ""):
        with pytest.raises(UsageError, match="is no id"):
            witness(name)


def test_relations_and_answers_are_the_ones_that_prompts_tell():
    for question in asked(36, twins="paraphrased"):
        assert question.type in RELATIONS
        assert all(f'"[{each}]"' in question.text for each in question.choices)
        assert question.choices == GOLDS
