"""Texts as SQuAD compares them: lower case, without articles, punctuation and extra blanks."""

import re
import string
from collections.abc import Callable, Sequence

ARTICLES = re.compile(r"\b(a|an|the)\b")  # which SQuAD's own normalisation leaves out
NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """The text in lower case, without ASCII punctuation, articles and spare blanks, in this order."""
    return " ".join(ARTICLES.sub(" ", text.lower().translate(NO_PUNCTUATION)).split())


def exact_match(text: str, answers: Sequence[str]) -> float:
    """1 where the text is one of the accepted answers once both are normalised, else 0.

    A question without answers accepts the empty text alone, which is how SQuAD 2.0 writes an abstention. Where nothing
    is left of any answer (A, The, %), the text must be one of them as it stands, case and blanks aside.

    Ref: Rajpurkar et al. (2016), section 6.1; Rajpurkar, Jia and Liang (2018), section 5.
    """
    if bare := bare_answers(answers):
        return float(" ".join(text.split()).casefold() in bare)
    words = normalised(text)
    return best(answers, lambda gold: float(words == normalised(gold)))


def bare_answers(answers: Sequence[str]) -> set[str]:
    """The answers as they stand, in lower case, if nothing is left of any of them once it is normalised."""
    return set() if any(map(normalised, answers)) else {" ".join(answer.split()).casefold() for answer in answers}


def best(answers: Sequence[str], score: Callable[[str], float]) -> float:
    """The score of the answer that fits best, of those that are not empty once normalised."""
    return max(map(score, [answer for answer in answers if normalised(answer)] or [""]))
