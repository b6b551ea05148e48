"""Instruction following: prompts on everyday topics, each with one to three instructions that a program can check."""

from collections.abc import Callable

import numpy as np

from ..core.decorators import suite
from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..core.questions import Question
from ..text.instructions import attach, known
from ..text.instructions.conflicts import conflict
from .topics import FORMS, PHRASES, QUESTIONS, TOPICS, WORDS

Draw = Callable[[np.random.Generator], str]


@suite("instructions", strict="instructions", lenient="instructions:loose=true", title="Instruction following")
def instructions(n: int, rng: np.random.Generator, *, most: int = 3, without: str = "") -> list[Question]:
    """Prompts with one to `most` of the 25 instructions of IFEval that go together, each in turn the main one.

    The class of a prompt is its main instruction. `without` names instructions that are left out, such as
    "language;capitals;lowercase", which need py3langid.

    Ref: Zhou et al. (2023), "Instruction-Following Evaluation for Large Language Models".
    """
    names = _names(without)
    if most < 1:
        raise UsageError(f"the suite instructions asks for at most {most} instructions: give most=1 or more.")
    return [_question(place, names[place % len(names)], names, most, rng) for place in range(n)]


def _names(without: str) -> list[str]:
    left_out = {name.strip() for name in without.split(";") if name.strip()}
    every = known()
    for name in left_out - every.keys():
        raise UsageError(f"without names no instruction {name!r}{did_you_mean(name, every)}.")
    names = [name for name in DRAWS if name not in left_out]
    if not names:
        raise UsageError("without leaves no instruction to ask for: name fewer.")
    return names


def _question(place: int, main: str, names: list[str], most: int, rng: np.random.Generator) -> Question:
    chosen = [main]
    for _ in range(int(rng.integers(0, most))):
        fitting = [name for name in names if not any(conflict(name, each) for each in chosen)]
        if fitting:
            chosen.append(fitting[int(rng.integers(len(fitting)))])
    asked = QUESTIONS if main == "choice" else FORMS
    form = asked[int(rng.integers(len(asked)))]
    text = form.format(topic=TOPICS[int(rng.integers(len(TOPICS)))])
    return attach(Question(f"instructions/{place}", text, type=main), [DRAWS[name](rng) for name in chosen])


def _one(options: tuple[str, ...]) -> Draw:
    return lambda rng: options[int(rng.integers(len(options)))]


def _number(form: str, low: int, high: int, step: int = 1) -> Draw:
    """An instruction with a number from `low` to `high`."""
    return lambda rng: form.format(step * int(rng.integers(low // step, high // step + 1)))


def _either(*draws: Draw) -> Draw:
    return lambda rng: draws[int(rng.integers(len(draws)))](rng)


def _words(form: str, count: int, places: slice) -> Draw:
    """An instruction with some of the words; those that are forbidden and those that are asked for never meet."""
    return lambda rng: form.format(";".join(sorted(rng.choice(WORDS[places], count, replace=False).tolist())))


def _start(count: int, rng: np.random.Generator) -> str:
    nth, word = int(rng.integers(1, count + 1)), WORDS[int(rng.integers(14, len(WORDS)))]
    return f"paragraph_start:paragraphs={count},nth={nth},word={word}"


DRAWS: dict[str, Draw] = {
    "no_comma": lambda rng: "no_comma",
    "words": _either(_number("words:least={}", 50, 300, 50), _number("words:most={}", 50, 200, 50)),
    "sentences": _either(_number("sentences:least={}", 5, 12), _number("sentences:most={}", 3, 8)),
    "paragraphs": _number("paragraphs:exactly={}", 2, 5),
    "paragraph_start": lambda rng: _start(int(rng.integers(2, 6)), rng),
    "keywords": _words("keywords:words={}", 2, slice(0, 7)),
    "forbidden": _words("forbidden:words={}", 2, slice(7, 14)),
    "keyword": lambda rng: f"{_words('keyword:word={}', 1, slice(14, None))(rng)},least={int(rng.integers(2, 5))}",
    "letter": _either(_number("letter:letter=w,least={}", 5, 15), _number("letter:letter=q,most={}", 1, 3)),
    "language": _one(tuple(f"language:code={code}" for code in ("fr", "de", "es", "it", "pt", "ru", "hi", "ar", "sw"))),
    "placeholders": _number("placeholders:least={}", 2, 6),
    "postscript": _one(("postscript:mark=P.S.", "postscript:mark=P.P.S")),
    "bullets": _number("bullets:exactly={}", 2, 6),
    "choice": lambda rng: "choice",
    "highlights": _number("highlights:least={}", 2, 5),
    "sections": lambda rng: f"sections:exactly={int(rng.integers(2, 6))},mark={_one(('Section', 'PART'))(rng)}",
    "json": lambda rng: "json",
    "title": lambda rng: "title",
    "two_answers": lambda rng: "two_answers",
    "repeat": lambda rng: "repeat",
    "end": _one(tuple(f"end:phrase={phrase}" for phrase in PHRASES)),
    "quoted": lambda rng: "quoted",
    "capital_words": _either(_number("capital_words:least={}", 3, 10), _number("capital_words:most={}", 2, 5)),
    "capitals": lambda rng: "capitals",
    "lowercase": lambda rng: "lowercase",
}
