"""The public contract suite on every registered plug-in."""

import tempfile
from pathlib import Path

import pytest

from autophagy.core.registry import KINDS, entries
from autophagy.testing.contract import checks

TUNING = "rewritings=1,exposures=1,learning_rate=0.001,patience=0,context=64"
TUNED = ("full", "lora", "qlora", "format", "full+context", "lora+context")
TEXT = Path(tempfile.mkdtemp()) / "words.txt"  # that the family ngram counts its word pairs in
TEXT.write_text("the cat sat on the mat and the dog sat on the cat\n" * 20, encoding="utf-8")
EVALUATION = TEXT.with_name("items.txt")  # that the curator contamination looks for
EVALUATION.write_text("a text of some words that no row of the contract holds\n", encoding="utf-8")
LABELS = TEXT.with_name("labels.csv")  # that the curator quality learns from
ROWS = "".join(f"the cat sat on mat {n},1\nno sense in {n} at all,0\n" for n in range(10))
LABELS.write_text(f"text,label\n{ROWS}", encoding="utf-8")
REMOVED = TEXT.with_name("removed.txt")  # what the curator removed is asked for
REMOVED.write_text("some id\na text of more than eight words that somebody wants to have removed\n", encoding="utf-8")
EXAMPLES = TEXT.with_name("examples.csv")  # that the curator machine learns from
EXAMPLES.write_text(
    "text,label\n"
    + "".join(
        f"a {word} of {n} things,{label}\n"
        for word, label in (("set", "human"), ("heap", "machine"))
        for n in range(40)
    ),
    encoding="utf-8",
)
ASKED = {  # the least that an instruction takes
    "language": "code=fr",
    "keywords": "words=dog",
    "keyword": "word=dog,least=2",
    "forbidden": "words=dog",
    "letter": "letter=e,most=2",
    "end": "phrase=Bye.",
    "paragraph_start": "paragraphs=3,nth=2,word=Now",
    "repeat": "text=Say it.",
    **dict.fromkeys(("sections", "bullets", "paragraphs"), "exactly=3"),
    **dict.fromkeys(("words", "sentences", "placeholders", "highlights", "capital_words"), "least=3"),
}
QUICK = {
    "logged": f"logged:logged={EXAMPLES}",
    "machine": f"machine:examples={EXAMPLES},shortest=1",
    "quality": f"quality:labels={LABELS},features=words",
    "contamination": f"contamination:against={EVALUATION}",
    "excluded": "excluded:sources=fixed",
    "removed": f"removed:files={REMOVED}",
    "family ngram": f"ngram:text={TEXT}",
    "family zipf": "zipf:types=2000",
    **{f"instruction {name}": f"{name}:{settings}" for name, settings in ASKED.items()},
    "vae": "vae:steps=40",
    "diffusion": "diffusion:steps=40",
    "transformer": "transformer:layers=1,width=16,context=32,budget=2000,vocabulary=300",
    **{name: f"{name}:{TUNING}" for name in TUNED},
}  # enough for every promise but quality
SLOW = ("arm", "vae", "diffusion", "transformer", "semantic")  # they train or load a network
QUALITY = ("makes_rows_like", "bias_below_1", "keeps_runs_apart")


def every(kind):
    for name in entries(kind):
        if name == "pretrained":
            continue  # which needs a base: tests/models/test_pretrained.py makes one and holds the contract
        small = QUICK.get(f"{kind} {name}", QUICK.get(name, name))
        quick = {str(check).rpartition("-")[2]: check for check in checks(kind, small)}
        for check in checks(kind, name):
            case = str(check).rpartition("-")[2]
            trained = name in TUNED or (name in QUICK and case.startswith(QUALITY))
            chosen = check if case.startswith(QUALITY) else quick[case]
            marks = [pytest.mark.slow] if trained or kind in SLOW or name in SLOW else []
            yield pytest.param(chosen, id=str(check), marks=marks)


@pytest.mark.parametrize("check", [check for kind in KINDS for check in every(kind)])
def test_contract(check):
    check()


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_something_to_check(kind):
    assert len(entries(kind)) >= 2
