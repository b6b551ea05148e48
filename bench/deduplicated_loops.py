"""Does the curator of duplicates help a loop? Digits and text, curated in each generation against not, paired by seed.

Run: python bench/deduplicated_loops.py [--seeds 8] [--generations 5] --data digits|text
As in bench/weak_estimators.py every generation learns from as many rows, curated or not. Digits are copies within a
distance of 1 of each other, real ones aside; the text is that of an n-gram of order 5, which repeats what it learnt.
"""

import sys

import weak_estimators

CURATOR = {"digits": "duplicates:distance=1,real=false", "text": "duplicates"}
weak_estimators.KINDS["text"] = (
    {"data": "python-reference", "model": "ngram:order=5"},
    ("cross_entropy", "types", "surprise"),
)

if __name__ == "__main__":
    (kind,) = (kind for kind in CURATOR if kind in sys.argv)
    weak_estimators.ARMS = {"none": (), "duplicates": (CURATOR[kind],)}
    weak_estimators.main()
