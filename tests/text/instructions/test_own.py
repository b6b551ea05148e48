"""An instruction of one's own: a plug-in file, its contract, its line in the list, and its marks in a log."""

import json

import pytest

from autophagy.cli.main import main
from autophagy.core.errors import UsageError
from autophagy.core.questions import Answer, Question
from autophagy.core.registry import load_plugin
from autophagy.graders.instructions import instructions
from autophagy.testing import checks
from autophagy.text.instructions import attach, parse

MINE = """
from dataclasses import dataclass
from autophagy import instruction

@instruction("rhymes")
@dataclass(frozen=True)
class Rhymes:
    \"\"\"The last words of so many lines end in the same letters.\"\"\"
    letters: int = 2
    lines: tuple[str, ...] = ()

    @property
    def sentence(self):
        return f"Rhyme: let all lines end in the same {self.letters} letters."

    def follows(self, text):
        ends = {line.strip()[-self.letters:] for line in text.splitlines() if line.strip()}
        return None if not ends else len(ends) == 1

@instruction("breaks")
@dataclass(frozen=True)
class Breaks:
    \"\"\"It fails whatever it is given.\"\"\"
    share: float = 0.5
    loudly: bool = False

    @property
    def sentence(self):
        return "Break."

    def follows(self, text):
        return {}["key"] if not self.loudly else "yes"
"""


@pytest.fixture
def mine(tmp_path, own_registry):
    file = tmp_path / "mine.py"
    file.write_text(MINE)
    load_plugin(file)
    return file


def test_the_contract_holds_for_it(mine):
    """The checks of the public suite, which needs the plug-in registered and so cannot be collected before."""
    for check in checks("instruction", "rhymes:letters=3"):
        check()


def test_it_is_written_attached_and_checked_like_those_that_are_built_in(mine):
    question = attach(Question("a", "Write a poem."), ["rhymes:letters=3", "no_comma"])
    assert question.text.splitlines()[1] == "Rhyme: let all lines end in the same 3 letters."
    assert question.instructions == ("rhymes:letters=3", "no_comma")
    assert instructions(question, Answer("a", "the light\nis bright")) == 1
    assert instructions(question, Answer("a", "the light\nis gone")) == 0
    assert parse("rhymes:lines=one;two").lines == ("one", "two")
    assert parse("breaks:share=0.25,loudly=true") == parse("breaks:loudly=True,share=.25")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("rhymes:letters=x", "takes a whole number"),
        ("breaks:share=x", "takes a number"),
        ("breaks:loudly=x", "takes True or False"),
        ("rhyme", "did you mean 'rhymes'"),
    ],
)
def test_wrong_settings_are_one_sentence(mine, settings, told):
    with pytest.raises(UsageError, match=told):
        parse(settings)


def test_one_that_fails_or_says_something_else_is_named(mine):
    for text, told in (("breaks", "the instruction breaks failed .KeyError"), ("breaks:loudly=true", "says 'yes'")):
        with pytest.raises(UsageError, match=told):
            instructions(Question("a", "?", instructions=(text,)), Answer("a", "so"))


def test_what_is_no_instruction_is_refused(tmp_path):
    file = tmp_path / "none.py"
    file.write_text("from autophagy import instruction\n@instruction('silent')\nclass Silent:\n    'Says nothing.'\n")
    with pytest.raises(UsageError, match="'silent' has no sentence"):
        load_plugin(file)


def test_it_is_listed_and_marks_the_answers_of_a_log(mine, tmp_path, capsys):
    assert main(["list", "instructions", "--plugin", str(mine), "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["instructions"]}
    assert rows["rhymes"]["settings"]["letters"] == 2
    assert "no_comma" in rows
    for name, end in (("before", "bright"), ("after", "gone")):
        lines = [
            {"prompt": f"Poem {n}", "response": f"the light\nis {end}", "instructions": "rhymes"} for n in range(20)
        ]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    words = [str(tmp_path / "before.jsonl"), str(tmp_path / "after.jsonl"), "--plugin", str(mine)]
    assert main(["drift", *words, "--out", str(tmp_path / "run"), "--json"]) == 0
    (task,) = json.loads(capsys.readouterr().out)["tasks"]
    assert (task["before"]["value"], task["after"]["value"], task["down"]) == (1.0, 0.0, 20)
