"""Which prompt a small model reads best: forms of the same question on SQuAD 2.0, with and without an answer.

Usage: python bench/prompt_forms.py DATA [--model smollm2] [--forms NAME...] [--choosing] [--keep FILE]

DATA holds squad/squad-dev-v2.0.json.gz. 200 questions that their paragraph answers and 200 that it does not, five of
each on one paragraph of each article, one paragraph behind another, so that llama.cpp reads it once. Forms are chosen
on 20 articles and reported on 20 others. Right: the answer is given; declined: it is there and is not given; invented:
none is there and one is given. Intervals are of a bootstrap over paragraphs.

Every form is also tried with a *bar*: an answer whose tokens are less likely on average than the bar counts as "not in
the documents". `two steps` asks the model itself in a second turn whether the passage says so; its bar is on the
log-odds of yes against no. Bars are set on the first articles: the one of the most right answers and refusals together
that declines at most a tenth of the questions that have an answer.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

import numpy as np

from autophagy.answering.engine import open_engine
from autophagy.answering.language_model import first_line
from autophagy.context.prompt import BEGUN, CONTEXT, context_prompt, defuse
from autophagy.core.questions import Answer, Question
from autophagy.gguf.find import find_gguf
from autophagy.graders.abstained import abstains
from autophagy.graders.correct import correct

EACH, WORDS, ARTICLES = 5, 130, 40
TOKENS = 32
DECLINED = 0.1  # the most wrong abstentions that a bar may cause
DECLINE = "If the answer is not there, say: not in the documents."
EXAMPLES = (
    ("The bridge was opened in 1931 and carries two lanes.", "When was the bridge opened?", "1931"),
    ("The bridge was opened in 1931 and carries two lanes.", "Who designed the bridge?", "not in the documents"),
)
SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"


def fenced(text):
    return f"<passage 1>\n{defuse(text)}\n</passage 1>"


def few(text, question, more=""):
    return BEGUN.ask(question, [text]) + more


def turn(role, text):
    return f"<|im_start|>{role}\n{text}<|im_end|>\n"


def chat(prompt, begun="", before=""):
    """A prompt as a talk, with what the answer has begun with."""
    return f"{before}{turn('user', prompt)}<|im_start|>assistant\n{begun}"


TURNS = "".join(
    turn("user", few(text, asked, f" {DECLINE}")) + turn("assistant", said) for text, asked, said in EXAMPLES
)
FORMS = {
    "today": lambda text, question: chat(context_prompt(question, [text])),
    "system turn": lambda text, question: chat(context_prompt(question, [text]), before=turn("system", SYSTEM)),
    "bare": lambda text, question: chat(f"{fenced(text)}\n\nQuestion: {question}"),
    "instruction last": lambda text, question: chat(f"{fenced(text)}\n\nQuestion: {question}\n\n{CONTEXT}"),
    "few words": lambda text, question: chat(few(text, question)),
    "few words, or none": lambda text, question: chat(few(text, question, f" {DECLINE}")),
    "according": lambda text, question: chat(few(text, question), BEGUN.begins),  # the package's form begun
    "the answer is": lambda text, question: chat(few(text, question), "The answer is:"),
    "example turns": lambda text, question: chat(few(text, question, f" {DECLINE}"), before=TURNS),
}
SECOND = "few words"  # whose answers the second step asks about


def read(data):
    """The questions (article, text, question, answers) of two halves of the articles."""
    with gzip.open(Path(data) / "squad" / "squad-dev-v2.0.json.gz") as file:
        articles = json.load(file)["data"]
    rng, halves = random.Random(0), [[], []]
    taken = 0
    for article in articles:
        fit = []
        for paragraph in article["paragraphs"]:
            asked = [(q["question"], tuple(a["text"] for a in q["answers"])) for q in paragraph["qas"]]
            kinds = [[q for q in asked if q[1]], [q for q in asked if not q[1]]]
            if len(paragraph["context"].split()) <= WORDS and min(map(len, kinds)) >= EACH:
                fit.append((paragraph["context"], kinds))
        rng.shuffle(fit)
        for text, kinds in fit[:2]:
            chosen = [q for kind in kinds for q in rng.sample(kind, EACH)]
            halves[taken % 2].append([(text, question, gold) for question, gold in chosen])
        taken += bool(fit)
    return [[row for paragraph in half[: ARTICLES // 2] for row in paragraph] for half in halves]


def say(engine, prompt, tokens=TOKENS):
    """The answer to a prompt, and the log-probability of each of its tokens."""
    options = {"max_tokens": tokens, "temperature": 0.0, "n_probs": 1, "stop": ["\n"]}
    reply = engine.completion(prompt, options)
    said = (reply.document["choices"][0]["logprobs"] or {"content": []})["content"]  # none of an empty answer
    return first_line(reply.text), [token["logprob"] for token in said]


def doubt(engine, text, question, answer):
    """The log-odds that the model says yes where it is asked whether the passage says so."""
    asked = f"Does the passage say that the answer to this question is {answer!r}? Say yes or no."
    prompt = chat(few(text, question)) + answer + "<|im_end|>\n" + chat(asked)
    options = {"max_tokens": 1, "temperature": 0.0, "n_probs": 40}
    tops = engine.completion(prompt, options).document["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
    odds = {"yes": -20.0, "no": -20.0}
    for top in tops:
        word = top["token"].strip().lower()
        if word in odds:
            odds[word] = float(np.logaddexp(odds[word], top["logprob"]))
    return odds["yes"] - odds["no"]


def ask(engine, form, rows, known, keep):
    """Put the answer of a form to each row into `known`, with its likelihood or its doubt, and into the file."""
    for text, question, _ in rows:
        if (form, question) in known:
            continue
        if form == "two steps":
            answer, _ = known[SECOND, question]
            said = [answer, doubt(engine, text, question, answer)]
        else:
            answer, nats = say(engine, FORMS[form](text, question))
            said = [answer, sum(nats) / max(1, len(nats))]
        known[form, question] = said
        if keep:
            with keep.open("a") as file:
                file.write(json.dumps([form, question, *said]) + "\n")


def marks(form, rows, known, bar=-np.inf):
    """right, declined (NaN where there is no answer), invented (NaN where there is one): (rows, 3)."""
    found = np.full((len(rows), 3), np.nan)
    for i, (_, question, gold) in enumerate(rows):
        said, sure = known[form, question]
        silent = abstains(said, gold) or sure < bar or not said
        if gold:
            found[i, 0] = not silent and correct(Question("", question, gold), Answer("", said)) == 1.0
            found[i, 1] = silent
        else:
            found[i, 2] = not silent
    return found


def worth(shares):
    return (shares[0] + 1 - shares[2]) / 2


def bar_of(form, rows, known):
    """The bar of the most worth that declines few of the questions that have an answer; minus infinity sets none."""
    tried = {}
    for bar in [-np.inf, *sorted(known[form, question][1] for _, question, _ in rows)]:
        shares = np.nanmean(marks(form, rows, known, bar), 0)
        if bar == -np.inf or shares[1] <= DECLINED:
            tried[bar] = worth(shares)
    return max(tried, key=tried.__getitem__)


def told(found):
    """The three shares with their intervals over paragraphs."""
    groups = found.reshape(-1, 2 * EACH, 3)
    rng = np.random.default_rng(0)
    drawn = np.array([np.nanmean(groups[rng.integers(len(groups), size=len(groups))], (0, 1)) for _ in range(2000)])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    cells = [f"{m:.3f} [{a:.3f}, {b:.3f}]" for m, a, b in zip(np.nanmean(found, 0), low, high, strict=True)]
    return f"right {cells[0]}  declined {cells[1]}  invented {cells[2]}  worth {worth(np.nanmean(found, 0)):.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--model", default="smollm2")
    parser.add_argument("--forms", nargs="*", default=[*FORMS, "two steps"], choices=[*FORMS, "two steps"])
    parser.add_argument("--choosing", action="store_true", help="the articles alone on which a form is chosen")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    engine = open_engine(find_gguf(options.model), 1)
    halves = read(options.data)
    bars, known = {}, {}  # what was said, by form and question
    if options.keep and options.keep.exists():
        known = {(form, question): said for form, question, *said in map(json.loads, options.keep.open())}
    for name, rows in list(zip(("chosen on", "reported on"), halves, strict=True))[: 1 if options.choosing else 2]:
        print(f"\n{name} {len(rows)} questions on {len({row[0] for row in rows})} paragraphs", flush=True)
        for form in options.forms:
            ask(engine, form, rows, known, options.keep)
            bars.setdefault(form, bar_of(form, rows, known))
            print(f"{form:20} {told(marks(form, rows, known))}", flush=True)
            print(f"{f'  bar {bars[form]:.2f}':20} {told(marks(form, rows, known, bars[form]))}", flush=True)


if __name__ == "__main__":
    main()
