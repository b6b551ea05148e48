"""What the verbs share: how much they tell, what they say to type next, and what a shell completes."""

import importlib
import logging
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from autophagy.cli.main import EXAMPLES, VERBS, app, main

LOOP = ["loop", "ring", "--generations", "2", "--samples", "40", "--seeds", "2", "--regime", "replace"]
RUN = [*LOOP, "--metric", "drift"]


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


# --- how much is told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_that_a_terminal_does_not_know_are_marks_and_no_end(encoding):
    """In a process of its own, for the output of this one belongs to pytest."""
    Path("documents").mkdir()
    Path("documents/отпуск.txt").write_text("Отпуск: 30 days of leave.", "utf-8")
    words = ["ask", "How many days of leave?", "--documents", "documents", "--embedder", "none"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    ran = subprocess.run([sys.executable, "-m", "autophagy", *words], env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"??????: 30 days of leave." in ran.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_the_flags_that_say_how_much_it_tells(verb):
    names = {name for argument in app[verb].assemble_argument_collection() for name in argument.names}
    assert {"--quiet", "-q", "--verbose", "-v", "--log-level"} <= names


def test_quiet_leaves_the_result_and_nothing_else(capsys):
    assert main([*RUN, "--out", "one"]) == 0
    told = capsys.readouterr()
    assert main([*RUN, "--out", "two", "--quiet"]) == 0
    quiet = capsys.readouterr()
    assert quiet.err == ""
    spent = re.search("^Energy: .+ in .+ s.*[.]$", told.out, re.M)[0]
    assert told.out == f"{quiet.out}\n{spent}\nRun folder: one\nNext: autophagy report one\n"
    assert "generation 2 (2 of 2" in told.err


def test_quiet_still_tells_errors_and_what_a_gate_found(capsys):
    assert main([*RUN, "--out", "one", "-q", "--require", "variance_ratio>=1000"]) == 1
    assert "variance_ratio" in capsys.readouterr().err
    assert main(["loop", "rnig", "-q"]) == 2
    assert "did you mean 'ring'?" in capsys.readouterr().err


def test_verbose_tells_what_is_read_decided_and_found_there(capsys):
    Path("settings.toml").write_text('data = "ring"\nsamples = 40\nregimes = ["replace"]\nmetrics = ["drift"]\n')
    words = ["loop", "--spec", "settings.toml", "--generations", "2", "--seeds", "2", "--out", "one"]
    assert main([*words, "-v"]) == 0
    told = capsys.readouterr().err
    for part in ("settings are read from settings.toml", "features are standard", "40 rows a generation", "a new run"):
        assert part in told
    Path("one/DONE").unlink()
    assert main([*words, "-v", "--resume"]) == 0
    assert "2 of 2 steps are there" in capsys.readouterr().err


def test_a_log_has_the_time_the_level_and_the_module(capsys):
    assert main([*RUN, "--out", "one", "--log-level", "debug"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert any("DEBUG autophagy.core.folder: a new run in one" in line for line in lines)
    assert all(line[:4].isdigit() for line in lines)


@pytest.mark.parametrize(
    ("words", "wrong"), [(["-q", "-v"], "give one of them"), (["--log-level", "inof"], "did you mean 'info'?")]
)
def test_levels_that_cannot_be_followed_are_refused(words, wrong, capsys):
    assert main(["list", "models", *words]) == 2
    assert wrong in capsys.readouterr().err


def test_the_logger_is_left_as_it_was():
    logger = logging.getLogger("autophagy")
    before = logger.level, logger.propagate, list(logger.handlers)
    assert main(["list", "models", "-v"]) == 0
    assert main(["list", "nothing", "-v"]) == 2
    assert (logger.level, logger.propagate, logger.handlers) == before


# --- what to type next


def next_line(printed):
    (line,) = [line for line in printed.splitlines() if line.startswith("Next: ")]
    return shlex.split(line.removeprefix("Next: "))


def test_the_next_line_of_a_run_works_whatever_the_folder_is_called(capsys):
    assert main([*RUN, "--out", "two words"]) == 0
    program, *words = next_line(capsys.readouterr().out)
    assert program == "autophagy"
    assert main(words) == 0
    assert Path("two words/report.html").exists()


def test_a_forecast_and_a_difference_say_what_is_next(capsys):
    for seed in "12":
        assert main(["forecast", "gaussian", "--generations", "3", "--seed", seed, "--out", f"f{seed}"]) == 0
    told = capsys.readouterr().out
    assert "Run folder: f2\nThe report: f2/report.html\nNext: autophagy report f2 --open\n" in told
    assert main([*RUN, "--out", "a"]) == main([*RUN, "--seed", "1", "--out", "b"]) == 0
    capsys.readouterr()
    assert main(["diff", "a", "b"]) == 0
    assert main(next_line(capsys.readouterr().out)[1:]) == 0


def test_the_program_alone_names_the_last_run(capsys):
    assert main([]) == 0
    assert "Last run" not in capsys.readouterr().out
    assert main([*RUN, "--out", "runs/old"]) == main([*RUN, "--seed", "1", "--out", "runs/new"]) == 0
    for path in Path("runs/old").rglob("*"):
        os.utime(path, (1e9, 1e9))
    capsys.readouterr()
    assert main([]) == 0
    told = capsys.readouterr().out
    assert "Last run: runs/new (loop, ring, gaussian, done," in told
    assert next_line(told) == ["autophagy", "report", "runs/new", "--open"]
    Path("runs/new/DONE").unlink()
    assert main([]) == 0
    words = next_line(capsys.readouterr().out)
    assert words == ["autophagy", "loop", "--resume", "--out", "runs/new"]
    assert main(words[1:]) == 0


# --- help


@pytest.mark.parametrize("verb", EXAMPLES)
def test_the_help_of_a_verb_ends_in_its_own_examples_unbroken(verb, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*verb.split(), "--help"]) == 0
    printed = capsys.readouterr().out.splitlines()
    examples = list(EXAMPLES[verb])
    assert [line.strip() for line in printed[-len(examples) :]] == examples
    assert all(not verb or f"autophagy {verb}" in example for example in examples)
    assert max(map(len, printed)) <= 80


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_the_flags_of_an_example_exist(line):
    verb, *words = shlex.split(line.removeprefix("source <(").removesuffix(")"))[1:]
    command = app[verb]
    while words and words[0] in set(command):  # a command of a verb, such as drift record
        command = command[words.pop(0)]
    names = {name for argument in command.assemble_argument_collection() for name in argument.names}
    assert {word for word in words if word.startswith("--")} <= names


# --- completion


@pytest.fixture(scope="module")
def complete(place):
    """What a bash that has sourced the script offers for the last of the words."""
    folder, environment = place
    script = folder / "script"
    script.write_text(subprocess.run([folder / "autophagy", "completion", "bash"], env=environment, capture_output=True,
                                     text=True, check=True).stdout)  # fmt: skip

    def offered(*words):
        asked = " ".join(map(shlex.quote, ("autophagy", *words)))
        line = f"source {script}; COMP_WORDS=({asked}); COMP_CWORD={len(words)}; _autophagy; printf '%s\\n' "
        done = subprocess.run(["bash", "-c", line + '"${COMPREPLY[@]}"; complete -p autophagy'], env=environment,
                              capture_output=True, text=True, check=True)  # fmt: skip
        *found, registered = done.stdout.splitlines()
        assert registered == "complete -o bashdefault -o default -F _autophagy autophagy"  # files where nothing fits
        return set(filter(None, found))

    return offered


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("fore",), {"forecast"}),
        (("loop", "--regi"), {"--regime"}),
        (("loop", "ring", "--regime", "acc"), {"accumulate"}),
        (("loop", "dig"), {"digits"}),
        (("compare", "--arm", "clo"), {"closed"}),
        (("list", "met"), {"metrics"}),
        (("runs", "--state", "do"), {"done"}),
        (("loop", "ring", "--log-level", "w"), {"warning"}),
        (("loop", "ring", "--out", "run"), set()),
    ],
)
def test_bash_completes_verbs_flags_and_plug_ins(words, found, complete):
    assert complete(*words) == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_has_a_script_that_knows_the_verbs(shell, capsys):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(verb in script for verb in VERBS)


def test_completion_installs_itself_where_bash_looks(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["--install-completion", "bash"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert "complete -o bashdefault" in path.read_text()
    assert str(path) in (tmp_path / ".bashrc").read_text()
    assert main(["completion", "bsah"]) == 2
    assert "did you mean 'bash'?" in capsys.readouterr().err


# --- refused at once


def test_what_this_machine_cannot_do_is_refused_before_anything_is_read(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "bitsandbytes", None)  # as if it were not installed
    monkeypatch.setattr("autophagy.compare.run.load_dataset", lambda spec: pytest.fail("documents were read"))
    assert main(["compare", "--arm", "closed", "--arm", "qlora:exposures=2"]) == 2
    assert "the arm qlora:exposures=2 needs a CUDA device" in capsys.readouterr().err
    families = importlib.import_module("autophagy.forecast.families")
    monkeypatch.setattr(families, "physical_memory", lambda: 2**30)
    assert main(["forecast", "gaussian", "--generations", "1e5", "--chains", "1000"]) == 2
    told = capsys.readouterr().err
    assert "need some 9 GiB of memory, and this machine has 1: lower generations or chains" in told
    assert main(["forecast", "gaussian", "--generations", "10", "--chains", "1000"]) == 0
