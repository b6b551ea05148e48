"""autophagy diff: the sentence first, then the tables; JSON of the same; wrong folders in one sentence."""

import json
import shutil

import pytest
import tomli_w

import autophagy
from autophagy.cli.main import main


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two loops that differ in their bias."""
    root = tmp_path_factory.mktemp("pair")
    for name, bias in (("a", 1.0), ("b", 0.5)):
        spec = autophagy.LoopSpec(
            "normal:d=1", samples=30, generations=2, seeds=3, bias=bias, metrics=("variance_ratio",)
        )
        autophagy.run(spec, root / name, workers=1)
    return str(root / "a"), str(root / "b")


def test_the_sentence_comes_first_and_then_the_tables(pair, capsys):
    assert main(["diff", *pair]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"A is {pair[0]}, B is {pair[1]}."
    assert rest[1].startswith("- ")
    assert any(line.split()[:3] == ["bias", "1.0", "0.5"] for line in rest)
    assert any(line.split()[:2] == ["regime", "generation"] and "B - A" in line for line in rest)


def test_the_json_has_it_all(pair, capsys):
    assert main(["diff", *pair, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["verb"], found["paired_by"], found["same"]) == ("loop", "seed", False)
    assert found["differing"] == [{"group": "settings", "what": "bias", "a": "1.0", "b": "0.5"}]
    first = found["comparisons"][0]
    assert first["difference"]["value"] == pytest.approx(first["b"]["value"] - first["a"]["value"])
    assert first["p"] <= first["p_adjusted"]


def test_the_page_is_written_beside_the_tables(pair, tmp_path, capsys):
    pytest.importorskip("matplotlib")
    assert main(["diff", *pair, "--out", str(tmp_path / "new" / "d.html")]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("A is ")
    assert f"The page: {tmp_path}/new/d.html" in printed.replace("\n", "")
    assert (tmp_path / "new" / "d.html").read_text().startswith("<!doctype html>")
    assert main(["diff", *pair, "--out", str(tmp_path / "d.pdf")]) == 2
    assert "give --out a name that ends in .html" in capsys.readouterr().err


def test_a_run_beside_itself_is_the_same(pair, capsys):
    assert main(["diff", pair[0], pair[0]]) == 0
    assert "The same run" in capsys.readouterr().out


def test_what_is_no_run_is_told_in_a_sentence(pair, tmp_path, capsys):
    for words, meant in (
        ((pair[0], str(tmp_path / "gone")), "is no run folder"),
        ((pair[0],), "B is missing"),
        ((pair[0], pair[1], "--al"), "there is no option --al"),
    ):
        assert main(["diff", *words]) == 2
        err = capsys.readouterr().err
        assert meant in err
        assert err.count("\n") == 1


def test_names_and_labels_steer_no_terminal(pair, tmp_path, capsys):
    hostile = tmp_path / "a\033[31m\nb"
    shutil.copytree(pair[0], hostile)
    environment = json.loads((hostile / "environment.json").read_text())
    environment["versions"]["numpy\033[5m"] = "\033]0;title\a"
    (hostile / "environment.json").write_text(json.dumps(environment))
    assert main(["diff", str(hostile), pair[1]]) == 0
    out = capsys.readouterr().out
    assert "\033" not in out
    assert "\a" not in out


def test_two_snapshots_are_sent_on_to_drift(tmp_path, capsys):
    from autophagy.core.files import write_json
    from autophagy.drift.snapshot.spec import SnapshotSpec

    for name in ("a", "b b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "spec.toml").write_text(tomli_w.dumps(SnapshotSpec(suites=["primes"], model="m").to_dict()))
        write_json(tmp_path / name / "environment.json", {})
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b b")]) == 2
    assert capsys.readouterr().err.strip().endswith(f"autophagy drift {tmp_path}/a '{tmp_path}/b b'.")
