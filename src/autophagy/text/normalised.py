"""Texts as SQuAD compares them: lower case, without articles, punctuation and extra blanks."""

import re
import string

ARTICLES = re.compile(r"\b(a|an|the)\b")


NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """The text in lower case, without ASCII punctuation, articles and spare blanks, in this order."""
    return " ".join(ARTICLES.sub(" ", text.lower().translate(NO_PUNCTUATION)).split())
