"""How long instruction following takes: 541 prompts of the suite, answers of 300 words, strict and loose, CPU seconds.

    python bench/instructions.py [--repeats 5]

Each answer holds paragraphs, bullets and emphasis. Told apart: the 22 types that need no language, and all 25.
"""

import argparse
import random
import statistics
import time

import numpy as np

from autophagy.core.questions import Answer
from autophagy.core.registry import build
from autophagy.graders.instructions import instructions
from autophagy.suites.topics import TOPICS
from autophagy.text.instructions import parse

PROMPTS, WORDS = 541, 300


def answers(rng):
    """Answers of 300 words each, in paragraphs with a bullet and an emphasis now and then."""
    known = " ".join(TOPICS).split()
    for place in range(PROMPTS):
        parts = [
            rng.choice(known) + rng.choice(["", "", "", "", "", "", ".", ",", ".\n\n", "\n* "]) for _ in range(WORDS)
        ]
        yield Answer(str(place), " ".join(parts).replace("the ", "*the* ", 3))


def seconds(suite):
    """The CPU seconds of marking every answer strictly and loosely."""
    questions = build("suite", suite)(PROMPTS, np.random.default_rng(0))
    pairs = list(zip(questions, answers(random.Random(0)), strict=True))
    parse.cache_clear()
    start = time.process_time()
    for question, answer in pairs:
        instructions(question, answer)
        instructions(question, answer, loose=True)
    return time.process_time() - start


def main():
    """Print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    for suite in ("instructions:without=language;capitals;lowercase", "instructions"):
        seconds(suite)  # loads the language model
        found = [seconds(suite) for _ in range(repeats)]
        print(f"{suite:50} {statistics.median(found):.3f} s ({min(found):.3f} to {max(found):.3f})")


if __name__ == "__main__":
    main()
