"""The gist of a prompt: what it asks for, however it is put, as far as its words without the small ones tell."""

from ...text.normalised import normalised

STEM = 6  # first letters of a word, so that its endings do not matter
LEAST = 2  # words that must be left to say what is asked
_SMALL = """
of in on at to for from by with and or is are was were be been being do does did has have had what which please tell me
us can could would will you i we my your it its this that these those there as name give say know let so explain answer
question following also one
"""
SMALL = frozenset(_SMALL.split())  # articles are gone; who, when, where, why and how are what is asked for


def gist(prompt: str) -> str:
    """The first letters of the words of a prompt that are not small, sorted, and its numbers in their order.

    The prompt itself, normalised, where hardly a word is left.
    """
    words = normalised(prompt).split()
    stems = sorted({word[:STEM] for word in words if word not in SMALL})
    numbers = [word for word in words if any(map(str.isdigit, word))]
    return " ".join([*stems, "|", *numbers]) if len(stems) >= LEAST else " ".join(words)
