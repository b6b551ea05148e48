"""A number with its noun."""


def plural(count: int, thing: str, things: str = "") -> str:
    """So many things, as "1 question" or "1,200 questions"; `things` where the plural is irregular."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
