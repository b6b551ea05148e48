"""Does the curator of duplicates help a loop? Digits and text, curated in each generation against not, paired by seed.

Run: python bench/deduplicated_loops.py [--seeds 8] [--generations 5] --data digits|text
As in bench/weak_estimators.py every generation learns from as many rows, curated or not. Digits are copies within a
distance of 12 of each other (the pixels go from 0 to 16; a digit's nearest other one lies some 18 away); the text is
that of an n-gram of order 5, which repeats passages of what it learnt.
"""

import sys

import weak_estimators

CURATOR = {"digits": "duplicates:distance=12", "text": "duplicates"}
weak_estimators.KINDS["text"] = (
    {"data": "python-reference", "model": "ngram:order=5"},
    ("cross_entropy", "types", "surprise"),
)

if __name__ == "__main__":
    (kind,) = (kind for kind in CURATOR if kind in sys.argv)
    weak_estimators.ARMS = {"none": (), "duplicates": (CURATOR[kind],)}
    weak_estimators.main()
