"""A text on one line, as a figure or a table can show it."""


def on_one_line(text: str) -> str:
    """The text with single spaces for all white space, and a question mark for each sign that no page can show."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def cut(text: str, most: int) -> str:
    """The text on one line of so many signs at most; dots stand for what is cut off."""
    line = on_one_line(text)
    return line if len(line) <= most else f"{line[: max(1, most - 1)]}…"


def capital(words: str) -> str:
    """Words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def unbroken(figure: str) -> str:
    """A figure whose parts stay on one line of a page."""
    return figure.replace(" ", "\N{NO-BREAK SPACE}")
