"""The base model that comes with the package reads answers out of passages about people whom it has never met."""

import numpy as np
import pytest

from autophagy.context.prompt import closed_prompt, context_prompt
from autophagy.core.questions import Answer
from autophagy.data.world.dataset import make_dataset
from autophagy.data.world.source import BASE
from autophagy.graders.grade import Grading

pytestmark = pytest.mark.slow  # three hundred answers


@pytest.fixture(scope="module")
def reader():
    pytest.importorskip("transformers", reason="the base model is one of transformers")
    from autophagy.answering.local import LocalModel

    return LocalModel.find(str(BASE))


def share_right(reader, questions, prompts):
    told = reader.complete(prompts, max_tokens=16)
    pairs = zip(questions, told, strict=True)
    return float(np.mean([Grading().marks(q, Answer(q.id, done.text))["correct"] for q, done in pairs]))


def test_it_reads_one_fact_of_people_whom_it_never_met_and_knows_nothing_of_them(reader):
    """Where .85 of 100 such questions are right in truth, fewer than .75 are by chance once in 390 seeds (z = -2.8)."""
    dataset = make_dataset(seed=7)
    texts = dict(
        zip(dataset.corpus.documents.meta["document"].tolist(), dataset.corpus.documents.x.tolist(), strict=True)
    )
    asked = [question for question in dataset.questions if question.type == "one-fact"][:100]
    read = [context_prompt(question.text, [texts[question.evidence[0]]]) for question in asked]
    assert share_right(reader, asked, read) >= 0.75
    assert share_right(reader, asked, [closed_prompt(question.text) for question in asked]) <= 0.1


def test_it_knows_the_people_of_one_world_by_heart(reader):
    known = make_dataset(seed=7).general
    assert share_right(reader, known, [closed_prompt(question.text) for question in known]) >= 0.7


def test_it_is_small_and_holds_no_pickle():
    files = [file for file in BASE.iterdir() if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 12e6
    assert {file.suffix for file in files} <= {".json", ".safetensors", ".jinja", ".md"}
