"""Colours and markers that a regime or an arm keeps everywhere on a page."""

# Eight hues that stay apart for colour-blind readers and keep 3:1 against the light and the dark ground.
COLOURS = ("#0a7cc4", "#d9600f", "#078f7d", "#c4418b", "#8268d4", "#a07d00", "#c93a34", "#64798c")


SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "x", "cross", "star")


def colours(labels: list[str]) -> dict[str, str]:
    """One colour for each regime, the same everywhere on the page."""
    return {label: COLOURS[index % len(COLOURS)] for index, label in enumerate(dict.fromkeys(labels))}


def symbols(labels: list[str]) -> dict[str, str]:
    """One marker for each regime, so that no line is told by its colour alone."""
    names = [f"{symbol}{style}" for style in ("", "-open") for symbol in SYMBOLS]
    return {label: names[index % len(names)] for index, label in enumerate(dict.fromkeys(labels))}
