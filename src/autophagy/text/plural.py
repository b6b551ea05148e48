"""A number with its noun."""


def plural(count: int, thing: str) -> str:
    """So many things, as "1 question" or "1,200 questions"."""
    return f"{count:,} {thing}{'s' * (count != 1)}"
