"""SmolLM2 on 60 questions of SQuAD: closed book, searched passages, the right passage, a random one.

    python bench/squad_compare.py DATA OUT [--model smollm2] [--articles 20] [--questions 3]

Three questions are drawn from each of twenty articles of the development set of version 1.1; the documents are all
paragraphs of these articles. DATA is the folder with `squad/squad-dev-v1.1.json.gz`, OUT the run folder.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

import autophagy
from autophagy import CompareSpec


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--questions", type=int, default=3)
    options = parser.parse_args()
    documents, questions = drawn(options.data, options.articles, options.questions)
    arms = ["closed", "context", "oracle", "random"]
    spec = CompareSpec(documents=documents, questions=questions, model=options.model, arms=arms, seeds=1)
    result = autophagy.run(spec, options.out)
    print(f"{len(documents)} paragraphs, {len(questions)} questions")
    for sentence in result.verdict:
        print(f"- {sentence}")
    print(result.summary().query("metric in ['correct', 'exact', 'f1', 'recall']").to_string(index=False))
    for line in result.record.arms():
        print(f"  {line['arm']}: {line['answering']['seconds']:.0f} s of answering")


def drawn(data: Path, articles: int, each: int) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """The paragraphs of some articles, and some questions of each."""
    rng = np.random.default_rng(0)
    with gzip.open(data / "squad" / "squad-dev-v1.1.json.gz") as file:
        everything = json.load(file)["data"]
    documents, questions = [], []
    for place in sorted(rng.choice(len(everything), articles, replace=False)):
        title, paragraphs = everything[place]["title"].replace("_", " "), everything[place]["paragraphs"]
        names = [f"{title} {number}" for number in range(len(paragraphs))]
        documents += [
            {"id": name, "title": title, "text": paragraph["context"]}
            for name, paragraph in zip(names, paragraphs, strict=True)
        ]
        for number in rng.choice(len(paragraphs), each, replace=False):
            asked = paragraphs[number]["qas"][rng.integers(len(paragraphs[number]["qas"]))]
            golds = sorted({answer["text"] for answer in asked["answers"]})
            questions.append({"question": asked["question"], "answers": golds, "document": names[number]})
    return documents, questions


if __name__ == "__main__":
    main()
