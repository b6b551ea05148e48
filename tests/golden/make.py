"""The numbers of small runs over all verbs, models and regimes, as digests: a change of form must leave them alone.

`python tests/golden/make.py` runs them all and compares with digests.json beside this file; `--write` writes it anew.
The digests hold to the last bit on one kind of processor with the versions of constraints.txt, so this is a tool for
whoever moves code and no test: run it before the change and after it, on the same machine.

What is compared are figures and texts, never what they are called: a run's figures are listed in the order of their
names, so a key that is renamed must be told in RENAMED.
"""

import argparse
import contextlib
import hashlib
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DIGESTS = Path(__file__).with_name("digests.json")
RENAMED: dict[str, str] = {}  # today's name of a figure -> the name that it had when the digests were written
SMALL = "--generations 3 --seeds 2"
LOOPS = {
    "gaussian-regimes": f"normal:d=2 --model gaussian --samples 100 {SMALL} --regime replace --regime augment "
    "--regime fresh:fresh=20 --regime accumulate --regime subsample:budget=100",
    "gaussian-mix-bias": f"ring --model gaussian --samples 100 {SMALL} --regime mix --fixed 50 --fresh 0.1 --memory 2 "
    "--bias 0.8",
    "mixture": f"spiral --model mixture:components=4 --samples 120 {SMALL}",
    "kde-digits": f"digits --model kde --samples 200 {SMALL} --features pca",
    "kde-curators": f"rosenbrock --model kde --samples 120 {SMALL} --curator outlier --curator duplicates",
    "vae": "digits --model vae:steps=30 --samples 150 --generations 2 --seeds 2 --regime replace --features classifier",
    "diffusion": "ring --model diffusion:steps=60 --samples 120 --generations 2 --seeds 2 --regime augment",
    "ngram": "python-reference --model ngram --generations 2 --seeds 2 --regime replace --regime weighted",
    "ngram-curators": "python-reference --model ngram --generations 2 --seeds 1 --curator best_of "
    "--curator surprising --metric types --metric cross_entropy",
    "ngram-teacher": "python-reference --model ngram --teacher ngram:order=2 --generations 1 --seeds 2 --samples 100 "
    "--metric imitation --regime mix:fixed=50",
    "transformer": "python-reference --model transformer:layers=1,width=32,vocabulary=300,context=32,epochs=1 "
    "--samples 60 --generations 2 --seeds 2 --regime replace",
    "pretrained": "python-reference --model pretrained:base=TINY,epochs=1,context=32,prompt=0 --samples 12 "
    "--generations 2 --seeds 1 --regime replace",
}
FORECASTS = {
    "gaussian": "gaussian --samples 1e6 --fresh 2e4 --bias 0.95 --generations 30 --target variance>=0.9",
    "gaussian-regimes": "gaussian:d=3 --samples 200 --regime accumulate --generations 20 --chains 50",
    "bernoulli": "bernoulli --samples 1000 --generations 20",
    "categorical": "categorical --samples 1000 --generations 20 --choices 2",
    "zipf": "zipf --samples 1e5 --generations 10 --verifier .9,.3",
    "poisson": "poisson --samples 1000 --generations 20",
    "ngram": "ngram:text=TEXT --samples 50 --generations 4 --chains 10",
    "weights": "weights --samples 1000 --generations 10",
    "regression": "regression --samples 1000 --generations 10",
    "kernel": "kernel --samples 200 --generations 10",
    "map": "gaussian --samples 1000 --generations 20 --chains 20 --map fresh=0..0.5:4 bias=0.8..1:3",
}
COMPARE = (
    "--documents world:people=4 --questions world --embedder none --seeds 2 --arm closed --arm context --arm oracle "
    "--arm random --arm full:rewritings=0,learning_rate=0.003,exposures=2"
)
ASK = "Where was Ada born? --embedder none --passages 3"
SAME = {
    "sentences",
    "seconds",
    "joules",
    "money",
    "peak_mib",
    "run",
    "out",
    "method",
}  # what no two runs share, and what is said of the figures


def main() -> int:
    """Run everything; exit code 1 where a digest differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the digests anew")
    parser.add_argument("--keep", type=Path, help="a folder for the figures themselves, to see what differs")
    asked = parser.parse_args()
    work = Path(tempfile.mkdtemp())
    try:
        digests = {}
        for name, figures in runs(work):
            text = json.dumps(figures, sort_keys=True, indent=1)
            digests[name] = hashlib.sha256(text.encode()).hexdigest()[:16]
            print(digests[name], name, flush=True)
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{name}.json").write_text(text, encoding="utf-8")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if asked.write:
        DIGESTS.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
        return 0
    before = json.loads(DIGESTS.read_text(encoding="utf-8"))
    differ = sorted(name for name in before.keys() | digests.keys() if before.get(name) != digests.get(name))
    print(f"{len(before) - len(differ)} of {len(before)} runs have the same figures", *differ, sep="\n- ")
    return 1 if differ else 0


def runs(work):
    """Each run's name and its figures."""
    tiny = tiny_model()
    for name, words in LOOPS.items():
        out = work / name
        autophagy("loop", *words.replace("TINY", tiny).split(), "--out", str(out))
        yield f"loop-{name}", [scores(json.loads(line)) for line in (out / "generations.jsonl").open()]
    text = work / "text.txt"
    text.write_text("".join(f"The {n % 7} of the {n % 3} is {n * n % 11}.\n" for n in range(300)), encoding="utf-8")
    for name, words in FORECASTS.items():
        document = json.loads(autophagy("forecast", *words.replace("TEXT", str(text)).split(), "--json"))
        wanted = {key: document.get(key) for key in ("generations", "checks", "answers", "map")}
        yield f"forecast-{name}", plain(wanted)
    calibrated = autophagy("forecast", "gaussian", "--calibrate", str(work / "gaussian-mix-bias"), "--json")
    yield "forecast-calibrate", numbers(json.loads(calibrated))
    out = work / "compare"
    autophagy("compare", *COMPARE.split(), "--out", str(out))
    rows = [json.loads(line) for line in (out / "answers.jsonl").open()]
    yield "compare", [[row["arm"], row["seed"], row["question"], row["text"], plain(row["marks"])] for row in rows]
    (work / "notes").mkdir()
    (work / "notes" / "ada.txt").write_text("Ada was born in London.\n\nShe wrote of engines.\n", encoding="utf-8")
    (work / "notes" / "bob.txt").write_text("Bob was born in Leeds. He writes of trains.\n", encoding="utf-8")
    question, *flags = ASK.partition("?")[0] + "?", *ASK.partition("?")[2].split()
    answer = autophagy("ask", question, "--documents", str(work / "notes"), *flags, "--json")
    yield "ask", numbers(json.loads(answer))


def tiny_model() -> str:
    """The folder of the small random Llama of the contract suites, wherever that stands."""
    for home in ("autophagy.testing.tiny_model", "autophagy.tiny"):  # today's, and that of the first digests
        with contextlib.suppress(ModuleNotFoundError):
            return str(importlib.import_module(home).tiny_model())
    sys.exit("there is no small model to tune: name the module that makes it in tiny_model.")


def autophagy(*words: str) -> str:
    """What a command prints on standard output; it must succeed."""
    done = subprocess.run([sys.executable, "-m", "autophagy", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"autophagy {' '.join(words)} failed:\n{done.stderr}")
    return done.stdout


def scores(line):
    """The figures of a line of generations.jsonl."""
    kept = {"regime", "seed", "generation", "kept", "dropped", "scores", "histograms", "mixture"}
    return plain({name: value for name, value in line.items() if name in kept})


def plain(value):
    """Values with the names that they had when the digests were written, without what no two runs share."""
    if isinstance(value, dict):
        return {RENAMED.get(name, name): plain(part) for name, part in value.items() if name not in SAME}
    return [plain(part) for part in value] if isinstance(value, list) else value


def numbers(value):
    """All numbers of a document, sorted: for what is laid out in other ways than before."""
    if isinstance(value, dict):
        return sorted(number for name, part in value.items() if name not in SAME for number in numbers(part))
    if isinstance(value, list):
        return sorted(number for part in value for number in numbers(part))
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


if __name__ == "__main__":
    sys.exit(main())
