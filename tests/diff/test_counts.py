"""Two audits, curations or generations side by side: exact where the rows are the same, with intervals where not.

Run: pytest tests/diff/test_counts.py
"""

import json
import math

import numpy as np
import pytest

import autophagy
from autophagy import AuditSpec, CurateSpec
from autophagy.cli.main import main
from autophagy.statistics.contrasts import of_figures
from autophagy.statistics.paired import proportion
from every_verb import generate, home, made

NOUNS = ["tower", "bridge", "abbey", "market", "harbour", "quarry", "orchard", "mill"]


def write(path, n, copies, seed=0):
    """Texts that are all different, and so many copies of the first ones."""
    rng = np.random.default_rng(seed)
    texts = [" ".join([f"Text {seed} {k}:", *rng.choice(NOUNS, 12)]) for k in range(n - copies)]
    texts[-5:] = [f"{text} write to jane.doe@mail.com" for text in texts[-5:]]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*texts, *texts[:copies]]))
    return path


def audit(folder, path, **more):
    spec = AuditSpec(paths=(str(path),), curators=["duplicates:similarity=1", "personal"], **more)
    return autophagy.run(spec, folder, workers=1)


def test_the_same_rows_under_another_setting_differ_exactly(tmp_path):
    path = write(tmp_path / "rows.jsonl", 60, 6)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(row | {"source": "web" if 49 <= n < 54 else "desk"}) + "\n"
                            for n, row in enumerate(rows)))  # fmt: skip
    results = [
        autophagy.run(
            CurateSpec(paths=(str(path),), curators=["duplicates:similarity=1"], **more), tmp_path / name, workers=1
        )
        for name, more in (("a", {}), ("b", {"exclude_source": ["web"]}))
    ]
    found = autophagy.diff(*results)
    assert found.comparable.pairing == "row"
    kept, duplicates = found.comparable.figures
    assert (kept.a.value, kept.b.value) == (54 / 60, 49 / 60)
    assert kept.difference.low == kept.difference.high == kept.difference.value == pytest.approx(-5 / 60)
    assert kept.differs
    assert not duplicates.differs
    assert found.verdict[0].startswith("B keeps less than A: kept, share of rows 0.8")
    assert "excluded" in " ".join(found.comparable.alone)
    assert not any("twenty pairs" in sentence for sentence in found.verdict)


def test_other_rows_have_the_intervals_of_shares(tmp_path):
    a = audit(tmp_path / "a", write(tmp_path / "a.jsonl", 200, 4))
    b = audit(tmp_path / "b", write(tmp_path / "b.jsonl", 200, 60, seed=1))
    found = autophagy.diff(a, b)
    duplicates = next(each for each in found.comparable.figures if each.metric.startswith("duplicates"))
    # Newcombe's method 10, from Wilson's intervals of 4 and of 60 in 200
    one, two = proportion(4, 200), proportion(60, 200)
    assert duplicates.difference.value == pytest.approx(0.28)
    assert duplicates.difference.low == pytest.approx(0.28 - math.hypot(two.value - two.low, one.high - one.value))
    assert duplicates.differs
    assert found.verdict[0].startswith("B finds more by duplicates than A")
    assert {each.what for each in found.differing if each.group == "data"} >= {str(tmp_path / "a.jsonl")}


def test_runs_that_differ_are_never_called_the_same(tmp_path):
    """Where what both found in one place is equal, and what they found in all is not."""
    plain, copied = (tmp_path / name for name in ("plain.jsonl", "copied.jsonl"))
    texts = [f"The {noun} was built in {year}." for noun in NOUNS for year in range(1650, 1660)]
    own = [json.dumps({"text": text, "source": "web"}) for text in texts]
    again = [json.dumps({"text": text, "source": "mirror"}) for text in texts[:60]]
    plain.write_text("\n".join(own))
    copied.write_text("\n".join([*own, *again]))
    a, b = (audit(path.with_suffix(""), path) for path in (plain, copied))
    found = autophagy.diff(a, b)
    assert found.verdict[0].startswith("B finds more by duplicates than A")
    assert not found.document()["same"]


def test_halves_of_one_corpus_do_not_differ(tmp_path):
    """20 pairs, one figure each: with a rate of .05 a pair, more than 4 come to light in one run of 390."""
    hits = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        paths = []
        for name in "ab":
            told = np.where(rng.random(150) < 0.2, "write to jane.doe@mail.com", "write to nobody")
            paths.append(tmp_path / f"{name}{seed}.jsonl")
            texts = [" ".join([f"{name}{seed}{k}", *rng.choice(NOUNS, 12), each]) for k, each in enumerate(told)]
            paths[-1].write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        results = [
            autophagy.run(AuditSpec(paths=(str(path),), curators=["personal"]), path.with_suffix(""), workers=1)
            for path in paths
        ]
        hits += any(each.differs for each in autophagy.diff(*results).comparable.figures)
    assert hits <= 4


def test_sources_whose_rows_are_alike_are_allowed_for(tmp_path):
    """40 pairs of 12 sources: in each all 15 rows are found or none; row by row most pairs would differ."""
    hits = plain = 0
    for seed in range(40):
        rng, results = np.random.default_rng(seed), []
        for name in "ab":
            path = tmp_path / f"{name}{seed}.jsonl"
            found = [rng.random() < 0.4 for _ in range(12)]
            told = ["write to jane.doe@mail.com" if each else "write to nobody" for each in found]
            path.write_text("".join(
                json.dumps({"text": f"{name}{seed} {source} {row}, {words}", "source": f"{name}{source}"}) + "\n"
                for source, words in enumerate(told) for row in range(15)))  # fmt: skip
            spec = AuditSpec(paths=(str(path),), curators=["personal"])
            results.append(autophagy.run(spec, path.with_suffix(""), workers=1))
        found = autophagy.diff(*results)
        assert "rows of one source can be alike" in found.comparable.why
        hits += any(each.differs for each in found.comparable.figures)
        shares = [proportion(round(180 * result.scores()[0].score.value), 180) for result in results]
        plain += of_figures(*shares).p < 0.05
    assert hits <= 6  # of 40 at a rate of .05: more come to light in one run of 270
    assert plain >= 20


def test_two_generations_are_compared_in_what_they_made(tmp_path):
    a, b = made("generate"), generate("generated", seed=1)
    found = autophagy.diff(a, b)
    assert {each.where.get("rows") for each in found.comparable.figures} <= {None, "made"}
    assert "seed" in found.verdict[-1]
    assert found.chart(found.comparable.figures[0].metric).names == ("A", "B")
    assert autophagy.diff(a, made("generate")).verdict[0].startswith("The same run")


@pytest.mark.parametrize("verb", ["audit", "curate", "generate"])
def test_the_page_and_the_files_of_a_difference(verb, tmp_path, capsys):
    place = str(made(verb).folder)
    assert main(["diff", place, place, "--out", str(tmp_path / "diff.html")]) == 0
    assert "The same run" in capsys.readouterr().out
    assert "data-plot" in (tmp_path / "diff.html").read_text()
    assert main(["export", place, place, "--out", str(tmp_path / "paper"), "--figures", "svg", "--table", "tex"]) == 0
    assert (tmp_path / "paper" / "table.tex").exists()


@pytest.mark.parametrize(("verb", "sentence"), [
    ("snapshot", "held against each other by another verb: type autophagy drift"),
    ("drift", "two runs of drift are differences already"),
    ("watch", "looks are differences already"),
])  # fmt: skip
def test_what_cannot_be_compared_says_what_to_do(verb, sentence):
    with pytest.raises(autophagy.UsageError, match=sentence):
        autophagy.diff(made(verb), made(verb))
    assert home().exists()
