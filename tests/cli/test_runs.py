"""autophagy runs: the list, its filters and its order, and what is said where there is nothing to list."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.report.runs.terminal import age, size

HOSTILE = "a\033[31m\nb"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder with runs/: a finished loop, a stopped one under a hostile name, a forecast, and a damaged folder."""
    root = tmp_path_factory.mktemp("shop")
    spec = autophagy.LoopSpec("normal:d=1", samples=20, generations=2, seeds=2, metrics=("variance_ratio",))
    autophagy.run(spec, root / "runs" / "loop")
    stopped = shutil.copytree(root / "runs" / "loop", root / "runs" / "deep" / HOSTILE)
    (stopped / "DONE").unlink()
    autophagy.run(autophagy.ForecastSpec("gaussian", samples=100, generations=2, chains=50), root / "runs" / "ahead")
    (root / "runs" / "broken").mkdir()
    (root / "runs" / "broken" / "spec.toml").write_text("data = ")
    (root / "runs" / "broken" / "DONE").touch()
    for number, name in enumerate(("loop", f"deep/{HOSTILE}", "ahead", "broken")):
        for path in (root / "runs" / name).rglob("*"):
            os.utime(path, (1e9 - number, 1e9 - number))
    return root


@pytest.fixture
def listed(shop, monkeypatch, capsys):
    """A function from words to the folders that are listed."""
    monkeypatch.chdir(shop)

    def names(*words):
        capsys.readouterr()
        assert main(["runs", "--json", *words]) == 0
        return [os.path.relpath(run["folder"], "runs") for run in json.loads(capsys.readouterr().out)["runs"]]

    return names


ALL = ["loop", f"deep/{HOSTILE}", "ahead", "broken"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), ALL),
        (("--reverse",), ALL[::-1]),
        (("--sort", "run"), sorted(ALL)),
        (("--sort", "state"), ["loop", "ahead", f"deep/{HOSTILE}", "broken"]),
        (("--verb", "loop"), ALL[:2]),
        (("--state", "damaged"), ["broken"]),
        (("--state", "stopped"), ALL[1:2]),
        (("--data", "NORMAL", "--state", "done"), ["loop"]),
        (("--match", "variance ratio"), ALL[:2]),
        (("--match", "nothing of the kind"), []),
        (("runs/deep",), ALL[1:2]),
        ((".",), ALL),
    ],
)
def test_the_list_is_sorted_and_filtered(listed, words, names):
    assert listed(*words) == names


def test_the_sizes_are_those_of_the_folders(listed):
    folders = {name: Path("runs", name).rglob("*") for name in ("loop", "ahead")}
    sizes = {name: sum(path.stat().st_size for path in paths) for name, paths in folders.items()}
    order = [name for name in listed("--sort", "size") if name in sizes]
    assert order == sorted(sizes, key=sizes.get, reverse=True)


def test_a_line_has_the_headline_and_nothing_that_steers_a_terminal(shop, monkeypatch, capsys):
    monkeypatch.chdir(shop)
    assert main(["runs"]) == 0
    out = capsys.readouterr().out
    assert "variance ratio" in out
    assert "stopped, 4 of 4" in out
    assert "cannot be read" in out  # why the damaged one is
    assert "\033[31m" not in out
    assert len(out.splitlines()) == 5


def test_without_a_run_the_next_step_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["runs"]) == 2
    assert "autophagy loop" in capsys.readouterr().err
    assert main(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == []


def test_runs_are_looked_for_here_where_there_is_no_folder_runs(shop, monkeypatch, capsys):
    monkeypatch.chdir(shop / "runs" / "deep")
    assert main(["runs", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["runs"]) == 1


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("--sort", "agee"), "did you mean 'age'"),
        (("--state", "don"), "did you mean 'done'"),
        (("--verb", "lop"), "did you mean 'loop'"),
        (("nowhere",), "there is no folder nowhere"),
    ],
)
def test_a_word_that_is_wrong_is_told(words, meant, capsys):
    assert main(["runs", *words]) == 2
    assert meant in capsys.readouterr().err


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_600, "1 MB"), (4.86e6, "4.86 MB")]
)
def test_sizes_have_three_digits(count, text):
    assert size(count) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (59, "59 s"), (61, "1 min"), (7200, "2 h"), (90000, "1 d")])
def test_ages_are_told_in_the_largest_unit(seconds, text):
    assert age(seconds) == text


def test_a_list_imports_no_engine(shop):
    """Finished runs are listed from what they left, so a list starts as fast as a help page."""
    code = (
        "import sys; from autophagy.cli.main import main\n"
        "assert main(['runs', 'runs/loop']) == 0\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=shop, capture_output=True, text=True, check=True)
    assert not {"scipy", "pyarrow", "sklearn", "torch", "matplotlib", "jinja2"} & set(done.stderr.split())


def test_in_a_narrow_terminal_no_name_is_cut(shop, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["runs", str(shop)]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    assert str(shop) in said.replace("\n", "")
