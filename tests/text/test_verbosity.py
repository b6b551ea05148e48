"""Verbosity against counts by hand."""

from autophagy.text.verbosity import verbosity


def test_characters_and_words():
    assert verbosity("") == {"characters": 0, "words": 0}
    assert verbosity(" No. \n") == {"characters": 6, "words": 1}
    assert verbosity("Is it?\n\nYes, it is.") == {"characters": 19, "words": 5}
