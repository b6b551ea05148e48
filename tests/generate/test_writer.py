"""The loop's models as writers: fitted on the seeds, kept in the run folder, refused where a recipe gives orders."""

import json

import pytest

from autophagy.answering.fitted import FittedWriter
from autophagy.answering.language_model import CUT
from autophagy.core.errors import DataError, UsageError
from autophagy.core.recipe import PoolRow
from autophagy.core.samples import Samples
from autophagy.generate.spec import GenerateSpec
from autophagy.generate.writer import find_writer
from autophagy.models.ngram.model import Ngram

SEEDS = [
    PoolRow(f"s{n}", f"Name {n} {thing} of {place}.", "", f"The {thing} of {place}: {n} of them.")
    for n, (thing, place) in enumerate((t, p) for t in ("rivers", "towns", "hills") for p in ("Europe", "Asia", "Peru"))
]


def spec(model, *recipes):
    return GenerateSpec(seeds="seeds.jsonl", model=model, recipes=recipes or ("continue",))


def test_a_model_of_the_loop_learns_the_seeds_once_and_is_kept(tmp_path, monkeypatch):
    folder = tmp_path / "writer"
    writer = find_writer(spec("ngram:order=2"), SEEDS, folder)
    assert writer.name == "ngram:order=2"
    assert not (tmp_path / "writer.new").exists()
    monkeypatch.setattr(Ngram, "fit", None)  # a resumed run does not fit again
    again = find_writer(spec("ngram:order=2"), SEEDS, folder)
    asked = {"max_tokens": 30, "temperature": 1.0, "seed": [1, 2, 3]}
    assert texts(again.complete(["Name", "", "Name 2"], **asked)) == texts(
        writer.complete(["Name", "", "Name 2"], **asked)
    )


@pytest.mark.slow
def test_a_transformer_is_a_writer_too(tmp_path):
    pytest.importorskip("torch", reason="the model transformer needs torch")
    small = "transformer:layers=1,width=16,context=32,budget=500,vocabulary=300"
    first, again = (find_writer(spec(small), SEEDS, tmp_path / "writer") for _ in range(2))  # fitted, then read
    made, *others = [
        writer.complete(prompts, max_tokens=8, temperature=1.0, seed=[1, 2])
        for writer, prompts in ((first, ["Name 1", "Name 2"]), (again, ["Name 1", "Name 2"]), (first, ["Name 1", "x"]))
    ]
    assert texts(made) == texts(others[0])
    assert made[0].text == others[1][0].text
    assert all(len(each.text) > 0 for each in made)


def texts(completions):
    return [each.text for each in completions]


def test_what_was_begun_and_killed_is_fitted_anew(tmp_path):
    (tmp_path / "writer.new").mkdir()
    (tmp_path / "writer.new" / "half").touch()
    find_writer(spec("ngram"), SEEDS, tmp_path / "writer")
    assert not (tmp_path / "writer" / "half").exists()


@pytest.mark.parametrize(
    ("model", "recipe", "sentence"),
    [
        ("gaussian", "continue", "makes numbers, and rows are texts: choose .*ngram"),
        ("ngram", "evol", "the recipe evol asks for what only a model that follows instructions"),
        ("ngram", "words", "--recipe continue, or alpaca where the seeds have outputs"),
        ("ngram", "self_instruct", "follows instructions"),
        ("ngram", "mix:of=continue+persona", "the recipe persona"),
        ("ngram:order=9", "continue", "1 to 5"),
    ],
)
def test_what_cannot_work_is_one_sentence(tmp_path, model, recipe, sentence):
    with pytest.raises(UsageError, match=sentence):
        find_writer(spec(model, recipe), SEEDS, tmp_path / "writer")
    assert not list(tmp_path.iterdir())


def test_a_model_of_the_loop_answers_nothing(tmp_path):
    asked = GenerateSpec(seeds="seeds.jsonl", model="ngram", recipes=("continue",), answers=2)
    with pytest.raises(UsageError, match="only continues texts"):
        find_writer(asked, SEEDS, tmp_path / "writer")


def test_alpaca_says_that_seeds_without_an_output_do_not_do(tmp_path):
    with pytest.raises(UsageError, match="no seed has an output"):
        find_writer(spec("ngram", "alpaca"), [PoolRow("a", "A text alone.")], tmp_path / "writer")


def test_every_recipe_of_a_mix_is_learnt(tmp_path):
    find_writer(spec("ngram:order=5,smoothing=counts", "mix:of=alpaca+continue"), SEEDS, tmp_path / "writer")
    known = json.loads((tmp_path / "writer" / "vocabulary.json").read_text(encoding="utf-8"))
    assert {"Instruction", "Input", "Output", "rivers"} <= set(known)


def test_a_prompt_is_read_from_its_last_line_on_and_tokens_are_counted():
    fitted = Ngram(5, "counts").fit(Samples.of(["4. Task: name a river", "4. Task: name a river"]), None)
    writer = FittedWriter("ngram", fitted)
    told, alone = writer.complete(
        ["Write tasks.\n\n3. Task: name a town\n4. Task:\n", "4. Task:"], max_tokens=3, temperature=1.0
    )
    assert (told.text, told.stop, told.tokens_in, told.tokens_out) == ("name a river", CUT, 4.0, 3.0)
    assert alone.text == told.text
    whole = writer.complete(["4. Task:"], max_tokens=9, temperature=0.0)[0]
    assert (whole.text, whole.stop, whole.tokens_out, whole.error) == ("name a river", "stop", 4.0, "")


def test_a_misspelt_model_of_the_loop_is_guessed(tmp_path):
    with pytest.raises(DataError, match=r"no model 'ngran' \(did you mean 'ngram'\?\)"):
        find_writer(GenerateSpec(seeds="a.jsonl", model="ngran"), [], tmp_path)
