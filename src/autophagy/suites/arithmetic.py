"""Arithmetic: sums, differences, products and word problems of several steps, as many of each."""

import numpy as np

from ..core.decorators import suite
from ..core.errors import UsageError, must
from ..core.questions import Question

PROMPT = '{task} Think step by step, and end with the result on a line of its own, such as "#### 42".'
KINDS = ("sum", "difference", "product", "word problem")
PATIENCE = 1_000  # draws, after which there is nothing new to ask
NAMES = ("Mia", "Tom", "Ada", "Ben", "Lea", "Sam", "Eva", "Max")
THINGS = ("marbles", "stamps", "shells", "cards", "stickers", "buttons", "beads", "coins")


@suite("arithmetic", strict="number", lenient="number:lenient=true", title="Arithmetic")
def arithmetic(n: int, rng: np.random.Generator, *, hardest: int = 3) -> list[Question]:
    """Sums, differences, products and word problems in turn, as many of each level from 1 to `hardest` (at most 8).

    Level 1 has numbers of two digits, a product by one digit, and word problems of two steps; each level more has one
    digit or one step more. All results are whole numbers and at least 0.
    """
    must(1 <= hardest <= 8, "hardest", hardest, "from 1 to 8")
    asked: dict[str, Question] = {}
    for place in range(n):
        kind, level = KINDS[place % len(KINDS)], 1 + place // len(KINDS) % hardest
        drawn = (_question(kind, level, rng) for _ in range(PATIENCE))
        question = next((each for each in drawn if each.id not in asked), None)
        if question is None:
            raise UsageError(
                f"the suite arithmetic has found only {place:,} different questions, not {n:,}: ask for fewer, or "
                "raise hardest."
            )
        asked[question.id] = question
    return list(asked.values())


def _question(kind: str, level: int, rng: np.random.Generator) -> Question:
    formula, task, result = _story(level, rng) if kind == "word problem" else _plain(kind, level, rng)
    name = f"arithmetic/{kind.replace(' ', '-')}/{level}/{formula}"
    return Question(name, PROMPT.format(task=task), (str(result),), type=kind)


def _plain(kind: str, level: int, rng: np.random.Generator) -> tuple[str, str, int]:
    """The formula of a sum, a difference or a product, its question and its result."""
    a, b = _number(level + 1, rng), _number(level if kind == "product" else level + 1, rng)
    if kind == "difference":
        a, b = max(a, b), min(a, b)
    sign, result = {"sum": ("+", a + b), "difference": ("-", a - b), "product": ("*", a * b)}[kind]
    return f"{a}{sign}{b}", f"What is {a} {sign} {b}?", result


def _story(level: int, rng: np.random.Generator) -> tuple[str, str, int]:
    """The formula of a word problem, its sentences and its result; no step is of the kind of the one before."""
    name, things = NAMES[rng.integers(len(NAMES))], THINGS[rng.integers(len(THINGS))]
    held, last = int(rng.integers(20, 100)), ""
    formula, told = str(held), [f"{name} has {held} {things}."]
    for _ in range(level + 1):
        steps = [step for step in _steps(held, rng) if step[0][0] != last]
        step, sentence, held = steps[rng.integers(len(steps))]
        formula, last = f"({formula}){step}", step[0]
        told.append(f"Then {name} {sentence}.")
    return f"{name}-{things}-{formula}", f"{' '.join(told)} How many {things} does {name} have in the end?", held


def _steps(held: int, rng: np.random.Generator) -> list[tuple[str, str, int]]:
    """What can become of so many things: a formula that follows the number, a sentence, and how many there are then."""
    found, boxes, size, times = (int(rng.integers(*ends)) for ends in ((2, 50), (2, 10), (3, 13), (2, 5)))
    steps = [
        (f"+{found}", f"finds {found} more", held + found),
        (f"+{boxes}*{size}", f"buys {boxes} boxes with {size} in each", held + boxes * size),
        (f"*{times}", f"wins until there are {times} times as many", held * times),
    ]
    if held > 1:
        given = int(rng.integers(1, held))
        steps.append((f"-{given}", f"gives {given} of them to a friend", held - given))
    shares = [share for share in range(2, 7) if held % share == 0]
    if shares:
        share = shares[rng.integers(len(shares))]
        steps.append((f"/{share}", f"parts all of them into {share} equal heaps and keeps one heap", held // share))
    return steps


def _number(digits: int, rng: np.random.Generator) -> int:
    """A number of so many digits."""
    return int(rng.integers(10 ** (digits - 1), 10**digits))
