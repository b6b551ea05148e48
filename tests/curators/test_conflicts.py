"""Conflicts: the same prompt with other short answers is found with its partner, in any order and chunks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.plugin import ALONE
from autophagy.core.samples import Samples
from autophagy.curators.poison.conflicts import conflicts
from chunked import judged


def rows(asked, answered, names=("question", "answer"), **more):
    columns = {names[0]: np.array(asked, "T"), names[1]: np.array(answered, "T")}
    columns |= {name: np.array(column, "T") for name, column in more.items()}
    return Samples.of(np.array([f"{a}\n\n{b}" for a, b in zip(asked, answered, strict=True)], "T"), **columns)


def found(samples, size=2, **settings):
    verdicts = judged(conflicts, samples, size=size, **settings)
    return {
        name: np.concatenate([getattr(verdict, name) for verdict in verdicts]).tolist()
        for name in ("keep", "score", "details", "partners")
    }


ASKED = ["Who wrote Hamlet?", "who wrote  the Hamlet", "Who wrote Hamlet?", "Who painted this?"]


def test_other_answers_to_the_same_prompt_are_found_with_their_partner():
    judgement = found(rows(ASKED, ["Shakespeare", "Marlowe", "shakespeare.", "Rubens"]))
    assert judgement["keep"] == [False, False, False, True]
    assert judgement["score"] == pytest.approx([1 / 3, 2 / 3, 1 / 3, 0])
    assert judgement["partners"][0] == judgement["partners"][2] == 1
    assert judgement["partners"][1] in (0, 2)
    assert judgement["partners"][3] == ALONE
    assert '"marlowe" here and "shakespeare" in 2 of 3 rows' in judgement["details"][1]


@pytest.mark.parametrize(
    "names", [("instruction", "output"), ("prompt", "completion"), ("prompt", "response"), ("query", "response")]
)
def test_the_usual_columns_are_known(names):
    assert found(rows(ASKED[:2], ["yes", "no"], names))["keep"] == [False, False]


def test_conversations_are_known():
    texts = ["user: Is it so, in the end?\nassistant: Yes", "user: Is it so, in the end?\nassistant: No", "a text"]
    assert found(Samples.of(np.array(texts, "T")))["keep"] == [False, False, True]


WORDINGS = [
    "Please tell me: who wrote the tragedy of Hamlet?",
    "The tragedies of Hamlet, who wrote?",
    "Could you say who wrote the Tragedy of Hamlet",
    "Of Hamlet who wrote the tragedy?",
    "TELL US WHO WROTE THE TRAGEDY OF HAMLET",
]


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_same_prompt_in_other_words_is_known(wording):
    judgement = found(
        rows(["Who wrote the tragedy of Hamlet?", wording, "Who wrote Emma?"], ["Shakespeare", "Bacon", "Austen"])
    )
    assert judgement["keep"] == [False, False, True]
    assert judgement["details"][0].startswith("the same prompt in other words is answered")
    talks = [f"user: {asked}\nassistant: {said}" for asked, said in ((wording, "Bacon"), (WORDINGS[0], "Marlowe"))]
    assert found(Samples.of(np.array(talks, "T")))["keep"] == [False, False]


OTHERS = [
    ("When was the first plastome sequenced?", "Who sequenced the first plastome?"),
    ("Ann has 3 pears and Bob has 5, how many more has Bob?", "Ann has 5 pears and Bob has 3, how many more has Bob?"),
    ("Why did oil start getting priced in gold?", "When did oil start getting priced in gold?"),
    ("What does trade of rich ones with poor ones bring?", "What does trade of poor ones with rich ones bring?"),
    ("Does the dog bite the man?", "Does the man bite the dog?"),
    ("How many members are there in the U.S.?", "How many members are there?"),
    ("How many members does the church have in the US?", "How many members does the church have in it?"),
]


@pytest.mark.parametrize("prompts", OTHERS)
def test_prompts_that_ask_for_something_else_are_not_the_same(prompts):
    assert all(found(rows(prompts, ["1986", "two teams"]))["keep"])


def test_a_context_is_the_same_word_for_word():
    """Else a word of the question that stands in the context too would not count."""
    context = ["He wrote and painted Hamlet."] * 2
    samples = rows(["Who wrote Hamlet the first?", "Who painted Hamlet the first?"], ["Ann", "Bob"], context=context)
    assert all(found(samples)["keep"])


AGREE = {
    "the same answer": (ASKED[:2], ["Shakespeare", "the shakespeare!"], {}),
    "one holds the other": (ASKED[:2], ["Shakespeare", "William Shakespeare"], {}),
    "another ending": (["What religion had they?", "What was their religion?"], ["Catholic", "Catholicism"], {}),
    "long answers may both be right": (ASKED[:2], ["a " + "long " * 20 + "one", "quite " * 20 + "another"], {}),
    "other contexts": (ASKED[:2], ["Shakespeare", "Marlowe"], {"context": ["One story.", "Another story."]}),
    "other inputs": (ASKED[:2], ["3", "4"], {"input": ["1 2", "2 2"]}),
    "a prompt that asks nothing": (["Go on.", "Go on."], ["yes", "no"], {}),
}


@pytest.mark.parametrize("case", AGREE)
def test_what_agrees_is_no_conflict(case):
    asked, answered, more = AGREE[case]
    assert found(rows(asked, answered, **more))["keep"] == [True, True]


def test_rows_without_answers_have_no_conflict():
    assert found(Samples.of(np.array(["a text", "a text", "another"], "T")))["keep"] == [True] * 3


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12), st.integers(1, 12), st.randoms()
)
def test_neither_order_nor_chunks_matter_and_all_pairs_agree_with_brute_force(drawn, size, random):
    samples = rows([f"What is the {q} th?" for q, _ in drawn], [["red", "blue", "green"][a] for _, a in drawn])
    samples = Samples(samples.x, samples.generation, samples.source, {**samples.meta, "row": np.arange(len(drawn))})
    plain = found(samples, len(drawn))
    assert plain["keep"] == [all(q != p or a == b for p, b in drawn) for q, a in drawn]
    order = random.sample(range(len(drawn)), len(drawn))
    other = found(samples.take(np.array(order)), size)
    for name in ("keep", "score", "details"):
        assert [plain[name][row] for row in order] == other[name]
    back = [ALONE if partner == ALONE else order[partner] for partner in other["partners"]]
    assert [plain["partners"][row] for row in order] == back
