"""Variety at equal rows: a mix of recipes with novelty beside plain prompting by the same writer.

    python bench/mix_variety.py SEEDS [--rows N] [--first N] [--repeats R] [--heat T] [--out FOLDER]
    python bench/mix_variety.py SEEDS --model smollm2 --plain RECIPE --mix RECIPE

Plain prompting is one recipe (--plain, alpaca unless told) without the novelty filter. SEEDS is the file of
Self-Instruct's 175 seeds, of which --first N are used. Without --model an n-gram writer, which counts the words of the
seeds and of its prompt and draws at the temperature --heat, writes; --repeats draws it anew. The folder keeps the
calls, so that a run that was stopped goes on. The ratio of one run has the interval that subsampling whole calls of
both sides gives, that of several runs Student's, both of logarithms.
"""

import argparse
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from autophagy.answering.find import find_model
from autophagy.answering.language_model import CUT, Completion, LanguageModel
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.core.streams import stream
from autophagy.curators.pool import own_words
from autophagy.generate.calls import Ledger, first_call
from autophagy.generate.checks import Checks, text_of
from autophagy.generate.flow import flow
from autophagy.generate.labels import labels_of
from autophagy.generate.made import MadeRow
from autophagy.generate.quota import Quota
from autophagy.generate.quotas import Quotas
from autophagy.generate.seeds import read_pool
from autophagy.generate.spec import GenerateSpec
from autophagy.generate.variety.figures import FIGURES, Texts
from autophagy.statistics.intervals import Score, interval
from autophagy.statistics.subsampled import subsampled

PLAIN = "alpaca"
MIXED = "mix:of=alpaca+self_instruct+magpie:model=smollm2;max_tokens=400+persona:max_tokens=400"
SHOWN = ("vendi_score", "verb_entropy", "verb_noun_entropy", "commonest_opening", "nearest_rouge_l")
GOAL, PART, DRAWS = 1.3, 0.8, 200
WORD = re.compile(r"\S+|\n")
ORDER, CACHE = 3, 3  # words of a gram, and how often a gram of the prompt counts beside one of the seeds


class NgramWriter:
    """Goes on with the longest context that it has seen, in the seeds written as its prompts are or in the prompt."""

    name = "ngram"

    def __init__(self, seeds: Sequence[PoolRow], heat: float = 1.0) -> None:
        self.heat = heat
        texts = [
            f"Instruction: {row.instruction}\nInput: {row.input or '<noinput>'}\nOutput: {row.output}\n\n"
            for row in seeds
        ]
        lists = [f"{n}. {row.instruction}\n" for n, row in enumerate(seeds, 1)]
        numbered = [f"{n % 17 + 4}. {text}" for n, text in enumerate(texts)]
        self.counts = self._count("".join([*numbered, *lists]), defaultdict(Counter), 1)

    def complete(self, prompts, *, max_tokens=512, temperature=0.0, seed=None):
        """Words drawn one after the other by the seed, at the writer's own temperature."""
        seeds = seed if isinstance(seed, Sequence) else [seed] * len(prompts)
        return [self._go_on(prompt, max_tokens, random.Random(own)) for prompt, own in zip(prompts, seeds, strict=True)]

    def _go_on(self, prompt: str, most: int, rng: random.Random) -> Completion:
        seen = self._count(prompt, defaultdict(Counter), CACHE)
        words = WORD.findall(prompt)
        given = len(words)
        while len(words) < given + most:
            for size in range(ORDER - 1, -1, -1):
                context = tuple(words[len(words) - size :])
                both = self.counts.get(context, Counter()) + seen.get(context, Counter())
                if both:
                    weights = [count ** (1 / self.heat) for count in both.values()]
                    words.append(rng.choices(list(both), weights)[0])
                    break
            if words[-3:] == ["\n"] * 3:
                break
        text = " ".join(words[given:]).replace(" \n ", "\n").strip()
        stop = CUT if len(words) == given + most else "stop"
        return Completion(text, float(given), float(len(words) - given), 0.0, stop=stop)

    @staticmethod
    def _count(text, counts, weight):
        words = WORD.findall(text)
        for size in range(ORDER):
            for place in range(size, len(words)):
                counts[tuple(words[place - size : place])][words[place]] += weight
        return counts


def made(
    recipe: str, novelty: float, writer: LanguageModel, seeds, rows: int, seed: int, folder: Path, quotas=()
) -> list[MadeRow]:
    """The rows of one side, and a line of what they took."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(folder / "calls.jsonl", writer, seed)
    begun, kept, lost, calls = time.process_time(), [], Counter(), Counter()
    parts = [Part.parse(recipe)]
    quotas = Quotas([Quota.parse(text) for text in quotas], seeds, labels_of(parts))
    for part in flow(parts, seeds, ledger, Checks(seeds, novelty), rows=rows, seed=seed, quotas=quotas):
        kept += part.kept
        for each in part.begun.values():
            lost += each.lost
            calls[each.recipe] += 1
    by = Counter(row.recipe for row in kept)
    print(f"{recipe}, novelty {novelty:g}: {len(kept)} rows, {ledger.spent.tokens_out:,.0f} tokens out, "
          f"{time.process_time() - begun:,.0f} CPU-s; rows {dict(by)}, calls {dict(calls)}, lost {lost.most_common(6)}",
          flush=True)  # fmt: skip
    return kept


def scores(rows: Sequence[MadeRow], vocabulary: int, size: int, seed: int) -> dict[str, Score]:
    """Each figure of `size` rows of a side, with the interval that whole calls drawn without replacement give."""
    texts = Texts([text_of(row.row) for row in rows], vocabulary)
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(first_call(row.call), []).append(place)
    rng = stream(seed, "mix variety")
    alone = [[place] for group in groups.values() for place in group]
    whole = [drawn(alone, size, rng) for _ in range(20)]
    parts = [drawn(list(groups.values()), round(size * PART), rng) for _ in range(DRAWS)]
    taken = float(np.mean([len(places) for places in parts]) / len(rows))
    return {
        name: subsampled([FIGURES[name][0](texts, places) for places in whole],
                         [FIGURES[name][0](texts, places) for places in parts], taken, len(groups), size)
        for name in SHOWN
    }  # fmt: skip


def drawn(groups: Sequence[list[int]], size: int, rng: np.random.Generator) -> np.ndarray:
    """Places of groups in random order, `size` of them: the last group is cut."""
    places = [place for number in rng.permutation(len(groups)) for place in groups[number]]
    return np.array(places[:size])


def ratio(a: Score, b: Score) -> Score:
    """a over b, with the interval of the difference of their logarithms."""
    if not (a.value > 0 and b.value > 0):
        return Score(math.nan, math.nan, math.nan, 0)
    half = math.hypot(*((each.high - each.low) / 2 / each.value for each in (a, b)))
    value = a.value / b.value
    return Score(value, value * math.exp(-half), value * math.exp(half), min(a.n, b.n))


def main() -> None:
    """Print both sides and their ratios."""
    words = argparse.ArgumentParser()
    words.add_argument("seeds")
    words.add_argument("--model", default="ngram")
    words.add_argument("--plain", default=PLAIN)
    words.add_argument("--mix", default=MIXED)
    words.add_argument("--novelty", type=float, default=0.7, help="of the mix")
    words.add_argument("--quota", action="append", default=[], help="of the mix")
    words.add_argument("--begin", type=int, default=0, help="the first of the repeats")
    words.add_argument("--rows", type=int, default=60)
    words.add_argument("--first", type=int, default=None, help="of the seeds")
    words.add_argument("--repeats", type=int, default=1)
    words.add_argument("--heat", type=float, default=1.0, help="temperature of the n-gram writer")
    words.add_argument("--out", default="/tmp/mix_variety")
    asked = words.parse_args()
    seeds = read_pool(GenerateSpec(seeds=asked.seeds, model=asked.model))[0][: asked.first]
    writer = NgramWriter(seeds, asked.heat) if asked.model == "ngram" else find_model(asked.model, one_line=False)
    found: dict[str, list[Score]] = {name: [] for name in SHOWN}
    for seed in range(asked.begin, asked.begin + asked.repeats):
        folder = Path(asked.out) / f"{asked.model}-{asked.heat:g}-{len(seeds)}" / str(seed)
        sides = [made(asked.plain, 1.0, writer, seeds, asked.rows, seed, folder / "plain"),
                 made(asked.mix, asked.novelty, writer, seeds, asked.rows, seed, folder / "mix",
                      asked.quota)]  # fmt: skip
        size = min(len(rows) for rows in sides)
        vocabulary = len({word for rows in sides for row in rows for word in own_words(text_of(row.row))})
        plain, mixed = (scores(rows, vocabulary, size, seed) for rows in sides)
        for name in SHOWN:
            found[name].append(ratio(mixed[name], plain[name]))
            print(f"  {name} of {size} rows: plain {plain[name]}, mix {mixed[name]}, ratio {found[name][-1]}")
    for name, several in found.items():
        whole = interval(math.log(each.value) for each in several)
        score = (
            Score(*(math.exp(x) for x in (whole.value, whole.low, whole.high)), whole.n) if whole.n > 1 else several[0]
        )
        goal = (
            f", goal {GOAL}: {'met' if score.value >= GOAL and score.low > 1 else 'missed'}"
            if name in SHOWN[:2]
            else ""
        )
        print(f"{name}: ratio {score}{goal}")


if __name__ == "__main__":
    main()
