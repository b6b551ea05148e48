"""Prompts and answers of rows, and the gist of a prompt: what it asks for, however it is put, as far as words tell."""

import re
from collections.abc import Iterator

from ...core.samples import Samples
from ...data.stream.wording import ANSWERED, ASKED, FURTHER, TEXTS
from ...text.normalised import normalised

ABOUT = (*TEXTS, *FURTHER, "system", "title", "choices", "options", "hint")  # what a prompt is about, if it says so
TURN = re.compile(r"(?:^|\n)(?:user|human): ")  # before what is asked
LAST = re.compile(r"\n(?:assistant|gpt|model|bot|chatgpt): ")  # before the answer of a conversation, as it is read
TALK = re.compile(r"(?:system|user|human): ")  # who speaks first: the text is a talk
CAPITALS = re.compile(r"\b(?:[A-Z]\.?){2,}(?!\w)")  # such as US and U.S., which are no small words
STEM = 6  # first letters of a word, so that its endings do not matter
LEAST = 2  # words that must be left to say what is asked
_SMALL = """
of in on at to for from by with and or is are was were be been being do does did has have had what which please tell me
us can could would will you i we my your it its this that these those there as name give say know let so explain answer
question following also one
"""
SMALL = frozenset(_SMALL.split())  # articles are gone; who, when, where, why and how are what is asked for


def gist(prompt: str) -> str:
    """The stems of the words of a prompt that are not small, sorted, and its numbers in their order.

    The prompt itself, normalised, where hardly a word is left.
    """
    words = normalised(prompt).split()
    names = set() if prompt.isupper() else {normalised(name) for name in CAPITALS.findall(prompt)}
    stems = sorted({stem(word) for word in words if word not in SMALL or word in names})
    numbers = [word for word in words if any(map(str.isdigit, word))]
    return " ".join([*stems, "|", *numbers]) if len(stems) >= LEAST else " ".join(words)


def stem(word: str) -> str:
    """The first letters of a word, whatever its ending; a number is told by all its digits."""
    return word if any(map(str.isdigit, word)) else word[:STEM]


def one_moved(first: str, second: str) -> bool:
    """Whether two wordings of one gist differ in where one part stands, if in order at all.

    "In 1999, who won?" asks what "Who won in 1999?" does; where two words changed places, as in "trade of the rich with
    the poor" and "of the poor with the rich", another thing is asked.
    """
    prompts = (text.rpartition("\n")[2] for text in (first, second))  # what they are about is the same
    a, b = ([stem(word) for word in prompt.split() if word not in SMALL] for prompt in prompts)
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return a == b or any(a[at:] + a[:at] == b for at in range(len(a)))


def answered(rows: Samples) -> Iterator[tuple[str, str, str] | None]:
    """The gist of each row's prompt, its wording and the answer, normalised; None where it has none."""
    lower = {name.lower(): column for name, column in rows.meta.items() if column.dtype.kind in "TUO"}
    asked = next((lower[name] for name in ASKED if name in lower), None)
    answered = next((rows.meta[name] for name in rows.meta if name.lower() in ANSWERED), None)
    if asked is None or answered is None:
        yield from map(_conversed, rows.x.tolist())
        return
    about = [lower[name] for name in ABOUT if name in lower]
    for *parts, prompt, answer in zip(*(column.tolist() for column in (*about, asked, answered)), strict=True):
        context = " ".join(str(part) for part in parts if part is not None)
        yield _pair(context, "" if prompt is None else str(prompt), str(answer))


def _conversed(text: str) -> tuple[str, str, str] | None:
    turns = list(LAST.finditer(text)) if TALK.match(text) else []
    if not turns:
        return None
    before = text[: turns[-1].start()]
    cut = max((turn.end() for turn in TURN.finditer(before)), default=0)
    return _pair(before[:cut], before[cut:], text[turns[-1].end() :])


def _pair(context: str, prompt: str, answer: str) -> tuple[str, str, str]:
    about = normalised(context)
    return f"{about}\n{gist(prompt)}", f"{about}\n{normalised(prompt)}", normalised(answer)
