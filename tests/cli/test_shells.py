"""Completion in real shells: what zsh and fish offer when the tab key is pressed; bash stands in test_manners.py.

Run: pytest tests/cli/test_shells.py
"""

import shutil
import subprocess

import pytest

ASKED = [
    ("autophagy fore", {"forecast"}),
    ("autophagy export runs --fig", {"--figures"}),
    ("autophagy export --figures p", {"pdf", "png"}),
    ("autophagy loop digits --model gau", {"gaussian"}),
    ("autophagy drift wa", {"watch"}),
]
# zsh as somebody types: its completion prints what it would add, between two marks
START = """
PROMPT=
{load}
bindkey '^M' undefined; bindkey '^J' undefined; bindkey '^I' complete-word
mark () {{ echo -E - $'\\0' }}
compprefuncs=( mark ); comppostfuncs=( mark exit )
compadd () {{
  if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  local -a hits; builtin compadd -A hits "$@"
  for hit in $hits; do echo -E - "HIT $hit"; done
}}
echo READY
"""
TYPE = """
zmodload zsh/zpty || exit 1
zpty z zsh -f -i
zpty -w z "source $1"
zpty -r z line '*READY*'
zpty -w -n z "$2"$'\\t'
out=""
while zpty -r z part; do out+=$part; [[ $out == *$'\\0'*$'\\0'* ]] && break; done
print -r -- "$out"
"""


def script(place, shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here: install {shell}")
    folder, environment = place
    done = subprocess.run([folder / "autophagy", "completion", shell], env=environment, capture_output=True, text=True,
                          check=True)  # fmt: skip
    return done.stdout


@pytest.mark.parametrize(("typed", "offered"), ASKED)
def test_fish(typed, offered, place):
    (place[0] / "script.fish").write_text(script(place, "fish"))
    asked = f"source {place[0]}/script.fish; complete -C '{typed}'"
    done = subprocess.run(["fish", "--no-config", "-c", asked], env=place[1] | {"HOME": str(place[0])}, timeout=120,
                          capture_output=True, text=True, check=True, cwd=place[0])  # fmt: skip
    assert {line.partition("\t")[0] for line in done.stdout.splitlines()} == offered


@pytest.mark.parametrize("how", ["autoloaded", "sourced"])
@pytest.mark.parametrize(("typed", "offered"), ASKED)
def test_zsh(typed, offered, how, place):
    folder, environment = place
    text = script(place, "zsh")
    (folder / "functions").mkdir(exist_ok=True)
    (folder / "functions" / "_autophagy").write_text(text)
    (folder / "script.zsh").write_text(text)
    begun = f"autoload -Uz compinit; compinit -u -d {folder}/dump-{how}"
    load = (
        f"fpath=({folder}/functions $fpath); {begun}" if how == "autoloaded" else f"{begun}; source {folder}/script.zsh"
    )
    (folder / "start.zsh").write_text(START.format(load=load))
    (folder / "type.zsh").write_text(TYPE)
    done = subprocess.run(["zsh", "-f", folder / "type.zsh", folder / "start.zsh", typed], env=environment, timeout=120,
                          capture_output=True, text=True, check=True, cwd=folder)  # fmt: skip
    assert {
        line.removeprefix("HIT ").strip() for line in done.stdout.splitlines() if line.startswith("HIT ")
    } == offered
