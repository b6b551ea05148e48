"""Precision, recall, density, coverage and authenticity, from one nearest-neighbour pass that they share.

A row's k-ball reaches to its k-th nearest neighbour in its own set, itself not counted. By default a row on the edge of
a ball is inside, as the papers have it: a collapsing model repeats itself, and then ties are the common case. With
`strict` the edge is outside, as in the package prdc. On continuous data the two agree. Distances that could decide
either way are measured in float64, so the results are exact for the float32 features.
"""

from dataclasses import dataclass

import numpy as np

from ..core.decorators import metric
from ..core.errors import UsageError
from ..core.samples import Array
from ..features.distances import distinct, entries, measure, middle, nearest, ready, spans
from ..features.features import Features

DEPTH = 5  # the neighbours that the shared pass looks at; a metric that asks for more makes its own
PIECE = 1 << 17  # near pairs that are judged at a time: their float64 columns stay below 10 MB
CROWDED = 0.02  # of a tile: with more near pairs the sure ones are counted together, which is quicker


@metric(
    "precision",
    group="Quality and variety",
    bounds=(0, 1),
    better="real",
    headline=2,
    gist="quality",
    role="early sign",  # a model that crowds where the data are dense scores above real rows
)
def precision(
    reference: Features, generated: Features, rng: np.random.Generator, *, neighbours: int = 3, strict: bool = False
) -> float:
    """Quality: the share of generated rows that lie where real rows lie.

    A row lies there if it is inside the k-ball of at least one real row. Ref: Kynkäänniemi et al. 2019, eq. 1-2.
    """
    meeting = _meeting(reference, generated, neighbours, 0, strict)
    return _share(meeting.generated_rank < neighbours, meeting.generated_weight)


@metric("recall", group="Quality and variety", bounds=(0, 1), better="higher", headline=1, gist="variety")
def recall(
    reference: Features, generated: Features, rng: np.random.Generator, *, neighbours: int = 3, strict: bool = False
) -> float:
    """Variety: the share of real rows that lie where generated rows lie.

    A row lies there if it is inside the k-ball of at least one generated row. Ref: Kynkäänniemi et al. 2019, eq. 1-2.
    """
    meeting = _meeting(reference, generated, 0, neighbours, strict)
    return _share(meeting.recall_rank < neighbours, meeting.real_weight)


@metric("density", group="Quality and variety", bounds=(0, None), better="real")
def density(
    reference: Features, generated: Features, rng: np.random.Generator, *, neighbours: int = 5, strict: bool = False
) -> float:
    """How many neighbourhoods of real rows a generated row lies in, over k; above 1 where rows crowd into dense places.

    Ref: Naeem et al. 2020, eq. 3.
    """
    meeting = _meeting(reference, generated, neighbours, 0, strict)
    return float(meeting.inside[:neighbours].sum() / (neighbours * len(generated)))


@metric("coverage", group="Quality and variety", bounds=(0, 1), better="higher")
def coverage(
    reference: Features, generated: Features, rng: np.random.Generator, *, neighbours: int = 5, strict: bool = False
) -> float:
    """The share of real rows that have a generated row in their neighbourhood, the k-ball.

    Ref: Naeem et al. 2020, eq. 4.
    """
    meeting = _meeting(reference, generated, neighbours, 0, strict)
    return _share(meeting.cover_rank < neighbours, meeting.real_weight)


@metric("authenticity", group="Copies, spread and classes", bounds=(0, 1), better="real")
def authenticity(reference: Features, generated: Features, rng: np.random.Generator) -> float:
    """The share of generated rows that are not as near to a real row as a copy would be.

    Such a row is farther from its nearest real row than that row is from its own nearest real one. Of equally near real
    rows each must be passed. Ref: Alaa et al. 2022, section 3.3.
    """
    meeting = _meeting(reference, generated, 1, 0, False)
    return _share(meeting.authentic, meeting.generated_weight)


@dataclass(frozen=True, eq=False)
class Balls:
    """The distinct rows (n, d) of a set, how often each is there (n,), and the squared radii (n, k) of its balls."""

    x: Array
    weight: Array
    radii: Array


@dataclass(frozen=True, eq=False)
class Meeting:
    """What the pass finds; a rank r says: inside a k-ball for every k > r. Rank k_max: inside none that was looked at.

    Of each distinct generated row (m,): `generated_rank` among real balls, `authentic`. Of each distinct real row (n,):
    `recall_rank` among generated balls, and `cover_rank`, of the first generated row inside its own ball. `inside`
    (k_max,): the pairs of rows whose rank is r.
    """

    generated_rank: Array
    generated_weight: Array
    authentic: Array
    recall_rank: Array
    cover_rank: Array
    real_weight: Array
    inside: Array


def _share(which: Array, weight: Array) -> float:
    return float(weight[which].sum() / weight.sum())


def _meeting(reference: Features, generated: Features, real_k: int, generated_k: int, strict: bool) -> Meeting:
    """The pass that serves balls of these depths; run once for each pair of sides."""
    for side, rows, k in (("real", len(reference), real_k), ("generated", len(generated), generated_k)):
        if not 0 <= k < rows or real_k + generated_k < 1:
            raise UsageError(
                f"balls that reach to neighbour {k} need more than {k} rows, and there are {rows} {side} rows: "
                "use more rows, or set neighbours to a smaller whole number above 0."
            )
    depths = max(real_k, min(DEPTH, len(reference) - 1)), max(generated_k, min(DEPTH, len(generated) - 1))

    def meet() -> Meeting:
        real = reference.once(("balls", depths[0]), lambda: balls(reference.x, depths[0]))
        return pass_over(real, balls(generated.x, depths[1]), strict)

    return generated.once(("meeting", id(reference), depths, strict), meet)


def balls(x: Array, k: int) -> Balls:
    """The balls of the rows x (n, d) around each distinct row, out to neighbour k < n.

    Rows far out, whose products are the least exact, come last, so that they share no tile with the others.
    """
    rows, weight = distinct(x)
    outward = np.argsort(ready(middle(rows), rows)[0].slack, kind="stable")
    rows, weight = rows[outward], weight[outward]
    reach = min(k, len(rows) - 1)
    # (n, reach) the nearest other distinct rows, and their squared distances
    others, squared = nearest(rows, reach) if reach else (np.empty((len(rows), 0), int), np.empty((len(rows), 0)))
    if len(rows) == len(x):
        return Balls(rows, weight, squared)
    # A row's equals are its first neighbours, at distance 0; each further neighbour counts as often as it is there.
    squared = np.concatenate([np.zeros((len(rows), 1)), squared], axis=1)
    # (n, 1 + reach) how many rows, repeats counted, lie at or nearer than each neighbour
    counted = np.cumsum(np.concatenate([weight[:, None] - 1, weight[others]], axis=1), axis=1)
    place = (counted[:, :, None] <= np.arange(k)).sum(axis=1)
    return Balls(rows, weight, np.take_along_axis(squared, place, axis=1))


def pass_over(real: Balls, generated: Balls, strict: bool) -> Meeting:
    """Compare every generated row with every real row, once, in tiles."""
    left, right = ready(middle(real.x), generated.x, real.x)
    pairs = _PairCounter(real, generated, left.slack, right.slack, strict)
    for columns in right.parts():
        factor = right.columns(columns)
        for rows in left.parts():
            h = left.rows[rows] @ factor  # (rows, columns): the larger, the nearer
            slack = left.slack[rows].max() + right.slack[columns].max()
            closest = pairs.approach(rows, left.squared(h.max(axis=1)) + slack)
            row_bound = left.height(np.maximum(_widest(generated.radii[rows]), closest) + slack)[:, None]
            near = h >= row_bound  # pairs that could be inside a ball of either row
            near |= h >= right.height(_widest(real.radii[columns]) + slack)
            if np.count_nonzero(near) > CROWDED * near.size:
                outer = h < row_bound
                for rank, radius in enumerate(real.radii[columns].T):
                    sure = h >= right.height(radius - slack)
                    sure &= outer
                    pairs.count(rows, columns, sure, rank)
                    near &= ~sure
                    np.less(h, right.height(radius + slack), out=sure)
                    outer &= sure
            j, i, value = entries(h, near)
            for piece in spans(len(j), PIECE):
                pairs.see(rows.start + j[piece], columns.start + i[piece], left.squared(value[piece]))
    return pairs.finish()


def _widest(radii: Array) -> Array:
    """The squared radius of each row's widest ball; nothing is inside a ball of a set that has none."""
    return radii[:, -1] if radii.shape[1] else np.full(len(radii), -np.inf)


class _PairCounter:
    """Counts the near pairs: how deep each lies in the balls of both of its rows."""

    def __init__(self, real: Balls, generated: Balls, generated_slack: Array, real_slack: Array, strict: bool) -> None:
        self.real, self.generated, self.strict = real, generated, strict
        self.generated_slack, self.real_slack = generated_slack, real_slack
        depth = real.radii.shape[1]
        self.generated_rank = np.full(len(generated.x), depth)
        self.cover_rank = np.full(len(real.x), depth)
        self.recall_rank = np.full(len(real.x), generated.radii.shape[1])
        self.inside = np.zeros(depth + 1, np.int64)
        self.within = np.full(len(generated.x), np.inf)  # the closest real row is at most so far
        self.closest = np.full(len(generated.x), np.inf)
        self.copied = np.full(
            len(generated.x), np.inf
        )  # to the closest real row that is no nearer to its own neighbour

    def approach(self, rows: slice, squared: Array) -> Array:
        """Take in that generated rows have a real row within these distances; the smallest such distance so far."""
        self.within[rows] = np.minimum(self.within[rows], squared)
        return self.within[rows]

    def count(self, rows: slice, columns: slice, which: Array, rank: int) -> None:
        """Count pairs of a tile (rows, columns) that surely have this rank, and are in no generated ball."""
        generated, real = which.any(axis=1), which.any(axis=0)
        self.generated_rank[rows][generated] = np.minimum(self.generated_rank[rows][generated], rank)
        self.cover_rank[columns][real] = np.minimum(self.cover_rank[columns][real], rank)
        within = which.astype(np.float32) @ self.real.weight[columns].astype(np.float32)  # whole numbers below 2^24
        self.inside[rank] += round(float(self.generated.weight[rows] @ within.astype(np.float64)))

    def see(self, j: Array, i: Array, squared: Array) -> None:
        """Judge pairs of generated rows j and real rows i (p,), whose distances are known up to the slack."""
        real_radii, generated_radii = self.real.radii[i], self.generated.radii[j]
        slack = self.generated_slack[j] + self.real_slack[i]
        unsure = squared <= self.within[j] + slack
        for radii in (real_radii, generated_radii):
            unsure |= (np.abs(radii - squared[:, None]) <= slack[:, None]).any(axis=1)
        squared[unsure] = measure(self.generated.x, self.real.x, j[unsure], i[unsure])

        rank = self._rank(real_radii, squared)
        np.minimum.at(self.generated_rank, j, rank)
        np.minimum.at(self.cover_rank, i, rank)
        np.minimum.at(self.recall_rank, i, self._rank(generated_radii, squared))
        np.add.at(self.inside, rank, self.generated.weight[j] * self.real.weight[i])
        np.minimum.at(self.closest, j, squared)
        copied = squared <= real_radii[:, 0]
        np.minimum.at(self.copied, j[copied], squared[copied])

    def _rank(self, radii: Array, squared: Array) -> Array:
        # (p, k): the balls that do not reach the other row
        outside = radii <= squared[:, None] if self.strict else radii < squared[:, None]
        return outside.sum(axis=1)

    def finish(self) -> Meeting:
        """All that was counted; of real rows equally near, one that is copied is enough."""
        return Meeting(
            self.generated_rank,
            self.generated.weight,
            self.copied > self.closest,
            self.recall_rank,
            self.cover_rank,
            self.real.weight,
            self.inside[:-1],
        )
