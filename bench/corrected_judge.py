"""Does the interval of a corrected judge cover? Labels of people and a judge of stated sensitivity and specificity.

Run: python bench/corrected_judge.py [--runs 4000] [--rest 1000] [--seed 0]
A cell is a share of right answers, a judge and a number of labels; the judge also marked `rest` answers that nobody
labelled. Beside the corrected interval: the plain one (PPI++, normal quantile, no pseudo-rows) and people alone
(Wilson). The width is over that of people alone. The second table does the same for the difference of two arms, beside
Student's interval of the labelled differences.
"""

import argparse
import math
import time

import numpy as np

from autophagy.statistics.corrected import corrected_difference, corrected_mean
from autophagy.statistics.paired import difference, wilson

TRUTHS = {0.5: (0.95, 0.6), 0.7: (0.95, 0.6), 0.9: (0.95, 0.6), 0.97: (0.97, 0.6)}  # -> sensitivity, specificity
LABELS = (10, 20, 30, 50, 100)
ARMS = ((0.7, 0.6, 0.7), (0.9, 0.8, 0.8), (0.97, 0.9, 0.9), (0.5, 0.3, 0.5))  # right, right, how alike the arms are


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--rest", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng, started = np.random.default_rng(options.seed), time.process_time()
    print(
        f"{options.runs} runs a cell, {options.rest} unlabelled answers: coverage of 95 % intervals, width in people's"
    )
    print("truth  labels  corrected  width  weight  plain PPI++  people")
    for truth, judge in TRUTHS.items():
        for labels in LABELS:
            print(cell(truth, judge, labels, options.rest, options.runs, rng), flush=True)
    print("\na - b         labels  corrected  width  people")
    for arms in ARMS:
        for labels in LABELS:
            print(pair(arms, labels, options.rest, options.runs // 4, rng), flush=True)
    print(f"{time.process_time() - started:.0f} CPU-s")


def cell(truth, judge, labels, rest, runs, rng):
    """One line of the first table."""
    hits, widths, weights = np.zeros(3), np.zeros(2), 0.0
    for _ in range(runs):
        right = rng.random(labels + rest) < truth
        marks = marked(right, judge, rng)
        people = np.where(np.arange(labels + rest) < labels, right, math.nan)
        ours, plain = corrected_mean(marks, people), corrected_mean(marks, people, pseudo=())
        alone = wilson(right[:labels].mean(), labels)
        ends = [(ours.score.low, ours.score.high), (plain.score.low, plain.score.high), alone]
        hits += [low <= truth <= high for low, high in ends]
        widths += [ours.score.high - ours.score.low, alone[1] - alone[0]]
        weights += ours.weight
    ours, plain, alone = hits / runs
    width = widths[0] / widths[1]
    return f"{truth:5.2f}  {labels:6d}  {ours:9.1%}  {width:5.2f}  {weights / runs:6.2f}  {plain:11.1%}  {alone:6.1%}"


def pair(arms, labels, rest, runs, rng):
    """One line of the second table: two arms that answer the same questions, alike on a share of them."""
    (a, b, alike), size = arms, labels + rest
    hits, widths = np.zeros(2), np.zeros(2)
    for _ in range(runs):
        hard = rng.random(size)
        own = np.where(rng.random(size) < alike, hard, rng.random(size))
        right = (hard < a, own < b)
        marks = tuple(marked(side, (0.95, 0.6), rng) for side in right)
        people = tuple(np.where(np.arange(size) < labels, side, math.nan) for side in right)
        ours, alone = corrected_difference(marks, people).score, difference(people[0], people[1])[0]
        hits += [score.low <= a - b <= score.high for score in (ours, alone)]
        widths += [score.high - score.low for score in (ours, alone)]
    ours, alone = hits / runs
    name = f"{a:.2f} - {b:.2f}"
    return f"{name:12}  {labels:6d}  {ours:9.1%}  {widths[0] / widths[1]:5.2f}  {alone:6.1%}"


def marked(right, judge, rng):
    """What a judge of that sensitivity and specificity says."""
    chance = rng.random(len(right))
    return np.where(right, chance < judge[0], chance >= judge[1]).astype(float)


if __name__ == "__main__":
    main()
