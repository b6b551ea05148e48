"""Wrong words and bad files: one sentence, exit code 2, nothing lost, nothing half-made left behind."""

import os
import re
import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from autophagy.cli.main import main

RUN = ["--generations", "2", "--samples", "40", "--seeds", "2", "--metric", "drift", "--regime", "replace"]
LONG = "x" * 5000


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, own_registry):
    """A folder with good, bad and precious files, which every test runs in."""
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    images = rng.random((30, 8, 8)).astype(np.float32)
    images[3, 2, 2] = np.nan
    arrays = {
        "good": rng.normal(size=(60, 2)), "nan": images, "all-nan": np.full((30, 4), np.nan),
        "one": rng.normal(size=(1, 2)), "five": rng.normal(size=(5, 2)), "scalar": np.float64(3),
        "rank5": np.zeros((20, 2, 2, 2, 2)),
        "complex": np.zeros((20, 2), complex), "no-columns": np.zeros((20, 0)), "no-rows": np.zeros((0, 3)),
    }  # fmt: skip
    for name, array in arrays.items():
        np.save(f"{name}.npy", array)
    np.save("objects.npy", np.array([{}, 1], object), allow_pickle=True)
    for name in ("empty.npy", "empty.csv", "empty.txt", "empty.jsonl"):
        Path(name).touch()
    Path("cut.npy").write_bytes(Path("good.npy").read_bytes()[:300])
    Path("texts.txt").write_text("\n".join(f"line {i} says hello" for i in range(50)))
    Path("precious").write_text("precious")
    Path("papers").mkdir()
    Path("papers/thesis.tex").write_text("precious")
    Path("nothing").mkdir()
    return tmp_path


def everything():
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(Path().rglob("*"))}


def refused(words, capsys, match=""):
    """The words get one sentence and exit code 2, and leave every file as it was."""
    before = everything()
    code = main(words)
    printed, told = capsys.readouterr()
    assert code == 2, told
    assert printed == ""
    assert re.fullmatch(r"autophagy: [^\n]+[.]\n", told), told
    assert not re.search(r"[.!?] [A-Z]", told.replace(LONG, "")), f"more than one sentence: {told}"
    assert "Traceback" not in told
    assert re.search(match, told), told
    assert everything() == before


# --- data


DATA = {
    "missing.npy": "no file or folder missing.npy",
    "no/such/folder": "no file or folder",
    "empty.npy": "empty.npy is empty",
    "empty.csv": "empty.csv is empty",
    "empty.txt": "empty.txt is empty",
    "empty.jsonl": "empty.jsonl is empty",
    "cut.npy": "cut.npy",
    "nan.npy": "needs 40 real rows of nan.npy",
    "all-nan.npy": "all-nan.npy holds 0 usable rows .30 of 30 rows were set aside for NaN",
    "one.npy": "one.npy holds 1 usable row",
    "five.npy": "five.npy has 5 usable rows, too few",
    "scalar.npy": r"shape \(\)",
    "rank5.npy": r"shape \(20, 2, 2, 2, 2\)",
    "complex.npy": "complex128",
    "no-columns.npy": r"shape \(20, 0\)",
    "no-rows.npy": "no-rows.npy",
    "objects.npy": "not read for safety",
    "texts.txt": "texts.txt holds texts",
    "nothing": "nothing holds no images",
    "owner/name": "run pip install datasets",
    "dgits": r"no data set 'dgits' \(did you mean 'digits'\?\)",
    "": "there are no data",
    "  ": "no file or folder",
    "a\0b": "no file or folder",
    LONG: "no data set",
    "digits:size=3": "digits has no settings",
    "normal:d=0": "the setting d",
    "normal:d=-1": "the setting d",
    "normal:d=x": "the setting d",
    "normal:d=1e9": "the setting d",
    "normal:d=1000000": "GiB of memory",
    "normal:d=2,d=3": "given twice",
    "normal:dd=3": r"no setting 'dd' \(did you mean 'd'\?\)",
    "normal:variance=nan": "variance",
    "normal:variance=-1": "variance",
    "normal:mean=1e300": "mean",
    "ring:modes=1e12": "modes",
    "ring:radius=1e300": "radius",
    "spiral:turns=1e308": "turns",
    "rosenbrock:b=1e-320": "the setting b",
    "ring:=3": "no setting ''",
    "ring:3": "'3' in 'ring:3' is not a setting",
}


@pytest.mark.parametrize("data", DATA, ids=lambda data: repr(data)[:40])
def test_bad_data(data, capsys):
    refused(["loop", data, *RUN, "--out", "run"], capsys, DATA[data])


def test_real_rows_that_are_not_enough(capsys):
    words = ["loop", "good.npy", "--seeds", "2", "--out", "run"]
    refused([*words, "--samples", "100"], capsys, "the plan needs 100 real rows of good.npy, which has 48 beside")
    refused([*words, "--fixed", "80"], capsys, "needs 80 real rows")
    refused([*words, "--regime", "fresh", "--fresh", "30", "--generations", "9"], capsys, "needs 241 real rows")
    refused([*words, "--samples", "30", "--regime", "fresh", "--fresh", "0.5"], capsys, "or allow reuse")


# --- numbers


FLAGS = [
    "generations",
    "samples",
    "seeds",
    "seed",
    "bias",
    "fixed",
    "fresh",
    "synthetic",
    "memory",
    "budget",
    "workers",
]
NUMBERS = ["-1", "nan", "inf", "-inf", "1e300", "99999999999999999999", "many", "", "0", "1.5", "[1]", "1e12"]
FINE = {
    ("seed", "0"), ("seed", "1e12"), ("bias", "1.5"), ("fixed", "0"), ("fresh", "0"), ("memory", "1e12"),
    ("budget", "1e12"),
    ("workers", "99999999999999999999"),
}  # fmt: skip


@pytest.mark.parametrize(("flag", "number"), [case for case in product(FLAGS, NUMBERS) if case not in FINE])
def test_absurd_numbers(flag, number, capsys):
    words = [word for word in RUN if word not in ("--regime", "replace")]
    if f"--{flag}" in words:
        at = words.index(f"--{flag}")
        del words[at : at + 2]
    if flag in ("generations", "seeds", "workers"):
        words += ["--regime", "replace"]
    refused(["loop", "normal", *words, f"--{flag}={number}", "--out", "run"], capsys, f"{flag} is |GiB of memory")


def test_a_plan_that_the_memory_cannot_hold(capsys):
    """A density has rows without end, so that nothing but the memory bounds a plan on it."""
    for words in (["--samples", "1e11"], ["--fixed", "1e11"], ["--fresh", "1e11"], ["--fresh", "0.9999999999"]):
        plain = [word for word in RUN if word not in ("--samples", "40", "--regime", "replace")]
        refused(["loop", "normal", *plain, *words, "--out", "run"], capsys, "GiB of memory, and this machine has")
    words = ["--metric", "drift", "--regime", "accumulate", "--generations", "1e6", "--samples", "1e7"]
    refused(["loop", "normal", *words, "--out", "run"], capsys, "the rows of accumulate need")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_memory_that_runs_out_all_the_same(workers, capsys):
    Path("greedy.py").write_text(
        "from dataclasses import dataclass\nfrom autophagy import model\n"
        "@model('greedy')\n@dataclass(frozen=True)\nclass Greedy:\n    '''Wants it all.'''\n"
        "    def fit(self, train, rng, *, start=None):\n        raise MemoryError\n"
    )
    words = ["loop", "ring", *RUN, "--regime", "augment", "--plugin", "greedy.py", "--model", "greedy", "--out", "run"]
    refused([*words, "--workers", workers], capsys, "memory of this machine ran out")


# --- names and settings


WORDS = {
    "--model gausian": r"did you mean 'gaussian'\?",
    "--model ''": "no model ''",
    "--model gaussian:covarance=mle": r"did you mean 'covariance'\?",
    "--model gaussian:covariance=full": "takes mle or unbiased",
    "--model gaussian:mle": "is not a setting",
    "--model kde:bandwidth=-1": "bandwidth",
    "--model kde:bandwidth=nan": "bandwidth",
    "--model mixture:components=0": "at least 1 component",
    "--model mixture:components=1e9": "raise samples",
    "--model mixture:components=2.5": "takes int",
    "--model vae:latent=0": "latent must be at least 1",
    "--model vae:steps=-1": "steps must be at least 1",
    "--model vae:width=1e9": "width must be at least 1 and at most 65536",
    "--model diffusion:width=0": "width must be at least 1",
    "--model diffusion:steps=0": "steps must be at least 1",
    "--model diffusion:batch=0": "batch must be at least 1",
    "--model diffusion:learning_rate=-1": "learning_rate must be at least 0",
    "--model diffusion:sampling_steps=0": "sampling_steps must be at least 1",
    "--model diffusion:guidance=-1": "guidance must be at least 0",
    "--regime replce": r"did you mean 'replace'\?",
    "--regime :": "no regime ''",
    "--regime augment --regime augment": "the regime augment is named twice",
    "--regime mix --regime mix:fresh=10 --fresh 10": "two of the regimes come to mix:fresh=10",
    "--regime mix:nope=1": "no setting 'nope'",
    "--regime mix:memory=0": "memory is 0",
    "--regime mix:memory=-3": "memory is -3",
    "--regime mix:memory=x": "memory is 'x'",
    "--regime mix:memory=[1": "memory is",
    "--regime mix:memory=2.5": "memory",
    "--regime mix:memory=true": "memory",
    "--regime mix:fresh=-1": "fresh is -1",
    "--regime mix:fresh=1.5": "fresh is 1.5",
    "--regime mix:fresh=nan": "fresh",
    "--regime mix:fresh=1e12": "GiB of memory",
    "--regime mix:fixed=inf": "fixed",
    "--regime mix:fixed=1e300": "fixed",
    "--regime mix:fixed=-0.5": "fixed is -0.5",
    "--regime mix:fixed=0.5,fresh=0.6": "add up to 1.1",
    "--regime mix:budget=0": "budget is 0",
    "--regime mix:budget=-5": "budget is -5",
    "--regime mix:budget=all": "budget is 'all'",
    "--regime mix:budget=1e300": "budget",
    "--regime mix:synthetic=0": "leaves no rows to learn from",
    "--regime mix:synthetic=-4": "synthetic is -4",
    "--regime mix:synthetic=1000": "raise samples",
    "--metric recal": r"did you mean 'recall'\?",
    "--metric ''": "no metric ''",
    "--metric recall:k=3": "no setting 'k'",
    "--metric recall:neighbours=nan": "takes int",
    "--metric recall:neighbours=0": "recall:neighbours=0 is unknown even for real rows",
    "--metric recall:neighbours=1e9": "need more than 1000000000 rows",
    "--metric vendi --metric vendi": "the metric vendi is named twice",
    "--curator outlierr": r"did you mean 'outlier'\?",
    "--curator outlier:keep=0": "keep is a share above 0",
    "--curator outlier:keep=2": "keep is a share above 0",
    "--curator outlier:keep=nan": "takes float",
    "--curator outlier --curator outlier": "the curator outlier is named twice",
    "--curator duplicates:distance=-1": "distance must be at least 0",
    "--features rawr": "no features 'rawr'",
    "--features ''": "no features ''",
    "--features pca:0": "whole number K",
    "--features pca:-1": "whole number K",
    "--features pca:many": "whole number K",
    "--plugin missing.py": "is not a Python file",
    "--plugin precious": "is not a Python file",
    "--plugin nothing": "is not a Python file",
    "--plugin ''": "is not a Python file",
    "--out precious": "precious is a file: give --out a folder",
    "--out precious/run": "cannot be written",
    "--out papers": "not a run folder",
    "--out " + "y" * 300: "cannot be written",
    "--spec missing.toml": "there is no spec file",
    "--spec nothing": "cannot be read as TOML",
    "--nope": "there is no option --nope: autophagy loop --help shows",
    "--samples": "--samples needs a value: autophagy loop --help",
    "extra": "nothing takes the words 'extra'",
    "--json=perhaps": "--json cannot be 'perhaps'",
}


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[:60])
def test_wrong_words(words, capsys):
    given = [word.strip("'") for word in words.split()]
    mine = RUN[:-2] if given[0] == "--regime" else RUN
    out = [] if given[0] == "--out" else ["--out", "run"]
    refused(["loop", "ring", *mine, *given, *out], capsys, WORDS[words])


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="there is no /proc here")
def test_a_place_that_cannot_be_written(capsys):
    refused(["loop", "ring", *RUN, "--out", "/proc/run"], capsys, "cannot be written")
    assert main(["loop", "ring", *RUN, "--out", "run"]) == 0
    capsys.readouterr()
    refused(["report", "run", "--out", "/proc/page.html"], capsys, "cannot be written")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(capsys):
    Path("nothing").chmod(0o555)
    refused(["loop", "ring", *RUN, "--out", "nothing/run"], capsys, "cannot be written")


def test_a_number_that_no_regime_has(capsys):
    Path("mine.py").write_text(
        "from autophagy import regime\n@regime('mine')\ndef mine(history, rng):\n"
        "    '''Mine.'''\n    return history.synthetic[-1]\n"
    )
    words = ["loop", "ring", *RUN[:-2], "--plugin", "mine.py", "--regime", "mine", "--out", "run"]
    refused([*words, "--fresh", "10"], capsys, "no regime of this run has the number fresh")


PLUGINS = {
    "nothing registered": ("x = 1\n", "registers nothing"),
    "no Python": ("def f(:\n", "SyntaxError"),
    "an error": ("1 / 0\n", "ZeroDivisionError"),
    "an exit": ("import sys\nsys.exit(3)\n", "SystemExit"),
    "an import": ("import not_to_be_found\n", "ModuleNotFoundError"),
    "a taken name": (
        "from autophagy import metric\n@metric('recall')\ndef f(a, b, rng):\n    '''F.'''\n",
        "exists already",
    ),
    "no caption": ("from autophagy import metric\n@metric('f')\ndef f(a, b, rng):\n    return 1\n", "has no docstring"),
    "no dataclass": ("from autophagy import model\n@model('f')\nclass F:\n    '''F.'''\n", "is not a dataclass"),
}


@pytest.mark.parametrize("name", PLUGINS)
def test_a_bad_plug_in_file(name, capsys):
    text, match = PLUGINS[name]
    Path("bad.py").write_text(text)
    refused(["loop", "ring", *RUN, "--plugin", "bad.py", "--out", "run"], capsys, match)
    refused(["list", "--plugin", "bad.py"], capsys, match)


SPECS = {
    "data = [": "cannot be read as TOML",
    "data = 'ring'\nsamlpes = 3": r"no setting 'samlpes' \(did you mean 'samples'\?\)",
    "data = 'ring'\nsamples = 'many'": "samples is 'many'",
    "data = 3": "data is 3",
    "data = 'ring'\nregimes = [3]": "3 names no plug-in",
    "data = 'ring'\nregimes = []": "there is no regime",
    "data = 'ring'\nmodel = {gaussian = 3}": "names no plug-in",
    "data = 'ring'\nmodel = {gaussian = {covariance = 3}}": "takes mle or unbiased",
    "data = 'ring'\n[model]": "names no plug-in",
    "data = 'ring'\nmetrics = [{recall = {neighbours = [3]}}]": "the setting neighbours of recall cannot be",
    "model = 'gaussian'": "there are no data",
    "": "there are no data",
}


@pytest.mark.parametrize("text", SPECS, ids=lambda text: text[:40])
def test_a_bad_spec_file(text, capsys):
    Path("spec.toml").write_text(text)
    refused(["loop", "--spec", "spec.toml", "--out", "run"], capsys, SPECS[text])


# --- the other verbs, and no verb


VERBS = {
    "loop": "there are no data",
    "loop --json": "there are no data",
    "lop": r"there is no command 'lop' \(did you mean 'loop'\?\): autophagy --help",
    "--nope": "--nope",
    "report": "RUN is missing: autophagy report --help",
    "ask Why?": r"--documents is missing: autophagy ask --help",
    "ask Why? papers": r"--documents is missing \(did you mean --documents papers\?\): autophagy ask --help",
    "ask papers Why?": r"--documents is missing \(did you mean --documents papers\?\)",
    "ask Why? --documents": "--documents needs a value",
    "ask Why? --documents https://example.org/page.html": "https://example.org/page.html is an address, and data are",
    "audit https://example.org/rows.jsonl": "https://example.org/rows.jsonl is an address, and data are read",
    "audit precious --curator copies": "the curator 'copies' is called duplicates here: write duplicates",
    "audit precious --curator piis": r"there is no curator 'piis' \(did you mean 'personal'\?\)",
    "compare --arm rags": r"there is no arm 'rags' \(did you mean 'context'\?\)",
    "compare --model ./missing": "the model ./missing is not a folder: give the path of a saved model",
    "generate precious": r"nothing takes the words 'precious' \(a file or folder goes behind its option\)",
    "list curators many": "nothing takes the words 'many': autophagy list --help",
    "cost --hours 5": r"there is no option --hours \(did you mean --gpu-hours\?\)",
    "report missing": "missing is no run folder",
    "report precious": "precious is no run folder",
    "report papers": "papers is no run folder",
    "report nothing": "nothing is no run folder",
    "list modles": r"did you mean 'models'\?",
    "list MODELS": "choose from",
    "list models curators": "nothing takes the words 'curators'",
    "list --plugin missing.py": "is not a Python file",
}


@pytest.mark.parametrize("words", VERBS)
def test_wrong_verbs(words, capsys):
    refused(words.split(), capsys, VERBS[words])


# --- run folders


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a finished run, to be copied."""
    out = tmp_path_factory.mktemp("finished") / "run"
    assert main(["loop", "ring", *RUN, "--out", str(out)]) == 0
    return out


@pytest.fixture
def run(finished):
    return shutil.copytree(finished, Path("run"))


def again(*more):
    return ["loop", "ring", *RUN, "--out", "run", *more]


def test_a_run_is_not_begun_again_nor_overwritten(run, capsys):
    refused(again(), capsys, "holds a finished run of this spec: add --resume")
    refused(again("--resume", "--bias", "0.5"), capsys, r"another spec \(bias differ\)")


@pytest.mark.parametrize("name", ["spec.toml", "environment.json"])
@pytest.mark.parametrize("content", ["", "{", "\0", "[1]", "null"])
def test_a_damaged_run_folder_is_told_and_left_alone(name, content, run, capsys):
    (run / name).write_text(content)
    refused(again("--resume"), capsys, "run")


@pytest.mark.parametrize("line", ["{", "3", "null", '"text"'])
def test_a_damaged_line_is_told(line, run, capsys):
    path = run / "generations.jsonl"
    path.write_text(line + "\n" + path.read_text())
    (run / "DONE").unlink()
    refused(again("--resume"), capsys, "generations.jsonl line 1 is not JSON")


def test_a_report_page_in_place_of_a_folder_is_refused(run, capsys):
    refused(["report", "run", "--out", "nothing"], capsys, "nothing is none: give --out a name that ends in .html")
    Path("page.html").mkdir()
    refused(["report", "run", "--out", "page.html"], capsys, "page.html cannot be written")


def test_an_error_in_a_late_generation_keeps_what_is_done(capsys):
    Path("tiring.py").write_text(
        "from dataclasses import dataclass\nfrom autophagy import model\nfrom autophagy.core.errors import FitError\n"
        "from autophagy.models.gaussian import Gaussian\n"
        "@model('tiring')\n@dataclass(frozen=True)\nclass Tiring:\n    '''Gives up.'''\n"
        "    def fit(self, train, rng, *, start=None):\n"
        "        if train.generation.max() == 1:\n            raise FitError('enough is enough.')\n"
        "        return Gaussian().fit(train, rng)\n"
    )
    words = ["loop", "ring", *RUN, "--plugin", "tiring.py", "--model", "tiring", "--out", "run"]
    assert main(words) == 2
    assert "autophagy: enough is enough.\n" in capsys.readouterr().err
    assert len(Path("run/generations.jsonl").read_text().splitlines()) == 2


def test_an_error_before_anything_is_done_leaves_the_folders_that_were_there(capsys):
    refused(["loop", "ring", *RUN, "--model", "mixture:components=1e9", "--out", "nothing"], capsys, "raise samples")
    refused(
        ["loop", "ring", *RUN, "--model", "mixture:components=1e9", "--out", "nothing/new/run"], capsys, "raise samples"
    )
