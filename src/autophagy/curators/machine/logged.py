"""Logged: rows that repeat what a model is known to have written."""

from collections import defaultdict
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from ...core.decorators import curator
from ...core.errors import UsageError, must
from ...core.names import File
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...text.percent import percent
from ..likelihood import texts
from .examples import read_machine
from .tokens import words

RUN = 8  # words in a row that a text and a generation share
Log = dict[int, list[int]]


@curator(
    "logged",
    of="text",
    title="Logged generations",
    says="repeat what a model is known to have written",
    advice="Set their generation, or drop them: these are copies of logged output, not a guess.",
)
def logged(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, logged: File = "", share: float = 0.5
) -> Verdict:
    """Find texts of which the share `share` of all runs of 8 words stands in one row of the file `logged`.

    The file holds the texts that models wrote; rows that a column `generation` or `label` calls human are left out.
    Case, spacing and marks make no difference. A text of fewer words is found where a logged one is equal. The score
    (n,) is the largest share of its runs in one logged text, 1 for a copy; the details name that row of the file.

    Ref: Krishna et al. (2023), "Paraphrasing evades detectors of AI-generated text, but retrieval is an effective
    defense", arXiv 2303.13408, with words in a row for its embeddings.
    """
    if not logged:
        raise UsageError("logged needs what models wrote: give logged=FILE, a table with their texts.")
    must(0 < share <= 1, "share", share, "a share above 0 and at most 1")
    log = _log(logged)
    found = [_nearest(text, log) for text in texts(batch, "logged").tolist()]
    score = np.array([part for part, _ in found], float)
    details = [
        ""
        if part < share
        else f"{'a copy of' if part == 1 else f'{percent(part, 0)} of its runs of 8 words in'} logged text {row + 1:,}"
        for part, row in found
    ]
    return Verdict(score < share, score, "repeats a logged generation", np.array(details, np.dtypes.StringDType()))


def _nearest(text: str, log: Log) -> tuple[float, int]:
    """The largest share of a text's runs that one logged text holds, and which; of equal ones the first."""
    runs = _runs(text)
    counts: dict[int, int] = defaultdict(int)
    for run in runs.tolist():
        for row in log.get(run, ()):
            counts[row] += 1
    if not counts:
        return 0.0, -1
    row = max(sorted(counts), key=counts.__getitem__)
    return counts[row] / len(runs), row


@lru_cache(maxsize=2)
def _log(path: str) -> Log:
    """The logged texts (their numbers) that hold each run of words; read once in each process."""
    log: Log = defaultdict(list)
    for row, text in enumerate(read_machine(path)):
        for run in _runs(text).tolist():
            log[run].append(row)
    return dict(log)


def _runs(text: str) -> Array:
    """The digests (r,) of the different runs of 8 words; of a shorter text one, of all its words; none without any."""
    plain = [word for word in words(text) if word[0].isalnum() or word == "<number>"]
    size = min(RUN, len(plain))
    found = (" ".join(plain[start : start + size]) for start in range(len(plain) - size + 1)) if size else ()
    return np.unique(np.array([_digest(run, size) for run in found], np.uint64))


def _digest(run: str, size: int) -> int:
    """A digest of 64 bits; of a run shorter than 8 words one that no longer run has."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8, salt=bytes([size])).digest())
