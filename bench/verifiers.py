"""How often verifiers keep right rows and wrong ones, on answers that models gave and somebody marked.

Run: python bench/verifiers.py [--data ../shared/data] [--model smollm2 --rows 60]
`numeric` and `agrees`: four models' solutions of gsm8k's test problems. `tests`: four models' programs for LeetCode's
easy problems, with the examples of the problem as tests and LeetCode's own verdict as the mark. `cites`: answers to
SQuAD's questions, people's and their answers to other passages, and those of BERT, marked by exact match. Then
`numeric` on faults planted in people's solutions of gsm8k's training problems. Intervals are clustered by problem.

With --model alone those that ask a model: `judge` and `roundtrip` on people's answers to SQuAD's questions and to
HC3's, and on theirs to other ones, --rows of each, half of them right.
"""

import argparse
import ast
import csv
import gzip
import itertools
import json
import os
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from autophagy.answering.find import find_model
from autophagy.core.registry import build
from autophagy.text.normalised import exact_match
from autophagy.verifiers.answered import AnsweredRow, samples_of
from autophagy.verifiers.asking import LONGEST
from autophagy.verifiers.planted import twins
from autophagy.verifiers.rates import rates_of

EXAMPLE = re.compile(r"^\s*Input: (.*?)\s{2,}Output: (.*?)(?:\s{2,}Explanation|\s*$)", re.MULTILINE)
SIGNATURE = re.compile(r"def (\w+)\(self, ?([^)]*)\)")
LONG, WORDS_SHOWN = 3, 60  # words of an answer that tells what was asked, and of one that is shown to a model
WORDS = {"true": "True", "false": "False", "null": "None"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("AUTOPHAGY_DATA", "../shared/data")))
    parser.add_argument("--model", help="that judge and roundtrip ask")
    parser.add_argument("--rows", type=int, default=60)
    asked = parser.parse_args()
    data = asked.data
    print(f"{'':52} {'right':>6} {'wrong':>6} {'unknown':>7}  {'phi':22} {'psi':22} {'p*':22} right of kept")
    if asked.model:
        by_asking(data, asked.model, asked.rows)
        return
    solved = list(solutions(data / "gsm8k" / "example_model_solutions.jsonl.gz"))
    told("solutions: numeric", "numeric", *zip(*solved, strict=True))
    for share in (0.5, 0.75, 1.0):
        told(f"solutions: agrees:share={share}", f"agrees:share={share}", *zip(*solved, strict=True))
    told("programs: tests", "tests", *zip(*programs(data / "llmdrift" / "LEETCODE_EASY_EVAL.csv.gz"), strict=True))
    for name, rows in answers(data / "squad").items():
        told(f"{name}: cites", "cites", *zip(*rows, strict=True))
    people = [row for row, _ in people_s(data / "gsm8k" / "train.jsonl.gz")][:400]
    wrong, homes, faults = twins(people, np.random.default_rng(0))
    right = [people[home] for home in homes]
    marks = [True] * len(right) + [False] * len(wrong)
    told("planted: numeric", "numeric", [*right, *wrong], marks, [*[""] * len(right), *faults])


def by_asking(data, name, most):
    """`judge` and `roundtrip` on `most` rows, half of them right, each with the seconds of processor that it takes."""
    model = find_model(name, one_line=False)

    def ask(prompts):
        return [reply.text for reply in model.complete(prompts, max_tokens=LONGEST, temperature=0.0)]

    squad = answers(data / "squad")["SQuAD: people's answers, and others' "]
    long = [(row, right) for row, right in squad if len(row.output.split()) >= LONG]
    samples = {"SQuAD, passage shown": evenly(long, most), "HC3, no passage": evenly(chats(data / "hc3-subset"), most)}
    for part in ("roundtrip", "judge"):
        for what, rows in samples.items():
            begun = time.process_time()
            told(f"{what}: {part}", part, *zip(*rows, strict=True), ask=ask)
            print(f"  {time.process_time() - begun:,.0f} CPU-s", flush=True)


def chats(folder):
    """People's answers to HC3's encyclopedic and open questions, and to the question behind."""
    found = []
    for name in ("wiki_csai", "open_qa"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            found += [json.loads(line) for line in file]
    for one, other in itertools.pairwise(found):
        for answer, right in ((one["human_answers"][0], True), (other["human_answers"][0], False)):
            yield AnsweredRow(one["question"], "", " ".join(answer.split()[:WORDS_SHOWN])), right


def evenly(rows, most):
    """`most` rows drawn from all, half of them right."""
    rows, rng = list(rows), np.random.default_rng(0)
    some = [[row for row in rows if row[1] is side] for side in (True, False)]
    return [side[place] for side in some for place in rng.permutation(len(side))[: most // 2]]


def told(what, part, rows, right, faults=(), ask=None):
    judge = build("curator", part)
    judge = replace(judge, ask=ask) if ask else judge
    verdict = judge(samples_of(rows), samples_of([]), np.random.default_rng(0))
    right = np.array(right)
    found = rates_of(verdict.keep, verdict.score, right, [row.instruction + row.passage for row in rows], faults)
    scores = (found.phi, found.psi, found.breakdown, found.right_given_kept)
    shown = " ".join(f"{score!s:22}" for score in scores)
    print(f"{what:52} {right.sum():6,} {(~right).sum():6,} {found.unknown:7,}  {shown}", flush=True)
    if ask:
        why = Counter(str(each) for each in np.asarray(verdict.details)[np.isnan(verdict.score)])
        print(f"  unknown because: {dict(why.most_common(4))}")
    for fault, score in found.faults.items():
        print(f"{'  ' + fault:52} {'':6} {score.n:6,} {'':7}  {'':22} {score!s:22}")


def solutions(path):
    """Each solution of four models, with those of all four as its answers, and whether it is right."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            problem = json.loads(line)
            four = [each for each in problem.values() if isinstance(each, dict)]
            texts = json.dumps([each["solution"] for each in four])
            for each in four:
                yield AnsweredRow(problem["question"], "", each["solution"], texts), each["is_correct"]


def people_s(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            problem = json.loads(line)
            yield AnsweredRow(problem["question"], "", problem["answer"]), True


def programs(path):
    """Each program with the examples of its problem as tests, and whether LeetCode accepted it."""
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield (
                AnsweredRow(row["id"], "", row["answer"], tests=examples(row["query"])),
                "Accepted" in row["Clean_Code_Submit"],
            )


def examples(query):
    """The examples of a problem as assertions; those that are no plain values are left out."""
    named = SIGNATURE.search(query)
    lines = []
    for given, wanted in EXAMPLE.findall(query):
        call = f"Solution().{named[1]}({plain(given)}) == ({plain(wanted)})"
        try:
            ast.parse(call)
        except SyntaxError:
            continue
        lines.append(f"assert {call}")
    return "\n".join(["from typing import *", *lines]) if lines else ""


def plain(text):
    return re.sub(r"\b(?:true|false|null)\b", lambda word: WORDS[word[0]], text.strip())


def answers(folder):
    """People's answers and theirs to another passage; BERT's to questions with and without an answer."""
    people, bert, asked = [], [], []
    for version, system in (("v1.1", "1.1_BERT_ensemble"), ("v2.0", "v2.0_BERT")):
        with gzip.open(folder / f"squad-dev-{version}.json.gz") as file:
            found = json.load(file)["data"]
        (path,) = (folder / "predictions").glob(f"{system}*")
        with gzip.open(path) as file:
            said = json.load(file)
        asked += [(part["context"], each, said.get(each["id"], "")) for one in found for part in one["paragraphs"]
                  for each in part["qas"]]  # fmt: skip
    for place, (context, each, told) in enumerate(asked):
        golds = [gold["text"] for gold in each["answers"]]
        row = AnsweredRow(each["question"], "", told, passage=context)
        if told:
            bert.append((row, bool(golds) and exact_match(told, golds) == 1))
        other = asked[(place + 3001) % len(asked)][1]["answers"]
        if golds and place % 5 == 0:
            people.append((AnsweredRow(each["question"], "", golds[0], passage=context), True))
            if other:
                people.append((AnsweredRow(each["question"], "", other[0]["text"], passage=context), False))
    return {"SQuAD: people's answers, and others' ": people, "SQuAD: BERT's answers": bert[::5]}


if __name__ == "__main__":
    main()
