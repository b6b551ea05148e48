"""Multiple choice: by the log-probabilities of the choices where there are any, else by letter or by text."""

import math
import re
from collections.abc import Sequence

import numpy as np

from ..core.decorators import grader
from ..core.questions import LETTERS, Answer, Question
from ..text.normalised import normalised

STATED = re.compile(r"\b(?:answer|choice|option)\s*(?:is|:)?\s*[*(\[]*([A-Z])\b", re.IGNORECASE)
ALONE = re.compile(r"\W*([A-Z])(?:\W*$|\s*[).:\]])")


@grader("choice", title="Right choice", headline=False, about="choices", decides=True)
def choice(question: Question, answer: Answer) -> float:
    """Whether the option that the answer takes is an accepted one, in multiple-choice questions.

    0 where none is taken, NaN without choices or answers. Of choices that are equally likely each counts as its share.
    """
    if not (question.choices and question.answers):
        return math.nan
    taken = likeliest(answer.scores) if len(answer.scores) == len(question.choices) else ()
    if not taken:
        named = named_choice(answer.text, question.choices)
        taken = () if named is None else (named,)
    return float(np.mean([question.choices[place] in question.answers for place in taken])) if taken else 0.0


def likeliest(scores: Sequence[float]) -> tuple[int, ...]:
    """The places of the highest score, all of those that tie; none where a score is unknown."""
    if any(math.isnan(score) for score in scores):
        return ()
    return tuple(place for place, score in enumerate(scores) if score == max(scores))


def named_choice(text: str, choices: Sequence[str]) -> int | None:
    """The place of the choice that a text names: word for word, by its letter, or as the only choice it holds."""
    words, names = normalised(text), [normalised(name) for name in choices]
    if words in names:
        return names.index(words)
    letters = STATED.findall(text) or ALONE.findall(text)[:1]
    if letters and letters[-1].upper() in LETTERS[: len(choices)]:
        return LETTERS.index(letters[-1].upper())
    held = [place for place, name in enumerate(names) if name and f" {name} " in f" {words} "]
    return held[0] if len(held) == 1 else None
