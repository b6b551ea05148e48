"""The split of real rows: what is held out for measuring, and what may be learnt from."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..core.errors import DataError, NotEnoughRealData
from ..core.samples import Samples
from ..data.load import RealRows
from ..text.excerpts import excerpts
from ..text.plural import plural

REFERENCE_SHARE = 0.2  # of the real rows are held out, as is usual for a test set
REFERENCE_MOST = 10_000  # rows: the time of the nearest-neighbour metrics grows with their square
PASSAGE = 100  # words, about a paragraph


@dataclass(frozen=True)
class Split:
    """Real rows in a random order: `reference` is held out, `training` may be learnt from.

    Texts are split by document, never inside one, and hold out a second set, `control`, which stands for what a perfect
    model would write: measured by how much it copies from the training text, that text itself would not do.
    """

    reference: Samples
    training: Samples
    control: Samples | None = None

    @property
    def usable(self) -> int:
        """How many training rows any cut between two documents is sure to leave."""
        return len(self.training) - (self._largest() - 1 if self.control is not None else 0)

    def cut(self, place: int) -> tuple[Samples, Samples]:
        """The training rows up to a place and those from it on; between texts, at the document's start before it."""
        if self.control is not None and place < len(self.training):
            document = self.training.meta["document"]
            place = int(np.flatnonzero(document == document[place])[0])
        return self.training.take(slice(0, place)), self.training.take(slice(place, None))

    def _largest(self) -> int:
        return int(np.unique(self.training.meta["document"], return_counts=True)[1].max())


def _rows(data: RealRows) -> str:
    """What the rows are, such as images of 32 x 32 x 3."""
    shape = data.samples.x.shape[1:]
    numbers = f"rows of {plural(*shape, 'number')}" if len(shape) == 1 else ""
    return numbers or (f"images of {' x '.join(map(str, shape))}" if shape else "texts")


def _lost(data: RealRows) -> str:
    """Why there are no more rows, where some were set aside."""
    return f" ({' '.join(data.notes).rstrip('.')})" if data.unreadable and data.notes else ""


def split(data: RealRows, passage: int | None, rng: np.random.Generator, other: RealRows | None = None) -> Split:
    """Hold out a fifth of the rows, at most 10,000, or where there are `other` real rows those, and none of these.

    Raises NotEnoughRealData where nothing would be left, and DataError where the other rows are of another shape.
    """
    if other is not None and (other.kind, other.samples.x.shape[1:]) != (data.kind, data.samples.x.shape[1:]):
        raise DataError(
            f"{other.name} does not hold rows like those of {data.name} ({_rows(other)}, not {_rows(data)}): "
            "give a reference of the same kind and size."
        )
    if data.kind == "text":
        return _texts(data, passage or PASSAGE, rng, other)
    rows = data.samples.take(rng.permutation(len(data.samples)))
    if other is not None:
        return Split(other.samples.take(rng.permutation(len(other.samples))[:REFERENCE_MOST]), rows)
    held_out = min(REFERENCE_MOST, round(REFERENCE_SHARE * len(rows)))
    if held_out < 2 or len(rows) - held_out < 2:
        raise NotEnoughRealData(
            f"{data.name} has {len(rows)} usable rows{_lost(data)}, too few to hold some out and train on the rest: "
            "give at least 10."
        )
    return Split(rows.take(slice(0, held_out)), rows.take(slice(held_out, None)))


def _texts(data: RealRows, words: int, rng: np.random.Generator, other: RealRows | None) -> Split:
    """A tenth of the passages for the reference and a tenth for the control, in whole documents.

    Where there are `other` documents, half of their passages for each.
    """
    if other is None:
        held, control, training = _parts(data, words, rng, [0.5 * REFERENCE_SHARE, 0.5 * REFERENCE_SHARE])
        return Split(held, training, control)
    held, control = _parts(other, words, rng, [0.5])
    return Split(held, _parts(data, words, rng, [])[0], control)


def _parts(data: RealRows, words: int, rng: np.random.Generator, shares: list[float]) -> list[Samples]:
    """The passages of whole documents in a random order: a part for each share, of at least that, and the rest."""
    rows = excerpts(data.samples, words)
    documents, sizes = np.unique(rows.meta["document"], return_counts=True)
    order = rng.permutation(len(documents))
    # rank (documents,): the place of each document in the random order, and with it of its passages
    rank = np.empty(len(documents), np.intp)
    rank[order] = np.arange(len(documents))
    rows = rows.take(np.argsort(rank[np.searchsorted(documents, rows.meta["document"])], kind="stable"))
    ends = np.cumsum(sizes[order])  # (documents,) where each document ends among the shuffled passages
    places, least = [0], 0  # where the parts end, and the first document that the next one may end with
    for share in shares:
        least = max(least, int(np.searchsorted(ends, places[-1] + min(share * len(rows), REFERENCE_MOST / 2))))
        if least >= len(documents) - 1:
            break
        places.append(int(ends[least]))
        least += 1
    if not len(documents) or len(places) <= len(shares):
        raise NotEnoughRealData(
            f"{data.name} has {len(documents)} documents with words{_lost(data)}, too few or too unequal to hold some "
            "out and train on the rest: give at least 10 of them, for instance separated by blank lines."
        )
    return [rows.take(slice(a, b)) for a, b in pairwise([*places, len(rows)])]
