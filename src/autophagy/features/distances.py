"""Squared Euclidean distances between large sets: float32 products find the near pairs, float64 decides.

The n x m matrix is made tile by tile and never held. One product gives h = -|x - y|^2 / 2, because each row carries
its own norm: [x, -|x|^2 / 2, 1] . [y, 1, -|y|^2 / 2] = x.y - |x|^2 / 2 - |y|^2 / 2. Its rounding error is bounded by
the `slack` of the two rows; whatever lies within that bound of a decision is measured again, exactly, from the
differences of the coordinates. So ties are ties, and the fast pass decides nothing that is close.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..core.samples import Array

TILE = 1024  # rows and columns of a tile: 4 MB of float32
FEW = 256  # rows that stand for all where a rough answer will do
PENDING = 1 << 20  # pairs that are held before they are measured exactly
CACHED = 1 << 17  # float64 numbers that are worked on at a time where a fast memory helps


@dataclass(frozen=True, eq=False)
class Points:
    """Rows made ready for products: `x` (n, d) as given, `rows` (n, d + 2) centred, scaled and with their norms.

    A product h stands for the squared distance -2 h unit, wrong by at most slack[i] + slack[j].
    """

    x: Array
    rows: Array
    slack: Array
    unit: float

    def __len__(self) -> int:
        return len(self.x)

    def columns(self, part: slice) -> Array:
        """The rows of a part as the right-hand factor (d + 2, b): the norm and the one change places."""
        right = self.rows[part].copy()
        right[:, -2:] = right[:, :-3:-1]  # [x, -|x|^2 / 2, 1] becomes [x, 1, -|x|^2 / 2]
        return right.T

    def parts(self) -> list[slice]:
        """The rows in slices of a tile's width, cut also where the slack grows: what is far out stays by itself."""
        usual, parts, start = np.median(self.slack), [], 0
        # a slack four times the usual one would send too many pairs of its tile to be measured again
        while start < len(self):
            beyond = self.slack[start : start + TILE] > 4 * max(self.slack[start], usual)
            stop = start + (int(beyond.argmax()) if beyond.any() else len(beyond))
            parts.append(slice(start, stop))
            start = stop
        return parts

    def height(self, squared: Array) -> Array:
        """The product h (float32) that stands for these squared distances."""
        return (squared / (-2 * self.unit)).astype(np.float32)

    def squared(self, height: Array) -> Array:
        """The squared distances (float64) that these products stand for, up to the slack."""
        return height.astype(np.float64) * (-2 * self.unit)


def ready(centre: Array, *sets: Array) -> list[Points]:
    """Sets of rows (n, d) float32 made ready for products with one another, around a common centre (d,)."""
    widest = max(float(np.abs(edge - centre).max()) for x in sets for edge in (x.min(axis=0), x.max(axis=0)))
    scale = 2.0 ** -int(np.frexp(widest)[1])  # a power of 2, which scales without rounding
    return [_ready(x, centre, scale) for x in sets]


def _ready(x: Array, centre: Array, scale: float) -> Points:
    n, d = x.shape
    rows = np.empty((n, d + 2), np.float32)
    norms = np.empty(n)
    for part in spans(n, max(1, CACHED // d)):
        block = x[part] - centre
        block *= scale
        rows[part, :d] = block
        norms[part] = np.einsum("nd,nd->n", block, block)
    rows[:, d] = norms / -2
    rows[:, d + 1] = 1
    # The rounding of d + 2 terms, of the centred rows and of their norms; 2^-24 is half a unit in the last place.
    return Points(x, rows, 2 * (d + 16) * 2.0**-24 * norms / scale**2, scale**-2)


def few(n: int) -> Array:
    """Numbers of up to 256 rows, spread evenly over 0..n."""
    return np.arange(0, n, max(1, -(-n // FEW)))


def middle(x: Array) -> Array:
    """A centre (d,) of the rows: the medians of a few of them, which a row gone astray does not move."""
    return np.median(x[few(len(x))].astype(np.float64), axis=0)


def distinct(x: Array) -> tuple[Array, Array]:
    """The distinct rows of x (n, d), in the order of their first appearance, and how often each is there."""
    numbers: dict[bytes, int] = {}
    which = np.empty(len(x), np.int64)
    for part in spans(len(x)):
        which[part] = [numbers.setdefault(row.tobytes(), len(numbers)) for row in x[part] + np.float32(0)]  # -0 is 0
    if len(numbers) == len(x):
        return x, np.ones(len(x), np.int64)
    first = np.unique(which, return_index=True)[1]
    return x[first], np.bincount(which)


def measure(x: Array, y: Array, i: Array, j: Array) -> Array:
    """The squared distances (p,) float64 of the pairs x[i], y[j], from the differences of their coordinates."""
    squared = np.empty(len(i))
    for part in spans(len(i), max(1, CACHED // x.shape[1])):
        difference = x[i[part]].astype(np.float64)
        difference -= y[j[part]]
        difference *= difference
        squared[part] = difference.sum(axis=1)
    return squared


def spans(n: int, width: int = 0) -> Iterator[slice]:
    """0..n in slices of this width, a tile's unless told."""
    width = width or TILE
    for start in range(0, n, width):
        yield slice(start, min(start + width, n))


def entries(h: Array, which: Array) -> tuple[Array, Array, Array]:
    """The entries of a tile h at which `which` is true: i, j and h of each, row by row."""
    flat = np.flatnonzero(which)
    i, j = np.divmod(flat, h.shape[1])
    return i, j, h.reshape(-1)[flat]


def nearest_in(real: Array, generated: Array) -> Array:
    """For each generated row (m, d) the number (m,) of a nearest real row (n, d), to float32 precision."""
    left, right = ready(middle(real), generated, real)
    best = np.full(len(generated), -np.inf, np.float32)
    index = np.zeros(len(generated), np.int64)
    for columns in spans(len(real)):
        factor = right.columns(columns)
        for rows in spans(len(generated)):
            h = left.rows[rows] @ factor
            at = h.argmax(axis=1)
            top = h[np.arange(len(at)), at]
            better = top > best[rows]
            index[rows] = np.where(better, columns.start + at, index[rows])
            best[rows] = np.maximum(best[rows], top)
    return index


def nearest(x: Array, k: int) -> tuple[Array, Array]:
    """The k nearest other rows of each row of x (n, d): their numbers (n, k) and squared distances (n, k) float64.

    The nearest come first; 1 <= k < n. Only half of the matrix is made: each tile serves its rows and its columns.
    """
    (points,) = ready(middle(x), x)
    search = _Search(points, k)
    parts = points.parts()
    for number, columns in enumerate(parts):
        factor = points.columns(columns)
        for rows in parts[: number + 1]:
            h = points.rows[rows] @ factor
            if rows == columns:
                np.fill_diagonal(h, np.nan)  # reaches no bound: a row is not its own neighbour
            search.see(rows, columns, h)
    return search.finish()


class _Search:
    """The k nearest so far: a bound for each row, and the pairs that may still be among its k nearest."""

    def __init__(self, points: Points, k: int) -> None:
        self.points, self.k = points, k
        self.margin = (points.slack / (2 * points.unit)).astype(np.float32)  # how wrong h is, for its row's part
        # The k largest h of each row, smallest first, each as small as it may truly be.
        self.best = np.full((len(points), k), -np.inf, np.float32)
        self.floor = self._first_floor()
        self.pending: list[tuple[Array, Array, Array]] = []
        self.waiting = 0
        self.settled = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))

    def _first_floor(self) -> Array:
        """For each row an h that its k-th nearest reaches at least, from its distances to a few rows."""
        points, seeds = self.points, few(len(self.points))
        floor = np.full(len(points), -np.inf, np.float32)
        if self.k + 1 < len(seeds) < len(points):
            right = points.rows[seeds][:, [*range(points.x.shape[1]), -1, -2]].T
            for rows in spans(len(points)):
                h = points.rows[rows] @ right - self.margin[seeds]
                # The row itself may be among the seeds: one more than k are nearer.
                floor[rows] = np.partition(h, -self.k - 1, axis=1)[:, -self.k - 1] - self.margin[rows]
        return floor

    def limit(self, part: slice) -> Array:
        """The true h below which no pair can be among the k nearest of these rows."""
        return np.maximum(self.floor[part], self.best[part, 0])

    def see(self, rows: slice, columns: slice, h: Array) -> None:
        """Take in a tile h (rows, columns), for its rows and, off the diagonal, for its columns."""
        across = self.limit(rows) - self.margin[rows] - self.margin[columns].max()
        down = self.limit(columns) - self.margin[columns] - self.margin[rows].max()
        near = h >= across[:, None]
        near |= h >= down
        i, j, value = entries(h, near)
        keep = value >= across[i]
        self._take(rows.start + i[keep], columns.start + j[keep], value[keep])
        if rows != columns:
            keep = value >= down[j]
            order = np.argsort(j[keep].astype(np.int16), kind="stable")
            self._take(columns.start + j[keep][order], rows.start + i[keep][order], value[keep][order])

    def _take(self, i: Array, j: Array, value: Array) -> None:
        """Add pairs, sorted by i."""
        if not len(i):
            return
        touched, row, rank = _places(i)
        table = np.full((len(touched), self.k + rank.max() + 1), -np.inf, np.float32)
        table[:, : self.k] = self.best[touched]
        margin = self.margin[i] + self.margin[j]
        table[row, self.k + rank] = value - margin
        self.best[touched] = np.partition(table, -self.k, axis=1)[:, -self.k :]
        self.pending.append((i, j, value + margin))
        self.waiting += len(i)
        if self.waiting > PENDING:
            self._settle()

    def _settle(self) -> None:
        """Measure the pending pairs that still count, and keep the k nearest of each row."""
        limit = self.limit(slice(None))
        i, j, value = (np.concatenate(column) for column in zip(*self.pending, strict=True))
        keep = value >= limit[i]
        i, j = i[keep], j[keep]
        squared = measure(self.points.x, self.points.x, i, j)
        i, j, squared = (np.concatenate(pair) for pair in zip(self.settled, (i, j, squared), strict=True))
        order = np.lexsort((squared, i))
        i, j, squared = i[order], j[order], squared[order]
        keep = _places(i)[2] < self.k
        self.settled = i[keep], j[keep], squared[keep]
        self.pending, self.waiting = [], 0

    def finish(self) -> tuple[Array, Array]:
        """The numbers (n, k) and the squared distances (n, k) of the k nearest."""
        if self.pending:
            self._settle()
        shape = len(self.points), self.k
        return self.settled[1].reshape(shape), self.settled[2].reshape(shape)


def _places(i: Array) -> tuple[Array, Array, Array]:
    """Of sorted numbers i (p,): the distinct ones, which of them each is (p,), and its rank among its equals (p,)."""
    new = np.concatenate([[True], i[1:] != i[:-1]])
    starts = np.flatnonzero(new)
    row = np.cumsum(new) - 1
    return i[starts], row, np.arange(len(i)) - starts[row]
