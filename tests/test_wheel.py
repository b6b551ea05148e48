"""What is installed is what type checkers of users see: a wheel is built, installed, and checked from outside."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/results.md")
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
# no type of theirs stands in what users call, and they take most of the time to read
UNREAD = "torch.*,transformers.*,tokenizers.*,peft.*,huggingface_hub.*,openai.*,sqlalchemy.*,aiohttp.*,ray.*,mlflow.*"
EXPECTED = """
from collections.abc import Mapping
from pathlib import Path
from typing import assert_type

import polars
from matplotlib.figure import Figure

import autophagy
from autophagy import CompareSpec, ForecastSpec, LoopSpec, Result, Score, write_report
from autophagy.charts.chart import Chart
from autophagy.compare.result import CompareResult
from autophagy.diff.result import DiffResult
from autophagy.forecast.result import ForecastResult
from autophagy.loop.record import Record
from autophagy.loop.result import LoopResult

result = autophagy.run(LoopSpec([1.0, 2.0], model="kde", regimes="replace", samples=1e3), "runs/x", workers=1)
assert_type(result, LoopResult)
assert_type(result.record, Record)
assert_type(autophagy.run(CompareSpec(documents=["a"]), "x"), CompareResult)
assert_type(autophagy.run(ForecastSpec("gaussian"), "x"), ForecastResult)
assert_type(autophagy.open(Path("runs/x")), Result)
assert_type(autophagy.diff("a", result), DiffResult)
assert_type(result.verdict, list[str])
assert_type(result.ends()[0].score, Score)
assert_type(result.charts(), Mapping[str, Chart])
assert_type(result.plot("recall", grey=True), Figure)
assert_type(result.frame("polars"), polars.DataFrame)
assert_type(result.save("a.svg"), Path)
assert_type(write_report(["runs/x"], "x.html"), Path)
assert_type(write_report([Path("runs/x"), "y"], Path("x.html")), Path)
for generation in autophagy.loop(LoopSpec("ring")):
    assert_type(generation.index, int)
    assert_type(generation.scores, dict[str, float])
"""
WRONG = """
import autophagy

autophagy.open(3)
autophagy.run(autophagy.LoopSpec("ring"), "x").verdct
autophagy.run(autophagy.LoopSpec("ring"), "x").frame("panda")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The Python of an environment that holds the wheel, and all else that this one has."""
    pytest.importorskip("hatchling", reason="the wheel is built by hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    words = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    built = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(packages)
    (packages / "rest.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "venv" / "bin" / "python"


def checked(python, folder, cache, scripts):
    """What mypy says of scripts by name against the installed package; the cache keeps what it knows of libraries."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text)
    (folder / "mypy.ini").write_text(
        "[mypy]\nstrict = True\n[mypy-pandas.*,pyarrow.*]\nignore_missing_imports = True\n"
        f"[mypy-{UNREAD}]\nfollow_imports = skip\n"
    )
    words = [
        "--config-file",
        "mypy.ini",
        "--cache-dir",
        str(cache),
        "--python-executable",
        str(python),
        *(f"{name}.py" for name in scripts),
    ]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        [sys.executable, "-m", "mypy", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_is_what_is_imported_and_holds_no_more_than_the_package(installed, tmp_path):
    code = "import autophagy; print(autophagy.__file__)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    where = subprocess.run(
        [installed, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    package = Path(where.stdout.strip()).parent
    assert package.is_relative_to(installed.parents[1])
    source = ROOT / "src" / "autophagy"
    kept = {
        path.relative_to(source) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    assert {
        path.relative_to(package) for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    } == kept
    assert Path("py.typed") in kept
    assert list(package.parent.glob("autophagy-*.data/data/share/man/man1/autophagy.1")), "the manual page is not in it"


def test_the_scripts_of_the_pages_and_the_results_have_types(installed, tmp_path, pytestconfig):
    """All in one go, since reading the libraries takes longer than the scripts do."""
    cache = pytestconfig.cache.mkdir("wheel-types")
    scripts = {
        Path(page).stem.lower(): "\n".join(PYTHON.findall((ROOT / page).read_text(encoding="utf-8"))) for page in PAGES
    }
    found = checked(installed, tmp_path, cache, {**scripts, "expected": EXPECTED, "wrong": WRONG})
    errors = re.findall(r"^(\w+)\.py:\d+: error", found.stdout, re.M)
    assert errors == 3 * ["wrong"], found.stdout + found.stderr
