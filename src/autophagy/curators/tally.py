"""What curators found in a corpus on disk: how many rows, in which sources, and examples, each in its place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..core.chunked import Facts, pick
from ..core.plugin import ALONE
from ..core.samples import Array
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.facts import in_json, of_json
from ..data.stored.found import place, read_found
from ..text.spot import around, shared
from .personal.mask import mask_examples

EXAMPLES = 5  # of each finding
LENGTH = 300  # characters of an excerpt
TEXT = np.dtypes.StringDType()


@dataclass
class Counted:
    """What one curator found: how many rows of all, and of each source; `examples` show some of them.

    `reason` is what the curator says of all of them, and `details` counts what was said of each, the commonest first.
    Of `unknown` rows, found or not, it could not tell.
    """

    label: str
    count: int = 0
    unknown: int = 0
    reason: str = ""
    sources: Counter[str] = field(default_factory=Counter)
    details: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Tallies:
    """What each curator found, by its label, and how many rows there are of each source."""

    found: Mapping[str, Counted]
    sources: Counter[str]


def tally(corpus: StoredCorpus, labels: Sequence[str], reference: StoredCorpus | None = None) -> Tallies:
    """Count what the curators found in all rows of a corpus, and show some of it.

    The examples are those of the highest score, of equal ones such as differ in source and in what is said of them, and
    then those of the smallest file name and row; of rows that repeat the same one the first. Personal data in them are
    masked.
    """
    every = replace(corpus, without=())
    found = {label: Counted(label) for label in labels}
    best: dict[str, list[Exhibit]] = {label: [] for label in labels}
    sources: Counter[str] = Counter()
    task = partial(_of_chunk, every, tuple(labels))
    for facts in every.spread("tally", task, range(len(every.files))):
        sources.update(dict(zip(facts["sources"].tolist(), facts["rows"].tolist(), strict=True)))
        for at, label in enumerate(labels):
            mine = found[label]
            by_source = dict(zip(facts["sources"].tolist(), facts["found"][at].tolist(), strict=True))
            mine.sources.update({name: n for name, n in by_source.items() if n})
            mine.count += sum(by_source.values())
            mine.unknown += int(facts["unknown"][at])
            mine.details.update(dict(zip(facts[f"details{at}"].tolist(), facts[f"times{at}"].tolist(), strict=True)))
            columns = (facts[f"{name}{at}"].tolist() for name in EXHIBITED)
            best[label] = _spread([*best[label], *map(Exhibit._make, zip(*columns, strict=True))])
    for label in labels:
        if every.files:
            found[label].reason = read_found(place(every.folder / FOUND, label, 0)).reason
    shown = [(label, one.chunk, one.at) for label in labels for one in best[label]]
    examples = every.spread("examples", partial(_example, every, reference), shown)
    for (label, *_), facts in zip(shown, examples, strict=True):
        found[label].examples.append(of_json(facts))
    mask_examples([example for each in found.values() for example in each.examples])
    return Tallies(found, sources)


def _of_chunk(corpus: StoredCorpus, labels: Sequence[str], number: int) -> Facts:
    """The rows of each source in one chunk, those of them that each curator found, and its best examples."""
    table = corpus.table(number, ["source", "file", "row"])
    source, file = (np.array(table[name].to_pylist(), dtype=object) for name in ("source", "file"))
    row = table["row"].to_numpy()
    names, home = np.unique(source.astype(str), return_inverse=True)
    facts: Facts = {"sources": names, "rows": np.bincount(home, minlength=len(names))}
    counts, unknown = [], []
    for at, label in enumerate(labels):
        found = read_found(place(corpus.folder / FOUND, label, number))
        counts.append(np.bincount(home[found.rows], minlength=len(names)))
        unknown.append(found.unknown)
        said, times = _most(found.details)
        facts |= {f"details{at}": said, f"times{at}": times}
        homes, details = source[found.rows].tolist(), found.details.tolist()
        ranks = -np.nan_to_num(found.scores)  # of what is unknown the score is NaN
        columns = (ranks, file[found.rows], row[found.rows], np.full(len(found), number), np.arange(len(found)))
        every = zip(*(column.tolist() for column in (*columns, found.partners)), homes, details, strict=True)
        best = _spread(list(map(Exhibit._make, every)))
        facts |= {f"{name}{at}": np.array([getattr(e, name) for e in best], kind) for name, kind in EXHIBITED.items()}
    return facts | {"found": np.array(counts).reshape(len(labels), len(names)), "unknown": np.array(unknown)}


class Exhibit(NamedTuple):
    """A row that may be an example: by what it is ranked, the row that it repeats, and what it has in common."""

    lower: float  # the score, negative
    file: str
    row: int
    chunk: int
    at: int
    partner: int
    source: str
    said: str

    @property
    def kind(self) -> str:
        """What is said of it, but for what is quoted from the row."""
        return self.said.partition(":")[0]


EXHIBITED = {name: TEXT if kind is str else np.dtype(kind) for name, kind in Exhibit.__annotations__.items()}


def _spread(found: Sequence[Exhibit]) -> list[Exhibit]:
    """The best, one of those that repeat the same row, and of equal scores such as have other sources and details."""
    chosen: list[Exhibit] = []
    left = sorted(found)
    while left and len(chosen) < EXAMPLES:
        seen = Counter(each.source for each in chosen), Counter(each.kind for each in chosen)
        equal = [each for each in left if each.lower == left[0].lower]
        best = min(equal, key=lambda each: (seen[1][each.kind], seen[0][each.source], each))
        chosen.append(best)
        left = [each for each in left if each != best and (best.partner == ALONE or each.partner != best.partner)]
    return sorted(chosen, key=lambda each: each.lower)


DETAILS = 1_000  # different details of a finding that are counted in a chunk


def _most(details: Array) -> tuple[Array, Array]:
    """The details that come most often, with how often."""
    common = Counter(details.tolist()).most_common(DETAILS)
    return np.array([said for said, _ in common], dtype=np.dtypes.StringDType()), np.array([n for _, n in common], int)


def _example(corpus: StoredCorpus, reference: StoredCorpus | None, one: tuple[str, int, int]) -> Facts:
    """One row that was found, as JSON: where it stands, what was said of it, and its words around the place."""
    label, number, index = one
    found = read_found(place(corpus.folder / FOUND, label, number))
    rows = corpus.chunk(number, found.rows[index : index + 1])
    start, end = found.spans[index].tolist()
    text = str(rows.x[0])
    before, inside, after = around(text, start, end, LENGTH)
    marked = text[start:end] if start >= 0 else ""
    example: dict[str, Any] = {
        **_home(rows),
        "reason": str(found.details[index]),
        "score": None if np.isnan(found.scores[index]) else float(found.scores[index]),
        "place": [start, end],
        "text": [before, inside, after],
    }
    partner = int(found.partners[index])
    if partner != ALONE:
        of = corpus if partner >= 0 else reference
        if of is not None:
            other = pick(of, [partner if partner >= 0 else -1 - partner])
            example["partner"] = {**_home(other), "text": shared(str(other.x[0]), marked, LENGTH)}
    return in_json(example)


def _home(rows: Any) -> dict[str, Any]:
    return {
        "file": str(rows.meta["file"][0]),
        "row": int(rows.meta["row"][0]),
        "source": str(rows.source[0]),
        "generation": int(rows.generation[0]),
    }
