"""A scripted writer: replies with planted copies, malformed items and template tokens, so that counts are known."""

import random
import sys
import zlib
from collections import defaultdict
from functools import partial

from autophagy.answering import find
from autophagy.answering.language_model import Completion
from autophagy.cli.main import main

VERBS = ["Describe", "Name", "Explain", "Compare", "Sketch", "Invent", "Count", "Sort", "Translate", "Defend"]
THINGS = ["ship", "tower", "letter", "garden", "engine", "river", "melody", "kettle", "glacier", "ledger"]
SYLLABLES = ["ba", "ko", "mi", "ru", "te", "lo", "fa", "ni", "su", "de", "po", "ga"]


class Writer:
    """Writes `items` tasks a call; of each five one copies a seed, one lacks its output, one holds a template token."""

    name = "writer"

    def __init__(self, items=10, faulty=True, fail=()):
        self.items, self.faulty, self.fail = items, faulty, set(fail)
        self.asked = []

    def complete(self, prompts, *, max_tokens=512, temperature=0.0, seed=None):
        seeds = seed if isinstance(seed, list | tuple) else [seed] * len(prompts)
        return [self.reply(prompt, number) for prompt, number in zip(prompts, seeds, strict=True)]

    def reply(self, prompt, seed):
        self.asked.append((prompt, seed))
        if len(self.asked) in self.fail:
            return Completion(error="the server answered 500")
        rng = random.Random(seed)
        text = "\n\n".join(self.item(number, rng) for number in range(4, 4 + self.items))
        return Completion(text, 100.0, 50.0, 0.5, stop="stop")

    def item(self, number, rng):
        words = " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(5))  # so that no two tasks are alike
        task = f"{rng.choice(VERBS)} the {rng.choice(THINGS)} of {words}."
        fault = number % 5 if self.faulty else 4
        if fault == 0:
            return f"{number}. Instruction: Name three rivers of Europe.\nInput: <noinput>\nOutput: Rhine, Rhone, Po."
        if fault == 1:
            return f"{number}. Instruction: {task}\nInput: <noinput>"
        if fault == 2:
            return f"{number}. Instruction: {task} <|im_end|>\nInput: <noinput>\nOutput: Done."
        return f"{number}. Instruction: {task}\nInput: <noinput>\nOutput: It is 2020. Then $20. Done."


class Answerer(Writer):
    """Also answers tasks; of ten answers one is refused, cut, empty and private each, and three are word by word alike.

    `planted` holds what was planted in the answers to each task, in the order in which they were asked.
    """

    KINDS = ("declined", "cut", "empty", "personal", "same", "same", "same", "own", "own", "own")

    def __init__(self, *, kinds=KINDS, **more):
        super().__init__(**more)
        self.kinds, self.planted = kinds, defaultdict(list)

    def reply(self, prompt, seed):
        if "Instruction:" in prompt or "instruction" in prompt:
            return super().reply(prompt, seed)
        self.asked.append((prompt, seed))
        if len(self.asked) in self.fail:
            return Completion(error="the server answered 500")
        rng = random.Random(f"{prompt} {seed}")
        kind = rng.choice(self.kinds)
        text = {
            "declined": "I'm sorry, but I cannot help with that.",
            "cut": "The first thing to be said of it is that",
            "empty": "  ",
            "personal": "Write to jane.miller@example-mail.com or call her, and she will tell you all of it.",
            "same": "The answer is 7.",
            "own": f"After some thought of {rng.choice(SYLLABLES)}, the answer is {rng.randrange(4)}.",
        }[kind]
        self.planted[prompt].append((kind, text))
        return Completion(text, 10.0, 5.0, 0.1, stop="length" if kind == "cut" else "stop")


class Referee:
    """A judge that finds the answer with the larger checksum better, or always names the same place."""

    name = "referee"

    def __init__(self, always="", fail=()):
        self.always, self.fail, self.asked = always, set(fail), []

    def complete(self, prompts, *, max_tokens=512, temperature=0.0, seed=None):
        return [self.reply(prompt) for prompt in prompts]

    def reply(self, prompt):
        self.asked.append(prompt)
        if len(self.asked) in self.fail:
            return Completion(error="the server answered 500")
        return Completion(f"So it is.\nVerdict: {self.always or self.better(prompt)}", 20.0, 8.0, 0.1, stop="stop")

    def worth(self, text):
        return zlib.crc32(text.encode())

    def better(self, prompt):
        one, other = (part[3:].partition("\n</candidate")[0] for part in prompt.split("<candidate ")[1:])
        return "1" if self.worth(one) > self.worth(other) else "2"


def generate_with(words, connections):
    """Run a command whose writer is asked so many calls at a time."""
    find.Endpoint = partial(find.Endpoint, connections=connections)
    sys.exit(main(words))
