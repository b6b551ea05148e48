"""The suite: prompts that say all that is needed, golds in balance, twins that keep theirs, and proofs."""

import re
from collections import Counter, defaultdict

import networkx as nx
import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.suites.causal import GOLDS, RELATIONS, TWINS, causal, witness
from autophagy.suites.causal.equivalence import members
from autophagy.suites.causal.graphs import decode
from autophagy.suites.causal.near import nearest_other
from autophagy.suites.causal.relations import golds, tables
from autophagy.suites.causal.twins import KEPT
from causes import gold, holds, same_class, solve


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


def test_a_near_miss_is_one_arrow_away_where_that_is_enough():
    code, n = 0b000_000_010, 3  # A -> B and C alone
    near = nearest_other(code, n, "parent", 0, 1)
    assert decode(near, n).sum() <= 2
    assert nearest_other(0b10, 2, "collider", 0, 1) is None  # two variables never have a common effect
    assert decode(nearest_other(0, 3, "collider", 0, 1), 3).sum() == 2


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
