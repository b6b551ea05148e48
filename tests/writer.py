"""A scripted writer: replies with planted copies, malformed items and template tokens, so that counts are known."""

import random

from autophagy.answering.language_model import Completion

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
