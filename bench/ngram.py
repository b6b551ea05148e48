"""The n-gram model: tokens counted and sampled a second on one core, orders 1 to 5: python bench/ngram.py [TEXT]."""

import statistics
import sys
import time

import numpy as np
from threadpoolctl import threadpool_limits

from autophagy.core.samples import Samples
from autophagy.data.load import load
from autophagy.models.ngram.model import FittedNgram, Ngram
from autophagy.text.excerpts import excerpts

REPEATS = 5


def seconds(act):
    """Processor seconds of each repeat, and what the last one returned."""
    spent = []
    for _ in range(REPEATS):
        begin = time.process_time()
        result = act()
        spent.append(time.process_time() - begin)
    return spent, result


def rates(rows: Samples, order: int) -> dict[str, list[float]]:
    """Tokens a second of counting (words already numbered and not), and of sampling as many passages."""
    model = Ngram(order).prepare(rows, np.random.default_rng(0))
    whole, fitted = seconds(lambda: model.fit(rows, np.random.default_rng(0)))
    ids = fitted.ids
    counting, _ = seconds(lambda: model._fitted(fitted.vocabulary, ids))
    sampling, made = seconds(lambda: fitted.sample(len(rows), np.random.default_rng(1)))
    written = int(fitted.tokens(made).sum())
    return {
        "counted": [len(ids) / s for s in counting],
        "read and counted": [len(ids) / s for s in whole],
        "sampled and written": [written / s for s in sampling],
    }


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "python-reference"
    rows = excerpts(load(name).samples, 100)
    rows = rows.take(np.arange(max(len(rows), 10_000)) % len(rows))
    assert isinstance(Ngram(1).fit(rows.head(5), np.random.default_rng(0)), FittedNgram)
    print(f"{name}: {len(rows):,} passages; million tokens a second, median (lowest to highest) of {REPEATS}")
    with threadpool_limits(1):
        for order in range(1, 6):
            speeds = [
                f"{what} {statistics.median(each) / 1e6:.2f} ({min(each) / 1e6:.2f} to {max(each) / 1e6:.2f})"
                for what, each in rates(rows, order).items()
            ]
            print(f"order {order}: {'; '.join(speeds)}", flush=True)


if __name__ == "__main__":
    main()
