"""The documentation is run: its Python, its commands, and the reference that is made from the program."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from autophagy.cli.main import main

ROOT = Path(__file__).parents[1]
PAGES = sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
RUNS = {}  # the words of a finished loop, but for its folder -> that folder


def blocks(page):
    return FENCE.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.fixture
def workshop(tmp_path, monkeypatch, own_registry):
    """An empty folder to work in; what is registered there is forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_python(code, names):
    """A block whose first line names a file becomes that file; any other is run, with the names of those before it."""
    name = re.match(r"# (\S+\.py)\n", code)
    if name:
        Path(name[1]).write_text(code, encoding="utf-8")
    else:
        exec(compile(code, "documentation", "exec"), names)


def run_autophagy(words):
    """The exit code of a command; the loop of an earlier page is copied from there and told again."""
    if words[0] != "loop" or "--out" not in words or "--plugin" in words:
        return main(words)
    at = words.index("--out")
    loop, out = (*words[:at], *words[at + 2 :]), Path(words[at + 1]).resolve()
    if loop in RUNS:
        shutil.copytree(RUNS[loop], out)
        return main([*words, "--resume"])
    code = main(words)
    RUNS[loop] = out
    return code


def run_console(code, capsys):
    """Each line after `$` must succeed and, where output is shown, print it; `...` stands for anything."""
    for command, expected in re.findall(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", code, re.M | re.S):
        program, *words = shlex.split(command)
        if program == "autophagy":
            capsys.readouterr()
            assert run_autophagy(words) == 0, command
            printed = capsys.readouterr().out
        else:
            done = subprocess.run([sys.executable, "-m", program, *words], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            printed = done.stdout
        wanted = ".*".join(re.escape(" ".join(part.split())) for part in expected.split("..."))
        assert re.search(wanted, " ".join(printed.split()), re.S), f"{command} printed\n{printed}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        *(
            f"docs/{name}.md"
            for name in (
                "add-a-thing",
                "forecast",
                "prevention",
                "text",
                "compare",
                "cost",
                "curate",
                "drift",
                "generate",
                "judging",
                "results",
                "trackers",
                "scale",
            )
        ),
    ],
)
def test_what_a_page_says_to_do_works(page, workshop, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr("autophagy.compare.compare.LATENCY_SAMPLE", 2)  # no page shows a latency
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the suites of the pages need none of pytest's plug-ins
    done, names = 0, {"__name__": "documentation"}
    for language, code in blocks(page):
        if language == "python":
            run_python(code, names)
        elif language == "console":
            run_console(code, capsys)
        else:
            continue
        done += 1
    assert done >= 2, f"{page} shows nothing to try"


def test_the_first_screen_of_the_readme_shows_the_two_commands():
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    assert "make demo" in first
    assert "make test" in first
    assert re.search(r"!\[.+\]\(.+\)", first), "there is no picture, or it has no words for those who cannot see it"


def test_a_package_index_shows_the_readme_without_dead_links():
    """It has none of the files beside the README: what the build leaves out is read from its own settings."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["metadata"]
    for each in settings["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(each["pattern"], each["replacement"], text)
    links = re.findall(r"\]\(([^)]*)\)", FENCE.sub("", text))
    assert not [link for link in links if "://" not in link]
    assert "docs/compare.md is the guide" in text


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page):
    text = FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page} points to {target}"


def test_the_reference_of_the_command_line_is_up_to_date(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["make_cli.py"])  # cyclopts names the running program otherwise
    made = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["page"]()
    assert made == (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), "run python docs/make_cli.py"


def test_the_manual_page_is_up_to_date_and_man_reads_it(monkeypatch):
    pytest.importorskip("docutils", reason="the manual page is written by docutils")
    monkeypatch.setattr(sys, "argv", ["make_cli.py"])
    page = ROOT / "docs" / "autophagy.1"
    assert runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["manual"]() == page.read_text(encoding="utf-8")
    if man := shutil.which("man"):
        words = [man, "--warnings", "--local-file", str(page)]
        shown = subprocess.run(words, capture_output=True, text=True, check=True, env=os.environ | {"MANWIDTH": "200"})
        assert not shown.stderr
        assert "autophagy(1)" in shown.stdout
        assert "autophagy - Run, forecast" in shown.stdout
        assert "--fail-on" in shown.stdout


def test_the_table_of_curators_is_up_to_date():
    page = (ROOT / "docs" / "curate.md").read_text(encoding="utf-8")
    made = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))["curators"](page)
    assert made == page, "run python docs/make_cli.py"
    assert "| `duplicates` |" in page


def test_a_wrong_page_would_be_noticed(workshop, capsys):
    with pytest.raises(AssertionError):
        run_console("$ autophagy list models\nnothing of the kind\n", capsys)
    with pytest.raises(AssertionError):
        run_console("$ autophagy list nonsense\n", capsys)
    with pytest.raises(ZeroDivisionError):
        run_python("1 / 0\n", {})
