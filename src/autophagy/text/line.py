"""A text on one line, as a figure or a table can show it."""


def on_one_line(text: str) -> str:
    """The text with single spaces for all white space, and a question mark for each sign that no page can show."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def cut(text: str, most: int) -> str:
    """The text on one line of so many signs at most; dots stand for what is cut off."""
    line = on_one_line(text)
    return line if len(line) <= most else f"{line[: max(1, most - 1)]}…"
