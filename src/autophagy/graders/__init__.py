"""Graders: a question and an answer -> the marks that apply."""

import math

from ..core.questions import Answer, Question
from .abstain import abstained
from .choice import choice
from .exact import exact, token_f1
from .numeric import numeric
from .retrieval import documents_of, ndcg_at, recall_at, reciprocal_rank

__all__ = ["MARKS", "grade"]

MARKS = ("correct", "exact", "f1", "numeric", "choice", "abstained", "recall", "reciprocal_rank", "ndcg")


def grade(question: Question, answer: Answer) -> dict[str, float]:
    """Every mark of an answer, in [0, 1], NaN where it does not apply.

    `correct` is the headline: the choice taken where there are choices, else exact match, and on a question that the
    documents do not answer whether the answer abstains. An abstention counts as the empty text. `recall`,
    `reciprocal_rank` and `ndcg` are of the documents of the passages in the prompt, in their order. An answer that
    failed has no marks at all.
    """
    if answer.error:
        return dict.fromkeys(MARKS, math.nan)
    silent = abstained(answer.text, question.answers)
    text = "" if silent else answer.text
    marks = {
        "exact": exact(text, question.answers),
        "f1": token_f1(text, question.answers),
        "numeric": numeric(text, question.answers),
        "choice": choice(question, answer),
        "abstained": float(silent),
        **_retrieved(question, answer),
    }
    return {"correct": marks["exact"] if math.isnan(marks["choice"]) else marks["choice"], **marks}


def _retrieved(question: Question, answer: Answer) -> dict[str, float]:
    ranked = documents_of(answer.passages)
    gold = question.evidence if ranked else ()  # what was not looked for was not missed
    k = max(len(ranked), 1)
    return {
        "recall": recall_at(ranked, gold, k),
        "reciprocal_rank": reciprocal_rank(ranked, gold),
        "ndcg": ndcg_at(ranked, gold, k),
    }
