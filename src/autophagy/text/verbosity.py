"""Verbosity: how much a text says, whatever it says."""


def verbosity(text: str) -> dict[str, int]:
    """The characters of a text, white space included as published figures have it, and its words."""
    return {"characters": len(text), "words": len(text.split())}
