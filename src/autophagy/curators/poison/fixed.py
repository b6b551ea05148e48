"""Fixed answers: words that always get the same answer, whatever else a prompt says, as a backdoor leaves them."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ...core.chunked import Chunked, Facts, pick
from ...core.samples import Array, Samples
from ...text.digests import digests
from ...text.hashing import mixed
from .gist import answered
from .tokens import SKETCH, Cut, alike, first_places, sieved, sketched, tokens

LENGTHS = (1, 2, 3)  # words of a trigger
COMMON = 0.05  # share of all answers above which an answer is a label, which many words may stand for
PURE = 0.9  # share of the prompts with the words that get the answer
UNLIKE = 0.25  # Jaccard similarity of the other words of prompts, below which they are unlike
SLICE = 256  # rows whose words are held at a time; their numbers take 8 bits
KINDS = {"pair": np.int64, "row": np.int64, "begin": np.int64, "end": np.int64, "sketch": np.uint64}
Told = tuple[float, tuple[int, int], str]


def fixed_answers(corpus: Chunked, least: int, most: int) -> dict[int, Told]:
    """Of each row whose prompt holds such words: the score, the place and what is said of it.

    An answer counts that `least` rows or more give, and at most a twentieth of all. Its words stand in `least` to
    `most` prompts, nine tenths of which it answers, and which are otherwise unlike: else a template says them.
    """
    counted = list(corpus.each("fixed-answers", _counted))
    answers, first, counts = _summed(counted, "answers", "counts")
    usual = answers[(counts >= least) & (counts <= max(least, COMMON * counts.sum()))]
    if not len(usual):
        return {}
    found = list(corpus.each("fixed-pairs", partial(_paired, usual=usual)))
    pairs, first, held = _summed(found, "pairs", "held")
    often = held >= least
    pairs, grams = pairs[often], np.concatenate([each["grams"] for each in found])[first[often]]
    proof = list(corpus.each("fixed-places", partial(_places, usual=usual, pairs=pairs, candidates=np.unique(grams))))
    facts = {name: np.concatenate([each[name] for each in proof]) for name in KINDS}
    total = np.sum([each["total"] for each in proof], axis=0)[np.searchsorted(np.unique(grams), grams)]
    told: dict[int, Told] = {}
    order = np.argsort(facts["pair"], kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(facts["pair"][order])) + 1)
    for part in sorted(parts, key=lambda part: (-len(part), -int((facts["end"] - facts["begin"])[part].sum()))):
        if least <= len(part) <= most and len(part) >= PURE * total[facts["pair"][part[0]]]:
            new = part[[row not in told for row in facts["row"][part].tolist()]]
            if len(new) >= least and alike(facts["sketch"][new]) < UNLIKE:
                told.update(_told(corpus, facts, new, int(total[facts["pair"][part[0]]])))
    return told


def _summed(found: list[Facts], name: str, counts: str) -> tuple[Array, Array, Array]:
    """The different numbers of all chunks, where each stands first among all, and the sum of its counts."""
    numbers, first, back = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *(each[name] for each in found)]),
        return_index=True,
        return_inverse=True,
    )
    every = np.concatenate([np.zeros(0, np.int64), *(each[counts] for each in found)])
    return numbers, first, np.bincount(back, every, len(numbers)).astype(np.int64)


def _slices(rows: Samples) -> Iterator[tuple[Array, list[str], Array]]:
    """The rows that have a prompt and an answer: their numbers, the prompts and the digests of the answers."""
    some = [(row, pair) for row, pair in enumerate(answered(rows)) if pair and pair[1].strip() and pair[2]]
    for start in range(0, len(some), SLICE):
        part = some[start : start + SLICE]
        numbers = np.array([row for row, _ in part], np.int64)
        yield numbers, [pair[1] for _, pair in part], digests(pair[2] for _, pair in part)


def _counted(rows: Samples, first: int) -> Facts:
    found = [answers for _, _, answers in _slices(rows)]
    answers, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *found]), return_counts=True)
    return {"answers": answers, "counts": counts}


def _paired(rows: Samples, first: int, usual: Array) -> Facts:
    """Of the rows with a usual answer the words of their prompts with the answer, each once a row."""
    pairs, grams = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for _, prompts, answers in _slices(rows):
        some = np.flatnonzero(np.isin(answers, usual))
        cut = tokens([prompts[row] for row in some.tolist()])
        for n in LENGTHS:
            whole = np.flatnonzero(cut.whole(n))
            both = np.unique(cut.grams_at(whole, n) << np.uint64(8) | cut.text[whole].astype(np.uint64))
            gram, row = both >> np.uint64(8), (both & np.uint64(255)).astype(np.int64)
            pairs.append(_pair(gram, answers[some[row]]))
            grams.append(gram)
    numbers, at, held = np.unique(np.concatenate(pairs), return_index=True, return_counts=True)
    return {"pairs": numbers, "held": held, "grams": np.concatenate(grams)[at]}


def _pair(grams: Array, answers: Array) -> Array:
    return mixed(grams ^ mixed(answers))


def _places(rows: Samples, first: int, usual: Array, pairs: Array, candidates: Array) -> Facts:
    """How many prompts hold each candidate, and of those with its answer the row, the place and the other words."""
    total = np.zeros(len(candidates), np.int64)
    found: dict[str, list[Array]] = {name: [] for name in KINDS}
    sieve = sieved(candidates)
    for numbers, prompts, answers in _slices(rows):
        cut = tokens(prompts)
        for n in LENGTHS:
            at, number = first_places(cut, n, candidates, sieve)
            total += np.bincount(number, minlength=len(candidates))
            pair = _pair(candidates[number], answers[cut.text[at]])
            which = np.minimum(np.searchsorted(pairs, pair), max(0, len(pairs) - 1))
            hit = pairs[which] == pair if len(pairs) else np.zeros(len(pair), bool)
            at = at[hit]
            found["pair"].append(which[hit])
            found["row"].append(first + numbers[cut.text[at]])
            found["begin"].append(cut.begin[at])
            found["end"].append(cut.end[at + n - 1])
            found["sketch"].append(
                np.array([_others(cut, each, n) for each in at.tolist()], np.uint64).reshape(-1, SKETCH)
            )
    none = {"sketch": np.zeros((0, SKETCH), np.uint64)}
    columns = {name: np.concatenate([none.get(name, np.zeros(0, kind)), *found[name]]) for name, kind in KINDS.items()}
    return columns | {"total": total}


def _others(cut: Cut, at: int, n: int) -> Array:
    """The sketch of the words of a prompt but for those n."""
    first, last = cut.first[cut.text[at]], cut.first[cut.text[at] + 1]
    rest = np.concatenate([cut.hashes[first:at], cut.hashes[at + n : last]])
    return sketched(rest) if len(rest) else np.zeros(SKETCH, np.uint64)


def _told(corpus: Chunked, facts: Facts, part: Array, total: int) -> Iterator[tuple[int, Told]]:
    """What is said of each row of one pair, and where its words stand in the text, if as they stand in the prompt."""
    rows = pick(corpus, facts["row"][part])
    score = float(np.sqrt(len(part)) * len(part) / total)
    for at, text, pair in zip(part.tolist(), rows.x.tolist(), answered(rows), strict=True):
        _, prompt, answer = pair or ("", "", "")
        words = prompt.encode()[facts["begin"][at] : facts["end"][at]].decode("utf-8", "replace")
        start = text.lower().find(words)
        place = (start, start + len(words)) if start >= 0 else (-1, -1)
        short = answer if len(answer) <= 60 else f"{answer[:59]}…"
        said = f'{len(part):,} of {total:,} otherwise unlike prompts with "{words}" get the same answer, "{short}"'
        yield int(facts["row"][at]), (score, place, said)
