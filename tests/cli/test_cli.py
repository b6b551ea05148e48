"""The command line as programs and people meet it: JSON, tables, exit codes, signals, scripts."""

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import autophagy
from autophagy import CompareSpec, ForecastSpec, LoopSpec
from autophagy.cli.main import VERBS, main
from autophagy.core.registry import KINDS, plural

RUN = ["--generations", "2", "--samples", "40", "--seeds", "2"]
TWO = ["--regime", "replace", "--regime", "augment"]


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def number_or_null(value):
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value))


def check_score(score):
    assert {"value", "low", "high", "n"} <= set(score)
    assert all(number_or_null(score[name]) for name in ("value", "low", "high"))
    assert isinstance(score["n"], int)
    assert (score["value"] is None) == (score["n"] == 0)


def check_loop_document(document):
    assert isinstance(document["run"], str)
    assert isinstance(document["spec"], dict)
    assert autophagy.LoopSpec(**document["spec"]).to_dict() == document["spec"]
    for line in document["generations"]:
        assert isinstance(line["regime"], str)
        assert isinstance(line["seed"], int)
        assert isinstance(line["generation"], int)
        assert set(line["mixture"]) == {"fixed", "fresh", "synthetic"}
        assert all(isinstance(count, int) and count >= 0 for count in line["mixture"].values())
        assert line["scores"]
        assert all(number_or_null(value) for value in line["scores"].values())
        assert isinstance(line["seconds"], float)
        assert line["seconds"] >= 0
    for row in document["summary"]:
        assert isinstance(row["regime"], str)
        assert isinstance(row["generation"], int)
        for score in row["scores"].values():
            check_score(score)
    assert document["verdict"]
    assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in document["verdict"])


def only_json(text):
    """The one JSON document that the text is; NaN and Infinity are not JSON."""

    def refuse(name):
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


# --- JSON


def test_json_is_one_document_of_the_promised_shape(capsys):
    assert main(["loop", "ring", *RUN, *TWO, "--workers", "1", "--json", "--out", "run"]) == 0
    printed, told = capsys.readouterr()
    document = only_json(printed)
    check_loop_document(document)
    assert len(document["generations"]) == 2 * 2 * 2
    assert {(line["regime"], line["seed"], line["generation"]) for line in document["generations"]} == {
        (regime, seed, generation) for regime in ("replace", "augment") for seed in (0, 1) for generation in (1, 2)
    }
    assert [row["scores"]["recall"]["n"] for row in document["summary"]] == [2] * 4
    assert {"recall", "precision", "mean_error", "variance_ratio"} <= set(document["generations"][0]["scores"])
    assert document["run"] == "run"
    assert "replace, generation 1 (" in told


def test_json_says_null_where_a_score_is_unknown(capsys):
    """Three rows a generation: no row has a third neighbour."""
    words = [
        "--generations",
        "2",
        "--seeds",
        "2",
        "--samples",
        "3",
        "--regime",
        "replace",
        "--metric",
        "recall",
        "--metric",
        "drift",
    ]
    assert main(["loop", "normal", *words, "--json", "--out", "run"]) == 0
    document = only_json(capsys.readouterr().out)
    check_loop_document(document)
    for line in document["generations"]:
        assert line["scores"]["recall"] is None
        assert "more than 3 rows" in line["unknown"]["recall"]
        assert line["scores"]["mean_error"] >= 0
    assert document["summary"][0]["scores"]["recall"] == {"value": None, "low": None, "high": None, "n": 0}
    assert main(["loop", "normal", *words, "--resume", "--out", "run"]) == 0
    assert "recall is unknown in places: balls that reach" in " ".join(capsys.readouterr().out.split())


def test_json_of_the_list(capsys):
    assert main(["list", "--json"]) == 0
    document = only_json(capsys.readouterr().out)
    assert set(document) == {plural(kind) for kind in KINDS}
    for rows in document.values():
        for row in rows:
            assert isinstance(row["name"], str)
            assert row["caption"].endswith(".")
            assert isinstance(row["settings"], dict)
    assert main(["list", "models", "--json"]) == 0
    assert only_json(capsys.readouterr().out) == {"models": document["models"]}


# --- people


def test_a_run_prints_a_table_the_verdict_and_the_folder(capsys):
    assert main(["loop", "ring", *RUN, "--regime", "replace", "--metric", "recall", "--out", "run"]) == 0
    printed, told = capsys.readouterr()
    assert "regime" in printed.splitlines()[0]
    assert "recall" in printed.splitlines()[0]
    assert "- Trained only on its own output (replace)" in printed
    assert "Run folder: run" in printed
    assert "generation 2 (2 of 2" in told
    assert Path("run/DONE").exists()


def test_a_finished_run_is_told_again_with_resume(capsys):
    words = ["loop", "ring", *RUN, "--regime", "replace", "--metric", "recall"]
    assert main(words) == 0
    first = capsys.readouterr().out
    (folder,) = Path("runs").iterdir()
    assert folder.name.startswith("ring-gaussian-")
    before = (folder / "generations.jsonl").read_bytes()
    assert main([*words, "--resume"]) == 0
    again = capsys.readouterr()
    assert again.out == first
    assert f"{folder} held a finished run" in again.err
    assert (folder / "generations.jsonl").read_bytes() == before


def test_flags_go_before_the_spec_file(capsys):
    Path("spec.toml").write_text(
        'data = "ring"\nsamples = 40\nseeds = 2\ngenerations = 3\nregimes = ["replace"]\nmetrics = ["drift"]\n'
    )
    assert main(["loop", "--spec", "spec.toml", "--generations", "2", "--json", "--out", "run"]) == 0
    spec = only_json(capsys.readouterr().out)["spec"]
    assert (spec["samples"], spec["generations"]) == (40, 2)
    assert main(["loop", "normal", "--spec", "spec.toml", "--json", "--out", "other"]) == 0
    assert only_json(capsys.readouterr().out)["spec"]["data"] == "normal"


def test_number_flags_alone_make_a_mix(capsys):
    words = ["loop", "ring", *RUN, "--metric", "drift", "--fixed", "10", "--fresh", "5", "--json", "--out", "run"]
    assert main(words) == 0
    lines = only_json(capsys.readouterr().out)["generations"]
    assert {line["regime"] for line in lines} == {"mix:fixed=10,fresh=5"}
    assert lines[-1]["mixture"] == {"fixed": 10, "fresh": 5, "synthetic": 40}


def test_two_settings_of_one_curator_are_two_curators(capsys):
    curators = ["--curator", "outlier:keep=0.5", "--curator", "outlier:keep=0.9"]
    words = ["loop", "ring", *RUN, "--regime", "replace", "--metric", "drift", *curators, "--json", "--out", "run"]
    assert main(words) == 0
    line = only_json(capsys.readouterr().out)["generations"][0]
    assert line["dropped"] == {"outlier:keep=0.5": 20, "outlier:keep=0.9": 2}
    assert line["kept"] == 18


def test_list_shows_everything_and_one_kind_alone(capsys):
    assert main(["list"]) == 0
    everything = capsys.readouterr().out
    assert all(
        word in everything
        for word in ("models", "gaussian", "regimes", "accumulate", "curators", "outlier", "metrics", "recall")
    )
    assert main(["list", "curators"]) == 0
    assert "gaussian" not in capsys.readouterr().out


def test_report_writes_one_page_about_finished_and_unfinished_runs(capsys):
    pytest.importorskip("matplotlib")
    pytest.importorskip("PIL")
    for name in ("one", "two"):
        assert main(["loop", "ring", *RUN, "--regime", "replace", "--metric", "recall", "--out", name]) == 0
    Path("two/DONE").unlink()
    lines = Path("two/generations.jsonl").read_text().splitlines(keepends=True)
    Path("two/generations.jsonl").write_text("".join(lines[:-1]) + lines[-1][:20])
    capsys.readouterr()
    assert main(["report", "one"]) == 0
    assert capsys.readouterr().out == "one/report.html\n"
    assert main(["report", "one", "two", "--out", "new/page.html"]) == 0
    assert Path("new/page.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("words", [[], ["--help"], ["loop", "--help"], ["--version"]])
def test_help_and_version_are_printed_and_done(words, capsys):
    assert main(words) == 0
    printed, told = capsys.readouterr()
    assert printed.strip()
    assert told == ""
    if words == ["--version"]:
        assert printed.strip().count(".") >= 2
    else:
        assert "autophagy" in printed


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_prints_autophagys_version(verb, capsys):
    assert main(["--version"]) == 0
    version = capsys.readouterr().out
    assert main([verb, "--version"]) == 0
    assert capsys.readouterr().out == version


COMPLAINTS = {
    "lop": "there is no command 'lop' (did you mean 'loop'?): autophagy --help shows what there is.",
    "loop ring --regmie replace": "there is no option --regmie (did you mean --regime?): autophagy loop --help shows "
    "what there is.",
    "loop ring --no-progress": "there is no option --no-progress: autophagy loop --help shows what there is.",
    "ask how many days --documents x": "nothing takes the words 'many' 'days' (a text of several words goes in "
    "quotes): autophagy ask --help shows what there is.",
    "loop ring --regime replace fresh": "nothing takes the words 'fresh' (write the option before each: --regime "
    "fresh): autophagy loop --help shows what there is.",
    "forecast gaussian --map fresh=0..1": "--map needs 2 values: autophagy forecast --help shows what there is.",
    "loop ring --seeds 2 --seeds 3": "--seeds is given twice, and takes one value: autophagy loop --help shows what "
    "there is.",
    "loop ring --json=perhaps": "--json cannot be 'perhaps': autophagy loop --help shows what there is.",
    "forecast gaussian --fresh -2%": "'-2%' begins with a dash, as an option does: write --fresh=-2%.",
    "list modles": "there is no kind 'modles' (did you mean 'models'?): choose from",
}


@pytest.mark.parametrize("words", COMPLAINTS)
def test_a_wrong_word_is_told_in_our_own_words_with_the_verbs_help(words, capsys):
    assert main(words.split()) == 2
    printed, told = capsys.readouterr()
    assert printed == ""
    assert told.startswith(f"autophagy: {COMPLAINTS[words]}")
    assert told.count("\n") == 1


def test_a_question_that_begins_with_a_dash_says_how_to_ask_it(capsys):
    """After click 555: it was told that there is no such option."""
    assert main(["ask", "-10 degrees?", "--documents", "x"]) == 2
    told = capsys.readouterr().err
    assert told.endswith("put it last, behind two dashes, as -- '-10 degrees?'.\n")


SPECS = {"loop": LoopSpec, "forecast": ForecastSpec, "compare": CompareSpec}


@pytest.mark.parametrize("verb", SPECS)
def test_every_field_of_a_spec_is_documented_and_is_a_flag(verb, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main([verb, "--help"]) == 0
    shown = capsys.readouterr().out
    first = {"loop": "data", "forecast": "model", "compare": ""}[verb]
    for name, field in SPECS[verb].model_fields.items():
        assert field.description.endswith("."), name
        assert (name.upper() if name == first else f"--{SPECS[verb].flag(name)} ") in shown


def test_flags_of_lists_have_singular_names():
    known = {spec.flag(name) for spec in SPECS.values() for name in spec.model_fields if spec.repeats(name)}
    assert known == {"regime", "curator", "metric", "arm", "grade", "target", "plugin"}


# --- the machine


COMMAND = [sys.executable, "-m", "autophagy"]


@pytest.mark.parametrize("words", ["list", "list --json", "loop --help"])
def test_an_output_that_nobody_reads_is_no_fault(words):
    with subprocess.Popen([*COMMAND, *words.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", ["list", "list --json"])
def test_an_output_that_cannot_be_written_is_one_sentence(words):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, *words.split()], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("autophagy: the output cannot be read or written (No space left")
    assert done.stderr.count("\n") == 1


def unread(words, *streams):
    """The exit code where nobody reads these streams, and what was said on the other."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        for name in streams:
            getattr(process, name).close()
        said = b"".join(getattr(process, name).read() for name in ("stdout", "stderr") if name not in streams)
    return process.returncode, said.decode()


def test_progress_that_nobody_reads_does_not_stop_a_run():
    words = ["loop", "ring", *RUN, "--regime", "replace", "--metric", "drift", "--out", "run"]
    code, said = unread(words, "stderr")
    assert code == 0
    assert "variance" in said
    assert Path("run/DONE").exists()


@pytest.mark.parametrize("streams", [("stdout",), ("stderr",), ("stdout", "stderr")])
def test_a_gate_and_a_fault_have_their_exit_code_though_nobody_reads_on(streams):
    Path("rows.jsonl").write_text('{"text": "the same words, and some more of them"}\n' * 4)
    code, said = unread(["audit", "rows.jsonl", "--fail-on", "duplicates:1%"], *streams)
    assert code == 1
    assert ("duplicates" in said) == (len(streams) == 1)
    assert unread(["audit", "no such file"], *streams)[0] == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_messages_that_find_no_room_do_not_stop_a_run():
    words = ["loop", "ring", *RUN, "--regime", "replace", "--metric", "drift", "--out", "run"]
    with open("/dev/full", "w") as full:
        assert subprocess.run([*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=full, check=False).returncode == 0
    assert Path("run/DONE").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_at_any_moment_is_one_sentence(number):
    """Also while the workers wake up: the whole process group is told, as a terminal does."""
    words = [
        "loop",
        "ring",
        "--generations",
        "4000",
        "--samples",
        "100",
        *TWO,
        "--metric",
        "drift",
        "--workers",
        "2",
        "--out",
        "run",
    ]
    for when in ("run/spec.toml", "run/generations.jsonl"):
        process = subprocess.Popen(
            [*COMMAND, *words, "--resume"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # shells ignore it in the background
        )
        while not Path(when).exists():
            assert process.poll() is None
            time.sleep(0.005)
        os.killpg(process.pid, number)
        printed, told = process.communicate(timeout=60)
        assert process.returncode == 130
        assert printed == ""
        assert told.endswith(
            "autophagy: interrupted; what is finished is kept in run: go on with autophagy loop --resume --out run.\n"
        )
        assert "Traceback" not in told


def test_an_interrupt_while_python_text_runs_is_one_sentence():
    """As in the making of a dataclass: CPython would else end by SIGINT although the interrupt was handled."""
    Path("plugin.py").write_text('exec("raise KeyboardInterrupt")\n')
    done = subprocess.run(
        [*COMMAND, "loop", "ring", "--plugin", "plugin.py", "--out", "run"], capture_output=True, text=True
    )
    assert done.returncode == 130
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("autophagy: interrupted")


SCRIPT = """
import autophagy
from autophagy import LoopSpec
print("once")
{body}
small = dict(generations=2, samples=30, seeds=2, regimes=["replace", "augment"], metrics=["drift"])
spec = LoopSpec("ring", model="{model}", **small)
print(len(list(autophagy.loop(spec))))
record = autophagy.run(spec, "run", workers=2).record
print(record.done, len(record.lines()))
"""
MINE = """
from dataclasses import dataclass
from autophagy.models.gaussian import Gaussian
@autophagy.model("mine")
@dataclass(frozen=True)
class Mine:
    "A Gaussian of my own."
    def fit(self, train, rng, *, start=None):
        return Gaussian().fit(train, rng)
"""


@pytest.mark.parametrize("place", ["nowhere", "script", "module"])
def test_a_plain_script_needs_no_guard(place):
    """Workers do not run the script again, and find plug-ins that live in it or in a module that it imports."""
    Path("mymodels.py").write_text("import autophagy\n" + MINE)
    body = {"nowhere": "", "script": MINE, "module": "import mymodels"}[place]
    Path("script.py").write_text(SCRIPT.format(body=body, model="gaussian" if place == "nowhere" else "mine"))
    done = subprocess.run([sys.executable, "script.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["once", "8", "True", "8"]
    assert done.stderr == ""


# --- Python


def test_python_mirrors_the_command_line(capsys):
    spec = autophagy.LoopSpec(
        "ring", generations=2, samples=40, seeds=2, regimes=["replace", "fresh"], metrics=["drift", "recall"]
    )
    found = list(autophagy.loop(spec))
    assert {(g.regime, g.seed, g.index) for g in found} == {
        (r, s, t) for r in ("replace", "fresh") for s in (0, 1) for t in (1, 2)
    }
    assert all(
        isinstance(g, autophagy.Generation) and len(g.kept) == 40 and (g.kept.generation == g.index).all()
        for g in found
    )
    assert not list(Path().iterdir())
    record = autophagy.run(spec, "run", workers=1).record
    assert {(g.regime, g.seed, g.index): g.scores for g in found} == {
        (line["regime"], line["seed"], line["generation"]): line["scores"] for line in record.lines()
    }
    assert main(["loop", "--spec", "run/spec.toml", "--json", "--out", "run", "--resume"]) == 0
    assert [line["scores"] for line in only_json(capsys.readouterr().out)["generations"]] == [
        line["scores"] for line in record.lines()
    ]


def test_python_is_told_of_progress():
    told = []
    spec = autophagy.LoopSpec("ring", generations=3, samples=30, seeds=2, regimes="replace", metrics="drift")
    autophagy.run(
        spec, "run", progress=lambda step, *count: told.append((step and (step.regime, step.generation), *count))
    )
    assert told == [(None, 0, 3), (("replace", 1), 1, 3), (("replace", 2), 2, 3), (("replace", 3), 3, 3)]


def test_a_run_goes_on_from_its_folder_alone(capsys):
    assert main(["loop", "ring", *RUN, *TWO, "--metric", "drift", "--out", "run"]) == 0
    whole = Path("run/generations.jsonl").read_bytes()
    Path("run/DONE").unlink()
    Path("run/generations.jsonl").write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    assert main(["loop", "--resume", "--out", "run"]) == 0
    assert Path("run/generations.jsonl").read_bytes() == whole
    told = capsys.readouterr().err
    assert "(2 of 4" in told.splitlines()[-3]  # the counter goes on too: one step of the four was done before


def test_a_folder_without_a_run_is_not_gone_on_with(capsys):
    for verb in ("loop", "compare"):
        assert main([verb, "--resume", "--out", "nothing"]) == 2
        assert "no run in nothing to go on with" in capsys.readouterr().err
        assert main([verb, "--resume"]) == 2
        assert "add --out and its folder" in capsys.readouterr().err


def test_the_home_folder_is_meant_by_its_sign(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert main(["loop", "ring", *RUN, "--metric", "drift", "--out=~/run"]) == 0
    assert (tmp_path / "home" / "run" / "DONE").exists()
    assert ForecastSpec("gaussian", calibrate="~/run").calibrate == str(tmp_path / "home" / "run")
    assert CompareSpec(documents="~/d", questions="~/q.csv").questions == str(tmp_path / "home" / "q.csv")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["loop", "ring", "--model", "kde", "bandwidth=1"], "goes behind its name and a colon, as NAME:bandwidth=1"),
        (["ask", "how", "many", "days", "--documents", "here"], "a text of several words goes in quotes"),
        (["loop", "ring", "--regime", "replace,accumulate"], "give each by itself, replace and then accumulate"),
        (["loop", "ring", "--regime", "fresh", "--fresh", "0"], "give it a number for fresh, or leave the regime out"),
        (["loop", "ring", "--regime", "fresh:fresh=0"], "give it a number for fresh, or leave the regime out"),
        (["loop", "ring", "--bias", "0,7"], "write 0.7"),
    ],
)
def test_a_slip_is_told_what_to_write(words, meant, capsys):
    assert main(words) == 2
    assert meant in capsys.readouterr().err
    assert not list(Path().iterdir())


def test_help_is_a_verb_too(capsys):
    for words, other in ((["help"], ["--help"]), (["help", "loop"], ["loop", "--help"])):
        assert main(words) == 0
        asked = capsys.readouterr().out
        assert main(other) == 0
        assert asked == capsys.readouterr().out
    assert main(["-V"]) == 0
    assert capsys.readouterr().out.strip() == autophagy.__version__


@pytest.fixture
def two_kinds(capsys):
    """The folders of a loop and of a forecast, and one of neither."""
    assert main(["loop", "ring", *RUN, "--metric", "drift", "--out", "run"]) == 0
    assert main(["forecast", "gaussian", "--samples", "50", "--generations", "3", "--out", "foretold"]) == 0
    Path("other").mkdir()
    capsys.readouterr()


def test_a_report_passes_over_what_is_no_run(two_kinds, capsys):
    assert main(["report", "foretold", "other", "run"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == "run/report.html"
    assert "passed over: other is no run folder" in told.err
    assert "passed over: foretold is a forecast, whose page autophagy report foretold writes" in told.err


def test_the_page_of_a_forecast_is_found(two_kinds, capsys):
    assert main(["report", "foretold"]) == 0
    assert capsys.readouterr().out.strip() == "foretold/report.html"
    Path("foretold/report.html").unlink()
    assert main(["report", "foretold"]) == 0  # and drawn again where it is gone
    assert Path(capsys.readouterr().out.strip()).read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(("runs", "wrong"), [(["other"], "no run folder"), (["run", "misspelt"], "misspelt is no run")])
def test_a_report_about_nothing_is_refused(two_kinds, runs, wrong, capsys):
    assert main(["report", *runs]) == 2
    assert wrong in capsys.readouterr().err


@pytest.mark.parametrize("name", ["fig.png", "page.pdf", "page"])
def test_a_report_is_written_under_the_name_of_a_page_alone(two_kinds, name, capsys):
    assert main(["report", "run", "--out", name]) == 2
    assert "give --out a name that ends in .html" in capsys.readouterr().err
    assert not Path(name).exists()


@pytest.mark.parametrize("library", ["matplotlib", "contourpy"])
def test_a_forecast_asks_for_its_extras_before_the_work(library, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed
    mapped = ["--map", "fresh=0..0.5", "bias=0.8..1", "--out", "foretold"]
    assert main(["forecast", "gaussian", *mapped]) == 2
    assert f"needs the package {library}" in capsys.readouterr().err
    assert not Path("foretold").exists()


def test_a_run_in_place_of_a_family_is_told_as_one(tmp_path, capsys):
    (tmp_path / "spec.toml").touch()
    assert main(["forecast", str(tmp_path)]) == 2
    assert f"is a run: name a family first, as gaussian --calibrate {tmp_path}" in capsys.readouterr().err
