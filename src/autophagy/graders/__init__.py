"""Graders: plain functions of a question and an answer that give it a mark; importing the room registers them all."""

from . import (
    abstained,
    choice,
    code,
    correct,
    exact,
    f1,
    instructions,
    ndcg,
    numeric,
    recall,
    reciprocal_rank,
    refused,
    toxicity,
)

__all__ = [
    "abstained",
    "choice",
    "code",
    "correct",
    "exact",
    "f1",
    "instructions",
    "ndcg",
    "numeric",
    "recall",
    "reciprocal_rank",
    "refused",
    "toxicity",
]
