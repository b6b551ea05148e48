"""Which prompt a small model reads best: forms of the same question on SQuAD 2.0, with and without an answer.

Usage: python bench/prompt_forms.py DATA [--model smollm2] [--choose 40] [--report 100] [--forms NAME...] [--keep FILE]

DATA holds squad/squad-dev-v2.0.json.gz. As many answerable as unanswerable questions are asked, each behind
its own paragraph. Every form is tried on articles of one half (--choose questions of each kind); today's form and the
best are then reported on the other half (--report of each kind). Right: the answer is given; declined: it is there and
is not given; invented: none is there and one is given. The best form has the most right, declining counted where there
is no answer; a model that declines everything has half of it.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from scipy.stats import binomtest

from autophagy.answering.find import find_model
from autophagy.context.prompt import CONTEXT, context_prompt, defuse
from autophagy.core.questions import Answer, Question
from autophagy.graders.abstained import abstains
from autophagy.graders.correct import correct

DECLINE = "If the answer is not there, say: not in the documents."
EXAMPLES = (
    ("The bridge was opened in 1931 and carries two lanes.", "When was the bridge opened?", "1931"),
    ("The bridge was opened in 1931 and carries two lanes.", "Who designed the bridge?", "not in the documents"),
)


def fenced(text):
    return f"<passage 1>\n{defuse(text)}\n</passage 1>"


def shown(text, question, answer=""):
    return f"Text: {defuse(text)}\nQuestion: {question}\nAnswer: {answer}".rstrip()


FORMS = {
    "today": lambda text, question: context_prompt(question, [text]),
    "bare": lambda text, question: f"{fenced(text)}\n\nQuestion: {question}",
    "after": lambda text, question: f"{fenced(text)}\n\nQuestion: {question}\n\n{CONTEXT}",
    "few words": lambda text, question: (
        f"{fenced(text)}\n\nQuestion: {question}\n\nAnswer in a few words of the passage. {DECLINE}"
    ),
    "twice": lambda text, question: (
        f"Question: {question}\n\n{fenced(text)}\n\nAnswer the question from the passage: {question} {DECLINE}"
    ),
    "plain": lambda text, question: f"Text: {defuse(text)}\n\nQuestion: {question}\n\nAnswer from the text. {DECLINE}",
    "examples": lambda text, question: "\n\n".join([*(shown(*each) for each in EXAMPLES), shown(text, question)]),
    "fenced examples": lambda text, question: "\n\n".join(
        f"{fenced(passage)}\nQuestion: {asked}\nAnswer: {answer}".rstrip()
        for passage, asked, answer in (*EXAMPLES, (text, question, ""))
    ),
}


def read(data):
    """Two halves of the articles; of each, the questions (text, question, answers) that have an answer, and not."""
    with gzip.open(Path(data) / "squad" / "squad-dev-v2.0.json.gz") as file:
        articles = json.load(file)["data"]
    halves = []
    for half in (articles[::2], articles[1::2]):
        rows = [
            (paragraph["context"], asked["question"], tuple(each["text"] for each in asked["answers"]))
            for article in half
            for paragraph in article["paragraphs"]
            if len(paragraph["context"].split()) <= 120
            for asked in paragraph["qas"]
        ]
        random.Random(0).shuffle(rows)
        halves.append(([row for row in rows if row[2]], [row for row in rows if not row[2]]))
    return halves


def ask(model, forms, rows, keep):
    """The answer by each form to each row; what was asked before is read from the file."""
    known = json.loads(keep.read_text()) if keep and keep.exists() else {}
    asked = [(form, row, f"{model.name} {form} {row[1]}") for row in rows for form in forms]
    new = [each for each in asked if each[2] not in known]
    for start in range(0, len(new), 64):
        part = new[start : start + 64]
        replies = model.complete([FORMS[form](*row[:2]) for form, row, _ in part], max_tokens=48)
        known |= {key: reply.text for (_, _, key), reply in zip(part, replies, strict=True)}
        if keep:
            keep.write_text(json.dumps(known))
    return {(form, row): known[key] for form, row, key in asked}


def judge(form, rows, answers):
    """The shares that are right, declined and invented, of those that have an answer or of those that have none."""
    right = declined = invented = there = 0
    for row in rows:
        said, gold = answers[form, row], row[2]
        silent = abstains(said, gold)
        there += bool(gold)
        right += bool(gold) and correct(Question("", row[1], gold), Answer("", said)) == 1.0
        declined += bool(gold) and silent
        invented += not gold and not silent
    return (right, there), (declined, there), (invented, len(rows) - there)


def tell(forms, rows, answers):
    for form in forms:
        cells = []
        for count, of in judge(form, rows, answers):
            bounds = binomtest(count, of).proportion_ci(method="wilson")
            cells.append(f"{count / of:.3f} [{bounds.low:.3f}, {bounds.high:.3f}]")
        print(f"{form:16} right {cells[0]}  declined {cells[1]}  invented {cells[2]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--choose", type=int, default=40)
    parser.add_argument("--report", type=int, default=100)
    parser.add_argument("--forms", nargs="*", default=list(FORMS), choices=list(FORMS))
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    model = find_model(options.model)
    (chosen, held_out) = read(options.data)
    rows = [row for kind in chosen for row in kind[: options.choose]]
    answers = ask(model, options.forms, rows, options.keep)
    print(f"chosen on {len(rows)} questions")
    tell(options.forms, rows, answers)

    def worth(form):
        (right, there), _, (invented, absent) = judge(form, rows, answers)
        return (right / there + 1 - invented / absent) / 2

    best = max(options.forms, key=worth)
    both = list(dict.fromkeys(["today", best]))
    rows = [row for kind in held_out for row in kind[: options.report]]
    print(f"\nreported on {len(rows)} others; the best is {best}")
    tell(both, rows, ask(model, both, rows, options.keep))


if __name__ == "__main__":
    main()
