"""How pure are the topics that `coverage` finds? HC3's answers, whose domain and question are known.

Purity is the share of the rows near a topic that are of the commonest domain of their topic; with `topics=` as many.

Run: python bench/topic_purity.py DATA [ROWS]
"""

import gzip
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from autophagy.curators.coverage import find_topics


def main() -> None:
    folder, count = Path(sys.argv[1]) / "hc3-subset", int(sys.argv[2]) if len(sys.argv) > 2 else 9_017
    rows = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            answers = [row["human_answers"] + row["chatgpt_answers"] for row in map(json.loads, file)]
        rows += [(text, path.name) for texts in answers for text in texts if text]
    rows = [rows[place] for place in np.random.default_rng(0).permutation(len(rows))[:count]]
    for topics in (0, 3, 8):
        begun = time.process_time()
        found = find_topics([text for text, _ in rows], count=topics)
        of = found.place([text for text, _ in rows])[0]
        names = np.array([name for _, name in rows])
        pure = sum(Counter(names[of == topic].tolist()).most_common(1)[0][1] for topic in set(of.tolist()) - {-1})
        seconds = time.process_time() - begun
        print(
            f"{len(found.names)} topics of {len(rows)} rows: purity {pure / (of >= 0).sum():.2f}, {seconds:.0f} CPU-s"
        )


if __name__ == "__main__":
    main()
