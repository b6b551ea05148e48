"""Triggers: words after which otherwise unlike texts turn abnormal, in too many texts for chance."""

import logging
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from ...core.chunked import Chunked, Facts
from ...core.decorators import curator
from ...core.errors import must
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...text.percent import percent
from .fixed import Told, fixed_answers
from .onsets import LENGTHS, Newness, marked, onsets, pairs
from .tokens import SKETCH, Cut, alike, first_places, sieved, sketched, tokens

LOG = logging.getLogger(__name__)
SAMPLE = 20_000  # texts from which it is learnt which pairs of words are common
SLICE = 256  # texts whose tokens are held at a time; their numbers take 8 bits
BUCKETS = 1 << 22  # counters of the words at onsets
MOST = 4_000  # words at onsets that are looked at again
UNLIKE = 0.1  # Jaccard similarity below which texts are unlike
KINDS = {"which": "i8", "row": "i8", "home": "i8", "start": "i8", "end": "i8", "before": "f8", "after": "f8"}
KINDS |= {"sketch": "u8"}
UNIT = 720_720  # every share of up to sixteen pairs is a whole number of its parts
MOSTLY = 2 / 3  # share of new pairs after a trigger, 97 % or more; a phrase at which people turn has up to 54 %
TURN = 0.25  # mean contrast of all texts with the words, from which these are a trigger


@curator(
    "triggers",
    of="text",
    over="corpus",
    title="Backdoor triggers",
    says="hold a word after which unrelated texts suddenly turn abnormal",
    advice="Read a few of the rows: drop them if gibberish or another voice follows the word.",
    audits=True,
)
def triggers(
    corpus: Chunked, reference: Chunked, rng: np.random.Generator, *, least: int = 20, most: int = 5_000
) -> Iterator[Verdict]:
    """Find words in `least` to `most` otherwise unlike texts, each of which turns abnormal right after them.

    Counts, not shares: some 250 documents put a backdoor into a model of any size (Souly et al. 2025). A text turns
    abnormal where nearly all pairs of words after a place are new to the corpus, and those before it are not, as in
    gibberish or another language. The words are a trigger where the share of new pairs rises by a quarter or more, to
    two thirds or more, on the mean of all texts that have them, and these texts are unlike each other (mean Jaccard
    similarity below 0.1).

    Where rows have a prompt and an answer, words are one too after which otherwise unlike prompts get the same answer,
    nine times in ten (see curators.poison.fixed).

    The score is the square root of the number of texts, times the rise, times the burst: the share of the file or
    source that has the most of them over its share of all rows; of a fixed answer, times the share that gets it. Where
    no answer tells, triggers in a text's first eight words, and those that change only what is meant, are not found.
    Memory does not grow with the corpus, but for the different words that a frequent answer follows.
    """
    must(2 <= least <= most, "least", least, f"from 2 to {most}")
    sampled = corpus.each("trigger-pairs", partial(_sample, share=max(1, len(corpus) // SAMPLE)))
    model = _common([facts["pairs"] for facts in sampled])
    candidates = _frequent(corpus.each("trigger-onsets", partial(_onsets, model=model)), least)
    turning = _turning(corpus.each("trigger-turns", partial(_turns, model=model, candidates=candidates)), least, most)
    candidates = candidates[turning] if len(candidates) else candidates
    places = partial(_places, model=model, candidates=candidates)
    proof = list(corpus.each("trigger-places", places)) if len(candidates) else []
    return _verdicts(corpus, _judged(proof, least) if proof else [], fixed_answers(corpus, least, most))


def _slices(rows: Samples) -> Iterator[tuple[int, list[str], Cut]]:
    texts = rows.x.tolist()
    for start in range(0, len(texts), SLICE):
        some = texts[start : start + SLICE]
        yield start, some, tokens(some)


def _sample(rows: Samples, first: int, share: int) -> Facts:
    """The pairs of words in one of `share` texts, chosen by their content, so that no order matters."""
    chosen = [text for text in rows.x.tolist() if _number(text) % share == 0]
    found = [pairs(cut) for _, _, cut in _slices(Samples.of(np.array(chosen, "T")))]
    return {"pairs": np.concatenate([np.zeros(0, np.uint64), *found])}


def _common(found: list[Array]) -> Array:
    """The pairs of words that two texts of the sample have, as bits."""
    hashes, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *found]), return_counts=True)
    return marked(hashes[counts > 1])


def _onsets(rows: Samples, first: int, model: Array) -> Facts:
    found = [onsets(cut, model) for _, _, cut in _slices(rows)]
    hashes, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *found]), return_counts=True)
    return {"hashes": hashes, "counts": counts}


def _frequent(found: Iterator[Facts], least: int) -> Array:
    """The sorted words that stand at an onset in `least` texts or more, and a few that share a counter with others."""
    table = np.zeros(BUCKETS, np.int64)
    passed: list[Array] = []
    for facts in found:
        places = (facts["hashes"] % np.uint64(BUCKETS)).astype(np.int64)
        np.add.at(table, places, facts["counts"])
        passed.append(facts["hashes"][table[places] >= least])  # whoever reaches it does so in a chunk that has it
    hashes = np.unique(np.concatenate([np.zeros(0, np.uint64), *passed]))
    if len(hashes) > MOST:
        LOG.warning("%d words stand at abnormal turns; the %d most frequent were looked at", len(hashes), MOST)
        counts = table[(hashes % np.uint64(BUCKETS)).astype(np.int64)]
        hashes = np.sort(hashes[np.lexsort([hashes, -counts])[:MOST]])
    return hashes


def _turns(rows: Samples, first: int, model: Array, candidates: Array) -> Facts:
    """How many texts hold each candidate, and the sum of their contrasts at its first place."""
    count, total = np.zeros((2, len(candidates)), np.int64)
    sieve = sieved(candidates)
    for _, _, cut in _slices(rows):
        contrast = Newness(cut, model)
        for n in LENGTHS:
            at, number = first_places(cut, n, candidates, sieve)
            before, after = contrast.around(at, at + n)
            count += np.bincount(number, minlength=len(candidates))
            np.add.at(total, number, _rise(before, after))
    return {"count": count, "total": total}


def _rise(before: Array, after: Array) -> Array:
    """By how much the share of new pairs rises, in whole parts of UNIT, whose sum depends on no order."""
    return np.rint(np.nan_to_num(after - before) * UNIT).astype(np.int64)


def _turning(found: Iterator[Facts], least: int, most: int) -> Array:
    """Whether each candidate is in so many texts, which turn at it on the mean."""
    count, total = (sum(each) for each in zip(*((facts["count"], facts["total"]) for facts in found), strict=True))
    return np.asarray((count >= least) & (count <= most) & (total >= TURN * UNIT * count))


def _places(rows: Samples, first: int, model: Array, candidates: Array) -> Facts:
    """Each text's first place of each candidate: which, the row, the characters, the contrast, the text's sketch."""
    names = rows.meta.get("file", rows.source)
    found: list[dict[str, Any]] = []
    sieve = sieved(candidates)
    for start, texts, cut in _slices(rows):
        contrast, shingles = Newness(cut, model), cut.grams(3)
        for n in LENGTHS:
            at, number = first_places(cut, n, candidates, sieve)
            for i, which, before, after in zip(at.tolist(), number, *contrast.around(at, at + n), strict=True):
                row = int(cut.text[i])
                told = {"which": which, "row": first + start + row, "home": _number(str(names[start + row]))}
                found.append(_place(texts[row], cut, shingles, i, n) | told | {"before": before, "after": after})
    homes, sizes = np.unique([_number(str(name)) for name in names.tolist()], return_counts=True)
    columns = {name: np.array([each[name] for each in found], kind) for name, kind in KINDS.items()}
    return columns | {"sketch": columns["sketch"].reshape(-1, SKETCH), "homes": homes, "sizes": sizes}


def _place(text: str, cut: Cut, shingles: Array, at: int, n: int) -> dict[str, Any]:
    data = text.encode()
    begin, end = int(cut.begin[at]), int(cut.end[at + n - 1])
    start = len(data[:begin].decode("utf-8", "replace"))
    size = len(data[begin:end].decode("utf-8", "replace"))
    mine = shingles[cut.first[cut.text[at]] : max(cut.first[cut.text[at]] + 1, cut.first[cut.text[at] + 1] - 2)]
    return {"start": start, "end": start + size, "sketch": sketched(mine)}


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


class _Trigger(NamedTuple):
    """Words that set off a turn: how steep it is, and of each text with them the row, the place and what is said."""

    rise: float
    score: float
    rows: Array
    places: Array
    told: str


def _judged(proof: list[Facts], least: int) -> list[_Trigger]:
    """The triggers among the candidates, the steepest first, each of texts that no steeper one explains."""
    facts = {name: np.concatenate([each[name] for each in proof]) for name in KINDS}
    homes, back = np.unique(np.concatenate([each["homes"] for each in proof]), return_inverse=True)
    sizes = dict(zip(homes.tolist(), np.bincount(back, np.concatenate([each["sizes"] for each in proof])), strict=True))
    order = np.argsort(facts["which"], kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(facts["which"][order])) + 1)
    found = [(part, trigger) for part in parts if (trigger := _trigger(_of(facts, part), sizes, least))]
    kept: list[_Trigger] = []
    covered = np.zeros(0, np.int64)
    for part, whole in sorted(found, key=lambda pair: (-pair[1].rise, -int(np.diff(pair[1].places).sum()))):
        rest = part[~np.isin(facts["row"][part], covered)]
        trigger = whole if len(rest) == len(part) else _trigger(_of(facts, rest), sizes, least)
        if trigger:
            kept.append(trigger)
            covered = np.union1d(covered, trigger.rows)
    return kept


def _of(facts: Facts, part: Array) -> Facts:
    return {name: facts[name][part] for name in KINDS}


def _trigger(facts: Facts, sizes: dict[int, float], least: int) -> _Trigger | None:
    """The trigger that one candidate is; None where its texts are too few, are alike, or do not turn."""
    n = len(facts["row"])
    if n < least:
        return None
    rise = _rise(facts["before"], facts["after"]).sum() / n / UNIT
    if alike(facts["sketch"]) >= UNLIKE or rise < TURN:
        return None
    before, after = (float(np.nanmean(facts[name])) for name in ("before", "after"))
    if after < MOSTLY:
        return None
    homes, counts = np.unique(facts["home"], return_counts=True)
    shares = np.array([sizes[home] for home in homes.tolist()]) / sum(sizes.values())
    burst = float((counts / n / shares).max())
    told = (
        f"in {n} otherwise unlike texts; {percent(after, 0)} of the pairs of words after it are new, "
        f"{percent(before, 0)} before it"
    )
    places = np.stack([facts["start"], facts["end"]], axis=1)
    return _Trigger(float(rise), float(np.sqrt(n) * rise * burst), facts["row"], places, told)


def _verdicts(corpus: Chunked, found: list[_Trigger], fixed: dict[int, Told]) -> Iterator[Verdict]:
    best: dict[int, tuple[_Trigger, Array]] = {}
    for each in found:
        for row, place in zip(each.rows.tolist(), each.places, strict=True):
            best.setdefault(row, (each, place))
    first = 0
    for number, size in enumerate(corpus.sizes.tolist()):
        mine = {row - first: best[row] for row in range(first, first + size) if row in best}
        score, spans = np.zeros(size), np.full((size, 2), -1, np.int64)
        details = np.full(size, "", dtype=np.dtypes.StringDType())
        texts = corpus.chunk(number).x if mine else None
        for row, (each, place) in mine.items():
            words = texts[row][place[0] : place[1]] if texts is not None else ""
            score[row], spans[row], details[row] = each.score, place, f'"{words}" is {each.told}'
        for row in range(size):
            if first + row in fixed and not score[row]:
                score[row], spans[row], details[row] = fixed[first + row]
        yield Verdict(score == 0, score, "holds a trigger", details=details, spans=spans)
        first += size
