"""Fewer points where a curve has more than a screen can show."""


def thinned(generations: list[int], most: int) -> list[int]:
    """At most `most` of the generations, evenly spread, the first and the last among them."""
    last = len(generations) - 1
    if last < most:
        return generations
    return [generations[round(index * last / (most - 1))] for index in range(most)]
