"""What curators found in a corpus on disk: how many rows, in which sources, and examples, each in its place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from ..core.chunked import Facts, pick
from ..core.plugin import ALONE
from ..core.samples import Array
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.found import place, read_found
from ..text.spot import around

EXAMPLES = 5  # of each finding
LENGTH = 300  # characters of an excerpt


@dataclass
class Counted:
    """What one curator found: how many rows of all, and of each source; `examples` show some of them.

    `reason` is what the curator says of all of them, and `details` counts what was said of each, the commonest first.
    """

    label: str
    count: int = 0
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

    The examples are those of the highest score, of equal ones those of the smallest file name and row; of rows that
    repeat the same one the first.
    """
    every = replace(corpus, without=())
    found = {label: Counted(label) for label in labels}
    best: dict[str, list[tuple[Any, ...]]] = {label: [] for label in labels}
    sources: Counter[str] = Counter()
    task = partial(_of_chunk, every, tuple(labels))
    for number, facts in enumerate(every.spread("tally", task, range(len(every.files)))):
        sources.update(dict(zip(facts["sources"].tolist(), facts["rows"].tolist(), strict=True)))
        for at, label in enumerate(labels):
            mine = found[label]
            by_source = dict(zip(facts["sources"].tolist(), facts["found"][at].tolist(), strict=True))
            mine.sources.update({name: n for name, n in by_source.items() if n})
            mine.count += sum(by_source.values())
            mine.details.update(dict(zip(facts[f"details{at}"].tolist(), facts[f"times{at}"].tolist(), strict=True)))
            places = (facts[f"{name}{at}"].tolist() for name in ("score", "file", "row", "at", "partner"))
            best[label] += [(-s, *where, number, index, of) for s, *where, index, of in zip(*places, strict=True)]
            best[label].sort()
            chosen = _different(range(len(best[label])), [each[-1] for each in best[label]])
            best[label] = [best[label][place] for place in chosen]
    for label in labels:
        if every.files:
            found[label].reason = read_found(place(every.folder / FOUND, label, 0)).reason
        found[label].examples = [_example(every, reference, label, *one[3:5]) for one in best[label]]
    return Tallies(found, sources)


def _of_chunk(corpus: StoredCorpus, labels: Sequence[str], number: int) -> Facts:
    """The rows of each source in one chunk, those of them that each curator found, and its best examples."""
    table = corpus.table(number, ["source", "file", "row"])
    source, file = (np.array(table[name].to_pylist(), dtype=object) for name in ("source", "file"))
    row = table["row"].to_numpy()
    names, home = np.unique(source.astype(str), return_inverse=True)
    facts: Facts = {"sources": names, "rows": np.bincount(home, minlength=len(names))}
    counts = []
    for at, label in enumerate(labels):
        found = read_found(place(corpus.folder / FOUND, label, number))
        counts.append(np.bincount(home[found.rows], minlength=len(names)))
        said, times = _most(found.details)
        facts |= {f"details{at}": said, f"times{at}": times}
        order = sorted(range(len(found)), key=lambda i: (-found.scores[i], file[found.rows[i]], row[found.rows[i]]))
        best = np.array(_different(order, found.partners), np.int64)
        rows = found.rows[best]
        facts |= {
            f"partner{at}": found.partners[best],
            f"score{at}": found.scores[best],
            f"file{at}": file[rows].astype(str),
            f"row{at}": row[rows],
            f"at{at}": best,
        }
    return facts | {"found": np.array(counts).reshape(len(labels), len(names))}


def _different(order: Sequence[int], partners: Sequence[int] | Array) -> list[int]:
    """The first places in an order, and of those that repeat the same row one alone."""
    chosen: dict[Any, int] = {}
    for spot in order:
        partner = int(partners[spot])
        chosen.setdefault(("alone", spot) if partner == ALONE else partner, spot)
        if len(chosen) == EXAMPLES:
            break
    return list(chosen.values())


DETAILS = 200  # different details of a finding that are counted in a chunk


def _most(details: Array) -> tuple[Array, Array]:
    """The details that come most often, with how often."""
    common = Counter(details.tolist()).most_common(DETAILS)
    return np.array([said for said, _ in common], dtype=np.dtypes.StringDType()), np.array([n for _, n in common], int)


def _example(
    corpus: StoredCorpus, reference: StoredCorpus | None, label: str, number: int, index: int
) -> dict[str, Any]:
    """One row that was found: where it stands, what was said of it, and its words around the place."""
    found = read_found(place(corpus.folder / FOUND, label, number))
    rows = corpus.chunk(number).take([int(found.rows[index])])
    start, end = found.spans[index].tolist()
    before, inside, after = around(str(rows.x[0]), start, end, LENGTH)
    example: dict[str, Any] = {
        **_home(rows),
        "reason": str(found.details[index]),
        "score": float(found.scores[index]),
        "place": [start, end],
        "text": [before, inside, after],
    }
    partner = int(found.partners[index])
    if partner != ALONE:
        of = corpus if partner >= 0 else reference
        if of is not None:
            other = pick(of, [partner if partner >= 0 else -1 - partner])
            example["partner"] = {**_home(other), "text": around(str(other.x[0]), -1, -1, LENGTH)[1]}
    return example


def _home(rows: Any) -> dict[str, Any]:
    return {
        "file": str(rows.meta["file"][0]),
        "row": int(rows.meta["row"][0]),
        "source": str(rows.source[0]),
        "generation": int(rows.generation[0]),
    }
