"""The example on what Python says of its own functions: its questions are of the kinds that they claim to be."""

import json
import re
import runpy
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "docstrings"
QUESTIONS = [json.loads(line) for line in (EXAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
ANSWERABLE = [each for each in QUESTIONS if each["answers"]]


@pytest.fixture(scope="module")
def documents():
    found = runpy.run_path(str(EXAMPLE / "documents.py"))["documents"]()
    return {each["id"]: " ".join(each["text"].split()).casefold() for each in found}


def words(text):
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


def test_there_are_sixty_questions_of_four_kinds():
    kinds = Counter(each["type"] for each in QUESTIONS)
    assert kinds == {"same words": 18, "other words": 18, "known before": 12, "not in the documents": 12}
    assert len({each["question"] for each in QUESTIONS}) == 60
    assert all(bool(each["answers"]) == (each["type"] != "not in the documents") for each in QUESTIONS)


@pytest.mark.parametrize("each", ANSWERABLE, ids=lambda each: each["id"])
def test_the_answer_stands_in_its_document_on_this_python(each, documents):
    text = documents[each["document"]]
    assert any(re.search(rf"(?<!\w){re.escape(answer.casefold())}(?!\w)", text) for answer in each["answers"])


def test_questions_in_other_words_share_fewer_words_with_their_document(documents):
    def shared(kind):
        mine = [each for each in ANSWERABLE if each["type"] == kind]
        return mean(
            len(words(q["question"]) & words(documents[q["document"]])) / len(words(q["question"])) for q in mine
        )

    assert shared("other words") < 0.7 * shared("same words")


def test_what_is_not_in_the_documents_has_no_document():
    assert not any("document" in each for each in QUESTIONS if not each["answers"])
