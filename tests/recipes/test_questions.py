"""Questions are kept where their quote stands in the passage, and passages take turns."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.recipe import Draft, PoolRow, Refused
from autophagy.core.registry import build
from autophagy.recipes.questions import QuestionsOfPassages
from autophagy.testing.recipes import PASSAGES, SEEDS

RECIPE = QuestionsOfPassages()
PASSAGE = "The mill of Arn has 3 wheels. It was built in 1830 by “Ada Berg” — a miller’s daughter.  Nobody\nknows why."
ROW = PoolRow("doc.md#1", PASSAGE, source="doc.md")


def asked(recipe=RECIPE):
    (request,) = recipe.ask([ROW], 1, np.random.default_rng(0))
    return request


def read(quote, question="Who built the mill of Arn?", answer="Ada Berg", recipe=RECIPE):
    reply = json.dumps([{"question": question, "answer": answer, "quote": quote}])
    (found,) = recipe.read(asked(recipe), reply)
    return found


@pytest.mark.parametrize(
    "quote",
    [
        "The mill of Arn has 3 wheels.",
        "the mill of arn has 3 wheels",
        '"It was built in 1830 by "Ada Berg" - a miller\'s daughter."',
        "Nobody knows why",
        "...has 3 wheels. It was…",
    ],
)
def test_a_quote_of_the_passage_is_kept(quote):
    assert read(quote) == Draft("Who built the mill of Arn?", "", "Ada Berg", "doc.md#1", 1)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("The mill of Arn has 4 wheels.", "quote not in the passage"),
        ("The mill of Arn was built by Ada Berg.", "quote not in the passage"),
        ("3 wheels", "quote too short"),
        ("", "no quote"),
    ],
)
def test_any_other_is_refused(quote, reason):
    assert read(quote).reason == reason


words = st.lists(
    st.sampled_from(["mill", "wheel", "arn", "berg", "1830", "of", "the", "has", "why"]), min_size=8, max_size=30
)


@given(words, st.integers(0, 5), st.integers(3, 8), st.sampled_from(["mill", "stone"]))
def test_a_quote_is_a_run_of_the_passages_words(passage, start, length, swapped):
    """Against the definition: the run stands in the passage as whole text."""
    row = PoolRow("p#1", " ".join(passage), source="p")
    (request,) = RECIPE.ask([row], 1, np.random.default_rng(0))
    quote = [*passage[start : start + length - 1], swapped]
    found = RECIPE.read(request, json.dumps({"question": "Why?", "answer": "So.", "quote": " ".join(quote)}))[0]
    stands = " ".join(quote) in " ".join(passage)
    assert isinstance(found, Draft) == (stands and len(quote) >= 3)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        ("I cannot help with that.", "declined"),
        ("The mill is old and fine.", "no question"),
        ("word " * 20_000, "no question"),
        ("Nothing.\n" * 40, "no question"),
        ("?!", "no words"),
        ('[{"question": "Who?", "answer": "Ada", "quote": ', "broken JSON"),
        ("Question: Who?\nQuote: It was built in 1830", "no answer"),
        (json.dumps({"question": "?.", "answer": "x", "quote": "The mill of Arn"}), "no words"),
    ],
)
def test_a_broken_reply_has_its_reason(reply, reason):
    assert [each.reason for each in RECIPE.read(asked(), reply)] == [reason]


def test_a_reply_that_was_cut_keeps_what_was_whole():
    whole = {"question": "Who?", "answer": "Ada Berg", "quote": "The mill of Arn"}
    found = RECIPE.read(asked(), f'[{json.dumps(whole)}, {{"question": "Wh', cut=True)
    assert [type(each) for each in found] == [Draft, Refused]
    assert found[1].reason == "cut"


def test_what_was_mended_is_told_of_the_row():
    reply = 'Sure: [{"question": "Who?", "answer": "Ada", "quote": "The mill of Arn"}]'
    assert [each.mended for each in RECIPE.read(asked(), reply)] == ["JSON in prose"]


def test_an_open_book_gives_the_passage_with_the_question():
    assert read("The mill of Arn", recipe=QuestionsOfPassages(open_book=True)).input == PASSAGE
    assert read("The mill of Arn").input == ""


def test_long_passages_are_asked_for_more():
    rows = [PoolRow(f"{n}", "word " * n, source="d") for n in (1, 100, 500)]
    requests = {r.shown[0]: r.text for r in RECIPE.ask(rows, 3, np.random.default_rng(0))}
    assert ["write 1 " in requests["1"], "write 2 " in requests["100"], "write 10 " in requests["500"]] == [True] * 3


def test_every_passage_comes_before_any_comes_again():
    shown = Counter(r.shown[0] for r in RECIPE.ask(PASSAGES, 12, np.random.default_rng(3)))
    assert sorted(shown.values()) == [2, 2, 2, 3, 3]


def test_passages_that_brought_rows_come_later():
    """Four of five have 99 rows: the fifth comes first with probability 1 / (1 + 4 / 100) = .96, or .2 unweighted.

    200 draws; fewer than 180 come by chance once in 10,000, and once in 1 unweighted.
    """
    made = [PoolRow(f"m{n}", "q", made=True, parent=row.id) for row in PASSAGES[1:] for n in range(99)]
    first = [RECIPE.ask([*PASSAGES, *made], 1, np.random.default_rng(n))[0].shown[0] for n in range(200)]
    assert first.count(PASSAGES[0].id) >= 180


def test_without_documents_it_says_what_to_give():
    with pytest.raises(UsageError, match="give --documents"):
        RECIPE.ask(SEEDS, 1, np.random.default_rng(0))


@pytest.mark.parametrize("setting", ["words_each=0", "shortest=0"])
def test_settings_out_of_bounds_are_refused(setting):
    with pytest.raises(UsageError, match="must be 1 or more"):
        build("recipe", f"questions:{setting}")


def test_a_template_of_ones_own(tmp_path):
    file = tmp_path / "own.txt"
    file.write_text("{number} times, of {passage}: {{}}", encoding="utf-8")
    assert asked(QuestionsOfPassages(template=str(file))).text == f"1 times, of {PASSAGE}: {{}}"
    file.write_text("{number} of\n{pasage}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"line 2 .*\{pasage\}.*did you mean 'passage'"):
        build("recipe", f"questions:template={file}")
    with pytest.raises(DataError, match="cannot be read"):
        build("recipe", f"questions:template={tmp_path / 'none.txt'}")
