"""Conflicts: one prompt, however put, with short answers that contradict each other, as flipped labels leave them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from ...core.chunked import Chunked, Facts, pick
from ...core.decorators import curator
from ...core.errors import must
from ...core.plugin import ALONE, Verdict
from ...core.samples import Array, Samples
from ...text.digests import digests, row_digests
from .gist import answered, one_moved, stem

LABEL = 3  # words of an answer that contradicts an explanation which lacks one of them
PROMPT = 3  # words: a shorter prompt, such as "Go on.", does not say what is asked
COLUMNS: dict[str, Any] = {"row": np.int64, "words": np.int64}
COLUMNS |= dict.fromkeys(("prompt", "wording", "answer", "digest"), np.uint64)
Told = tuple[float, int, str]  # of a row: the share that answers otherwise, a partner, and the words


@curator(
    "conflicts",
    of="text",
    over="corpus",
    title="Conflicting answers",
    says="give another answer to the same prompt than another row does",
    advice="Decide which answer is right; where one source is often the odd one out, look at all of it.",
    audits=True,
)
def conflicts(corpus: Chunked, reference: Chunked, rng: np.random.Generator, *, words: int = 12) -> Iterator[Verdict]:
    """Find rows whose prompt another row answers with other words; the prompt may be put in other words too.

    Two prompts are the same where, case, punctuation, articles, small words and endings aside, they have the same
    words in the same order, but for one part that may stand elsewhere, and the same numbers (see curators.poison.gist);
    what they are about is word for word the same. Other words for the same thing are not seen.

    Rows have a prompt and an answer where they have such columns (question and answer, instruction, input and output,
    prompt and completion or response ...), or are conversations, whose last turn of the model is the answer. What the
    prompt is about, such as a context, is part of it. Answers of which the longer one has more than `words` words may
    both be right, unless the other has three at most, and so may those of which one has all words of the other, endings
    aside; they are no conflict. The score is the share of the rows with the same prompt that answer otherwise; the
    partner is one of those that give the most frequent of the other answers. Holds 40 bytes a row
    that has an answer, and the texts of the rows that conflict.
    """
    must(words >= 1, "words", words, "at least 1")
    found = list(corpus.each("conflict-answers", _answers))
    facts = {
        name: np.concatenate([np.zeros(0, kind), *(each[name] for each in found)]) for name, kind in COLUMNS.items()
    }
    groups = [{name: facts[name][group] for name in facts} for group in _disputed(facts, words)]
    firsts = [group["row"][np.unique(group["answer"], return_index=True)[1]] for group in groups]
    pairs = iter(answered(pick(corpus, np.concatenate([np.zeros(0, np.int64), *firsts]))))
    told: dict[int, Told] = {}
    for group, mine in zip(groups, firsts, strict=True):
        told.update(_group(group, [pair[1:] if pair else ("", "") for pair in islice(pairs, len(mine))], words))
    return _verdicts(corpus, told)


def _answers(rows: Samples, first: int) -> Facts:
    """Of each row that has a prompt and an answer their digests, the words of the answer, and the row's digest."""
    pairs = {
        row: pair for row, pair in enumerate(answered(rows)) if pair and len(pair[1].split()) >= PROMPT and pair[2]
    }
    at = np.array(list(pairs), np.int64)
    return {
        "row": first + at,
        "prompt": digests(prompt for prompt, *_ in pairs.values()),
        "wording": digests(wording for _, wording, _ in pairs.values()),
        "answer": digests(answer for *_, answer in pairs.values()),
        "words": np.array([len(answer.split()) for *_, answer in pairs.values()], np.int64),
        "digest": row_digests(rows.take(at)),
    }


def _disputed(facts: Facts, words: int) -> list[Array]:
    """The places in the facts of each prompt that has several answers, one of them a short one."""
    order = np.lexsort([facts["digest"], facts["answer"], facts["prompt"]])
    edges = np.flatnonzero(np.diff(facts["prompt"][order])) + 1
    groups = np.split(order, edges) if len(order) else []
    return [
        group
        for group in groups
        if len(group) > 1 and len(np.unique(facts["answer"][group])) > 1 and facts["words"][group].min() <= words
    ]


def _group(facts: Facts, pairs: list[tuple[str, str]], words: int) -> dict[int, Told]:
    """What is said of each row of one prompt that conflicts with others; `pairs` are its wordings and answers."""
    answers, first, counts = np.unique(facts["answer"], return_index=True, return_counts=True)
    by_count = sorted(range(len(answers)), key=lambda number: (-counts[number], int(answers[number])))
    told = {}
    for mine in range(len(answers)):
        others = [other for other in by_count if other != mine and _contradict(pairs[mine], pairs[other], words)]
        if not others:
            continue
        most = others[0]
        more = f", of {len(others) + 1} answers" if len(others) > 1 else ""
        here, there = (_short(pairs[at][1]) for at in (mine, most))
        said = f'"{here}" here and "{there}" in {counts[most]} of {counts.sum()} rows{more}'
        share = float(counts[others].sum() / counts.sum())
        for row in facts["row"][facts["answer"] == answers[mine]].tolist():
            told[row] = (share, int(facts["row"][first[most]]), f"{_same(facts, row, first[most])} is answered {said}")
    return told


def _same(facts: Facts, row: int, partner: int) -> str:
    (mine,) = facts["wording"][facts["row"] == row]
    return "the same prompt" + (" in other words" if mine != facts["wording"][partner] else "")


def _contradict(one: tuple[str, str], other: tuple[str, str], words: int) -> bool:
    """Whether two wordings ask the same, and their answers differ."""
    shorter, longer = sorted(([*map(stem, answer.split())] for _, answer in (one, other)), key=len)
    told = len(longer) <= words or len(shorter) <= LABEL
    return told and not set(shorter) <= set(longer) and one_moved(one[0], other[0])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _verdicts(corpus: Chunked, told: dict[int, Told]) -> Iterator[Verdict]:
    first = 0
    for size in corpus.sizes.tolist():
        score, partners = np.zeros(size), np.full(size, ALONE)
        details = np.full(size, "", dtype=np.dtypes.StringDType())
        for row in range(first, first + size):
            if row in told:
                score[row - first], partners[row - first], details[row - first] = told[row]
        yield Verdict(score == 0, score, "conflicts with another answer", details=details, partners=partners)
        first += size
