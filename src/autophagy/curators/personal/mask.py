"""Masks: personal data in what is shown of rows, letter by letter, so that places stay where they are."""

from collections.abc import Sequence
from typing import Any

from ...text.column import column
from .personal import found_values

HIDDEN = "•"


def concealed(texts: Sequence[str]) -> list[str]:
    """The texts with all but the first and last letter of each personal value hidden; each keeps its length."""
    shown = list(texts)
    for number, values in found_values(texts, column(texts)).items():
        text = texts[number]
        for value in values:
            inside = HIDDEN * (value.end - value.start - 2)
            text = text[: value.start + 1] + inside + text[value.end - 1 :]
        shown[number] = text
    return shown


def mask_examples(examples: Sequence[dict[str, Any]]) -> None:
    """Mask the excerpts of examples, and what is said of them, in place."""
    joined = ["".join(each["text"]) for each in examples]
    partners = [each["partner"] for each in examples if "partner" in each]
    shown = iter(concealed([*joined, *(each["reason"] for each in examples), *(each["text"] for each in partners)]))
    for each in examples:
        text = next(shown)
        first, second = len(each["text"][0]), len(each["text"][0]) + len(each["text"][1])
        each["text"] = [text[:first], text[first:second], text[second:]]
    for each in examples:
        each["reason"] = next(shown)
    for each in partners:
        each["text"] = next(shown)
