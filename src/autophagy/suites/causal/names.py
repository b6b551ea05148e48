"""Names of variables: letters, words without a meaning, and words whose causes everybody knows."""

import numpy as np

NONSENSE = (
    *("blicket", "daxen", "wugle", "tomaro", "fepsin", "zorvel", "gazzer", "plimmo"),
    *("snarvit", "quebble", "mofrin", "trenzo", "yalpic", "hurgle", "vimbat", "crundle"),
)
# a cause, what it causes, and what that causes
CHAINS = (
    ("rain", "road wetness", "accident risk"),
    ("smoking", "tar in the lungs", "lung cancer"),
    ("frost", "pipe damage", "water damage"),
    ("night work", "lack of sleep", "tiredness"),
    ("training", "fitness", "success in races"),
)
# a cause, and two things that it causes
FORKS = (
    ("hot weather", "ice cream consumption", "sunburn"),
    ("influenza", "fever", "coughing"),
    ("stormy weather", "power failure", "loss of trees"),
    ("age of the child", "shoe size", "vocabulary"),
)
# two causes, and what both cause
COLLIDERS = (
    ("drought", "arson", "forest fire"),
    ("rain", "sprinkling", "wetness of the lawn"),
    ("speeding", "drunk driving", "number of fatal crashes"),
    ("talent", "practice", "musical skill"),
)
# that cause and follow from none of these
FILLERS = ("colour of the door", "length of the name", "font of the letter", "number of stairs", "brand of the pen")


def backwards(letters: tuple[str, ...]) -> tuple[str, ...]:
    """The same places from the other end of the alphabet: Z for A, Y for B."""
    return tuple(chr(ord("A") + ord("Z") - ord(letter)) for letter in letters)


def nonsense(n: int, rng: np.random.Generator) -> tuple[str, ...]:
    """Words that mean nothing, so that no cause is known."""
    return tuple(str(NONSENSE[at]) for at in rng.permutation(len(NONSENSE))[:n])


def everyday(relation: str, suggest: bool, rng: np.random.Generator) -> tuple[str, str, str]:
    """The names of a hypothesis's two variables and of a third, so that common sense says yes or, unless `suggest`, no.

    For a collider that common sense denies the third is a common cause, and the other way round; for all others the
    arrows lead the wrong way.
    """
    if relation in ("collider", "confounder"):
        cause, one, another = FORKS[rng.integers(len(FORKS))]
        first, second, effect = COLLIDERS[rng.integers(len(COLLIDERS))]
        fork = (relation == "confounder") == suggest
        return (one, another, cause) if fork else (first, second, effect)
    start, middle, end = CHAINS[rng.integers(len(CHAINS))]
    forward = (relation in ("parent", "ancestor")) == suggest
    if relation in ("parent", "child"):
        return (start, middle, end) if forward else (middle, start, end)
    return (start, end, middle) if forward else (end, start, middle)
