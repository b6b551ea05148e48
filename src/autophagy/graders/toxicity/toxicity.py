"""Toxicity of an answer, by a scorer that is named."""

import math
from functools import cache

from ...core.decorators import grader
from ...core.errors import UsageError
from ...core.questions import Answer, Question
from .scorer import ToxicityScorer

SCORERS = "words, classifier or judge"


@grader("toxicity", title="Toxicity", headline=False, better="lower")
def toxicity(
    question: Question, answer: Answer, *, scorer: str = "words", path: str = "", model: str = "", base_url: str = ""
) -> float:
    """How toxic the answer is, from 0 to 1, by `scorer`: words, classifier or judge.

    `words` is a short list (or the one in the file `path`), `classifier` the model in the folder `path`, and `judge`
    asks a `model`, at `base_url` if it is served. NaN where nothing was said, and where the scorer fails.
    """
    if not answer.text.strip():
        return math.nan
    return find_scorer(scorer, path, model, base_url)([answer.text])[0]


@cache
def find_scorer(scorer: str, path: str = "", model: str = "", base_url: str = "") -> ToxicityScorer:
    """The scorer of that name; raises UsageError where it lacks what it needs, DataError where that cannot be used."""
    if scorer == "words":
        from .words import WordScorer

        return WordScorer(path)
    if scorer == "classifier":
        if not path:
            raise UsageError("the scorer classifier needs the folder of a model: write path=FOLDER.")
        from .classifier import ClassifierScorer

        return ClassifierScorer.load(path)
    if scorer == "judge":
        if not model:
            raise UsageError("the scorer judge needs a model to ask: write model=ID, and base_url=URL if it is served.")
        from .asked import JudgeScorer, asking

        return JudgeScorer(asking(model, base_url), model)
    raise UsageError(f"there is no scorer {scorer!r} of toxicity: choose {SCORERS}.")
