"""What is installed in part: every verb does its work, or says in one sentence what to install."""

import importlib.metadata
import json
import subprocess
import sys

import pytest
from packaging.requirements import Requirement

PLACES = importlib.metadata.packages_distributions()
SCRIPT = """
import json, sys
from importlib.machinery import PathFinder

class Installed(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else super().find_spec(name, path, target)

hidden = set(json.loads(sys.argv[1]))
sys.meta_path[sys.meta_path.index(PathFinder)] = Installed
from autophagy.cli.main import main
for words in json.loads(sys.argv[2]):
    print(main(words.split()), words, file=sys.stderr)
"""
LOOP = "--generations 2 --seeds 2 --samples 10 --regime replace --features pca"
NOBODY = "--model m --base-url http://127.0.0.1:9/v1"
WORK = {  # what to type, and the extras that it needs beside what every installation has
    f"loop ring --model kde {LOOP} --out loop": set(),
    f"loop rows.jsonl --model ngram {LOOP} --out words": set(),
    f"loop ring --model vae {LOOP} --out vae": {"neural"},
    f"loop rows.jsonl --model pretrained {LOOP} --out tuned": {"text"},
    "forecast gaussian --generations 3 --samples 100": set(),
    "drift before.jsonl after.jsonl --out drift": set(),
    f"drift record --suite primes {NOBODY} --out snapshot": {"context"},
    "generate --seeds rows.jsonl --model ngram --recipe continue --rows 2 --out made": {"curate"},
    f"generate --seeds seeds.jsonl {NOBODY} --rows 2 --out asked": {"curate", "context"},
    "audit rows.jsonl --out audit": {"curate"},
    "curate rows.jsonl --out curated": {"curate"},
    "ask tower? --documents rows.jsonl --embedder none": {"ask"},
    f"compare --documents rows.jsonl --questions before.jsonl --arm closed {NOBODY} --out arms": {"context"},
    "diff loop words": set(),
    "runs .": set(),
    "list --json": set(),
    "report loop": {"report"},
    "export loop": {"report"},
}


def wanted(extras):
    """The names of the distributions that come with some extras."""
    seen, todo = set(), [("autophagy", frozenset(extras))]
    while todo:
        name, more = todo.pop()
        if (name, more) in seen:
            continue
        seen.add((name, more))
        try:
            lines = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        for each in map(Requirement, lines):
            if not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in {"", *more}):
                todo.append((each.name.lower().replace("_", "-"), frozenset(each.extras)))
    return {name for name, _ in seen}


@pytest.fixture
def rows(tmp_path):
    texts = [f"The tower of {place} was built in {year}." for place in ("Kesh", "Lund") for year in range(1600, 1650)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    seed = json.dumps({"instruction": "Name a colour.", "output": "Red"})
    (tmp_path / "seeds.jsonl").write_text(f"{seed}\n")
    for name, said in (("before", "Yes"), ("after", "No")):
        logged = [{"id": f"q{n}", "prompt": f"Is {n}?", "reference": "Yes", "response": said} for n in range(20)]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in logged))
    return tmp_path


@pytest.mark.parametrize("extras", [(), ("report", "curate"), ("ask",)])
def test_a_verb_works_or_says_what_to_install(rows, extras):
    known = wanted(extras)
    hidden = [
        name
        for name, homes in PLACES.items()
        if name != "autophagy" and not any(home.lower().replace("_", "-") in known for home in homes)
    ]
    assert "torch" in hidden
    words = [sys.executable, "-c", SCRIPT, json.dumps(hidden), json.dumps(list(WORK))]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=rows)
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    codes = dict(reversed(line.split(" ", 1)) for line in done.stderr.splitlines() if line[:2] in ("0 ", "1 ", "2 "))
    assert codes.keys() == WORK.keys()
    for work, needs in WORK.items():
        if needs <= {*extras}:
            assert codes[work] == "0", (work, done.stderr)
        elif codes[work] != "0":  # another extra may bring it too
            before = done.stderr[: done.stderr.index(f"2 {work}\n")].splitlines()[-1]
            assert "which is not installed: run pip install" in before, before
    assert (rows / "vae").exists() == ("neural" in extras)
